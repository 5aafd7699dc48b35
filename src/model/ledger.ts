import { Counters } from './counters';
import { JobState } from './job-state';
import { DesiredState, ResumePolicy } from './resume-policy';
import { StreamFacts, StreamSource } from './stream';
import type { PlannedSystem } from './system-traits';

/**
 * What a resource remembers about its jobs. The services remember less: Ground Truth does not say who stopped a job, S3 Batch
 * forgets ended jobs after 90 days, and none knows which deployment wanted what. Stored as one JSON object, changed only by
 * the pure transitions of `ledger-transitions.ts` and written only conditionally.
 */
export interface Ledger {
  readonly format: typeof LEDGER_FORMAT;
  readonly owner: Owner;
  /** Whose jobs these are; absent: Ground Truth's. */
  readonly system?: PlannedSystem;
  /** The last requests of CloudFormation, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** What the resource should be now; absent once everything was deleted. */
  readonly desired?: DesiredVersion;
  /** What the newest request would make of it, where it asked for a report only. */
  readonly reported?: DesiredVersion;
  /** Every job that this resource made or was about to make. */
  readonly generations: readonly GenerationRecord[];
  readonly tombstones: readonly Tombstone[];
  /** Ids with which an Update came in and that it replaced: their Delete is a clean-up. */
  readonly replacedIds: readonly string[];
  /** `relabel` as recorded with the last identity change. */
  readonly relabel?: string;
  readonly lease?: Lease;
  /** What a reconcile between deployments has said last, so that it says the same thing once. */
  readonly announced?: string;
  /** The last change of the jobs' state of which an event tells, where the job system sends none by itself. */
  readonly told?: ToldChange;
  /** The next one, written down before it is told, so that a crash loses none. */
  readonly telling?: ToldChange;
  /** Of a fleet that shares images out over people. */
  readonly fleet?: FleetMemory;
  /** The bucket to which this ledger has moved; who still reads it here comes too late. */
  readonly movedTo?: string;
}

export const LEDGER_FORMAT = 1;
export const REMEMBERED_REQUESTS = 20;

export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

export type DeleteScope = { readonly kind: 'everything' } | { readonly kind: 'identity'; readonly identity: string } | { readonly kind: 'nothing' };

export interface RequestRecord {
  readonly id: string;
  readonly type: 'Create' | 'Update' | 'Delete';
  /** Milliseconds since 1970, as every time here. */
  readonly at: number;
  /** What a Delete is about. */
  readonly scope?: DeleteScope;
}

/** The version that the newest Create or Update asked for. */
export interface DesiredVersion {
  readonly requestId: string;
  /** The resource's id: the name of its jobs without the generation. */
  readonly id: string;
  readonly identity: string;
  readonly revision: string;
  /** The service's create request in its own spelling, without name and tags. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  /** Whether the system skips objects that carry the label already. */
  readonly labelsOnlyUnlabeled: boolean;
  /** Whether the user allowed that labels under another identity are given up. */
  readonly mayReplaceLabels: boolean;
  /** Whether the job that is replaced goes on until its clean-up: the user pays for both. */
  readonly overlap: boolean;
  /** The id with which the request came in, where it had one. */
  readonly replaces?: string;
  /** A return to a version that the resource had before (rollback): it must not fail. */
  readonly returning: boolean;
  /** Absent: the default policy. */
  readonly resume?: ResumePolicy;
  /** Absent: RUNNING. */
  readonly desiredState?: DesiredState;
  /** Name of an existing job that becomes the first generation instead of a new one. */
  readonly adopt?: string;
  /** Its manifest may not be there yet: the first generation is made when it is. */
  readonly awaitsInput?: true;
  /** Of a streaming job. */
  readonly stream?: StreamSource;
  /** Its deployment has succeeded: from now on a reconcile between deployments may act for it. */
  readonly deployed?: true;
}

export type Tags = Readonly<Record<string, string>>;

/** A job: written before the service is asked for it, so that a crash never leaves one that nobody knows. */
export interface GenerationRecord {
  readonly name: string;
  readonly identity: string;
  readonly generation: number;
  readonly revision: string;
  readonly requestId: string;
  readonly intendedAt: number;
  /** The service's handle; absent until the service has accepted the job. */
  readonly arn?: string;
  readonly tags: Tags;
  /** The manifest this generation reads, where it is not the declared one. */
  readonly inputUri?: string;
  readonly resumes?: string;
  /** The exact request, where the service knows a repeated one by its token: it is sent again unchanged until the service has answered. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** Of a streaming job. */
  readonly streamSource?: StreamSource;
  /** Where the messages of its queue are saved: written down before the first of them is. */
  readonly savesTo?: string;
  /** The job was there before: its name is not in our form. */
  readonly adopted?: true;
  /** It is being given back, and is nothing to us any more. */
  readonly released?: true;
  /** We asked for its end. */
  readonly stop?: { readonly at: number; readonly requestId: string; readonly why: string };
  readonly end?: GenerationEnd;
}

/** The result of a job that has ended. */
export interface GenerationEnd {
  /** The service's own word. */
  readonly status: string;
  readonly state: JobState;
  readonly counters: Counters;
  readonly createdAt: number;
  readonly endedAt: number;
  readonly outputUri?: string;
  readonly outputPath: string;
  readonly failureReason?: string;
  /** The model that automated labeling has trained. */
  readonly finalModelArn?: string;
  /** How long it has worked, where the service counts that. */
  readonly activeSeconds?: number;
  /** Of a streaming job: it is recorded as ended only when its queue is gone. */
  readonly stream?: StreamFacts;
}

/** An identity that was deleted. Only a Create or Update that desires it clears this. */
export interface Tombstone {
  readonly identity: string;
  readonly requestId: string;
  readonly at: number;
}

/** A change of the jobs' state, as an event tells it. */
export interface ToldChange {
  /** Of the resource's changes, from 1: one that is told twice has the same number. */
  readonly number: number;
  /** What it has changed to; another change tells something else. */
  readonly key: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What cannot be derived from the jobs of a fleet. */
export interface FleetMemory {
  /** Hash of people and weights for which somebody's job was stopped last, where it had to be. */
  readonly levelledFor?: string;
  /** Hash of the declaration that was deployed last. */
  readonly deployed?: string;
  /** Id of the request whose images were all in somebody's job at the last look; absent where some were in none. */
  readonly sharedOut?: string;
}

/** One writer per resource. */
export interface Lease {
  readonly holder: string;
  readonly until: number;
}

export function emptyLedger(owner: Owner, system?: PlannedSystem): Ledger {
  return { format: LEDGER_FORMAT, owner, ...(system && { system }), requests: [], generations: [], tombstones: [], replacedIds: [] };
}

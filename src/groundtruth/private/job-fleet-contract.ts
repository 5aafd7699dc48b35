/** What passes between the `JobFleet` construct and its handlers. Both sides import this file. */
import type { LabelingJobIdentity, RemovalMode } from './labeling-job-contract';
import { sha256 } from '../../model/groundtruth/identity';
import type { DesiredState, ResumePolicy } from '../../model/resume-policy';

export const JOB_FLEET_RESOURCE_TYPE = 'Custom::GroundTruthJobFleet';
export const JOB_FLEET_CONTRACT_VERSION = '1';

/** As the construct renders it; CloudFormation turns every scalar into a string on the way. */
export interface JobFleetProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly StateBucket: string;
  /** `<stack>-<6 hex>-<readable>`: members add `-<8 hex of their path>-<identity>-r<generation>`. */
  readonly NameBase: string;
  /** Path of the fleet's construct, which the members' hashes start from. */
  readonly Path: string;
  /** URI of the specification: JSON Lines, the head first, then the members sorted by `base`. */
  readonly SpecUri: string;
  /** What stands for `${<name>}` in the specification: texts that only the deployment knows. */
  readonly Tokens: Readonly<Record<string, string>>;
  /** The tags of all jobs, changed in place. */
  readonly Tags?: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
  /** The state machine that does the work. */
  readonly StateMachineArn: string;
  readonly Mode: 'ENFORCE' | 'REPORT_ONLY';
  readonly DesiredState: DesiredState;
  /** Jobs that may be under way at once; without it as many as the service allows. */
  readonly MaxConcurrentJobs?: string;
  readonly Relabel?: string;
  readonly RemovalMode: RemovalMode;
  readonly DrainTimeoutSeconds?: string;
  readonly DrainThen?: 'STOP' | 'RETAIN';
  /** `JOB_FAILED` fails the deployment where a member's newest job has failed. */
  readonly FailOn?: 'JOB_FAILED';
  readonly TimeoutSeconds: string;
  /** Changes when the user wants the state to be reconciled. */
  readonly ReconcileNonce?: string;
  /** An SSM parameter that a run changes when it has found drift. */
  readonly DriftParameter?: string;
}

/** The first line of a specification. */
export interface FleetSpecHead {
  readonly format: 1;
  readonly members: number;
  /** What members inherit: CreateLabelingJob in the API's spelling, without name, label attribute and tags. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly identity: Omit<LabelingJobIdentity, 'Input'>;
  /** Work-neutral fields that the user set, compared as a whole. */
  readonly revision: Readonly<Record<string, unknown>>;
  readonly labelsOnlyUnlabeled: boolean;
  readonly resume: ResumePolicy;
  /** Data that the handlers split into jobs. */
  readonly dataset?: DatasetSpec;
  /** Where the merged labels go: `s3://bucket/prefix`. */
  readonly resultUri: string;
}

/** A member that is declared by itself; every further line of a specification. Absent fields are the head's. */
export interface MemberSpec {
  readonly key: string;
  readonly base: string;
  readonly identity: LabelingJobIdentity;
  /** Merged over the head's, structure by structure; lists and texts replace those of the head. `revision` is merged field by field. */
  readonly request?: Readonly<Record<string, unknown>>;
  readonly revision?: Readonly<Record<string, unknown>>;
  readonly labelsOnlyUnlabeled?: boolean;
  readonly resume?: ResumePolicy;
  readonly desiredState?: DesiredState;
  readonly attempt?: number;
  readonly tags?: Readonly<Record<string, string>>;
  /** Name of an existing job that becomes the first generation. */
  readonly adopt?: string;
}

/** One dataset, to be split into jobs. */
export interface DatasetSpec {
  readonly source:
    | { readonly kind: 'manifest'; readonly uri: string; readonly identity: string }
    | { readonly kind: 'prefix'; readonly bucket: string; readonly prefix: string; readonly suffixes?: readonly string[]; readonly growth: 'SNAPSHOT' | 'INCREMENTS' };
  readonly sourceKey: 'source' | 'source-ref' | 'either';
  readonly maxObjectsPerJob: number;
  /** Who gets how much of it; without shares the parts are alike. */
  readonly shares?: readonly DatasetShare[];
  /** Where the parts' manifests are written: `s3://bucket/prefix`, readable by the execution role. */
  readonly partsUri: string;
}

export interface DatasetShare {
  readonly key: string;
  readonly weight: number;
  readonly request: Readonly<Record<string, unknown>>;
  readonly revision: Readonly<Record<string, unknown>>;
}

/** A part of a dataset: never changed once it was made, so that nothing is labeled twice. One JSON line each in `parts.jsonl`. */
export interface DatasetPart {
  /** Key of the member: `part-00001`, or `<share>-00001`. */
  readonly key: string;
  readonly share?: string;
  readonly uri: string;
  readonly objects: number;
  /** `sha256:<hex>` of the part's lines: the member's identity. */
  readonly digest: string;
}

/** Attributes: every one is returned on every path, as of the last deployment. */
export const JOB_FLEET_ATTRIBUTES = [
  'Jobs', 'NotStarted', 'Pending', 'Running', 'Stopping', 'Completed', 'Failed', 'Stopped',
  'ObjectsTotal', 'ObjectsLabeled', 'ObjectsFailed', 'ObjectsLeft',
  'Created', 'Adopted', 'Resumed', 'StoppedNow', 'Drifted', 'WaitingForQuota',
  'RunRecordUri', 'CurrentUri', 'ResultUri', 'Message',
] as const;
export type JobFleetAttribute = typeof JOB_FLEET_ATTRIBUTES[number];
export type JobFleetAttributes = Readonly<Record<JobFleetAttribute, string>>;

/** Objects in the state bucket, below `<stack GUID>/<logical id>/`. */
export const FLEET_OBJECTS = {
  head: 'ledger.json',
  parts: 'parts.jsonl',
  /** Pages of members: `members/<request id>/<number>.jsonl`. */
  members: 'members/',
  /** `runs/<time>-<id>.json` the summary, `.jsonl` every step and report of it. */
  runs: 'runs/',
  /** The newest run's summary. */
  current: 'current.json',
} as const;

/**
 * What the state machine's steps work on. The definition of the state machine fills in all of it, so that an execution needs no input:
 * `isComplete`, rules, schedules and people start it with `{}`, or with `{"export": true}`.
 *
 * Functions of the bundle: `onEvent` and `isComplete` of the custom resource, `prepare` and `reconcile` as steps. Each step is called with
 * a `FleetStepInput` and answers with a `FleetStepOutput`, which is the next step's input; one Choice serves all of them:
 *
 * | next        | what follows                                                     |
 * |-------------|------------------------------------------------------------------|
 * | `again`     | a Wait of `waitSeconds` (always there, at least 1), then prepare |
 * | `reconcile` | reconcile                                                        |
 * | `export`    | the merged result, then the end                                  |
 * | `done`      | the end                                                          |
 *
 * A step that fails is retried by the state machine; the lease is the execution's, so its next try has it still.
 */
export interface FleetStepInput {
  readonly stateBucket: string;
  /** `<stack GUID>/<logical id>/`. */
  readonly prefix: string;
  /** Holder of the lease: the execution's name. */
  readonly execution: string;
  /** `true` asks for the merged result even where nothing has changed. */
  readonly export?: boolean;
}

export interface FleetStepOutput extends FleetStepInput {
  readonly next: 'again' | 'reconcile' | 'export' | 'done';
  /** Seconds to wait before `again`. */
  readonly waitSeconds: number;
}

/** The id of a fleet's resource, which never changes: `<NameBase>-<8 hex of Path>`. */
export function fleetResourceId(nameBase: string, path: string): string {
  return `${nameBase}-${sha256(path).slice(0, 8)}`;
}

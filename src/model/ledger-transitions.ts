import { hasEnded, JobState } from './job-state';
import { DeleteScope, DesiredVersion, GenerationEnd, GenerationRecord, Ledger, REMEMBERED_REQUESTS, RequestRecord, Tags } from './ledger';

/** How long after its holder's deadline a lease ends: a call that was under way may still reach the service. */
export const LEASE_GRACE_MS = 60_000;
const REMEMBERED_REPLACEMENTS = 20;
/** How long after our stop a job may still be at work before it is clear that the stop never reached the service. */
const STOP_GRACE_MS = 600_000;

/** What all ledgers have in common: those of single jobs, and the heads of fleets. */
type Requested = Pick<Ledger, 'requests'>;
type Leased = Pick<Ledger, 'lease'>;

export type Standing = 'new' | 'newest' | 'superseded';

/** Where a request stands. CloudFormation repeats events, and waiters of cancelled ones come late. */
export function standing({ requests }: Requested, requestId: string): Standing {
  const index = requests.findIndex((request) => request.id === requestId);
  if (index < 0) return 'new';
  return index === requests.length - 1 ? 'newest' : 'superseded';
}

export function newestRequest({ requests }: Requested): RequestRecord | undefined {
  return requests.at(-1);
}

export function remember(ledger: Requested, request: RequestRecord): readonly RequestRecord[] {
  return [...ledger.requests, request].slice(-REMEMBERED_REQUESTS);
}

/** A Create or Update: what it desires lives again, whatever was deleted before. */
export function desire(ledger: Ledger, request: RequestRecord, desired: DesiredVersion, relabel: string | undefined): Ledger {
  const identityChanged = ledger.desired?.identity !== desired.identity;
  const replacedIds = desired.replaces !== undefined && desired.replaces !== desired.id
    ? [...ledger.replacedIds.filter((id) => id !== desired.replaces), desired.replaces] : ledger.replacedIds;
  return {
    ...ledger,
    requests: remember(ledger, request),
    desired,
    reported: undefined,
    tombstones: ledger.tombstones.filter((tombstone) => tombstone.identity !== desired.identity),
    replacedIds: replacedIds.filter((id) => id !== desired.id).slice(-REMEMBERED_REPLACEMENTS),
    relabel: identityChanged ? relabel : ledger.relabel,
  };
}

/** A Create or Update that is to touch nothing: what it would desire is only looked at. */
export function askForReport(ledger: Ledger, request: RequestRecord, reported: DesiredVersion): Ledger {
  return { ...ledger, requests: remember(ledger, request), reported };
}

/** The deployment of the version has succeeded, as far as it had to. */
export function recordDeployed(ledger: Ledger, requestId: string): Ledger {
  const { desired } = ledger;
  return desired?.requestId === requestId && !desired.deployed ? { ...ledger, desired: { ...desired, deployed: true } } : ledger;
}

/** A Delete: writes the tombstones of what it deletes, so that no late writer makes it again. */
export function bury(ledger: Ledger, request: RequestRecord, scope: DeleteScope): Ledger {
  const everything = new Set([...ledger.generations.map((generation) => generation.identity), ...(ledger.desired ? [ledger.desired.identity] : [])]);
  const identities = scope.kind === 'everything' ? [...everything] : scope.kind === 'identity' ? [scope.identity] : [];
  const buried = new Set(ledger.tombstones.map((tombstone) => tombstone.identity));
  return {
    ...ledger,
    requests: remember(ledger, { ...request, scope }),
    desired: scope.kind === 'everything' ? undefined : ledger.desired,
    reported: scope.kind === 'everything' ? undefined : ledger.reported,
    tombstones: [
      ...ledger.tombstones,
      ...identities.filter((identity) => !buried.has(identity)).map((identity) => ({ identity, requestId: request.id, at: request.at })),
    ],
  };
}

/** The ledger with the lease, or `undefined` while another writer holds it. */
export function takeLease<T extends Leased>(ledger: T, holder: string, now: number, deadline: number): T | undefined {
  if (ledger.lease && ledger.lease.holder !== holder && ledger.lease.until > now) return undefined;
  return { ...ledger, lease: { holder, until: deadline + LEASE_GRACE_MS } };
}

export function releaseLease<T extends Leased>(ledger: T, holder: string): T {
  return ledger.lease?.holder === holder ? { ...ledger, lease: undefined } : ledger;
}

export function findGeneration(ledger: Ledger, name: string): GenerationRecord | undefined {
  return ledger.generations.find((generation) => generation.name === name);
}

/** Writes down a job before the service is asked for it; a former intention under the same name gives way. */
export function intend(ledger: Ledger, generation: GenerationRecord): Ledger {
  const known = findGeneration(ledger, generation.name);
  if (known?.arn !== undefined && !known.released) throw new Error(`${generation.name} was accepted already`);
  return { ...ledger, generations: [...ledger.generations.filter((other) => other !== known), generation] };
}

/** The service has refused the job for certain: nobody need look for it. */
export function withdraw(ledger: Ledger, name: string): Ledger {
  return { ...ledger, generations: ledger.generations.filter((one) => one.name !== name || one.arn !== undefined) };
}

function change(ledger: Ledger, name: string, fields: Partial<GenerationRecord>): Ledger {
  return { ...ledger, generations: ledger.generations.map((one) => (one.name === name ? { ...one, ...fields } : one)) };
}

/** The service has the job. */
export function accept(ledger: Ledger, name: string, fields: Pick<GenerationRecord, 'arn'> & Partial<Pick<GenerationRecord, 'revision' | 'tags'>>): Ledger {
  return change(ledger, name, fields);
}

/** A job that names and tags show to be ours, and that the ledger did not know. */
export function adopt(ledger: Ledger, generation: GenerationRecord): Ledger {
  return findGeneration(ledger, generation.name) ? ledger : { ...ledger, generations: [...ledger.generations, generation] };
}

/** An adopted job is about to be given back: written down before its tags say so, for nobody may stop it from now on. */
export function recordRelease(ledger: Ledger, name: string): Ledger {
  return change(ledger, name, { released: true });
}

/** It was given back. */
export function forget(ledger: Ledger, name: string): Ledger {
  return { ...ledger, generations: ledger.generations.filter((generation) => generation.name !== name) };
}

export function recordStop(ledger: Ledger, name: string, stop: NonNullable<GenerationRecord['stop']>): Ledger {
  return findGeneration(ledger, name)?.stop ? ledger : change(ledger, name, { stop });
}

/** The messages of its queue are about to be saved there: whoever goes on with that after a crash finds the first ones. */
export function recordSaving(ledger: Ledger, name: string, savesTo: string): Ledger {
  return findGeneration(ledger, name)?.savesTo === undefined ? change(ledger, name, { savesTo }) : ledger;
}

export function recordEnd(ledger: Ledger, name: string, end: GenerationEnd): Ledger {
  return findGeneration(ledger, name)?.end ? ledger : change(ledger, name, { end });
}

export function recordTags(ledger: Ledger, name: string, tags: Tags): Ledger {
  return change(ledger, name, { tags });
}

/** What a Delete with this id is about. */
export function deleteScope(ledger: Ledger, id: string, identity: string | undefined): DeleteScope {
  if (!ledger.desired || id === ledger.desired.id) return { kind: 'everything' };
  // a renamed resource keeps its identity: the clean-up of its former id must not stop what lives under the new one
  if (identity !== undefined) return identity === ledger.desired.identity ? { kind: 'nothing' } : { kind: 'identity', identity };
  return ledger.replacedIds.includes(id) ? { kind: 'nothing' } : { kind: 'everything' };
}

/** What the service shows of a job that is ours; without a state where it uses a word that we do not know. */
export interface Sighting extends Omit<GenerationEnd, 'state'> {
  readonly name: string;
  readonly arn: string;
  readonly identity: string;
  readonly generation: number;
  readonly revision: string;
  readonly requestId: string;
  readonly state: JobState | undefined;
  /** Tags of the library's own that are to go again. */
  readonly tags?: Tags;
}

/** Learns from the service: jobs that were accepted before a crash, jobs from before a ledger was lost, and how jobs ended. */
export function learn(ledger: Ledger, seen: readonly Sighting[]): Ledger {
  return seen.reduce((before, job) => {
    const { name, arn, identity, generation, revision, requestId } = job;
    const { state, status, counters, createdAt, endedAt, outputUri, outputPath, failureReason, finalModelArn, stream, activeSeconds } = job;
    const known = findGeneration(before, name);
    const accepted = known
      ? (known.arn === undefined ? accept(before, name, { arn, revision }) : before)
      // its tags are set anew rather than trusted: which of them were ours is not known any more
      : adopt(before, { name, arn, identity, generation, revision, requestId, intendedAt: createdAt, tags: job.tags ?? {} });
    if (state !== undefined && hasEnded(state)) {
      return recordEnd(accepted, name, {
        status, state, counters, createdAt, endedAt, outputUri, outputPath, failureReason, finalModelArn, stream, activeSeconds,
      });
    }
    return state === JobState.RUNNING && known?.stop && endedAt > known.stop.at + STOP_GRACE_MS ? forgetStop(accepted, name) : accepted;
  }, ledger);
}

/** The stop was lost with its writer: whoever stops the job later is somebody else, and their wish counts. */
function forgetStop(ledger: Ledger, name: string): Ledger {
  return { ...ledger, generations: ledger.generations.map((one) => (one.name === name ? { ...one, stop: undefined } : one)) };
}

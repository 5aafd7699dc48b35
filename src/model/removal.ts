import { hasEnded, JobState } from './job-state';
import { DeleteScope } from './ledger';
import { ActualJob, drain, endJob, merge, NOTHING, Plan, wait } from './plan';
import { SystemTraits, traitsOf } from './system-traits';

export type RemovalMode = 'STOP' | 'RETAIN' | 'DRAIN';

export interface Removal {
  readonly mode: RemovalMode;
  /** Whether the time that DRAIN grants is over. */
  readonly drained: boolean;
  readonly drainThen: 'STOP' | 'RETAIN';
}

/** A drain whose time is over has become what follows it. */
export function modeNow({ mode, drained, drainThen }: Removal): RemovalMode {
  return mode === 'DRAIN' && drained ? drainThen : mode;
}

/** What a Delete does to the jobs that it is about. */
export function planRemoval(jobs: readonly ActualJob[], removal: Removal, traits: SystemTraits = traitsOf({})): Plan {
  const unknown = jobs.find((job) => job.state === undefined);
  if (unknown) return { ...NOTHING, error: `${unknown.name} is in state ${JSON.stringify(unknown.status)}, which this version does not know` };
  switch (modeNow(removal)) {
    case 'RETAIN': return NOTHING;
    case 'DRAIN': return merge(jobs.filter((job) => !hasEnded(job.state!)).map((job) => (job.stream ? drain(job, 'its resource is deleted') : wait(`${job.name} to end by itself`))));
    case 'STOP': return merge(jobs.map((job) => endJob(job, 'its resource is deleted', traits)));
  }
}

export function inScope(scope: DeleteScope, job: Pick<ActualJob, 'identity'>): boolean {
  return scope.kind === 'everything' || (scope.kind === 'identity' && scope.identity === job.identity);
}

/** All that is left to wait for is the service, which has been told: whoever waits longer learns nothing. */
export function onlyStopping(jobs: readonly ActualJob[]): boolean {
  return jobs.every((job) => job.state !== undefined && (hasEnded(job.state) || job.state === JobState.STOPPING));
}

/**
 * What a Delete without a ledger is about. The newest job is the one that lived last: the Delete of its id is the resource's own,
 * the Delete of another id in our form can only be a clean-up.
 */
export function scopeWithoutLedger(identity: string | undefined, jobs: readonly ActualJob[]): DeleteScope {
  const newest = jobs.reduce<ActualJob | undefined>((last, job) => (!last || job.createdAt > last.createdAt ? job : last), undefined);
  return identity === undefined || newest === undefined || newest.identity === identity ? { kind: 'everything' } : { kind: 'identity', identity };
}

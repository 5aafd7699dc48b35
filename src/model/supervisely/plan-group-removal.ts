import { type GroupJob, isEnded } from './group-job';

export type GroupRemovalMode = 'STOP' | 'ARCHIVE' | 'REMOVE' | 'RETAIN' | 'DRAIN';

export interface GroupRemoval {
  readonly mode: GroupRemovalMode;
  /** Whether the time that DRAIN grants is over. */
  readonly drained: boolean;
  readonly drainThen: Exclude<GroupRemovalMode, 'DRAIN'>;
}

/** What a Delete does to the jobs that it is about; each list is carried out in this order. */
export interface GroupRemovalPlan {
  readonly stop: readonly GroupJob[];
  readonly archive: readonly GroupJob[];
  readonly remove: readonly GroupJob[];
  readonly waitingFor: readonly GroupJob[];
}

const NOTHING: GroupRemovalPlan = { stop: [], archive: [], remove: [], waitingFor: [] };

/** A job of a deployment that never succeeded, and that nobody has begun, goes in any case: nothing half-made stays behind. */
export function planGroupRemoval(jobs: readonly GroupJob[], removal: GroupRemoval): GroupRemovalPlan {
  const halfMade = jobs.filter((job) => job.untouched && job.marks.deployed === undefined && !job.disabled);
  const plan = byMode(jobs.filter((job) => !halfMade.includes(job)), removal);
  return { ...plan, remove: [...halfMade, ...plan.remove] };
}

function byMode(jobs: readonly GroupJob[], { mode, drained, drainThen }: GroupRemoval): GroupRemovalPlan {
  const atWork = jobs.filter((job) => !isEnded(job));
  switch (mode) {
    case 'RETAIN': return NOTHING;
    case 'STOP': return { ...NOTHING, stop: atWork };
    case 'ARCHIVE': return { ...NOTHING, stop: atWork, archive: jobs.filter(({ disabled }) => !disabled) };
    case 'REMOVE': return { ...NOTHING, remove: jobs };
    case 'DRAIN': return atWork.length > 0 && !drained ? { ...NOTHING, waitingFor: atWork } : byMode(jobs, { mode: drainThen, drained, drainThen });
  }
}

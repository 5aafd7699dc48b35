import type { GroupJob } from './group-job';
import type { SuperviselyJobStatus } from './limits';

export type GroupStep =
  | CreateJobStep
  | { readonly kind: 'stop'; readonly job: GroupJob; readonly why: string; readonly asDeclared?: true }
  /** For ever: of jobs that nobody has begun with. */
  | { readonly kind: 'discard'; readonly job: GroupJob; readonly why: string }
  | { readonly kind: 'set-status'; readonly job: GroupJob; readonly status: SuperviselyJobStatus; readonly why: string; readonly reopens: boolean }
  /** Nothing is declared any more: a later declaration is a new one. */
  | { readonly kind: 'forget-status'; readonly job: GroupJob }
  | { readonly kind: 'edit'; readonly job: GroupJob; readonly settings: boolean; readonly customData: boolean };

export interface CreateJobStep {
  readonly kind: 'create';
  readonly userId: number;
  readonly generation: number;
  /** The job that left these images; without it the declared ones. */
  readonly from?: { readonly name: string; readonly imageIds: readonly number[] };
}

export interface GroupPlan {
  readonly steps: readonly GroupStep[];
  /** What a user should know. */
  readonly notes: readonly string[];
  /** Why nothing may be done at all. */
  readonly error?: string;
}

export const NOTHING: GroupPlan = { steps: [], notes: [] };

export function step(one: GroupStep): GroupPlan {
  return { steps: [one], notes: [] };
}

export function note(text: string): GroupPlan {
  return { steps: [], notes: [text] };
}

export function merge(plans: readonly GroupPlan[]): GroupPlan {
  return { steps: plans.flatMap(({ steps }) => steps), notes: plans.flatMap(({ notes }) => notes) };
}

/** For people: `stop the job 7 of the user 101: its settings change`. */
export function describeStep(one: GroupStep): string {
  if (one.kind === 'create') {
    const images = one.from ? ` for the ${one.from.imageIds.length} images that ${one.from.name} left` : '';
    return `make job ${one.generation} of the user ${one.userId}${images}`;
  }
  const job = `the job ${one.job.jobId} of the user ${one.job.userId}`;
  switch (one.kind) {
    case 'stop': return `stop ${job}: ${one.why}`;
    case 'discard': return `remove ${job}, which nobody has begun: ${one.why}`;
    case 'set-status': return `set ${job} to ${one.status}: ${one.why}`;
    case 'forget-status': return `leave the status of ${job} to people`;
    case 'edit': return `change ${[...(one.settings ? ['reviewer and settings'] : []), ...(one.customData ? ['custom data'] : [])].join(' and ')} of ${job}`;
  }
}

/** The end of a job that is not wanted any more. One that nobody has begun says nothing, and would only be in the way. */
export function retire(job: GroupJob, why: string): GroupPlan {
  if (job.disabled || job.status === 'completed' || job.status === 'stopped') return NOTHING;
  return step(job.untouched ? { kind: 'discard', job, why } : { kind: 'stop', job, why });
}

/**
 * The state of a labeling or batch job, the same words for every job system.
 */
export enum JobState {
  /** Accepted by the service, not started yet. */
  PENDING = 'Pending',
  /** Waits for a person to approve that it runs. */
  AWAITING_APPROVAL = 'AwaitingApproval',
  /** Work is being done. */
  RUNNING = 'Running',
  /** Labeled; a reviewer looks at the labels. */
  IN_REVIEW = 'InReview',
  /** On its way to an end. */
  STOPPING = 'Stopping',
  /** Ended: all work is done. */
  COMPLETED = 'Completed',
  /** Ended: the service gave up. */
  FAILED = 'Failed',
  /** Ended before all work was done. */
  STOPPED = 'Stopped',
}

/** Each system's own words. The services' public models are the source; a word that is missing here is an error, never a guess. */
const GROUND_TRUTH = {
  Initializing: JobState.PENDING,
  InProgress: JobState.RUNNING,
  Stopping: JobState.STOPPING,
  Completed: JobState.COMPLETED,
  Failed: JobState.FAILED,
  Stopped: JobState.STOPPED,
} as const;

const S3_BATCH = {
  New: JobState.PENDING,
  Preparing: JobState.PENDING,
  Ready: JobState.PENDING,
  Suspended: JobState.AWAITING_APPROVAL,
  Active: JobState.RUNNING,
  Pausing: JobState.RUNNING,
  Paused: JobState.RUNNING,
  Completing: JobState.RUNNING,
  Cancelling: JobState.STOPPING,
  Failing: JobState.STOPPING,
  Complete: JobState.COMPLETED,
  Failed: JobState.FAILED,
  Cancelled: JobState.STOPPED,
} as const;

const SUPERVISELY = {
  pending: JobState.PENDING,
  in_progress: JobState.RUNNING,
  on_review: JobState.IN_REVIEW,
  review_completed: JobState.IN_REVIEW,
  completed: JobState.COMPLETED,
  stopped: JobState.STOPPED,
} as const;

export const STATES_BY_SYSTEM = { groundtruth: GROUND_TRUTH, s3batch: S3_BATCH, supervisely: SUPERVISELY } as const;
export type JobSystem = keyof typeof STATES_BY_SYSTEM;
export type LabelingJobStatus = keyof typeof GROUND_TRUTH;

/** The common state, or `undefined` for a word that the system is not known to use. */
export function jobState(system: JobSystem, word: string): JobState | undefined {
  const table: Readonly<Record<string, JobState>> = STATES_BY_SYSTEM[system];
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

const ENDED: Readonly<Record<JobState, boolean>> = {
  [JobState.PENDING]: false,
  [JobState.AWAITING_APPROVAL]: false,
  [JobState.RUNNING]: false,
  [JobState.IN_REVIEW]: false,
  [JobState.STOPPING]: false,
  [JobState.COMPLETED]: true,
  [JobState.FAILED]: true,
  [JobState.STOPPED]: true,
};

/** Whether a job in this state will never change again. */
export function hasEnded(state: JobState): boolean {
  return ENDED[state];
}

import type { SuperviselyJobStatus } from './limits';

export interface ImageCounts {
  readonly images: number;
  readonly finished: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** A labeler's job that is ours, as the server shows it and the ledger knows it. */
export interface GroupJob extends ImageCounts {
  /** See `recordName`. */
  readonly name: string;
  readonly identity: string;
  readonly generation: number;
  readonly userId: number;
  readonly revision: string;
  readonly requestId: string;
  /** The server's id. */
  readonly jobId: number;
  readonly status: SuperviselyJobStatus;
  /** Archived: hidden, and not to be reopened. */
  readonly disabled: boolean;
  /** Nobody has begun with it. */
  readonly untouched: boolean;
  /** Images that are not done and not accepted; of a job that is not the newest of its labeler it is not asked. */
  readonly left?: readonly number[];
  /** We have stopped it. */
  readonly stoppedByUs: boolean;
  /** The job whose images it took over. */
  readonly resumes?: string;
  /** What was done to it in place, see `Marks`. */
  readonly marks: Marks;
}

/** What a job was told last. It is told again only where the declaration has changed: in between it is people's. */
export interface Marks {
  /** Hash of reviewer and settings. */
  readonly settings?: string;
  /** Hash of the custom data; without it our own member was never confirmed. */
  readonly customData?: string;
  readonly status?: string;
  /** Times that a policy has reopened it. */
  readonly reopened?: string;
  /** A deployment has succeeded with it. */
  readonly deployed?: string;
  /** The server has refused it, for the declared selection of an import's images has none. Only of a job that was never made. */
  readonly empty?: string;
  /** We are about to remove it. */
  readonly discarded?: string;
}

export function isEnded({ status, disabled }: Pick<GroupJob, 'status' | 'disabled'>): boolean {
  return disabled || status === 'completed' || status === 'stopped';
}

/** How far a job has come; what is stopped is nowhere. */
const PROGRESS: Readonly<Record<SuperviselyJobStatus, number>> = {
  stopped: -1, pending: 0, in_progress: 1, on_review: 2, review_completed: 3, completed: 4,
};

/** The status that a whole group has reached: the least one at work, else `stopped` where any was stopped. Undefined for a group without jobs. */
export function groupStatus(statuses: readonly SuperviselyJobStatus[]): SuperviselyJobStatus | undefined {
  const atWork = statuses.filter((status) => status !== 'completed' && status !== 'stopped');
  const [least] = [...atWork].sort((a, b) => PROGRESS[a] - PROGRESS[b]);
  return least ?? (statuses.includes('stopped') ? 'stopped' : statuses[0]);
}

export type Reached = 'yes' | 'not yet' | 'never';

/** Whether a job has reached a status, be it that it has gone on already: a look may come too late to see it. */
export function hasReached(status: SuperviselyJobStatus, target: SuperviselyJobStatus): Reached {
  if (status === target) return 'yes';
  if (target === 'stopped') return status === 'completed' ? 'never' : 'not yet';
  if (status === 'stopped') return 'never';
  return PROGRESS[status] >= PROGRESS[target] ? 'yes' : 'not yet';
}

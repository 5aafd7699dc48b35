import { type GroupJob, isEnded } from '../group-job';
import type { EntityReviewStatus } from '../limits';

export interface JobImage {
  readonly id: number;
  readonly reviewStatus: EntityReviewStatus;
}

/** A labeler's job of a fleet, with its images. */
export interface FleetJob extends GroupJob {
  readonly datasetId: number;
  /** In the order in which their labeler sees them. */
  readonly entities: readonly JobImage[];
  /** See `attemptOf`: the one with which it was made. */
  readonly attempt: string;
  /** It bears one of our names, and somebody else has made it or works on it: its images count, but nothing is done to it. */
  readonly foreign: boolean;
}

/** The ledger knows it, the server does not show it: somebody has removed it, and what was done in it nobody knows. */
export interface RemovedFleetJob {
  readonly userId: number;
  readonly generation: number;
  readonly attempt: string;
  readonly imageIds: readonly number[];
}

/** A job that was about to be made, and is not there. */
export interface IntendedJob {
  readonly userId: number;
  readonly generation: number;
  readonly datasetId: number;
}

export type Phase = 'at work' | 'in review' | 'ended';

export function phaseOf(job: FleetJob): Phase {
  if (isEnded(job)) return 'ended';
  return job.status === 'on_review' || job.status === 'review_completed' ? 'in review' : 'at work';
}

export function isFinished({ reviewStatus }: JobImage): boolean {
  return reviewStatus !== 'none' && reviewStatus !== 'rejected';
}

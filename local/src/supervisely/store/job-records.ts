import type { Dated } from './records';

export const JOB_STATUSES = ['pending', 'in_progress', 'on_review', 'review_completed', 'completed', 'stopped'] as const;
export type JobStatus = typeof JOB_STATUSES[number];

export const REVIEW_STATUSES = ['none', 'done', 'accepted', 'rejected', 'quality_check_accepted'] as const;
export type ReviewStatus = typeof REVIEW_STATUSES[number];

/** An image's place in a job. */
export interface JobEntity {
  readonly id: number;
  reviewStatus: ReviewStatus;
  /** Seconds that the labeler has spent on it. */
  seconds: number;
}

/** What a job was made with, as the request spelled it. */
export interface JobMeta {
  readonly classes: readonly string[];
  readonly projectTags: readonly string[];
  readonly imageTags: ReadonlyArray<{ readonly name: string; readonly positive: boolean }>;
  readonly range: { readonly start: number | null; readonly end: number | null };
  readonly imageFiguresLimit: number | null;
  readonly imageTagsLimit: number | null;
  readonly others: Readonly<Record<string, unknown>>;
}

export interface Job extends Dated {
  readonly id: number;
  readonly name: string;
  readonly readme: string;
  readonly description: string;
  readonly teamId: number;
  readonly workspaceId: number;
  readonly projectId: number;
  /** Null where the images are a collection's. */
  readonly datasetId: number | null;
  readonly createdBy: number;
  userId: number;
  reviewerId: number | null;
  startedAt: string | null;
  annotationFinishedAt: string | null;
  reviewFinishedAt: string | null;
  finishedAt: string | null;
  status: JobStatus;
  disabled: boolean;
  readonly labelingQueueId: number | null;
  readonly priority: number;
  meta: JobMeta;
  customData: Readonly<Record<string, unknown>>;
  readonly entities: JobEntity[];
}

/** An image waiting in a queue, or taken by one of its jobs. */
export interface QueueEntity {
  readonly id: number;
  jobId: number | null;
}

export interface Queue extends Dated {
  readonly id: number;
  readonly name: string;
  readonly teamId: number;
  readonly projectId: number;
  /** One of the two is there. */
  readonly datasetId: number | null;
  readonly collectionId: number | null;
  readonly createdBy: number;
  readonly labelers: readonly number[];
  readonly reviewers: readonly number[];
  finishedAt: string | null;
  status: JobStatus;
  disabled: boolean;
  readonly queueMeta: { readonly reviewOwnAnnotationsAvailable?: boolean; readonly skipCompleteAnnotationJobOnEmpty?: boolean };
  readonly jobs: number[];
  readonly entities: QueueEntity[];
}

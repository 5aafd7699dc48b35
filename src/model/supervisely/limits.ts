/**
 * Limits and values of Supervisely's public API, in one place.
 *
 * @see https://api.docs.supervisely.com
 */
export const LIMITS = {
  jobNameLength: 255,
  jobDescriptionLength: 255,
  /** Jobs that one `jobs.bulk.remove` takes. */
  jobsPerRemoval: 50,
  /** Images that clients send with one `images.bulk.add`. */
  imagesPerRequest: 50,
  /** Entries of a page unless asked otherwise. */
  pageSize: 500,
  /** Digits of the ids that names make room for. */
  idDigits: 10,
} as const;

/** Names of jobs have a place in a tree of pages. */
export const FORBIDDEN_IN_NAMES = /[/\\]/;

export const JOB_STATUSES = ['pending', 'in_progress', 'on_review', 'review_completed', 'completed', 'stopped'] as const;
export type SuperviselyJobStatus = typeof JOB_STATUSES[number];

export const REVIEW_STATUSES = ['none', 'done', 'accepted', 'rejected', 'quality_check_accepted'] as const;
export type EntityReviewStatus = typeof REVIEW_STATUSES[number];

/** HTTP statuses that are worth another try; all other errors are final. */
export const RETRIED_STATUSES: readonly number[] = [408, 429, 499, 500, 502, 503, 504, 509, 598, 599];

/** How fast videos may be played in the labeling tool. */
export const PLAYBACK_RATES: readonly number[] = [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 2, 4, 8, 16, 32];

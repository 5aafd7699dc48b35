/**
 * The status of a labeling job, in Supervisely's words. The server has none for failures.
 *
 * @see https://docs.supervisely.com/labeling/jobs
 */
export enum LabelingJobStatus {
  /** Made; the labeler has not opened it yet. */
  PENDING = 'pending',
  /** The labeler works on it. */
  IN_PROGRESS = 'in_progress',
  /** The labeler has finished, the reviewer looks at the result. */
  ON_REVIEW = 'on_review',
  /** The reviewer has finished, the manager looks at the result; only with `enableIntermediateReview`. */
  REVIEW_COMPLETED = 'review_completed',
  /** Ended: everything is accepted. */
  COMPLETED = 'completed',
  /** Ended: the labeler sees it no more. */
  STOPPED = 'stopped',
}

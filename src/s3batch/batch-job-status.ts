/**
 * The state of a job, in S3's words.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-job-status.html
 */
export enum BatchJobStatus {
  /** Objects are worked on. */
  ACTIVE = 'Active',
  /** Ended: cancelled before all was done. */
  CANCELLED = 'Cancelled',
  /** Being cancelled. */
  CANCELLING = 'Cancelling',
  /** Ended: no task is left. Any number of them may have failed. */
  COMPLETE = 'Complete',
  /** The report is being written. */
  COMPLETING = 'Completing',
  /** Ended: S3 gave up. */
  FAILED = 'Failed',
  /** S3 is giving up. */
  FAILING = 'Failing',
  /** Just made. */
  NEW = 'New',
  /** Waits for a job of higher priority. */
  PAUSED = 'Paused',
  /** Makes way for a job of higher priority. */
  PAUSING = 'Pausing',
  /** The manifest is read, or generated. */
  PREPARING = 'Preparing',
  /** Waits for its turn. */
  READY = 'Ready',
  /** Waits for a person's confirmation, for at most 30 days. */
  SUSPENDED = 'Suspended',
}

/** Who lets a job begin once S3 knows its objects. */
export enum Confirmation {
  /** Nobody needs to. */
  AUTOMATIC = 'AUTOMATIC',
  /** A person: the job waits as `Suspended`, and `confirmCommand` lets it begin. */
  MANUAL = 'MANUAL',
}

/** What happens to a job that has not ended when its resource is removed. What is done is done, whatever is chosen. */
export enum BatchJobRemoval {
  /** It is cancelled. */
  CANCEL = 'CANCEL',
  /** It goes on, and costs, without an owner. */
  RETAIN = 'RETAIN',
}

import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { JobRemoval } from './job-removal';
import { JobResumeOptions } from './job-resume-options';
import { LabelingJobStatus } from './labeling-job-status';
import { ReconcileMode } from '../desired-state';
import { ReconcileOn } from '../reconcile-on';

/** What happens to jobs over time. */
export interface LabelingLifecycleOptions {
  /**
   * The status that a deployment gives the jobs: the server lets any follow any other. It is given when a job is made and when this value
   * changes, and not again: from there people move the jobs on. For `STOPPED` jobs are stopped, and none is made where there is none.
   *
   * @default - none, people's work alone moves the jobs
   */
  readonly desiredStatus?: LabelingJobStatus;

  /**
   * What happens to the jobs when their resource is removed.
   *
   * @default JobRemoval.STOP
   */
  readonly removal?: JobRemoval;

  /**
   * Which ends of a job are followed by more work, without anybody asking for it.
   *
   * @default - none: ends and rejected images are reported
   */
  readonly resume?: JobResumeOptions;

  /**
   * A status that a deployment waits for, within `timeout`: until all jobs have it or a later one. A job that is stopped meanwhile fails the deployment
   * at once. People take days: this is for short jobs, demonstrations and tests.
   *
   * @default - a deployment waits until the server has accepted the jobs
   */
  readonly waitForStatus?: LabelingJobStatus;

  /**
   * How long a deployment waits, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Any text that differs from the last one allows that jobs with finished images are replaced by ones with another dataset, other classes,
   * tags or images, whose images may be labeled again. Say why, for example `'2026-11 new guideline'`.
   *
   * @default - such a change fails the deployment before anything is stopped
   */
  readonly relabel?: string;

  /**
   * Whether jobs are touched. With `REPORT_ONLY` a deployment shows what it would do, and does nothing.
   *
   * @default ReconcileMode.ENFORCE
   */
  readonly mode?: ReconcileMode;

  /**
   * Another number asks for next jobs that label what is left: images that are not accepted or not done.
   *
   * @default - none are asked for
   */
  readonly attempt?: number;

  /**
   * What makes a deployment look at the jobs again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Bucket that remembers the jobs.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;
}

import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { JobRemoval } from './job-removal';
import { DesiredState, ReconcileMode } from '../desired-state';
import { ResumeOptions } from '../resume-options';

/** What happens to jobs over time. */
export interface LabelingLifecycleOptions {
  /**
   * What is wanted of the job.
   *
   * @default DesiredState.RUNNING
   */
  readonly desiredState?: DesiredState;

  /**
   * Whether jobs are touched. With `REPORT_ONLY` a deployment shows what it would do, and does nothing.
   *
   * @default ReconcileMode.ENFORCE
   */
  readonly mode?: ReconcileMode;

  /**
   * Which ends of a job are followed by a next one on what is left, without anybody asking for it.
   *
   * @default - jobs that were stopped by their age or failed for a passing reason are resumed, up to three times
   */
  readonly resume?: ResumeOptions;

  /**
   * What happens to a running job when its resource is removed.
   *
   * @default - JobRemoval.STOP; JobRemoval.RETAIN for jobs that were adopted
   */
  readonly removal?: JobRemoval;

  /**
   * Any text that differs from the last one allows that a job with labels is replaced by one with other data, labels, task type or label attribute:
   * its objects are labeled, and paid for, again. Say why, for example `'2026-11 new guideline'`.
   *
   * @default - such a change fails the deployment before anything is stopped
   */
  readonly relabel?: string;

  /**
   * How long a deployment waits for the job to be accepted, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Bucket that remembers the jobs.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;

  /**
   * Buckets that remembered the jobs before `stateBucket` was changed to another one: the library takes over what they remember, and a
   * rollback finds its way back.
   *
   * @default - none, the jobs have always been remembered in `stateBucket`
   */
  readonly formerStateBuckets?: s3.IBucket[];
}

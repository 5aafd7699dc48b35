import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BatchJobRemoval, Confirmation } from './batch-job-status';
import { CompletionReport } from './completion-report';
import { Manifest } from './manifest';
import { Operation } from './operation';
import { ReconcileOn } from '../reconcile-on';
import { ResumeOptions } from '../resume-options';

/** How a job is run, whatever it does and to which objects. */
export interface BatchJobRunOptions {
  /**
   * What the job writes down of its tasks.
   *
   * @default CompletionReport.allTasks()
   */
  readonly report?: CompletionReport;

  /**
   * Which jobs S3 prefers: the higher number goes first. It changes in place.
   *
   * @default 10
   */
  readonly priority?: number;

  /**
   * What the job is for, up to 190 characters; the job's name follows. It cannot be changed: another text goes to the next job.
   *
   * @default - the job's name alone
   */
  readonly description?: string;

  /**
   * Who lets the job begin once S3 knows its objects.
   *
   * @default Confirmation.AUTOMATIC
   */
  readonly confirmation?: Confirmation;

  /**
   * Whether a deployment waits, within `timeout`, until the job is complete, and fails if it ends otherwise.
   *
   * @default false
   */
  readonly waitForCompletion?: boolean;

  /**
   * How many tasks may fail before the deployment fails: S3 calls a job complete however many have failed. Needs `waitForCompletion`.
   *
   * @default - any number
   */
  readonly maxFailedTasks?: number;

  /**
   * Which part of all tasks may fail before the deployment fails, in percent. Needs `waitForCompletion`.
   *
   * @default - any
   */
  readonly maxFailedPercentage?: number;

  /**
   * How long a deployment waits for the job, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * What happens to a job that has not ended when its resource is removed.
   *
   * @default BatchJobRemoval.CANCEL
   */
  readonly removal?: BatchJobRemoval;

  /**
   * Which ends of a job are followed by a next one on the objects that are left, without anybody asking for it.
   *
   * @default - jobs that failed for a passing reason are followed by up to three others
   */
  readonly resume?: ResumeOptions;

  /**
   * Another number asks for a next job on the objects that are left, for example after failed tasks.
   *
   * @default - none is asked for
   */
  readonly attempt?: number;

  /**
   * Another text asks for all objects to be worked on again. Say why, for example `'2026-11 new thumbnails'`.
   *
   * @default - nothing is done twice
   */
  readonly rerun?: string;

  /**
   * What makes a deployment look at the job again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Role in which S3 Batch Operations works. It is given the job's permissions if it can be changed.
   *
   * @default - a new role with exactly this job's permissions
   */
  readonly role?: iam.IRole;

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

/** All of a job but its objects. */
export interface BatchJobOptions extends BatchJobRunOptions {
  /** What is done to each object. Another operation is other work: the job is cancelled if it still goes on, and a new one is made. */
  readonly operation: Operation;
}

/** Properties of a `BatchJob`. */
export interface BatchJobProps extends BatchJobOptions {
  /** The objects. Others are other work: the job is cancelled if it still goes on, and a new one is made. */
  readonly manifest: Manifest;
}

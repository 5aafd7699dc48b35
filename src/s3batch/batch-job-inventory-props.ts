import * as s3 from 'aws-cdk-lib/aws-s3';
import { IBatchJob } from './batch-job-interface';
import { BatchJobStatus } from './batch-job-status';
import { ReconcileOn } from '../reconcile-on';

/**
 * Which jobs an inventory lists, and where the list goes.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListJobs.html
 */
export interface BatchJobInventoryOptions {
  /**
   * Only jobs in one of these states. It is the only filter that S3 knows.
   *
   * @default - any state
   */
  readonly jobStatuses?: BatchJobStatus[];

  /**
   * How many jobs to list at most. The record holds the token that continues a list that was cut.
   *
   * @default - all
   */
  readonly maxItems?: number;

  /**
   * How many jobs to ask for in a call, 1 to 1,000.
   *
   * @default 1000
   */
  readonly pageSize?: number;

  /**
   * The token of an earlier record that was cut, to continue there.
   *
   * @default - from the beginning
   */
  readonly startingToken?: string;

  /**
   * Bucket of the record, a file of JSON Lines with all jobs.
   *
   * @default - the stack's state bucket, made by the library
   */
  readonly recordBucket?: s3.IBucket;

  /**
   * Prefix of the record's key, ending in a slash, or empty.
   *
   * @default - the stack's and the resource's own prefix
   */
  readonly recordPrefix?: string;

  /**
   * Whether jobs are described one by one where the list lacks how long S3 has worked on them.
   *
   * @default false
   */
  readonly describeTimers?: boolean;

  /**
   * What makes the list be taken again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;
}

/** Properties of a `BatchJobInventory`. */
export interface BatchJobInventoryProps extends BatchJobInventoryOptions {
  /**
   * Jobs that the list is taken after, and taken again after each change of theirs.
   *
   * @default - none, the list is taken when the resource changes
   */
  readonly jobs?: IBatchJob[];
}

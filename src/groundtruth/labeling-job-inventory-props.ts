import * as s3 from 'aws-cdk-lib/aws-s3';
import { ILabelingJob } from './labeling-job-interface';
import { LabelingJobStatus } from './labeling-job-status';
import { ReconcileOn } from '../reconcile-on';

/** What an inventory is sorted by. */
export enum InventorySortBy {
  /** The job's name. */
  NAME = 'Name',
  /** When the job was created. */
  CREATION_TIME = 'CreationTime',
  /** The job's state. */
  STATUS = 'Status',
}

/** In which order an inventory is sorted. */
export enum InventorySortOrder {
  /** Smallest, or oldest, first. */
  ASCENDING = 'Ascending',
  /** Greatest, or newest, first. */
  DESCENDING = 'Descending',
}

/**
 * Which jobs an inventory lists, and where the list goes.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListLabelingJobs.html
 */
export interface LabelingJobInventoryOptions {
  /**
   * Only jobs created after this time.
   *
   * @default - no such limit
   */
  readonly creationTimeAfter?: Date;

  /**
   * Only jobs created before this time.
   *
   * @default - no such limit
   */
  readonly creationTimeBefore?: Date;

  /**
   * Only jobs modified after this time.
   *
   * @default - no such limit
   */
  readonly lastModifiedTimeAfter?: Date;

  /**
   * Only jobs modified before this time.
   *
   * @default - no such limit
   */
  readonly lastModifiedTimeBefore?: Date;

  /**
   * Only jobs whose name contains this: up to 63 letters, digits and hyphens.
   *
   * @default - any name
   */
  readonly nameContains?: string;

  /**
   * Only jobs in this state.
   *
   * @default - any state
   */
  readonly statusEquals?: LabelingJobStatus;

  /**
   * What the list is sorted by.
   *
   * @default - the service's: InventorySortBy.CREATION_TIME
   */
  readonly sortBy?: InventorySortBy;

  /**
   * In which order the list is sorted.
   *
   * @default - the service's: InventorySortOrder.ASCENDING
   */
  readonly sortOrder?: InventorySortOrder;

  /**
   * How many jobs to list at most. The record holds the token that continues a list that was cut.
   *
   * @default - all
   */
  readonly maxItems?: number;

  /**
   * How many jobs to ask for in a call, 1 to 100.
   *
   * @default 100
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
   * Whether the jobs are described one by one and written down as a file of declarations too, which
   * `FleetJobs.fromDeclarations()` takes.
   *
   * @default false
   */
  readonly declarations?: boolean;

  /**
   * What makes the list be taken again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;
}

/** Properties of a `LabelingJobInventory`. */
export interface LabelingJobInventoryProps extends LabelingJobInventoryOptions {
  /**
   * Jobs that the list is taken after, and taken again after each change of theirs.
   *
   * @default - none, the list is taken when the resource changes
   */
  readonly jobs?: ILabelingJob[];
}

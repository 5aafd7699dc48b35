import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { InventoryPaging, InventorySortBy, InventorySortOrder } from './inventory-order';
import { LabelingJob } from './labeling-job';
import { LabelingJobStatus } from './labeling-job-status';
import { IUser } from './user';
import { ReconcileOn } from '../reconcile-on';

/**
 * Which jobs of a team an inventory lists, and where the list goes. Filters may be combined: a job is listed when all of them let it through.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export interface LabelingJobInventoryOptions {
  /**
   * Only jobs made by this user.
   *
   * @default - anybody's
   */
  readonly createdBy?: IUser;

  /**
   * Only jobs of this labeler.
   *
   * @default - anybody's
   */
  readonly assignedTo?: IUser;

  /**
   * Only jobs of this reviewer.
   *
   * @default - anybody's
   */
  readonly reviewer?: IUser;

  /**
   * Only jobs in which one of these users takes part, as maker, labeler or reviewer.
   *
   * @default - anybody's
   */
  readonly participants?: IUser[];

  /**
   * Only jobs in this project.
   *
   * @default - all projects of the team
   */
  readonly projectId?: number;

  /**
   * Only jobs on this dataset.
   *
   * @default - all datasets
   */
  readonly datasetId?: number;

  /**
   * Only jobs of these queues.
   *
   * @default - jobs inside and outside of queues
   */
  readonly queueIds?: number[];

  /**
   * Whether jobs that belong to queues are left out.
   *
   * @default false
   */
  readonly outsideQueues?: boolean;

  /**
   * Only jobs in one of these statuses.
   *
   * @default - any status
   */
  readonly statuses?: LabelingJobStatus[];

  /**
   * Only jobs in none of these statuses.
   *
   * @default - any status
   */
  readonly excludeStatuses?: LabelingJobStatus[];

  /**
   * Only jobs of exactly this name. Jobs of this library have their title and a text in brackets as a name.
   *
   * @default - any name
   */
  readonly jobName?: string;

  /**
   * Only jobs whose name contains this, in upper or lower case.
   *
   * @default - any name
   */
  readonly nameContains?: string;

  /**
   * Whether archived jobs are listed too.
   *
   * @default false
   */
  readonly showDisabled?: boolean;

  /**
   * Whether the review status of every image is listed with its job. It takes a call for each job.
   *
   * @default false
   */
  readonly reviewStates?: boolean;

  /**
   * Whether the server's statistics are listed with each job, as its member `stats`: time, objects and images by class, tag and image. It takes a
   * call for each job.
   *
   * @default false
   */
  readonly statistics?: boolean;

  /**
   * Whether what people did is listed with each job, as its member `activity`. It takes a call for each job and 500 events.
   *
   * @default false
   */
  readonly activity?: boolean;

  /**
   * What the list is sorted by.
   *
   * @default InventorySortBy.ID
   */
  readonly sortBy?: InventorySortBy;

  /**
   * In which order the list is sorted.
   *
   * @default InventorySortOrder.ASCENDING
   */
  readonly sortOrder?: InventorySortOrder;

  /**
   * How many jobs to list at most. The record holds the token that continues a list that was cut.
   *
   * @default - all
   */
  readonly maxItems?: number;

  /**
   * How many jobs to ask for in a call, 1 to 20,000.
   *
   * @default 500
   */
  readonly pageSize?: number;

  /**
   * How pages are asked for.
   *
   * @default InventoryPaging.BY_NUMBER
   */
  readonly paging?: InventoryPaging;

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
   * What makes the list be taken again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;
}

/** Properties of a `LabelingJobInventory`. */
export interface LabelingJobInventoryProps extends LabelingJobInventoryOptions {
  /** The server. */
  readonly connection: Connection;

  /** Id of the team whose jobs are listed. */
  readonly teamId: number;

  /**
   * Jobs that the list is taken after, and taken again after each change of theirs.
   *
   * @default - none, the list is taken when the resource changes
   */
  readonly jobs?: LabelingJob[];
}

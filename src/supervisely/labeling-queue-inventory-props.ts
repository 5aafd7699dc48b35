import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { InventoryPaging } from './inventory-order';
import { LabelingQueue } from './labeling-queue';
import { ReconcileOn } from '../reconcile-on';

/**
 * Which queues of a team an inventory lists, and where the list goes. Filters may be combined: a queue is listed when all of them let it through.
 * They are all that the server has for queues; how many are in which status the attributes say.
 */
export interface LabelingQueueInventoryOptions {
  /**
   * Only queues in this project.
   *
   * @default - all projects of the team
   */
  readonly projectId?: number;

  /**
   * Only queues on this dataset.
   *
   * @default - all datasets
   */
  readonly datasetId?: number;

  /**
   * Only queues on this collection.
   *
   * @default - all collections
   */
  readonly collectionId?: number;

  /**
   * Only these queues.
   *
   * @default - whatever their ids
   */
  readonly queueIds?: number[];

  /**
   * Only queues of exactly these names. Queues of this library have their title and a text in brackets as a name.
   *
   * @default - whatever their names
   */
  readonly queueNames?: string[];

  /**
   * Whether hidden queues are listed too.
   *
   * @default false
   */
  readonly showDisabled?: boolean;

  /**
   * Whether the images of every queue are listed with it, as its member `entities`. It takes a call for each queue and 500 images.
   *
   * @default false
   */
  readonly entities?: boolean;

  /**
   * How many queues to list at most. The record holds the token that continues a list that was cut.
   *
   * @default - all
   */
  readonly maxItems?: number;

  /**
   * How many queues to ask for in a call, 1 to 20,000.
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
   * Bucket of the record, a file of JSON Lines with all queues.
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

/** Properties of a `LabelingQueueInventory`. */
export interface LabelingQueueInventoryProps extends LabelingQueueInventoryOptions {
  /** The server. */
  readonly connection: Connection;

  /** Id of the team whose queues are listed. */
  readonly teamId: number;

  /**
   * Queues that the list is taken after, and taken again after each change of theirs.
   *
   * @default - none, the list is taken when the resource changes
   */
  readonly queues?: LabelingQueue[];
}

import { type ConnectionInput, type ConnectionProperties, decodeConnection, id, optionalId } from './connection-contract';
import { LARGEST_PAGE, positive } from './labeling-job-inventory-contract';
import { LIMITS } from '../../model/supervisely/limits';
import type { QueueFilters } from '../../model/supervisely/queue-request';
import { flag, oneOf } from '../../private/property-decoding-contract';

/** What passes between the `LabelingQueueInventory` construct and its handler. Both sides import this file. */
export const LABELING_QUEUE_INVENTORY_RESOURCE_TYPE = 'Custom::SuperviselyLabelingQueueInventory';

/**
 * Lists the queues of a team at deployment. The record is two objects below `RecordPrefix`: `labeling-queues.jsonl`, one queue of the server a
 * line in the server's own form, and `current.json`, its totals and where the listing goes on.
 */
export interface LabelingQueueInventoryProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly TeamId: string;
  /** Bucket and key prefix (ends in `/`, or empty) of the record. */
  readonly RecordBucket: string;
  readonly RecordPrefix: string;
  readonly Filters?: LabelingQueueInventoryFilters;
  readonly Pagination?: {
    readonly MaxItems?: string;
    /** 1 to 20000; 500 without it. */
    readonly PageSize?: string;
    /** `nextToken` of a listing that ended early. */
    readonly StartingToken?: string;
    /** `PAGE` (default): by numbers, as every server knows it; `TOKEN`: by the server's tokens, which see no queue twice. */
    readonly Mode?: 'PAGE' | 'TOKEN';
  };
  /** `true`: each queue comes with its images as `entities`, one request a queue and 500 images. */
  readonly Entities?: string;
  /** Changes when the user wants a fresh listing (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

/** All that the server takes. */
export interface LabelingQueueInventoryFilters {
  readonly ProjectId?: string;
  readonly DatasetId?: string;
  readonly CollectionId?: string;
  readonly QueueIds?: readonly string[];
  /** Whole names. */
  readonly Names?: readonly string[];
  /** `true`: hidden queues too. */
  readonly ShowDisabled?: string;
}

/** Attributes: every one is returned on every path. Queues per status, images summed over the listed queues, the record. */
export const LABELING_QUEUE_INVENTORY_ATTRIBUTES = [
  'Total', 'Pending', 'InProgress', 'OnReview', 'ReviewCompleted', 'Completed', 'Stopped',
  'ImagesCount', 'PendingImagesCount', 'InProgressImagesCount', 'AnnotatedImagesCount', 'AcceptedImagesCount', 'RecordUri', 'Truncated',
] as const;
export type LabelingQueueInventoryAttribute = typeof LABELING_QUEUE_INVENTORY_ATTRIBUTES[number];
export type LabelingQueueInventoryAttributes = Readonly<Record<LabelingQueueInventoryAttribute, string>>;

/** What wakes the handler between deployments: the listing's own properties. */
export type LabelingQueueInventoryWake = Omit<LabelingQueueInventoryProperties, 'ServiceToken' | 'ReconcileNonce'>;

/** Names of the two objects of a record, below its prefix. */
export const QUEUE_INVENTORY_RECORD = 'labeling-queues.jsonl';
export const QUEUE_INVENTORY_CURRENT = 'current.json';

/** The listing as the handler makes it: what CloudFormation made strings is restored. */
export interface LabelingQueueInventoryInput {
  readonly connection: ConnectionInput;
  readonly teamId: number;
  readonly bucket: string;
  readonly prefix: string;
  readonly filters: QueueFilters;
  readonly maxItems?: number;
  readonly pageSize: number;
  readonly startingToken?: string;
  readonly mode: 'PAGE' | 'TOKEN';
  readonly entities: boolean;
}

export function decodeLabelingQueueInventoryProperties(properties: LabelingQueueInventoryWake): LabelingQueueInventoryInput {
  const { Filters = {}, Pagination = {} } = properties;
  return {
    connection: decodeConnection(properties.Connection),
    teamId: id('TeamId', properties.TeamId),
    bucket: properties.RecordBucket,
    prefix: properties.RecordPrefix,
    filters: {
      projectId: optionalId('Filters.ProjectId', Filters.ProjectId),
      datasetId: optionalId('Filters.DatasetId', Filters.DatasetId),
      collectionId: optionalId('Filters.CollectionId', Filters.CollectionId),
      ids: Filters.QueueIds?.map((one, index) => id(`Filters.QueueIds[${index}]`, one)),
      names: Filters.Names,
      showDisabled: flag('Filters.ShowDisabled', Filters.ShowDisabled, false),
    },
    maxItems: positive('Pagination.MaxItems', Pagination.MaxItems),
    pageSize: positive('Pagination.PageSize', Pagination.PageSize, LARGEST_PAGE) ?? LIMITS.pageSize,
    startingToken: Pagination.StartingToken,
    mode: oneOf('Pagination.Mode', Pagination.Mode, ['PAGE', 'TOKEN'], 'PAGE'),
    entities: flag('Entities', properties.Entities, false),
  };
}

import {
  type ConnectionInput, type ConnectionProperties, decodeConnection, id, optionalId, user, type UserProperties, type UserReference,
} from './connection-contract';
import { JOB_STATUSES, LIMITS, type SuperviselyJobStatus } from '../../model/supervisely/limits';
import { flag, oneOf } from '../../private/property-decoding-contract';

/** What passes between the `LabelingJobInventory` construct and its handler. Both sides import this file. */
export const LABELING_JOB_INVENTORY_RESOURCE_TYPE = 'Custom::SuperviselyLabelingJobInventory';

/**
 * Lists the jobs of a team at deployment. The record is two objects below `RecordPrefix`: `labeling-jobs.jsonl`, one job of the server a
 * line in the server's own form, and `current.json`, its totals and where the listing goes on.
 */
export interface LabelingJobInventoryProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  readonly Connection: ConnectionProperties;
  readonly TeamId: string;
  /** Bucket and key prefix (ends in `/`, or empty) of the record. */
  readonly RecordBucket: string;
  readonly RecordPrefix: string;
  readonly Filters?: LabelingJobInventoryFilters;
  readonly SortBy?: InventorySort;
  /** `asc` (default) or `desc`. */
  readonly SortOrder?: 'asc' | 'desc';
  readonly Pagination?: {
    readonly MaxItems?: string;
    /** 1 to 20000; 500 without it. */
    readonly PageSize?: string;
    /** `nextToken` of a listing that ended early. */
    readonly StartingToken?: string;
    /** `PAGE` (default): by numbers, as every server knows it; `TOKEN`: by the server's tokens, which see no job twice. */
    readonly Mode?: 'PAGE' | 'TOKEN';
  };
  /** `true`: each job comes with its images and their review states, one request a job. */
  readonly ReviewStates?: string;
  /** `true`: each job comes with the server's statistics about it as `stats`, one request a job. */
  readonly Statistics?: string;
  /** `true`: each job comes with what people did for it as `activity`, one request a job and page. */
  readonly Activity?: string;
  /** Changes when the user wants a fresh listing (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

/** All of the Python SDK's, and those that only the server has. */
export interface LabelingJobInventoryFilters {
  readonly CreatedBy?: UserProperties;
  readonly AssignedTo?: UserProperties;
  readonly Reviewer?: UserProperties;
  /** Jobs in which any of them takes part, as creator, labeler or reviewer. */
  readonly Participants?: readonly UserProperties[];
  readonly ProjectId?: string;
  readonly DatasetId?: string;
  readonly QueueIds?: readonly string[];
  /** `true`: only jobs that belong to no queue. */
  readonly OutsideQueues?: string;
  readonly Statuses?: readonly SuperviselyJobStatus[];
  readonly ExcludeStatuses?: readonly SuperviselyJobStatus[];
  /** The whole name. */
  readonly Name?: string;
  /** A part of the name, in any case. */
  readonly NameContains?: string;
  /** `true`: archived jobs too. */
  readonly ShowDisabled?: string;
}

export const INVENTORY_SORTS = [
  'id', 'name', 'status', 'createdAt', 'updatedAt', 'startedAt', 'finishedAt', 'annotationFinishedAt', 'reviewFinishedAt',
  'priority', 'userId', 'createdBy', 'reviewerId', 'projectId', 'datasetId', 'labelingQueueId',
] as const;
export type InventorySort = typeof INVENTORY_SORTS[number];

/** Attributes: every one is returned on every path. Jobs per status, images summed over the listed jobs, the record. */
export const LABELING_JOB_INVENTORY_ATTRIBUTES = [
  'Total', 'Pending', 'InProgress', 'OnReview', 'ReviewCompleted', 'Completed', 'Stopped',
  'ImagesCount', 'FinishedImagesCount', 'AcceptedImagesCount', 'RejectedImagesCount', 'RecordUri', 'Truncated',
] as const;
export type LabelingJobInventoryAttribute = typeof LABELING_JOB_INVENTORY_ATTRIBUTES[number];
export type LabelingJobInventoryAttributes = Readonly<Record<LabelingJobInventoryAttribute, string>>;

/** What wakes the handler between deployments: the listing's own properties. */
export type LabelingJobInventoryWake = Omit<LabelingJobInventoryProperties, 'ServiceToken' | 'ReconcileNonce'>;

/** Names of the two objects of a record, below its prefix. */
export const INVENTORY_RECORD = 'labeling-jobs.jsonl';
export const INVENTORY_CURRENT = 'current.json';

/** The listing as the handler makes it: what CloudFormation made strings is restored. */
export interface LabelingJobInventoryInput {
  readonly connection: ConnectionInput;
  readonly teamId: number;
  readonly bucket: string;
  readonly prefix: string;
  readonly filters: InventoryFilters;
  readonly sortBy: InventorySort;
  readonly sortOrder: 'asc' | 'desc';
  readonly maxItems?: number;
  readonly pageSize: number;
  readonly startingToken?: string;
  readonly mode: 'PAGE' | 'TOKEN';
  readonly reviewStates: boolean;
  readonly statistics: boolean;
  readonly activity: boolean;
}

export interface InventoryFilters {
  readonly createdBy?: UserReference;
  readonly assignedTo?: UserReference;
  readonly reviewer?: UserReference;
  readonly participants?: readonly UserReference[];
  readonly projectId?: number;
  readonly datasetId?: number;
  readonly queueIds?: readonly number[];
  readonly outsideQueues: boolean;
  readonly statuses?: readonly SuperviselyJobStatus[];
  readonly excludeStatuses?: readonly SuperviselyJobStatus[];
  readonly name?: string;
  readonly nameContains?: string;
  readonly showDisabled: boolean;
}

export const LARGEST_PAGE = 20_000;

export function decodeLabelingJobInventoryProperties(properties: LabelingJobInventoryWake): LabelingJobInventoryInput {
  const { Filters = {}, Pagination = {} } = properties;
  return {
    connection: decodeConnection(properties.Connection),
    teamId: id('TeamId', properties.TeamId),
    bucket: properties.RecordBucket,
    prefix: properties.RecordPrefix,
    filters: decodeFilters(Filters),
    sortBy: oneOf('SortBy', properties.SortBy, INVENTORY_SORTS, 'id'),
    sortOrder: oneOf('SortOrder', properties.SortOrder, ['asc', 'desc'], 'asc'),
    maxItems: positive('Pagination.MaxItems', Pagination.MaxItems),
    pageSize: positive('Pagination.PageSize', Pagination.PageSize, LARGEST_PAGE) ?? LIMITS.pageSize,
    startingToken: Pagination.StartingToken,
    mode: oneOf('Pagination.Mode', Pagination.Mode, ['PAGE', 'TOKEN'], 'PAGE'),
    reviewStates: flag('ReviewStates', properties.ReviewStates, false),
    statistics: flag('Statistics', properties.Statistics, false),
    activity: flag('Activity', properties.Activity, false),
  };
}

function decodeFilters(filters: LabelingJobInventoryFilters): InventoryFilters {
  const someone = (name: string, value: UserProperties | undefined) => value && user(`Filters.${name}`, value);
  return {
    createdBy: someone('CreatedBy', filters.CreatedBy),
    assignedTo: someone('AssignedTo', filters.AssignedTo),
    reviewer: someone('Reviewer', filters.Reviewer),
    participants: filters.Participants?.map((one, index) => user(`Filters.Participants[${index}]`, one)),
    projectId: optionalId('Filters.ProjectId', filters.ProjectId),
    datasetId: optionalId('Filters.DatasetId', filters.DatasetId),
    queueIds: filters.QueueIds?.map((one, index) => id(`Filters.QueueIds[${index}]`, one)),
    outsideQueues: flag('Filters.OutsideQueues', filters.OutsideQueues, false),
    statuses: statuses('Filters.Statuses', filters.Statuses),
    excludeStatuses: statuses('Filters.ExcludeStatuses', filters.ExcludeStatuses),
    name: filters.Name,
    nameContains: filters.NameContains,
    showDisabled: flag('Filters.ShowDisabled', filters.ShowDisabled, false),
  };
}

function statuses(name: string, values: readonly string[] | undefined): SuperviselyJobStatus[] | undefined {
  return values?.map((value, index) => oneOf(`${name}[${index}]`, value, JOB_STATUSES, 'pending'));
}

/** A number of things, at least one. */
export function positive(name: string, value: string | undefined, most: number = Number.MAX_SAFE_INTEGER): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9][0-9]*$/.test(value) || Number(value) > most) {
    throw new Error(`${name}: expected a whole number from 1${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}, got ${JSON.stringify(value)}`);
  }
  return Number(value);
}

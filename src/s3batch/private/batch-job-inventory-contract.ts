import { STATES_BY_SYSTEM } from '../../model/job-state';
import { LIMITS } from '../../model/s3batch/limits';

/** What passes between the `BatchJobInventory` construct and its handler. Both sides import this file; it imports the model only. */
export const BATCH_JOB_INVENTORY_RESOURCE_TYPE = 'Custom::S3BatchJobInventory';

export interface BatchJobInventoryProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  /** Whose jobs: the stack's account. */
  readonly AccountId: string;
  /** Bucket and key prefix (ends in `/`, or empty) of the record. */
  readonly RecordBucket: string;
  readonly RecordPrefix: string;
  /** ListJobs' only filter; absent: jobs in any status. */
  readonly JobStatuses?: readonly string[];
  /** The paginator's settings in its own spelling. */
  readonly Pagination: { readonly MaxItems?: string; readonly PageSize?: string; readonly StartingToken?: string };
  /** `true`: a listed job whose active seconds the listing does not show is described. */
  readonly DescribeTimers?: string;
  /** Changes when the user wants a fresh listing (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

export type BatchJobStatusWord = keyof typeof STATES_BY_SYSTEM.s3batch;
export const BATCH_JOB_STATUSES = Object.keys(STATES_BY_SYSTEM.s3batch) as BatchJobStatusWord[];

/** Attributes: every one is returned on every path. Jobs per status, counters summed over the listed jobs, the record. */
export const BATCH_JOB_INVENTORY_ATTRIBUTES = [
  'Total', ...BATCH_JOB_STATUSES,
  'TotalTasks', 'SucceededTasks', 'FailedTasks', 'ActiveSeconds',
  'RecordUri', 'Truncated',
] as const;
export type BatchJobInventoryAttribute = typeof BATCH_JOB_INVENTORY_ATTRIBUTES[number];
export type BatchJobInventoryAttributes = Readonly<Record<BatchJobInventoryAttribute, string>>;

/** What wakes the handler between deployments: the listing's own properties. */
export type BatchJobInventoryWake = Omit<BatchJobInventoryProperties, 'ServiceToken' | 'ReconcileNonce'>;

/** The listing as the handler makes it: what CloudFormation made strings is restored. */
export interface BatchJobInventoryInput {
  readonly accountId: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly statuses: readonly string[];
  readonly maxItems?: number;
  readonly pageSize: number;
  readonly startingToken?: string;
  readonly describeTimers: boolean;
}

/** Names of the two objects of a record, below its prefix. */
export const BATCH_INVENTORY_RECORD = 'batch-jobs.jsonl';
export const BATCH_INVENTORY_CURRENT = 'current.json';

export function decodeBatchJobInventoryProperties(properties: BatchJobInventoryWake): BatchJobInventoryInput {
  const { Pagination = {} } = properties;
  const most = LIMITS.listPageSize.max;
  return {
    accountId: properties.AccountId,
    bucket: properties.RecordBucket,
    prefix: properties.RecordPrefix,
    statuses: properties.JobStatuses ?? [],
    maxItems: count('MaxItems', Pagination.MaxItems),
    pageSize: count('PageSize', Pagination.PageSize, most) ?? most,
    startingToken: Pagination.StartingToken,
    describeTimers: properties.DescribeTimers === 'true',
  };
}

function count(name: string, value: string | undefined, most?: number): number | undefined {
  if (value === undefined) return undefined;
  const range = most === undefined ? 'a whole number from 1' : `a whole number from 1 to ${most}`;
  if (!/^[1-9][0-9]*$/.test(value) || (most !== undefined && Number(value) > most)) {
    throw new Error(`${name}: expected ${range}, got ${JSON.stringify(value)}`);
  }
  return Number(value);
}

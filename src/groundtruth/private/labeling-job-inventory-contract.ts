/** What passes between the `LabelingJobInventory` construct and its handler. Both sides import this file; it imports nothing. */
export const LABELING_JOB_INVENTORY_RESOURCE_TYPE = 'Custom::GroundTruthLabelingJobInventory';

export interface LabelingJobInventoryProperties {
  readonly ServiceToken: string;
  /** Shape of these properties: `1`. */
  readonly ContractVersion: string;
  /** Bucket and key prefix (ends in `/`, or empty) of the record. */
  readonly RecordBucket: string;
  readonly RecordPrefix: string;
  /** Filters in ListLabelingJobs' spelling; times are ISO 8601. */
  readonly Filters: {
    readonly CreationTimeAfter?: string;
    readonly CreationTimeBefore?: string;
    readonly LastModifiedTimeAfter?: string;
    readonly LastModifiedTimeBefore?: string;
    readonly NameContains?: string;
    readonly SortBy?: string;
    readonly SortOrder?: string;
    readonly StatusEquals?: string;
  };
  /** The paginator's settings in its own spelling. */
  readonly Pagination: { readonly MaxItems?: string; readonly PageSize?: string; readonly StartingToken?: string };
  /** `true`: each job is described too, as a declaration that a fleet can adopt (see declarations-contract.ts). */
  readonly Declarations?: string;
  /** Changes when the user wants a fresh listing (`ReconcileOn.PARAMETER`). */
  readonly ReconcileNonce?: string;
}

/** Attributes: every one is returned on every path. Jobs per status, counters summed over the listed jobs, the record. */
export const LABELING_JOB_INVENTORY_ATTRIBUTES = [
  'Total', 'Initializing', 'InProgress', 'Completed', 'Failed', 'Stopping', 'Stopped',
  'TotalLabeled', 'HumanLabeled', 'MachineLabeled', 'FailedNonRetryableError', 'Unlabeled',
  'RecordUri', 'Truncated',
] as const;
export type LabelingJobInventoryAttribute = typeof LABELING_JOB_INVENTORY_ATTRIBUTES[number];
export type LabelingJobInventoryAttributes = Readonly<Record<LabelingJobInventoryAttribute, string>>;

/** The listing as the handler makes it: what CloudFormation made strings is restored. */
export interface LabelingJobInventoryInput {
  readonly bucket: string;
  readonly prefix: string;
  readonly filters: LabelingJobFilters;
  readonly maxItems?: number;
  readonly pageSize: number;
  readonly startingToken?: string;
  readonly declarations: boolean;
}

/** What wakes the handler between deployments: the listing's own properties. */
export type LabelingJobInventoryWake = Omit<LabelingJobInventoryProperties, 'ServiceToken' | 'ReconcileNonce'>;

export interface LabelingJobFilters {
  readonly CreationTimeAfter?: Date;
  readonly CreationTimeBefore?: Date;
  readonly LastModifiedTimeAfter?: Date;
  readonly LastModifiedTimeBefore?: Date;
  readonly NameContains?: string;
  readonly SortBy?: string;
  readonly SortOrder?: string;
  readonly StatusEquals?: string;
}

/** The most that ListLabelingJobs gives at once. */
export const MAX_PAGE_SIZE = 100;

/** Names of the two objects of a record, below its prefix. */
export const INVENTORY_RECORD = 'labeling-jobs.jsonl';
export const INVENTORY_CURRENT = 'current.json';

export function decodeLabelingJobInventoryProperties(properties: LabelingJobInventoryWake): LabelingJobInventoryInput {
  const { Filters = {}, Pagination = {} } = properties;
  const { CreationTimeAfter, CreationTimeBefore, LastModifiedTimeAfter, LastModifiedTimeBefore, ...texts } = Filters;
  return {
    bucket: properties.RecordBucket,
    prefix: properties.RecordPrefix,
    filters: {
      ...texts,
      CreationTimeAfter: time('CreationTimeAfter', CreationTimeAfter),
      CreationTimeBefore: time('CreationTimeBefore', CreationTimeBefore),
      LastModifiedTimeAfter: time('LastModifiedTimeAfter', LastModifiedTimeAfter),
      LastModifiedTimeBefore: time('LastModifiedTimeBefore', LastModifiedTimeBefore),
    },
    maxItems: count('MaxItems', Pagination.MaxItems),
    pageSize: count('PageSize', Pagination.PageSize, MAX_PAGE_SIZE) ?? MAX_PAGE_SIZE,
    startingToken: Pagination.StartingToken,
    declarations: properties.Declarations === 'true',
  };
}

function time(name: string, value: string | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) throw new Error(`${name}: expected a time as in 2026-11-22T00:00:00Z, got ${JSON.stringify(value)}`);
  return date;
}

function count(name: string, value: string | undefined, most?: number): number | undefined {
  if (value === undefined) return undefined;
  const range = most === undefined ? 'a whole number from 1' : `a whole number from 1 to ${most}`;
  if (!/^[1-9][0-9]*$/.test(value) || (most !== undefined && Number(value) > most)) {
    throw new Error(`${name}: expected ${range}, got ${JSON.stringify(value)}`);
  }
  return Number(value);
}

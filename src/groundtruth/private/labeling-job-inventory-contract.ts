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

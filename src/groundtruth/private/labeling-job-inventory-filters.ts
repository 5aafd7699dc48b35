import { LabelingJobInventoryOptions } from '../labeling-job-inventory-props';
import { LabelingJobInventoryProperties } from './labeling-job-inventory-contract';

/** An inventory's filters in ListLabelingJobs' spelling. */
export function inventoryFilters(options: LabelingJobInventoryOptions): LabelingJobInventoryProperties['Filters'] {
  return {
    CreationTimeAfter: options.creationTimeAfter?.toISOString(),
    CreationTimeBefore: options.creationTimeBefore?.toISOString(),
    LastModifiedTimeAfter: options.lastModifiedTimeAfter?.toISOString(),
    LastModifiedTimeBefore: options.lastModifiedTimeBefore?.toISOString(),
    NameContains: options.nameContains,
    SortBy: options.sortBy,
    SortOrder: options.sortOrder,
    StatusEquals: options.statusEquals,
  };
}

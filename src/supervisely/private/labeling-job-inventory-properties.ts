import type { LabelingJobInventoryFilters, LabelingJobInventoryWake } from './labeling-job-inventory-contract';
import { LabelingJobInventoryProps } from '../labeling-job-inventory-props';
import { userProperties } from './user-properties';

type Rendered<T> = Readonly<Record<keyof T, unknown>>;

/** Where the list goes. */
interface RecordPlace {
  readonly bucket: string;
  readonly prefix: string;
}

/** All that a listing is, whoever asks for it. */
export function listingProperties(props: LabelingJobInventoryProps, record: RecordPlace): Rendered<LabelingJobInventoryWake> {
  return {
    ContractVersion: '1',
    Connection: props.connection._properties,
    TeamId: props.teamId,
    RecordBucket: record.bucket,
    RecordPrefix: record.prefix,
    Filters: filterProperties(props),
    SortBy: props.sortBy,
    SortOrder: props.sortOrder,
    Pagination: { MaxItems: props.maxItems, PageSize: props.pageSize, StartingToken: props.startingToken, Mode: props.paging },
    ReviewStates: props.reviewStates ? 'true' : undefined,
    Statistics: props.statistics ? 'true' : undefined,
    Activity: props.activity ? 'true' : undefined,
  };
}

function filterProperties(props: LabelingJobInventoryProps): Rendered<LabelingJobInventoryFilters> {
  return {
    CreatedBy: props.createdBy && userProperties(props.createdBy),
    AssignedTo: props.assignedTo && userProperties(props.assignedTo),
    Reviewer: props.reviewer && userProperties(props.reviewer),
    Participants: props.participants?.map(userProperties),
    ProjectId: props.projectId,
    DatasetId: props.datasetId,
    QueueIds: props.queueIds,
    OutsideQueues: props.outsideQueues ? 'true' : undefined,
    Statuses: props.statuses,
    ExcludeStatuses: props.excludeStatuses,
    Name: props.jobName,
    NameContains: props.nameContains,
    ShowDisabled: props.showDisabled ? 'true' : undefined,
  };
}

import type { LabelingQueueInventoryWake } from './labeling-queue-inventory-contract';
import { LabelingQueueInventoryProps } from '../labeling-queue-inventory-props';
import { pagingProblems } from './labeling-job-inventory-validation';
import { listProblems, wholeNumberProblems } from './validation';

/** All that a listing is, whoever asks for it. */
export function queueListingProperties(
  props: LabelingQueueInventoryProps, record: { readonly bucket: string; readonly prefix: string },
): Readonly<Record<keyof LabelingQueueInventoryWake, unknown>> {
  return {
    ContractVersion: '1',
    Connection: props.connection._properties,
    TeamId: props.teamId,
    RecordBucket: record.bucket,
    RecordPrefix: record.prefix,
    Filters: {
      ProjectId: props.projectId,
      DatasetId: props.datasetId,
      CollectionId: props.collectionId,
      QueueIds: props.queueIds,
      Names: props.queueNames,
      ShowDisabled: props.showDisabled ? 'true' : undefined,
    },
    Pagination: { MaxItems: props.maxItems, PageSize: props.pageSize, StartingToken: props.startingToken, Mode: props.paging },
    Entities: props.entities ? 'true' : undefined,
  };
}

/** What is wrong with an inventory's filters and paging. */
export function queueInventoryProblems(props: LabelingQueueInventoryProps): string[] {
  const { datasetId, collectionId } = props;
  return [
    ...wholeNumberProblems('teamId', props.teamId, 1),
    ...wholeNumberProblems('projectId', props.projectId, 1),
    ...wholeNumberProblems('datasetId', datasetId, 1),
    ...wholeNumberProblems('collectionId', collectionId, 1),
    ...(datasetId !== undefined && collectionId !== undefined
      ? ['\'datasetId\' and \'collectionId\' exclude each other: a queue has one of them, leave the other one out'] : []),
    ...listProblems('queueIds', props.queueIds, 'all queues'),
    ...(props.queueIds ?? []).flatMap((id) => wholeNumberProblems('queueIds', id, 1)),
    ...listProblems('queueNames', props.queueNames, 'any name'),
    ...pagingProblems(props),
  ];
}

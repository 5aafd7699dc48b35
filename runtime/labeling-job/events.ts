import { LabelingJobProperties } from '../../src/groundtruth/private/labeling-job-contract';
import { Owner } from '../../src/model/ledger';
import { CreateRequest, DeleteRequest, IsCompleteRequest, OnEventRequest, stackGuid, UpdateRequest } from '../shared/custom-resource';

export type LabelingJobEvent = OnEventRequest<LabelingJobProperties>;
export type DeployEvent = CreateRequest<LabelingJobProperties> | UpdateRequest<LabelingJobProperties>;
export type RemoveEvent = DeleteRequest<LabelingJobProperties>;
/** An event on its way through the waiter, with what `onEvent` returned. */
export type Waiting<Event extends LabelingJobEvent> = Event & Pick<IsCompleteRequest<LabelingJobProperties>, 'PhysicalResourceId' | 'StartedAt'>;

export function ownerOf(event: LabelingJobEvent): Owner {
  return { stackId: event.StackId, logicalId: event.LogicalResourceId };
}

export function ledgerKey(event: LabelingJobEvent): string {
  return `${stackGuid(event.StackId)}/${event.LogicalResourceId}/ledger.json`;
}

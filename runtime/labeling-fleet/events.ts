import { JobFleetProperties } from '../../src/groundtruth/private/job-fleet-contract';
import { Owner } from '../../src/model/ledger';
import { CreateRequest, DeleteRequest, IsCompleteRequest, OnEventRequest, stackGuid, UpdateRequest } from '../shared/custom-resource';

export type FleetEvent = OnEventRequest<JobFleetProperties>;
export type DeployFleetEvent = CreateRequest<JobFleetProperties> | UpdateRequest<JobFleetProperties>;
export type RemoveFleetEvent = DeleteRequest<JobFleetProperties>;
/** An event on its way through the waiter, with what `onEvent` returned. */
export type Waiting<Event extends FleetEvent> = Event & Pick<IsCompleteRequest<JobFleetProperties>, 'PhysicalResourceId' | 'StartedAt'>;

export function ownerOf(event: FleetEvent): Owner {
  return { stackId: event.StackId, logicalId: event.LogicalResourceId };
}

/** Where all objects of the fleet lie in the state bucket. */
export function statePrefix(owner: Owner): string {
  return `${stackGuid(owner.stackId)}/${owner.logicalId}/`;
}

import { deployFleetComplete } from './deploy-complete';
import type { DeployFleetEvent, FleetEvent, RemoveFleetEvent, Waiting } from './events';
import { onDeployFleet } from './on-deploy';
import type { Ports } from './ports';
import { removeFleetComplete } from './remove-complete';
import { decodeJobFleetProperties, decodeJobFleetRemoval } from '../../src/supervisely/private/job-fleet-decoding-contract';
import type { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { recordRemoval } from '../shared/record-removal';
import { removalPatienceSeconds } from '../shared/removal';

export async function handleFleetEvent(event: FleetEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete'
    ? recordRemoval(event, decodeJobFleetRemoval(event.ResourceProperties).stateBucket, ports) : onDeployFleet(event, ports)));
}

export async function handleFleetIsComplete(event: Waiting<FleetEvent>, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeFleetComplete(event as Waiting<RemoveFleetEvent>, ports) : deployFleetComplete(event as Waiting<DeployFleetEvent>, ports)));
}

function patience(event: FleetEvent): number {
  return event.RequestType === 'Delete'
    ? removalPatienceSeconds(decodeJobFleetRemoval(event.ResourceProperties)) : decodeJobFleetProperties(event.ResourceProperties).timeoutSeconds;
}

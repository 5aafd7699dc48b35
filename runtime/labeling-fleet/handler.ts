import { deployFleetComplete } from './deploy-complete';
import { DeployFleetEvent, FleetEvent, RemoveFleetEvent, Waiting } from './events';
import { onDeployFleet, onRemoveFleet } from './on-event';
import { FleetPorts } from './ports';
import { decodeFleetProperties, decodeFleetRemoval } from './properties';
import { removeFleetComplete } from './remove-complete';
import { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { removalPatienceSeconds } from '../shared/removal';

export async function handleFleetEvent(event: FleetEvent, ports: FleetPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete' ? onRemoveFleet(event, ports) : onDeployFleet(event, ports)));
}

export async function handleFleetIsComplete(event: Waiting<FleetEvent>, ports: FleetPorts): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeFleetComplete(event as Waiting<RemoveFleetEvent>, ports) : deployFleetComplete(event as Waiting<DeployFleetEvent>, ports)));
}

function patience(event: FleetEvent): number {
  return event.RequestType === 'Delete'
    ? removalPatienceSeconds(decodeFleetRemoval(event.ResourceProperties)) : decodeFleetProperties(event.ResourceProperties).timeoutSeconds;
}

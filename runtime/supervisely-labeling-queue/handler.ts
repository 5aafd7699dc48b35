import { deployComplete } from './deploy-complete';
import type { DeployEvent, QueueEvent, RemoveEvent } from './events';
import { onDeploy } from './on-deploy';
import type { Ports } from './ports';
import { removeComplete } from './remove-complete';
import { decodeLabelingQueueProperties, decodeLabelingQueueRemoval } from '../../src/supervisely/private/labeling-queue-decoding-contract';
import type { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import type { Waiting } from '../shared/job-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { recordRemoval } from '../shared/record-removal';
import { removalPatienceSeconds } from '../shared/removal';

export async function handleEvent(event: QueueEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete'
    ? recordRemoval(event, decodeLabelingQueueRemoval(event.ResourceProperties).stateBucket, ports) : onDeploy(event, ports)));
}

export async function handleIsComplete(event: Waiting<QueueEvent>, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeComplete(event as Waiting<RemoveEvent>, ports) : deployComplete(event as Waiting<DeployEvent>, ports)));
}

function patience({ RequestType, ResourceProperties }: QueueEvent): number {
  return RequestType === 'Delete'
    ? removalPatienceSeconds(decodeLabelingQueueRemoval(ResourceProperties)) : decodeLabelingQueueProperties(ResourceProperties).timeoutSeconds;
}

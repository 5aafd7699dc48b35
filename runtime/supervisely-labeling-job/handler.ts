import { deployComplete } from './deploy-complete';
import type { DeployEvent, GroupEvent, RemoveEvent, Waiting } from './events';
import { onDeploy } from './on-deploy';
import type { Ports } from './ports';
import { removeComplete } from './remove-complete';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval } from '../../src/supervisely/private/labeling-job-decoding-contract';
import type { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { recordRemoval } from '../shared/record-removal';
import { removalPatienceSeconds } from '../shared/removal';

export async function handleEvent(event: GroupEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete'
    ? recordRemoval(event, decodeLabelingJobRemoval(event.ResourceProperties).stateBucket, ports) : onDeploy(event, ports)));
}

export async function handleIsComplete(event: Waiting<GroupEvent>, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeComplete(event as Waiting<RemoveEvent>, ports) : deployComplete(event as Waiting<DeployEvent>, ports)));
}

function patience(event: GroupEvent): number {
  return event.RequestType === 'Delete'
    ? removalPatienceSeconds(decodeLabelingJobRemoval(event.ResourceProperties)) : decodeLabelingJobProperties(event.ResourceProperties).timeoutSeconds;
}

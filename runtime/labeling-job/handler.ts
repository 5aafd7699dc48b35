import { deployComplete } from './deploy-complete';
import { DeployEvent, LabelingJobEvent, RemoveEvent, Waiting } from './events';
import { onDeploy } from './on-deploy';
import { onRemove } from './on-remove';
import { removeComplete } from './remove-complete';
import { StreamPorts } from './streaming/ports';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { removalPatienceSeconds } from '../shared/removal';

export async function handleEvent(event: LabelingJobEvent, ports: StreamPorts): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete' ? onRemove(event, ports) : onDeploy(event, ports)));
}

export async function handleIsComplete(event: Waiting<LabelingJobEvent>, ports: StreamPorts): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeComplete(event as Waiting<RemoveEvent>, ports) : deployComplete(event as Waiting<DeployEvent>, ports)));
}

function patience(event: LabelingJobEvent): number {
  return event.RequestType === 'Delete'
    ? removalPatienceSeconds(decodeLabelingJobRemoval(event.ResourceProperties)) : decodeLabelingJobProperties(event.ResourceProperties).timeoutSeconds;
}

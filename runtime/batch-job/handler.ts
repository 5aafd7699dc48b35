import { deployComplete } from './deploy-complete';
import { BatchJobEvent, DeployEvent, RemoveEvent } from './events';
import { onDeploy } from './on-deploy';
import { Ports } from './ports';
import { removeComplete } from './remove-complete';
import { decodeBatchJobProperties, decodeBatchJobRemoval } from '../../src/s3batch/private/batch-job-decoding-contract';
import { IsCompleteResponse, OnEventResponse } from '../shared/custom-resource';
import { Waiting } from '../shared/job-resource';
import { isCompletePatiently, onEventPatiently } from '../shared/patient-entries';
import { recordRemoval } from '../shared/record-removal';

export async function handleEvent(event: BatchJobEvent, ports: Ports): Promise<OnEventResponse> {
  return onEventPatiently(event, ports, () => (event.RequestType === 'Delete'
    ? recordRemoval(event, decodeBatchJobRemoval(event.ResourceProperties).stateBucket, ports) : onDeploy(event, ports)));
}

export async function handleIsComplete(event: Waiting<BatchJobEvent>, ports: Ports): Promise<IsCompleteResponse> {
  return isCompletePatiently(event, ports, () => patience(event), () => (event.RequestType === 'Delete'
    ? removeComplete(event as Waiting<RemoveEvent>, ports) : deployComplete(event as Waiting<DeployEvent>, ports)));
}

function patience({ RequestType, ResourceProperties }: BatchJobEvent): number {
  return RequestType === 'Delete' ? decodeBatchJobRemoval(ResourceProperties).timeoutSeconds : decodeBatchJobProperties(ResourceProperties).timeoutSeconds;
}

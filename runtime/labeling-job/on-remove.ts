import { RemoveEvent } from './events';
import { Ports } from './ports';
import { decodeLabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { OnEventResponse } from '../shared/custom-resource';
import { recordRemoval } from '../shared/record-removal';

export async function onRemove(event: RemoveEvent, ports: Ports): Promise<OnEventResponse> {
  return recordRemoval(event, decodeLabelingJobRemoval(event.ResourceProperties).stateBucket, ports);
}

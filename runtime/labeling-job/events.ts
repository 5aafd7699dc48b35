import { LabelingJobProperties } from '../../src/groundtruth/private/labeling-job-contract';
import { OnEventRequest } from '../shared/custom-resource';
import { Deploy, Remove } from '../shared/job-resource';

export { ledgerKey, ownerOf } from '../shared/job-resource';
export type { Waiting } from '../shared/job-resource';
export type LabelingJobEvent = OnEventRequest<LabelingJobProperties>;
export type DeployEvent = Deploy<LabelingJobProperties>;
export type RemoveEvent = Remove<LabelingJobProperties>;

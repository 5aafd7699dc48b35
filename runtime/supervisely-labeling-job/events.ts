import type { LabelingJobProperties } from '../../src/supervisely/private/labeling-job-contract';
import type { OnEventRequest } from '../shared/custom-resource';
import type { Deploy, Remove } from '../shared/job-resource';

export { ledgerKey, ownerOf } from '../shared/job-resource';
export type { Waiting } from '../shared/job-resource';
export type GroupEvent = OnEventRequest<LabelingJobProperties>;
export type DeployEvent = Deploy<LabelingJobProperties>;
export type RemoveEvent = Remove<LabelingJobProperties>;

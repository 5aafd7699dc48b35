import type { LabelingQueueProperties } from '../../src/supervisely/private/labeling-queue-contract';
import type { OnEventRequest } from '../shared/custom-resource';
import type { Deploy, Remove } from '../shared/job-resource';

export type QueueEvent = OnEventRequest<LabelingQueueProperties>;
export type DeployEvent = Deploy<LabelingQueueProperties>;
export type RemoveEvent = Remove<LabelingQueueProperties>;

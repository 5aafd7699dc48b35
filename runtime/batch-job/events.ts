import { BatchJobProperties } from '../../src/s3batch/private/batch-job-contract';
import { OnEventRequest } from '../shared/custom-resource';
import { Deploy, Remove } from '../shared/job-resource';

export type BatchJobEvent = OnEventRequest<BatchJobProperties>;
export type DeployEvent = Deploy<BatchJobProperties>;
export type RemoveEvent = Remove<BatchJobProperties>;

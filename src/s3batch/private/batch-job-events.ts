import * as events from 'aws-cdk-lib/aws-events';
import { BatchJobStatus } from '../batch-job-status';

/** The states in which a job ends. */
export const ENDED: readonly BatchJobStatus[] = [BatchJobStatus.COMPLETE, BatchJobStatus.FAILED, BatchJobStatus.CANCELLED];

/**
 * What CloudTrail tells of jobs that come to one of these states. Jobs have ids of S3's own, so the events are of all jobs of account and region.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-event-bridge-cloud-trail.html
 */
export function batchJobEvents(statuses: readonly BatchJobStatus[]): events.EventPattern {
  return {
    source: ['aws.s3'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: { eventSource: ['s3.amazonaws.com'], eventName: ['JobStatusChanged'], serviceEventDetails: { status: [...statuses] } },
  };
}

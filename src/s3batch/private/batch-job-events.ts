import { Annotations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BatchJobStatus } from '../batch-job-status';

/** The states in which a job ends. */
export const ENDED: readonly BatchJobStatus[] = [BatchJobStatus.COMPLETE, BatchJobStatus.FAILED, BatchJobStatus.CANCELLED];

/**
 * What CloudTrail tells of jobs that come to one of these states, or to any. Jobs have ids of S3's own: without one the events are of all jobs of
 * account and region.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-event-bridge-cloud-trail.html
 */
export function batchJobEvents(statuses?: readonly BatchJobStatus[], batchJobId?: string): events.EventPattern {
  const serviceEventDetails = { ...(batchJobId !== undefined && { jobId: [batchJobId] }), ...(statuses && { status: [...statuses] }) };
  return {
    source: ['aws.s3'],
    detailType: ['AWS Service Event via CloudTrail'],
    detail: { eventSource: ['s3.amazonaws.com'], eventName: ['JobStatusChanged'], serviceEventDetails },
  };
}

/** Nothing tells at synthesis whether the account has a trail. */
export function warnOfEvents(scope: Construct): void {
  Annotations.of(scope).addWarningV2('cdk-labeling-workflows:batchJobEvents', 'S3 announces the states of its batch jobs through CloudTrail only: '
    + 'without a trail in this account and region nothing is heard, then use ReconcileOn.schedule()');
}

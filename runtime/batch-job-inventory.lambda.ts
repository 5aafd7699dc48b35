/**
 * The custom resource that lists batch jobs at deployment. `onEvent` alone: a listing that does not fit into its 14 minutes ends with a
 * token, as one cut by `MaxItems` does.
 *
 * The record is two objects below `RecordPrefix`: `batch-jobs.jsonl`, one entry of ListJobs a line, and `current.json`, its totals and the
 * token with which the listing goes on.
 *
 * What it may do, and why:
 *
 * | actions                                                | resource                                |
 * |--------------------------------------------------------|-----------------------------------------|
 * | s3:ListJobs                                            | *                                       |
 * | s3:DescribeJob (for timers, where that is asked for)   | job/*                                   |
 * | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload,   | <record bucket>/<record prefix>*        |
 * | s3:DeleteObject                                        |                                         |
 * | kms:GenerateDataKey, kms:Decrypt                       | the bucket's key, where it has its own  |
 */
import { DescribeJobCommand, JobStatus, ListJobsCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { isNoSuchJob } from './batch-job/errors';
import { handleInventoryEvent, InventoryEvent, reconcileInventory } from './batch-job-inventory/handler';
import { InventoryPorts } from './batch-job-inventory/ports';
import { MAX_ATTEMPTS, s3 } from './shared/clients';
import { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { s3Record } from './shared/s3-record';
import type { BatchJobInventoryWake } from '../src/s3batch/private/batch-job-inventory-contract';

const s3Control = new S3ControlClient({ maxAttempts: MAX_ATTEMPTS });

export function onEvent(event: InventoryEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleInventoryEvent(event, ports(event.ResourceProperties.AccountId, context));
}

/** Woken by a schedule or an event. */
export function reconcile(wake: BatchJobInventoryWake, context: LambdaContext): Promise<void> {
  return reconcileInventory(wake, ports(wake.AccountId, context));
}

function ports(AccountId: string, context: LambdaContext): InventoryPorts {
  return {
    ...s3Record(s3),
    async listPage({ statuses, pageSize, nextToken }) {
      const JobStatuses = statuses.length > 0 ? [...statuses] as JobStatus[] : undefined;
      const page = await s3Control.send(new ListJobsCommand({ AccountId, JobStatuses, MaxResults: pageSize, NextToken: nextToken }));
      return { jobs: page.Jobs ?? [], nextToken: page.NextToken };
    },
    async activeSeconds(JobId) {
      try {
        const { Job } = await s3Control.send(new DescribeJobCommand({ AccountId, JobId }));
        return Job?.ProgressSummary?.Timers?.ElapsedTimeInActiveSeconds;
      } catch (error) {
        // forgotten since it was listed
        if (isNoSuchJob(error)) return undefined;
        throw error;
      }
    },
    now: Date.now,
    upTime: () => performance.now(),
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

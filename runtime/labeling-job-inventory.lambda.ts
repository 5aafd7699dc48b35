/**
 * The custom resource that lists labeling jobs at deployment. `onEvent` alone: the longest listing that fits into its 14 minutes
 * has more jobs than an account has names to show, and one that does not fit ends with a token, as one cut by `MaxItems` does.
 *
 * The record is two objects (three with declarations) below `RecordPrefix`: `labeling-jobs.jsonl`, one summary of ListLabelingJobs a line, and
 * `current.json`, its totals and the token with which the listing goes on.
 *
 * What it may do, and why:
 *
 * | actions                                                | resource                                |
 * |--------------------------------------------------------|-----------------------------------------|
 * | sagemaker:ListLabelingJobs                             | *                                       |
 * | sagemaker:DescribeLabelingJob (for declarations)       | all labeling jobs                       |
 * | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload,   | <record bucket>/<record prefix>*        |
 * | s3:DeleteObject                                        |                                         |
 * | kms:GenerateDataKey, kms:Decrypt                       | the bucket's key, where it has its own  |
 */
import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { handleInventoryEvent, InventoryEvent, InventoryPorts, reconcileInventory } from './labeling-job-inventory/handler';
import { s3, sageMaker } from './shared/clients';
import { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { pagesOf } from './shared/listing/list-page';
import { listingClient } from './shared/listing/listing-client';
import { s3Record } from './shared/s3-record';
import type { LabelingJobInventoryWake } from '../src/groundtruth/private/labeling-job-inventory-contract';

export function onEvent(event: InventoryEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleInventoryEvent(event, ports(context));
}

/** Woken by a schedule or an event. */
export function reconcile(wake: LabelingJobInventoryWake, context: LambdaContext): Promise<void> {
  return reconcileInventory(wake, ports(context));
}

function ports(context: LambdaContext): InventoryPorts {
  return {
    listPage: pagesOf(listingClient()),
    ...s3Record(s3),
    describe: (LabelingJobName) => sageMaker.send(new DescribeLabelingJobCommand({ LabelingJobName })),
    now: Date.now,
    upTime: () => performance.now(),
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

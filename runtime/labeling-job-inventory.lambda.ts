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
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { handleInventoryEvent, InventoryEvent, InventoryPorts, reconcileInventory } from './labeling-job-inventory/handler';
import { s3, sageMaker } from './shared/clients';
import { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { errorName, httpStatus } from './shared/errors';
import { pagesOf } from './shared/listing/list-page';
import { listingClient } from './shared/listing/listing-client';
import { writeLines } from './shared/s3-writer';
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
    writeLines: (bucket, key, contentType, lines) => writeLines(s3, { bucket, key }, contentType, lines),
    describe: (LabelingJobName) => sageMaker.send(new DescribeLabelingJobCommand({ LabelingJobName })),
    async version(Bucket, Key) {
      try {
        return (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ETag;
      } catch (error) {
        // 403: who may read an object, but not list its bucket, is not told that it is not there
        if ([403, 404].includes(httpStatus(error)!)) return undefined;
        throw error;
      }
    },
    async replace(Bucket, Key, Body, IfMatch) {
      try {
        await s3.send(new PutObjectCommand({ Bucket, Key, Body, IfMatch, ContentType: 'application/json' }));
        return true;
      } catch (error) {
        // 409: two conditional writes at once; NoSuchKey: the version to write over was deleted
        if (httpStatus(error) === 412 || httpStatus(error) === 409 || errorName(error) === 'NoSuchKey') return false;
        throw error;
      }
    },
    remove: async (Bucket, Key) => void await s3.send(new DeleteObjectCommand({ Bucket, Key })),
    now: Date.now,
    upTime: () => performance.now(),
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

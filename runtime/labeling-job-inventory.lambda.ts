/**
 * The custom resource that lists labeling jobs at deployment. `onEvent` alone: the longest listing that fits into its 14 minutes
 * has more jobs than an account has names to show, and one that does not fit ends with a token, as one cut by `MaxItems` does.
 *
 * The record is two objects below `RecordPrefix`: `labeling-jobs.jsonl`, one summary of ListLabelingJobs a line, and
 * `current.json`, its totals and the token with which the listing goes on.
 *
 * What it may do, and why:
 *
 * | actions                                                | resource                                |
 * |--------------------------------------------------------|-----------------------------------------|
 * | sagemaker:ListLabelingJobs                             | *                                       |
 * | s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject | <record bucket>/<record prefix>*        |
 * | kms:GenerateDataKey, kms:Decrypt                       | the bucket's key, where it has its own  |
 */
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { handleInventoryEvent, InventoryEvent, InventoryPorts } from './labeling-job-inventory/handler';
import { s3 } from './shared/clients';
import { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { pagesOf } from './shared/listing/list-page';
import { listingClient } from './shared/listing/listing-client';
import { writeLines } from './shared/s3-writer';

export function onEvent(event: InventoryEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleInventoryEvent(event, ports(context));
}

function ports(context: LambdaContext): InventoryPorts {
  return {
    listPage: pagesOf(listingClient()),
    writeLines: (bucket, key, contentType, lines) => writeLines(s3, { bucket, key }, contentType, lines),
    remove: async (Bucket, Key) => void await s3.send(new DeleteObjectCommand({ Bucket, Key })),
    now: Date.now,
    upTime: () => performance.now(),
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/**
 * The custom resource that lists a team's Supervisely labeling queues at deployment. `onEvent` alone: a listing that does not fit into its time ends
 * with a token, as one cut by `MaxItems` does.
 *
 * The record is two objects below `RecordPrefix`: `labeling-queues.jsonl`, one queue a line in the server's own form, and `current.json`, its totals
 * and the token with which the listing goes on.
 *
 * What it may do, and why:
 *
 * | actions                                                                  | resource                                |
 * |--------------------------------------------------------------------------|-----------------------------------------|
 * | secretsmanager:GetSecretValue                                            | the secret of the API token             |
 * | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload, s3:DeleteObject     | <record bucket>/<record prefix>*        |
 * | kms:Decrypt, kms:GenerateDataKey                                         | the keys of both, where they have own   |
 */
import { s3 } from './shared/clients';
import type { LambdaContext, OnEventResponse } from './shared/custom-resource';
import { s3Record } from './shared/s3-record';
import { connecting } from './shared/supervisely/connect';
import { handleQueueInventory, type QueueInventoryEvent, type QueueInventoryPorts, reconcileQueueInventory } from './supervisely-labeling-queue-inventory/handler';
import type { LabelingQueueInventoryWake } from '../src/supervisely/private/labeling-queue-inventory-contract';

export function onEvent(event: QueueInventoryEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleQueueInventory(event, ports(context));
}

/** Woken by a schedule or an event. */
export function reconcile(wake: LabelingQueueInventoryWake, context: LambdaContext): Promise<void> {
  return reconcileQueueInventory(wake, ports(context));
}

function ports(context: LambdaContext): QueueInventoryPorts {
  return {
    ...s3Record(s3),
    connect: connecting(context),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

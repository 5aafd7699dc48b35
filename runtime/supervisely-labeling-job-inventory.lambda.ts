/**
 * The custom resource that lists a team's Supervisely labeling jobs at deployment. `onEvent` alone: a listing that does not fit into its time ends
 * with a token, as one cut by `MaxItems` does.
 *
 * The record is two objects below `RecordPrefix`: `labeling-jobs.jsonl`, one job a line in the server's own form, and `current.json`, its totals
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
import { handleInventory, type InventoryEvent, type InventoryPorts, reconcileInventory } from './supervisely-labeling-job-inventory/handler';
import type { LabelingJobInventoryWake } from '../src/supervisely/private/labeling-job-inventory-contract';

export function onEvent(event: InventoryEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleInventory(event, ports(context));
}

/** Woken by a schedule or an event. */
export function reconcile(wake: LabelingJobInventoryWake, context: LambdaContext): Promise<void> {
  return reconcileInventory(wake, ports(context));
}

function ports(context: LambdaContext): InventoryPorts {
  return {
    ...s3Record(s3),
    connect: connecting(context),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/**
 * The custom resource of a Supervisely labeling queue, in CDK's provider framework: `onEvent` checks and writes down what is wanted, `isComplete`
 * makes it so, one look after the other; `reconcile` does the same between deployments. All may run twice, crash half-way or never hear an
 * answer; the ledger in the state bucket and the names of the queues make every step repeatable.
 *
 * What it may do, and why:
 *
 * | function            | actions                                                | resource                              |
 * |---------------------|--------------------------------------------------------|---------------------------------------|
 * | all                 | secretsmanager:GetSecretValue                          | the secret of the API token           |
 * | all                 | kms:Decrypt                                            | its key, where it has its own         |
 * | all                 | s3:GetObject, s3:PutObject, s3:DeleteObject            | <state bucket>/<stack GUID>/*         |
 * | all                 | s3:ListBucket (a missing ledger answers 404, else 403) | <state bucket>                        |
 * | reconcile           | ssm:PutParameter                                       | its drift parameter                   |
 *
 * `isComplete` needs a time-out of a few minutes: a lease lasts until 60 s after it.
 */
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { s3 } from './shared/clients';
import type { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import type { Waiting } from './shared/job-resource';
import { S3LedgerStore } from './shared/s3-ledger-store';
import { connecting } from './shared/supervisely/connect';
import type { QueueEvent } from './supervisely-labeling-queue/events';
import { handleEvent, handleIsComplete } from './supervisely-labeling-queue/handler';
import type { Ports } from './supervisely-labeling-queue/ports';
import { type Reconciled, reconcileQueue } from './supervisely-labeling-queue/reconcile';
import type { LabelingQueueReconcileEvent } from '../src/supervisely/private/labeling-queue-contract';

const ssm = new SSMClient({});
const parameters = { put: async (Name: string, Value: string) => void await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })) };

export function onEvent(event: QueueEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleEvent(event, ports(context));
}

export function isComplete(event: Waiting<QueueEvent>, context: LambdaContext): Promise<IsCompleteResponse> {
  return handleIsComplete(event, ports(context));
}

/** Between deployments: from a schedule, an event, or a person. */
export function reconcile(event: LabelingQueueReconcileEvent, context: LambdaContext): Promise<Reconciled> {
  return reconcileQueue(event, { ...ports(context), parameters });
}

function ports(context: LambdaContext): Ports {
  return {
    connect: connecting(context),
    ledgerAt: (bucket, key) => new S3LedgerStore(s3, bucket, key),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    holder: context.awsRequestId,
  };
}

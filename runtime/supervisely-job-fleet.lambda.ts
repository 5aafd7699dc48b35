/**
 * The custom resource of a fleet of Supervisely labeling jobs, in CDK's provider framework: `onEvent` checks and writes down what is wanted,
 * `isComplete` shares images out, one look after the other; `reconcile` does the same between deployments, called by a state machine until nothing is
 * left to do. All may run twice, crash half-way or never hear an answer; the ledger in the state bucket and the names of the jobs make every step repeatable.
 *
 * What it may do, and why:
 *
 * | function            | actions                                                | resource                              |
 * |---------------------|--------------------------------------------------------|---------------------------------------|
 * | all                 | secretsmanager:GetSecretValue                          | the secret of the API token           |
 * | all                 | kms:Decrypt                                            | its key, where it has its own         |
 * | all                 | s3:GetObject, s3:PutObject, s3:DeleteObject            | <state bucket>/<stack GUID>/*         |
 * | all                 | s3:AbortMultipartUpload (records are written in parts) | <state bucket>/<stack GUID>/*         |
 * | all                 | s3:ListBucket (a missing ledger answers 404, else 403) | <state bucket>                        |
 * | all                 | s3:GetObject, s3:ListBucket, kms:Decrypt               | the records of datasets' imports      |
 * | reconcile           | ssm:PutParameter                                       | its drift parameter                   |
 *
 * `isComplete` and `reconcile` need a time-out of a few minutes: a lease lasts until 60 s after it.
 */
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { S3StateStore } from './labeling-fleet/state-store';
import { s3 } from './shared/clients';
import type { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { S3LedgerStore } from './shared/s3-ledger-store';
import { connecting } from './shared/supervisely/connect';
import type { FleetEvent, Waiting } from './supervisely-job-fleet/events';
import { handleFleetEvent, handleFleetIsComplete } from './supervisely-job-fleet/handler';
import type { Ports } from './supervisely-job-fleet/ports';
import { type FleetReconciled, reconcileFleet } from './supervisely-job-fleet/reconcile';
import { importRecords } from './supervisely-labeling-job/import-records';
import type { JobFleetReconcileEvent } from '../src/supervisely/private/job-fleet-contract';

const ssm = new SSMClient({});
const parameters = { put: async (Name: string, Value: string) => void await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })) };

export function onEvent(event: FleetEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleFleetEvent(event, ports(context));
}

export function isComplete(event: Waiting<FleetEvent>, context: LambdaContext): Promise<IsCompleteResponse> {
  return handleFleetIsComplete(event, ports(context));
}

/** Between deployments: from the state machine. */
export function reconcile(event: JobFleetReconcileEvent, context: LambdaContext): Promise<FleetReconciled> {
  return reconcileFleet(event, { ...ports(context), parameters });
}

function ports(context: LambdaContext): Ports {
  return {
    connect: connecting(context),
    imports: importRecords(s3),
    ledgerAt: (bucket, key) => new S3LedgerStore(s3, bucket, key),
    filesAt: (bucket, prefix) => new S3StateStore(s3, bucket, prefix),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    holder: context.awsRequestId,
  };
}

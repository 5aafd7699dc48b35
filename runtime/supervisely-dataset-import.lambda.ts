/**
 * Brings images and labels into datasets of Supervisely servers: `step` is called by state machines, `onEvent` and `isComplete` by CDK's provider
 * framework for the resource that begins an import and whose Delete ends it, `start` by whoever has made a manifest that was waited for.
 *
 * What it may do, and why:
 *
 * | function                   | actions                                              | resource                                       |
 * |----------------------------|------------------------------------------------------|------------------------------------------------|
 * | all                        | secretsmanager:GetSecretValue, kms:Decrypt           | the secret of the API token, and its key       |
 * | all                        | s3:GetObject, s3:PutObject, s3:DeleteObject          | the stack's part of the state bucket           |
 * | all                        | s3:GetObject                                         | the declared manifest                          |
 * | step                       | s3:GetObject                                         | masks, and images that are uploaded            |
 * | all                        | s3:ListBucket                                        | their buckets: what is not there answers 404   |
 * | onEvent, start             | states:StartExecution                                | the state machine                              |
 * | onEvent, isComplete, start | states:ListExecutions                                | the state machine                              |
 * | isComplete                 | states:DescribeExecution                             | its executions                                 |
 * | onEvent                    | states:StopExecution                                 | its executions                                 |
 * | step                       | lambda:InvokeFunction                                | the reconcilers of the jobs that wait          |
 */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { s3 } from './shared/clients';
import type { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { StepFunctionsExecutions } from './shared/executions';
import { connecting } from './shared/supervisely/connect';
import { invoking } from './shared/wake';
import { handleStep } from './supervisely-dataset-import/handle';
import type { Ports } from './supervisely-dataset-import/ports';
import { handleResource, handleWaiting, type ResourceEvent, type ResourceWaiting } from './supervisely-dataset-import/resource';
import { S3ImportObjects } from './supervisely-dataset-import/s3-import-objects';
import { start as startImport } from './supervisely-dataset-import/start';
import type { DatasetImportAnswer, DatasetImportEvent, StartImportEvent } from '../src/supervisely/private/dataset-import-contract';

const objects = new S3ImportObjects(s3);
const executions = new StepFunctionsExecutions(new SFNClient({}));
const invoke = invoking(new LambdaClient({}));

type Context = LambdaContext & { readonly awsRequestId: string };

export function step(event: DatasetImportEvent, context: Context): Promise<DatasetImportAnswer> {
  return handleStep(event, ports(context));
}

export function onEvent(event: ResourceEvent, context: Context): Promise<OnEventResponse> {
  return handleResource(event, ports(context));
}

export function isComplete(event: ResourceWaiting, context: Context): Promise<IsCompleteResponse> {
  return handleWaiting(event, ports(context));
}

export async function start(event: StartImportEvent, context: Context): Promise<object> {
  await startImport(event, context.awsRequestId, ports(context));
  return {};
}

function ports(context: Context): Ports {
  return {
    objects,
    executions,
    invoke,
    connect: connecting(context),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

/**
 * Prepares data by batch jobs before it is labeled, and tags it afterwards: `step` is called by state machines, `onEvent` and `isComplete` by CDK's
 * provider framework for the resource that begins a preparation and whose Delete ends it.
 *
 * What it may do, and why:
 *
 * | function              | actions                                            | resource                                             |
 * |-----------------------|----------------------------------------------------|------------------------------------------------------|
 * | step                  | s3:CreateJob, s3:PutJobTagging, tagged as the stack's | *; job/*                                          |
 * | step, isComplete      | s3:ListJobs: a job whose making was not answered   | *: S3 knows no narrower one                          |
 * | step, isComplete      | s3:DescribeJob                                     | job/*: job ids are S3's own                          |
 * | isComplete            | s3:UpdateJobStatus, of jobs tagged as the stack's  | job/*                                                |
 * | step                  | iam:PassRole, to S3 Batch Operations               | the steps' roles                                     |
 * | all                   | s3:GetObject, s3:PutObject, s3:AbortMultipartUpload | the preparation's folder                            |
 * | step                  | s3:GetObject                                       | declared manifest, objects that are restored, labels |
 * | all                   | s3:ListBucket                                      | their buckets: what is not there answers 404         |
 * | onEvent, isComplete   | states:ListExecutions, StartExecution, StopExecution | the state machine and its executions               |
 * | step                  | lambda:InvokeFunction                              | the reconciler of the jobs that wait for the data    |
 */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SFNClient } from '@aws-sdk/client-sfn';
import { handleStep } from './data-preparation/handle';
import type { Ports } from './data-preparation/ports';
import { handleResource, handleWaiting, type ResourceEvent, type ResourceWaiting } from './data-preparation/resource';
import { S3ControlJobs } from './data-preparation/s3-control-jobs';
import { S3PreparationObjects } from './data-preparation/s3-preparation-objects';
import { s3 } from './shared/clients';
import type { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { StepFunctionsExecutions } from './shared/executions';
import { invoking } from './shared/wake';
import type { PreparationAnswer, PreparationEvent } from '../src/s3batch/private/data-preparation-contract';

const objects = new S3PreparationObjects(s3);
const lambda = new LambdaClient({});
const s3Control = new S3ControlClient({});
const executions = new StepFunctionsExecutions(new SFNClient({}));

export function step(event: PreparationEvent, context: Context): Promise<PreparationAnswer> {
  return handleStep(event, ports(context));
}

export function onEvent(event: ResourceEvent, context: Context): Promise<OnEventResponse> {
  return handleResource(event, ports(context));
}

export function isComplete(event: ResourceWaiting, context: Context): Promise<IsCompleteResponse> {
  return handleWaiting(event, ports(context));
}

type Context = LambdaContext & { readonly invokedFunctionArn: string };

function ports(context: Context): Ports {
  return {
    objects,
    executions,
    // jobs are made in the function's own account
    jobs: new S3ControlJobs(s3Control, () => context.invokedFunctionArn.split(':')[4]),
    invoke: invoking(lambda),
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

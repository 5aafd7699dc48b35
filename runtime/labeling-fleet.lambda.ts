/**
 * A fleet of Ground Truth labeling jobs: `onEvent` writes down what is wanted, `isComplete` wakes the state machine and says what has become
 * of it, `prepare` and `reconcile` are the state machine's steps. All of them may run twice, crash half-way or get throttled.
 *
 * What they may do, and why (`<prefix>` is the stack-wide prefix of job names, which never shrinks):
 *
 * | function           | actions                                                           | resource                                  |
 * |--------------------|-------------------------------------------------------------------|-------------------------------------------|
 * | all                | s3:GetObject, PutObject, DeleteObject                             | <state bucket>/<stack GUID>/*             |
 * | all                | s3:ListBucket (a missing head answers 404, else 403)              | <state bucket>                            |
 * | isComplete         | states:StartExecution                                             | the state machine                         |
 * | isComplete         | states:DescribeExecution                                          | its executions                            |
 * | all but onEvent    | sagemaker:ListLabelingJobs                                        | *                                         |
 * | all but onEvent    | sagemaker:DescribeLabelingJob                                     | labeling-job/<prefix>-*, adopted jobs     |
 * | isComplete         | sagemaker:StopLabelingJob (a Delete without a ledger)             | labeling-job/<prefix>-*                   |
 * | prepare            | s3:GetObject                                                      | the specification, the dataset            |
 * | prepare            | s3:ListBucket                                                     | the dataset's bucket                      |
 * | prepare            | s3:GetObject, PutObject, AbortMultipartUpload                     | the parts' manifests                      |
 * | reconcile          | sagemaker:CreateLabelingJob, StopLabelingJob, AddTags, DeleteTags | labeling-job/<prefix>-*, adopted jobs     |
 * | reconcile          | iam:PassRole, iam:PassedToService = sagemaker.amazonaws.com       | the execution roles                       |
 * | reconcile          | s3:GetObject, s3:ListBucket                                       | the output paths: what is left            |
 * | reconcile          | s3:PutObject, s3:AbortMultipartUpload                             | <output path>/resume/*: custom task types |
 * | prepare, reconcile | s3:AbortMultipartUpload                                           | <state bucket>/<stack GUID>/*             |
 * | reconcile          | ssm:PutParameter                                                  | the drift parameter                       |
 *
 * Buckets with customer-managed keys: kms:Decrypt and kms:GenerateDataKey on them. `prepare` and `reconcile` go on by themselves when their
 * time is over: the longer their time-out (14 minutes), the fewer calls. The lease is the execution's.
 */
import { SFNClient } from '@aws-sdk/client-sfn';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { S3DatasetObjects } from './labeling-fleet/dataset/s3-dataset-objects';
import { FleetEvent, Waiting } from './labeling-fleet/events';
import { StepFunctionsExecutions } from './labeling-fleet/executions';
import { SageMakerFleetJobs } from './labeling-fleet/fleet-jobs';
import { handleFleetEvent, handleFleetIsComplete } from './labeling-fleet/handler';
import { FleetPorts } from './labeling-fleet/ports';
import { prepareStep } from './labeling-fleet/prepare';
import { reconcileStep } from './labeling-fleet/reconcile';
import { S3StateStore } from './labeling-fleet/state-store';
import { s3, sageMaker } from './shared/clients';
import { IsCompleteResponse, LambdaContext, OnEventResponse } from './shared/custom-resource';
import { writeMetrics } from './shared/embedded-metrics';
import { S3Objects } from './shared/s3-objects';
import { FleetStepInput, FleetStepOutput } from '../src/groundtruth/private/job-fleet-contract';

const jobs = new SageMakerFleetJobs(sageMaker);
const objects = new S3Objects(s3);
const datasets = new S3DatasetObjects(s3);
const executions = new StepFunctionsExecutions(new SFNClient({}));
const ssm = new SSMClient({});

export function onEvent(event: FleetEvent, context: LambdaContext): Promise<OnEventResponse> {
  return handleFleetEvent(event, ports(context));
}

export function isComplete(event: Waiting<FleetEvent>, context: LambdaContext): Promise<IsCompleteResponse> {
  return handleFleetIsComplete(event, ports(context));
}

export function prepare(input: FleetStepInput, context: LambdaContext): Promise<FleetStepOutput> {
  return prepareStep(input, ports(context));
}

export function reconcile(input: FleetStepInput, context: LambdaContext): Promise<FleetStepOutput> {
  return reconcileStep(input, ports(context));
}

function ports(context: LambdaContext): FleetPorts {
  return {
    jobs,
    objects,
    datasets,
    executions,
    stateAt: (bucket, prefix) => new S3StateStore(s3, bucket, prefix),
    parameters: { put: async (Name, Value) => void await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })) },
    emit: writeMetrics,
    now: Date.now,
    remaining: () => context.getRemainingTimeInMillis(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}

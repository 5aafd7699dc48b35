import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { JobDeclaration } from './declarations-contract';
import { InputLocation } from './execution-role';
import { JobOutput, outputBuckets } from './job-output';
import { labelingJobArn } from './labeling-job-arn';
import { allowAdopted, allowDrift, allowLabelFiles, allowLabelingJob, allowToPass, JobHandlers, LabelFiles } from './labeling-job-provider';
import { s3Arn } from './labels-export';
import { CUSTOM_TASK_TYPE_ID } from '../../model/groundtruth/task-types';
import { LONGEST_HANDLER_TIMEOUT } from '../../private/handler-function';
import { JobNames } from '../../private/job-names';
import { IS_COMPLETE, JobProvider } from '../../private/job-provider';
import { keyStatements, readStatements } from '../../private/s3-location';
import { STACK_GUID } from '../../private/state-bucket';

/** The provider of a stack's fleets; the steps of their state machines do all that is done to jobs. */
export function jobFleetProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'JobFleetProvider',
    bundle: 'labeling-fleet',
    description: 'Fleets of Ground Truth labeling jobs',
    handlerTimeout: Duration.minutes(2),
    waits: true,
  });
}

const PREPARE = 'Prepare';
const RECONCILE = 'Reconcile';
const HANDLERS: JobHandlers = { looking: [IS_COMPLETE, PREPARE, RECONCILE], acting: [RECONCILE] };

/** The steps of every fleet's state machine, once a stack. */
export function fleetSteps(provider: JobProvider): { prepare: lambda.IFunction; reconcile: lambda.IFunction } {
  return {
    prepare: provider.worker(PREPARE, { handler: 'prepare', does: 'turns declarations into jobs to be', timeout: LONGEST_HANDLER_TIMEOUT }),
    reconcile: provider.worker(RECONCILE, { handler: 'reconcile', does: 'makes the jobs what they should be', timeout: LONGEST_HANDLER_TIMEOUT }),
  };
}

/** What a fleet needs its handlers to be allowed, its jobs apart. */
export interface FleetAccess {
  readonly names: JobNames;
  readonly stateBuckets: readonly s3.IBucket[];
  readonly output: JobOutput;
  readonly stateMachine: sfn.StateMachine;
  /** ARN pattern of specifications. */
  readonly specArn: string;
  readonly driftParameter?: string;
}

export function allowFleet(scope: Construct, provider: JobProvider, access: FleetAccess): void {
  const { names, stateBuckets, output, stateMachine, specArn, driftParameter } = access;
  allowLabelingJob(scope, provider, {
    stackWide: names.stackWide,
    adopted: [],
    stateBuckets,
    roles: [output.role],
    outputs: outputBuckets(output),
    // custom jobs that go on get a manifest of what is left
    resumeKeys: `${output.keyPrefix}resume/*`,
  }, HANDLERS);
  // a Delete without a ledger
  provider.allow('stop', [IS_COMPLETE], () => [
    new iam.PolicyStatement({ actions: ['sagemaker:StopLabelingJob'], resources: [labelingJobArn(scope, `${names.stackWide}-*`)] }),
  ]);
  for (const bucket of stateBuckets) {
    // large objects are written in parts
    provider.allow(`parts of state ${bucket.node.path}`, [PREPARE, RECONCILE], () => [
      new iam.PolicyStatement({ actions: ['s3:AbortMultipartUpload'], resources: [bucket.arnForObjects(`${STACK_GUID}/*`)] }),
    ]);
  }
  provider.allow(`specification of ${scope.node.path}`, [PREPARE], () => [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [specArn] })]);
  provider.allow(`wake ${scope.node.path}`, [IS_COMPLETE], () => [
    new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }),
    new iam.PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executionsOf(stateMachine)] }),
  ]);
  if (driftParameter !== undefined) allowDrift(scope, provider, driftParameter);
}

/** What is read of a dataset, or listed, and where its parts are written. */
export function allowDataset(provider: JobProvider, source: readonly InputLocation[], parts: InputLocation): void {
  for (const { bucket, keys } of source) provider.allow(`dataset ${bucket.bucketName} ${keys}`, [PREPARE], () => readStatements(bucket, keys));
  const { bucket, keys } = parts;
  provider.allow(`parts ${bucket.node.path} ${keys}`, [PREPARE], () => [
    // it looks which parts are there: without it S3 answers 403 instead of 404 for those that are not
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
}

/** A job that somebody else has made; one that was written down by an inventory has a role and an output of its own. */
export function allowAdoptedJob(scope: Construct, provider: JobProvider, name: string, declaration?: JobDeclaration): void {
  allowAdopted(scope, provider, name, HANDLERS);
  if (!declaration) return;
  const { request, taskType } = declaration;
  allowToPass(provider, request.RoleArn as string, HANDLERS.acting);
  const folder = outputFolder(request);
  const [, bucket, keys] = /^s3:\/\/([^/]+)\/(.*)$/.exec(folder)!;
  provider.allow(`list ${bucket}`, HANDLERS.acting, () => [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [s3Arn(scope, bucket)] })]);
  // its own labels, and those of the jobs that go on where it has ended
  provider.allow(`read ${folder}`, HANDLERS.acting, () => [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [s3Arn(scope, bucket, `${keys}*`)] })]);
  // custom jobs that go on get a manifest of what is left
  const writes = taskType === CUSTOM_TASK_TYPE_ID;
  if (writes) {
    provider.allow(`resume ${folder}`, HANDLERS.acting, () => [
      new iam.PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [s3Arn(scope, bucket, `${keys}resume/*`)] }),
    ]);
  }
  const { KmsKeyId } = request.OutputConfig as { KmsKeyId?: string };
  if (!KmsKeyId?.startsWith('arn:')) return;
  const actions = writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
  provider.allow(`key ${KmsKeyId} ${actions}`, HANDLERS.acting, () => [new iam.PolicyStatement({ actions, resources: [KmsKeyId] })]);
}

/** Wherever in its bucket a job that somebody else has made keeps its label categories, and those that were declared. */
export function allowAdoptedLabels(provider: JobProvider, files: readonly LabelFiles[]): void {
  allowLabelFiles(provider, files, HANDLERS.acting);
}

/** The URI below which an existing job writes, ending in a slash. */
export function outputFolder(request: Readonly<Record<string, unknown>>): string {
  const { S3OutputPath } = request.OutputConfig as { S3OutputPath: string };
  return `${S3OutputPath.replace(/\/$/, '')}/`;
}

function executionsOf(stateMachine: sfn.StateMachine): string {
  return Stack.of(stateMachine).formatArn({
    service: 'states', resource: 'execution', resourceName: `${stateMachine.stateMachineName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

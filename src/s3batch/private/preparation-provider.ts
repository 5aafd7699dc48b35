import { ArnFormat, Aws, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { batchJobArn } from './batch-job-arn';
import { BATCH_OPERATIONS } from './job-role';
import { ObjectPattern } from './manifest-definition';
import { HandlerFunction, LONGEST_HANDLER_TIMEOUT } from '../../private/handler-function';
import { Entitled, IS_COMPLETE, JobProvider, ON_EVENT } from '../../private/job-provider';
import { OWNER_TAGS } from '../../private/owner-tags-contract';
import { keyStatements } from '../../private/s3-location';

export const STEP = 'Step';
const RESOURCE: Entitled = [ON_EVENT, IS_COMPLETE];

/** The provider of a stack's preparations. */
export function preparationProvider(scope: Construct): JobProvider {
  return JobProvider.of(scope, {
    id: 'DataPreparationProvider',
    bundle: 'data-preparation',
    description: 'Preparation of data by S3 Batch Operations',
    handlerTimeout: Duration.minutes(5),
    waits: true,
  });
}

/** The function that the state machines call. */
export function stepFunction(provider: JobProvider): HandlerFunction {
  return provider.worker(STEP, { handler: 'step', does: 'carries out steps', timeout: LONGEST_HANDLER_TIMEOUT });
}

/** Jobs have ids of S3's own: those of a stack are known by their tags. */
export function allowJobs(scope: Construct, provider: JobProvider): void {
  const jobs = [batchJobArn(scope, '*')];
  const ofStack = (keys: string) => ({ StringEquals: { [`aws:${keys}/${OWNER_TAGS.stackId}`]: Aws.STACK_ID } });
  provider.allow('create', [STEP], () => [
    // creating knows no resource
    new iam.PolicyStatement({ actions: ['s3:CreateJob'], resources: ['*'], conditions: ofStack('RequestTag') }),
    new iam.PolicyStatement({ actions: ['s3:PutJobTagging'], resources: jobs, conditions: ofStack('RequestTag') }),
  ]);
  // a job whose making was not answered is found by its description
  provider.allow('list', [STEP, IS_COMPLETE], () => [new iam.PolicyStatement({ actions: ['s3:ListJobs'], resources: ['*'] })]);
  provider.allow('describe', [STEP, IS_COMPLETE], () => [new iam.PolicyStatement({ actions: ['s3:DescribeJob'], resources: jobs })]);
  provider.allow('cancel', [IS_COMPLETE], () => [
    new iam.PolicyStatement({ actions: ['s3:UpdateJobStatus'], resources: jobs, conditions: ofStack('ResourceTag') }),
  ]);
}

export function allowToPass(provider: JobProvider, { roleArn }: iam.IRole): void {
  provider.allow(`role ${roleArn}`, [STEP], () => [new iam.PolicyStatement({
    actions: ['iam:PassRole'], resources: [roleArn], conditions: { StringEquals: { 'iam:PassedToService': BATCH_OPERATIONS } },
  })]);
}

/** The folder of a preparation, which its resource looks into as well. */
export function allowFolder(provider: JobProvider, { bucket, keys }: ObjectPattern, to: Entitled = 'all'): void {
  allowToList(provider, bucket, to);
  provider.allow(`folder ${bucket.node.path} ${keys}`, to, () => [
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ]);
}

/** The declared manifest, labels, and objects that are being restored. */
export function allowReading(provider: JobProvider, { bucket, keys }: ObjectPattern): void {
  allowToList(provider, bucket, [STEP]);
  provider.allow(`read ${bucket.node.path} ${keys}`, [STEP], () => [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt']),
  ]);
}

/** Without it S3 answers 403 instead of 404 for an object that is not there. */
function allowToList(provider: JobProvider, bucket: s3.IBucket, to: Entitled): void {
  provider.allow(`list ${bucket.node.path} ${to}`, to, () => [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] })]);
}

export function executionArns(stateMachine: sfn.StateMachine): string {
  return Stack.of(stateMachine).formatArn({
    service: 'states', resource: 'execution', resourceName: `${stateMachine.stateMachineName}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** Who may do what with executions. */
export interface ExecutionRights {
  readonly see: Entitled;
  readonly begin: Entitled;
  readonly end: Entitled;
}

const BY_RESOURCE: ExecutionRights = { see: RESOURCE, begin: RESOURCE, end: [IS_COMPLETE] };

/** To begin an execution, to see whether one goes on, and to end it. */
export function allowExecutions(provider: JobProvider, stateMachine: sfn.StateMachine, { see, begin, end } = BY_RESOURCE): void {
  provider.allow(`machine ${stateMachine.node.path}`, see, () => [
    new iam.PolicyStatement({ actions: ['states:ListExecutions'], resources: [stateMachine.stateMachineArn] }),
  ]);
  provider.allow(`begin ${stateMachine.node.path}`, begin, () => [
    new iam.PolicyStatement({ actions: ['states:StartExecution'], resources: [stateMachine.stateMachineArn] }),
  ]);
  provider.allow(`end ${stateMachine.node.path}`, end, () => [
    new iam.PolicyStatement({ actions: ['states:StopExecution'], resources: [executionArns(stateMachine)] }),
  ]);
}

/** Jobs of labels look at their input when it is there. */
export function allowWaking(provider: JobProvider, { node: { path }, functionArn }: lambda.IFunction): void {
  provider.allow(`wake ${path}`, [STEP], () => [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] })]);
}

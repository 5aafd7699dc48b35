import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SuperviselyKind, superviselyProvider } from './supervisely-provider';
import { HandlerFunction, LONGEST_HANDLER_TIMEOUT } from '../../private/handler-function';
import { Entitled, IS_COMPLETE, JobProvider, ON_EVENT } from '../../private/job-provider';
import { keyStatements } from '../../private/s3-location';
import { stateBucketStatements } from '../../private/state-bucket';
import { allowExecutions, executionArns } from '../../s3batch/private/preparation-provider';
import { Connection } from '../connection';

/** Carries out what the state machines say. */
export const STEP = 'Step';
/** Begins an import whose manifest was made after the deployment. */
export const START = 'Start';

const DATASET_IMPORTS: SuperviselyKind = {
  id: 'SuperviselyDatasetImportProvider',
  bundle: 'supervisely-dataset-import',
  description: 'Imports into Supervisely datasets',
  handlerTimeout: Duration.minutes(5),
  waits: true,
};

/** The provider of a stack's imports. What it may do on the server is what the token's owner may do there. */
export function datasetImportProvider(scope: Construct, connection: Connection, stateBucket: s3.IBucket): JobProvider {
  const provider = superviselyProvider(scope, connection, DATASET_IMPORTS);
  provider.allow(`state ${stateBucket.node.path}`, 'all', () => stateBucketStatements(stateBucket));
  return provider;
}

export function stepFunction(provider: JobProvider): HandlerFunction {
  return provider.worker(STEP, { handler: 'step', does: 'carries them out', timeout: LONGEST_HANDLER_TIMEOUT });
}

export function startFunction(provider: JobProvider): HandlerFunction {
  return provider.worker(START, { handler: 'start', does: 'begins those that waited for their manifest', timeout: Duration.minutes(1) });
}

/** The manifest, which others than the steps only look for. */
export function allowManifest(provider: JobProvider, { bucket, keys }: { readonly bucket: s3.IBucket; readonly keys: string }): void {
  allowReading(provider, { bucket, keys }, 'all');
}

/** Masks, and images that are uploaded. */
export function allowData(provider: JobProvider, pattern: { readonly bucket: s3.IBucket; readonly keys: string }): void {
  allowReading(provider, pattern, [STEP]);
}

function allowReading(provider: JobProvider, { bucket, keys }: { readonly bucket: s3.IBucket; readonly keys: string }, to: Entitled): void {
  provider.allow(`read ${bucket.node.path} ${keys} ${to}`, to, () => [
    // without it S3 answers 403 instead of 404 for an object that is not there
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt']),
  ]);
}

/** To begin executions, to see how they ended, and to end them. */
export function allowMachine(provider: JobProvider, machine: sfn.StateMachine): void {
  allowExecutions(provider, machine, { begin: [ON_EVENT, START], see: [ON_EVENT, IS_COMPLETE, START], end: [ON_EVENT] });
  provider.allow(`describe ${machine.node.path}`, [IS_COMPLETE], () => [
    new iam.PolicyStatement({ actions: ['states:DescribeExecution'], resources: [executionArns(machine)] }),
  ]);
}

/** Jobs look for their images when they are there. */
export function allowWaking(provider: JobProvider, { node: { path }, functionArn }: lambda.IFunction): void {
  provider.allow(`wake ${path}`, [STEP], () => [new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] })]);
}

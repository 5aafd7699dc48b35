import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { LabelingJobReconcileEvent } from './labeling-job-contract';
import { LABELING_JOBS, superviselyProvider } from './supervisely-provider';
import { IS_COMPLETE, JobProvider } from '../../private/job-provider';
import { keyStatements } from '../../private/s3-location';
import { stateBucketStatements } from '../../private/state-bucket';
import { Connection } from '../connection';
import { AwaitedDataset } from '../dataset';

const RECONCILE = 'Reconcile';

/** A `LabelingJobReconcileEvent` as the construct renders it. */
export type WakeUp = Partial<Record<keyof LabelingJobReconcileEvent, unknown>>;

/** The provider of a stack's labeling jobs. What it may do on the server is what the token's owner may do there. */
export function labelingJobProvider(scope: Construct, connection: Connection, stateBucket: s3.IBucket): JobProvider {
  const provider = superviselyProvider(scope, connection, LABELING_JOBS);
  provider.allow(`state ${stateBucket.node.path}`, 'all', () => stateBucketStatements(stateBucket));
  provider.allow('events', [IS_COMPLETE, RECONCILE], () => [new iam.PolicyStatement({ actions: ['events:PutEvents'], resources: [defaultBusArn(scope)] })]);
  return provider;
}

/** Lets a rule look at a resource's jobs without a deployment. */
export function jobWaker(provider: JobProvider, event: WakeUp): events.IRuleTarget {
  return new targets.LambdaFunction(reconciler(provider), { event: events.RuleTargetInput.fromObject(event) });
}

function reconciler(provider: JobProvider): lambda.IFunction {
  return provider.worker(RECONCILE, { handler: 'reconcile', does: 'looks at jobs without a deployment', timeout: LABELING_JOBS.handlerTimeout });
}

/** The import's end wakes the jobs' reconciler, whichever way it ends. */
export function awaitImport(scope: Construct, provider: JobProvider, { record, wake, failed }: AwaitedDataset, wakeUp: (others?: WakeUp) => WakeUp): void {
  // without the right to list S3 answers 403 for a record that is not there yet
  provider.allow(`await ${record.bucket.node.path}`, 'all', () => [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [record.bucket.bucketArn] })]);
  provider.allow(`import ${record.uri}`, 'all', () => [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [record.bucket.arnForObjects(record.keys)] }),
    ...keyStatements(record.bucket, ['kms:Decrypt']),
  ]);
  wake(reconciler(provider), wakeUp());
  if (!failed) return;
  const failure = `the import of the dataset has ended without one: see the execution ${events.EventField.fromPath('$.detail.executionArn')}`;
  new events.Rule(scope, 'ImportFailed', {
    description: 'Tells that jobs wait for an import in vain', eventPattern: failed, targets: [jobWaker(provider, wakeUp({ importFailure: failure }))],
  });
}

function defaultBusArn(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
}

/** The parameter that is changed where drift is found. */
export function allowDrift(scope: Construct, provider: JobProvider, parameterName: string): void {
  const resources = [Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.replace(/^\//, '') })];
  provider.allow(`drift ${parameterName}`, [RECONCILE], () => [new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources })]);
}

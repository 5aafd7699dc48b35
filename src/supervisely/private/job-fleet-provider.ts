import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { FleetTurn, JobFleetReconciled, JobFleetReconcileEvent } from './job-fleet-contract';
import { JOB_FLEETS, superviselyProvider } from './supervisely-provider';
import { step } from '../../groundtruth/private/job-fleet-step';
import { handlerLogGroup } from '../../private/handler-function';
import { JobProvider } from '../../private/job-provider';
import { keyStatements } from '../../private/s3-location';
import { STACK_GUID, stateBucketStatements } from '../../private/state-bucket';
import { Connection } from '../connection';
import { AwaitedDataset } from '../dataset';

/** The provider of a stack's fleets. What it may do on the server is what the token's owner may do there. */
export function jobFleetProvider(scope: Construct, connection: Connection, stateBucket: s3.IBucket): JobProvider {
  const provider = superviselyProvider(scope, connection, JOB_FLEETS);
  provider.allow(`state ${stateBucket.node.path}`, 'all', () => [
    ...stateBucketStatements(stateBucket),
    // records are written in parts
    new iam.PolicyStatement({ actions: ['s3:AbortMultipartUpload'], resources: [stateBucket.arnForObjects(`${STACK_GUID}/*`)] }),
  ]);
  return provider;
}

export function fleetReconciler(provider: JobProvider): lambda.IFunction {
  return provider.worker('Reconcile', { handler: 'reconcile', does: 'shares images out without a deployment', timeout: JOB_FLEETS.handlerTimeout });
}

/** A `JobFleetReconcileEvent` as the construct renders it. */
export type FleetWakeUp = Partial<Record<keyof JobFleetReconcileEvent, unknown>>;

const STUCK = 'The server takes what it is asked for, and its jobs do not become so. The input of this state has the steps that were repeated; '
  + 'look at these jobs on the server. The next reconcile tries again.';

/** Reconciles again and again until nothing is left to be done now. Anybody may start it at any time; it needs no input. */
export function jobFleetStateMachine(scope: Construct, id: string, provider: JobProvider, event: FleetWakeUp): sfn.StateMachine {
  const begin = new sfn.Pass(scope, 'Begin', { result: sfn.Result.fromObject({ turn: { seen: '', idle: 0 } satisfies FleetTurn }) });
  const payload = sfn.TaskInput.fromObject({ ...event, turn: sfn.JsonPath.objectAt('$.turn') });
  const reconcile = step(scope, 'Reconcile', fleetReconciler(provider), { payload });
  const nextIs = (next: JobFleetReconciled['next']) => sfn.Condition.stringEquals('$.next', next);
  const decide = new sfn.Choice(scope, 'Decide')
    .when(nextIs('again'), new sfn.Wait(scope, 'Wait', { time: sfn.WaitTime.secondsPath('$.waitSeconds') }).next(reconcile))
    .when(nextIs('stuck'), new sfn.Fail(scope, 'Stuck', { error: 'NoProgress', cause: STUCK }))
    .otherwise(new sfn.Succeed(scope, 'Done'));
  return new sfn.StateMachine(scope, id, {
    definitionBody: sfn.DefinitionBody.fromChainable(begin.next(reconcile).next(decide)),
    comment: 'Shares the images of a fleet out over its labelers; needs no input',
    tracingEnabled: true,
    logs: { destination: handlerLogGroup(scope, 'RunLogs'), level: sfn.LogLevel.ALL, includeExecutionData: true },
  });
}

/** The import's end wakes the fleet. */
export function awaitImport(provider: JobProvider, { record, wake }: AwaitedDataset, event: FleetWakeUp): void {
  // without the right to list S3 answers 403 for a record that is not there yet
  provider.allow(`await ${record.bucket.node.path}`, 'all', () => [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [record.bucket.bucketArn] })]);
  provider.allow(`import ${record.uri}`, 'all', () => [
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [record.bucket.arnForObjects(record.keys)] }),
    ...keyStatements(record.bucket, ['kms:Decrypt']),
  ]);
  wake(fleetReconciler(provider), event);
}

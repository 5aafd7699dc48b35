import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LABELING_JOBS, superviselyProvider } from './supervisely-provider';
import { JobProvider } from '../../private/job-provider';
import { stateBucketStatements } from '../../private/state-bucket';
import { Connection } from '../connection';

const RECONCILE = 'Reconcile';

/** The provider of a stack's labeling jobs. What it may do on the server is what the token's owner may do there. */
export function labelingJobProvider(scope: Construct, connection: Connection, stateBucket: s3.IBucket): JobProvider {
  const provider = superviselyProvider(scope, connection, LABELING_JOBS);
  provider.allow(`state ${stateBucket.node.path}`, 'all', () => stateBucketStatements(stateBucket));
  return provider;
}

/** Lets a rule look at a resource's jobs without a deployment; `event` is a `LabelingJobReconcileEvent`. */
export function jobWaker(provider: JobProvider, event: object): events.IRuleTarget {
  const reconciler = provider.worker(RECONCILE, { handler: 'reconcile', does: 'looks at jobs without a deployment', timeout: LABELING_JOBS.handlerTimeout });
  return new targets.LambdaFunction(reconciler, { event: events.RuleTargetInput.fromObject(event) });
}

/** The parameter that is changed where drift is found. */
export function allowDrift(scope: Construct, provider: JobProvider, parameterName: string): void {
  const resources = [Stack.of(scope).formatArn({ service: 'ssm', resource: 'parameter', resourceName: parameterName.replace(/^\//, '') })];
  provider.allow(`drift ${parameterName}`, [RECONCILE], () => [new iam.PolicyStatement({ actions: ['ssm:PutParameter'], resources })]);
}

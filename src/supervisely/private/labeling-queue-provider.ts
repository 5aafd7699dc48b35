import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LABELING_QUEUES, superviselyProvider } from './supervisely-provider';
import { JobProvider } from '../../private/job-provider';
import { stateBucketStatements } from '../../private/state-bucket';
import { Connection } from '../connection';

/** The provider of a stack's labeling queues. What it may do on the server is what the token's owner may do there. */
export function labelingQueueProvider(scope: Construct, connection: Connection, stateBucket: s3.IBucket): JobProvider {
  const provider = superviselyProvider(scope, connection, LABELING_QUEUES);
  provider.allow(`state ${stateBucket.node.path}`, 'all', () => stateBucketStatements(stateBucket));
  return provider;
}

/** Lets a rule look at a queue without a deployment; `event` is a `LabelingQueueReconcileEvent`. */
export function queueWaker(provider: JobProvider, event: object): events.IRuleTarget {
  const reconciler = provider.worker('Reconcile', { handler: 'reconcile', does: 'looks at queues without a deployment', timeout: LABELING_QUEUES.handlerTimeout });
  return new targets.LambdaFunction(reconciler, { event: events.RuleTargetInput.fromObject(event) });
}

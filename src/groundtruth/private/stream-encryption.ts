import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** A key for messages on their way: it goes with them, the records themselves lie elsewhere. */
export function newStreamKey(scope: Construct, id: string): kms.Key {
  return new kms.Key(scope, id, { description: `Messages of ${scope.node.path}`, enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
}

/** Who brings messages to queues by itself, and uses the queues' key for that. */
const CARRIERS = ['sns.amazonaws.com', 'events.amazonaws.com'];

/**
 * Lets topics and rules bring messages to queues that are encrypted with the user's key. By account and not by topic or rule: these may be in a
 * stack that depends on the key's.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-enable-encryption-for-topic-sqs-queue-subscriptions.html
 */
export function allowCarriers(scope: Construct, key: kms.IKey): void {
  const added = key.addToResourcePolicy(new iam.PolicyStatement({
    principals: CARRIERS.map((service) => new iam.ServicePrincipal(service)),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  }), true);
  if (added.statementAdded) return;
  Annotations.of(scope).addWarningV2('cdk-labeling-workflows:streamKeyPolicy',
    `the key ${key.node.path} is not of this app: allow ${CARRIERS.join(' and ')} kms:Decrypt and kms:GenerateDataKey* in its policy, or nothing reaches the stream's queues`);
}

import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The longest that SQS knows. */
export const LONGEST_RETENTION = Duration.days(14);

/** What tells a stream's queues apart. */
export interface StreamQueueProps {
  /** SQS's own encryption without it. */
  readonly key?: kms.IKey;
  /** How long a message that is being worked on is hidden. */
  readonly visibilityTimeout?: Duration;
  readonly retention?: Duration;
  readonly deadLetterQueue?: sqs.DeadLetterQueue;
}

/** A queue of a stream: encrypted, TLS only. */
export class StreamQueue extends sqs.Queue {
  constructor(scope: Construct, id: string, { key, visibilityTimeout, retention = LONGEST_RETENTION, deadLetterQueue }: StreamQueueProps) {
    super(scope, id, {
      encryption: key ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: key,
      enforceSSL: true,
      visibilityTimeout,
      retentionPeriod: retention,
      deadLetterQueue,
    });
  }
}

/**
 * What is published on a topic comes to a queue as it is, without SNS's envelope; what cannot be delivered goes to the dead letters.
 *
 * By hand, because CDK's own subscription makes a circle where topic, key and dead letters are in different stacks.
 */
export function subscribeQueue(scope: Construct, id: string, topic: sns.ITopic, queue: sqs.IQueue, deadLetterQueue: sqs.IQueue): void {
  const allowed = queue.addToResourcePolicy(sendStatement(queue, 'sns.amazonaws.com', { ArnEquals: { 'aws:SourceArn': topic.topicArn } }));
  const subscription = new sns.CfnSubscription(scope, id, {
    topicArn: topic.topicArn,
    protocol: sns.SubscriptionProtocol.SQS,
    endpoint: queue.queueArn,
    rawMessageDelivery: true,
    redrivePolicy: { deadLetterTargetArn: deadLetterQueue.queueArn },
  });
  if (allowed.policyDependable) subscription.node.addDependency(allowed.policyDependable);
}

/** Lets this account's topics send to a queue what they could not deliver elsewhere. Which ones is not said, as for rules. */
export function allowTopics(queue: sqs.IQueue): void {
  const topics = Stack.of(queue).formatArn({ service: 'sns', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME });
  queue.addToResourcePolicy(sendStatement(queue, 'sns.amazonaws.com', { ArnLike: { 'aws:SourceArn': topics } }));
}

/** Lets this account's rules send to a queue. Which ones is not said: a rule may be in a stack that depends on the queue's. */
export function allowRules(queue: sqs.IQueue): void {
  const rules = Stack.of(queue).formatArn({ service: 'events', resource: 'rule', resourceName: '*', arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  queue.addToResourcePolicy(sendStatement(queue, 'events.amazonaws.com', { ArnLike: { 'aws:SourceArn': rules } }));
}

/** A queue that lets rules in already, as a rule's target. */
export class QueueTarget implements events.IRuleTarget {
  constructor(private readonly queue: sqs.IQueue, private readonly message?: events.RuleTargetInput) {}

  public bind(): events.RuleTargetConfig {
    return { arn: this.queue.queueArn, input: this.message, targetResource: this.queue };
  }
}

function sendStatement(queue: sqs.IQueue, service: string, conditions: Record<string, Record<string, string>>): iam.PolicyStatement {
  return new iam.PolicyStatement({ principals: [new iam.ServicePrincipal(service)], actions: ['sqs:SendMessage'], resources: [queue.queueArn], conditions });
}

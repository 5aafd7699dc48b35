import { type Call, changed, defined, document, pick, type SimulatedResource, tagMap, tagsOf, unlessGone, updateTags } from './provider';
import type { ResourceRequest } from '../deployment/resource-provider';
import { isObject, type Json } from '../template/template';

export function messagingResources(call: Call): SimulatedResource[] {
  return [topic(call), topicPolicy(call), subscription(call), queue(call), queuePolicy(call)];
}

/** Attributes of topics, queues and subscriptions are text, documents among them JSON text. */
function attributeTexts(properties: Json, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(pick(properties, names)).map(([name, value]) => [name, isObject(value) ? JSON.stringify(value) : String(value)]));
}

const TOPIC_ATTRIBUTES = ['DisplayName', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig', 'ArchivePolicy', 'ContentBasedDeduplication', 'FifoThroughputScope'];

function fifoName(request: ResourceRequest, own: string, isFifo: string, maximumLength: number): string {
  const { properties } = request;
  const suffix = String(properties[isFifo]) === 'true' ? '.fifo' : '';
  return properties[own] as string | undefined ?? request.generatedName(maximumLength - suffix.length) + suffix;
}

function topic(call: Call): SimulatedResource {
  const sns = (operation: string, input: Json) => call('sns', operation, input);
  const result = (TopicArn: string) => ({ physicalId: TopicArn, attributes: { TopicArn, TopicName: TopicArn.split(':').pop() } });
  const subscriptions = (properties: Json) => (properties.Subscription ?? []) as { Endpoint: string; Protocol: string }[];
  const subscribe = async (TopicArn: string, after: Json, before: Json) => {
    const had = subscriptions(before).map((item) => JSON.stringify(item));
    for (const item of subscriptions(after).filter((candidate) => !had.includes(JSON.stringify(candidate)))) {
      await sns('Subscribe', { TopicArn, ...item });
    }
    const kept = subscriptions(after).map((item) => JSON.stringify(item));
    const gone = subscriptions(before).filter((item) => !kept.includes(JSON.stringify(item)));
    if (gone.length > 0) {
      const { Subscriptions = [] } = await sns('ListSubscriptionsByTopic', { TopicArn });
      for (const { SubscriptionArn } of (Subscriptions as { SubscriptionArn: string; Endpoint: string; Protocol: string }[])
        .filter(({ Endpoint, Protocol }) => gone.some((item) => item.Endpoint === Endpoint && item.Protocol === Protocol))) {
        await sns('Unsubscribe', { SubscriptionArn });
      }
    }
  };
  return {
    type: 'AWS::SNS::Topic',
    properties: [...TOPIC_ATTRIBUTES, 'FifoTopic', 'Subscription', 'Tags', 'TopicName'],
    create: async (request) => {
      const { properties } = request;
      const { TopicArn } = await sns('CreateTopic', {
        Name: fifoName(request, 'TopicName', 'FifoTopic', 256), Attributes: attributeTexts(properties, [...TOPIC_ATTRIBUTES, 'FifoTopic']), Tags: tagsOf(properties),
      });
      request.initiated(TopicArn);
      await subscribe(TopicArn, properties, {});
      return result(TopicArn);
    },
    update: async ({ properties }, { physicalId: TopicArn, properties: before }) => {
      for (const AttributeName of TOPIC_ATTRIBUTES.filter((name) => changed(before, properties, [name]))) {
        await sns('SetTopicAttributes', { TopicArn, AttributeName, AttributeValue: attributeTexts(properties, [AttributeName])[AttributeName] ?? '' });
      }
      await subscribe(TopicArn, properties, before);
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (Tags) => sns('TagResource', { ResourceArn: TopicArn, Tags }),
        remove: (TagKeys) => sns('UntagResource', { ResourceArn: TopicArn, TagKeys }),
      });
      return result(TopicArn);
    },
    delete: (_, TopicArn) => unlessGone(sns('DeleteTopic', { TopicArn }), 'NotFound', 'NotFoundException'),
  };
}

/** A topic always has a policy: without one of its own, that of its owner's account. */
function defaultTopicPolicy({ stack }: ResourceRequest, topicArn: string): Json {
  return {
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [{
      Sid: '__default_statement_ID',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: ['AddPermission', 'DeleteTopic', 'GetTopicAttributes', 'ListSubscriptionsByTopic', 'Publish', 'RemovePermission', 'SetTopicAttributes', 'Subscribe'].map((action) => `SNS:${action}`),
      Resource: topicArn,
      Condition: { StringEquals: { 'AWS:SourceOwner': stack.accountId } },
    }],
  };
}

function topicPolicy(call: Call): SimulatedResource {
  const put = async (topics: unknown, policy: (topicArn: string) => unknown) => {
    for (const TopicArn of topics as string[]) {
      await call('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: document(policy(TopicArn)) });
    }
  };
  const reset = (request: ResourceRequest, topics: readonly string[]) =>
    unlessGone(put(topics, (topicArn) => defaultTopicPolicy(request, topicArn)), 'NotFound', 'NotFoundException');
  return {
    type: 'AWS::SNS::TopicPolicy',
    properties: ['PolicyDocument', 'Topics'],
    create: async (request) => {
      const physicalId = request.generatedName();
      await put(request.properties.Topics, () => request.properties.PolicyDocument);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: async (request, { physicalId, properties: before }) => {
      await put(request.properties.Topics, () => request.properties.PolicyDocument);
      await reset(request, (before.Topics as string[]).filter((arn) => !(request.properties.Topics as string[]).includes(arn)));
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: (request) => reset(request, request.properties.Topics as string[]),
  };
}

const SUBSCRIPTION_ATTRIBUTES = ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy', 'ReplayPolicy', 'SubscriptionRoleArn'];

function subscription(call: Call): SimulatedResource {
  return {
    type: 'AWS::SNS::Subscription',
    properties: [...SUBSCRIPTION_ATTRIBUTES, 'Endpoint', 'Protocol', 'TopicArn'],
    create: async ({ properties }) => {
      const { SubscriptionArn } = await call('sns', 'Subscribe', {
        ...pick(properties, ['Endpoint', 'Protocol', 'TopicArn']), Attributes: attributeTexts(properties, SUBSCRIPTION_ATTRIBUTES), ReturnSubscriptionArn: true,
      });
      return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
    },
    update: async ({ properties }, { physicalId: SubscriptionArn, properties: before }) => {
      for (const AttributeName of SUBSCRIPTION_ATTRIBUTES.filter((name) => changed(before, properties, [name]))) {
        await call('sns', 'SetSubscriptionAttributes', defined({ SubscriptionArn, AttributeName, AttributeValue: attributeTexts(properties, [AttributeName])[AttributeName] }));
      }
      return { physicalId: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
    },
    delete: (_, SubscriptionArn) => unlessGone(call('sns', 'Unsubscribe', { SubscriptionArn }), 'NotFound', 'NotFoundException'),
  };
}

/** Attribute -> what a queue has without it. */
const QUEUE_ATTRIBUTES: Readonly<Record<string, string>> = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  DelaySeconds: '0',
  FifoThroughputLimit: 'perQueue',
  KmsDataKeyReusePeriodSeconds: '300',
  KmsMasterKeyId: '',
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

function queue(call: Call): SimulatedResource {
  const sqs = (operation: string, input: Json) => call('sqs', operation, input);
  const names = Object.keys(QUEUE_ATTRIBUTES);
  const result = async (QueueUrl: string) => {
    const { Attributes } = await sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    return { physicalId: QueueUrl, attributes: { QueueUrl, Arn: Attributes.QueueArn, QueueName: String(Attributes.QueueArn).split(':').pop() } };
  };
  return {
    type: 'AWS::SQS::Queue',
    properties: [...names, 'FifoQueue', 'QueueName', 'Tags'],
    create: async (request) => {
      const { properties } = request;
      const { QueueUrl } = await sqs('CreateQueue', {
        QueueName: fifoName(request, 'QueueName', 'FifoQueue', 80), Attributes: attributeTexts(properties, [...names, 'FifoQueue']), tags: tagMap(tagsOf(properties)),
      });
      request.initiated(QueueUrl);
      return result(QueueUrl);
    },
    update: async ({ properties }, { physicalId: QueueUrl, properties: before }) => {
      const differing = names.filter((name) => changed(before, properties, [name]));
      const Attributes = Object.fromEntries(differing.map((name) => [name, attributeTexts(properties, [name])[name] ?? QUEUE_ATTRIBUTES[name]]));
      if (differing.length > 0) {
        await sqs('SetQueueAttributes', { QueueUrl, Attributes });
      }
      await updateTags(tagsOf(before), tagsOf(properties), {
        set: (tags) => sqs('TagQueue', { QueueUrl, Tags: tagMap(tags) }),
        remove: (TagKeys) => sqs('UntagQueue', { QueueUrl, TagKeys }),
      });
      return result(QueueUrl);
    },
    delete: (_, QueueUrl) => unlessGone(sqs('DeleteQueue', { QueueUrl }), 'AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist'),
  };
}

function queuePolicy(call: Call): SimulatedResource {
  const put = async (queues: unknown, policy: string) => {
    for (const QueueUrl of queues as string[]) {
      await call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy: policy } });
    }
  };
  const clear = (queues: readonly string[]) => unlessGone(put(queues, ''), 'AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist');
  return {
    type: 'AWS::SQS::QueuePolicy',
    properties: ['PolicyDocument', 'Queues'],
    create: async (request) => {
      const physicalId = request.generatedName();
      await put(request.properties.Queues, document(request.properties.PolicyDocument)!);
      return { physicalId, attributes: { Id: physicalId } };
    },
    update: async ({ properties }, { physicalId, properties: before }) => {
      await put(properties.Queues, document(properties.PolicyDocument)!);
      await clear((before.Queues as string[]).filter((url) => !(properties.Queues as string[]).includes(url)));
      return { physicalId, attributes: { Id: physicalId } };
    },
    delete: ({ properties }) => clear(properties.Queues as string[]),
  };
}

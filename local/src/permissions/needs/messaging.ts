import { arn, type Input, type NeedsContext, type NeedsTable } from './table';
import type { Need } from '../policy';

const queueArn = (context: NeedsContext, url: string): string => arn(context, 'sqs', url.split('/').at(-1)!);
const onQueue = (action: string) => ({ QueueUrl, QueueName }: Input, context: NeedsContext): Need[] =>
  [{ action: `sqs:${action}`, resource: queueArn(context, QueueUrl ?? QueueName) }];

export const SQS_NEEDS: NeedsTable = {
  ...Object.fromEntries([
    'ChangeMessageVisibility', 'CreateQueue', 'DeleteMessage', 'DeleteQueue', 'GetQueueAttributes', 'GetQueueUrl', 'PurgeQueue', 'ReceiveMessage',
    'SendMessage', 'SetQueueAttributes', 'TagQueue',
  ].map((action) => [action, onQueue(action)])),
  ChangeMessageVisibilityBatch: onQueue('ChangeMessageVisibility'),
  DeleteMessageBatch: onQueue('DeleteMessage'),
  SendMessageBatch: onQueue('SendMessage'),
};

const onTopic = (action: string) => ({ TopicArn }: Input): Need[] => [{ action: `sns:${action}`, resource: TopicArn }];

export const SNS_NEEDS: NeedsTable = {
  GetTopicAttributes: onTopic('GetTopicAttributes'),
  ListSubscriptionsByTopic: onTopic('ListSubscriptionsByTopic'),
  Publish: onTopic('Publish'),
  PublishBatch: onTopic('Publish'),
  Subscribe: ({ TopicArn, Protocol, Endpoint }) => [{
    action: 'sns:Subscribe', resource: TopicArn, keys: { 'sns:protocol': [Protocol], ...(Endpoint !== undefined && { 'sns:endpoint': [Endpoint] }) },
  }],
  Unsubscribe: ({ SubscriptionArn }) => [{ action: 'sns:Unsubscribe', resource: (SubscriptionArn as string).split(':').slice(0, 6).join(':') }],
};

export const EVENTS_NEEDS: NeedsTable = {
  PutEvents: ({ Entries }, context) => Entries.map(({ EventBusName = 'default', Source, DetailType }: Input) => ({
    action: 'events:PutEvents',
    resource: EventBusName.startsWith('arn:') ? EventBusName : arn(context, 'events', `event-bus/${EventBusName}`),
    keys: { 'events:source': [Source], 'events:detail-type': [DetailType] },
  })),
};

import { invalidParameter, resourceNotFound } from './errors';
import { page, type Topic, type TopicStore } from './topic-store';
import type { EngineCore } from '../../core/engine';

interface OfTopic { readonly TopicArn: string }
interface PermissionInput extends OfTopic { readonly Label: string; readonly AWSAccountId: string[]; readonly ActionName: string[] }
interface OfResource { readonly ResourceArn: string }
interface Tag { readonly Key: string; readonly Value: string }

/** Attributes of a topic that can be set. */
const SETTABLE = new Set([
  'DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'TracingConfig', 'SignatureVersion', 'FifoTopic', 'ContentBasedDeduplication', 'FifoThroughputScope', 'ArchivePolicy',
  ...['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'].flatMap((protocol) =>
    ['SuccessFeedbackRoleArn', 'SuccessFeedbackSampleRate', 'FailureFeedbackRoleArn'].map((setting) => protocol + setting)),
]);

export class TopicOperations {
  constructor(private readonly core: EngineCore, private readonly store: TopicStore) {}

  readonly CreateTopic = ({ Name, Attributes = {}, Tags = [] }: { Name: string; Attributes?: Record<string, string>; Tags?: Tag[] }) => {
    const fifo = Attributes.FifoTopic === 'true';
    if (!/^[\w-]{1,256}$/.test(fifo ? Name.replace(/\.fifo$/, '') : Name) || Name.length > 256) throw invalidParameter('Topic Name');
    if (fifo !== Name.endsWith('.fifo')) throw invalidParameter('Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens');
    for (const name of Object.keys(Attributes)) if (!SETTABLE.has(name)) throw invalidParameter(`Attributes Reason: Unknown attribute: ${name}`);
    const arn = this.store.arn(Name);
    const existing = this.store.topics.get(arn);
    if (existing) return { TopicArn: this.same(existing, Attributes, Tags).arn };
    this.store.topics.set(arn, { arn, name: Name, attributes: { ...Attributes }, tags: new Map(Tags.map(({ Key, Value }) => [Key, Value])) });
    return { TopicArn: arn };
  };

  /** Deleting what is not there is no error; the subscriptions go with the topic. */
  readonly DeleteTopic = ({ TopicArn }: OfTopic): object => {
    for (const { arn } of this.store.subscriptionsOf(TopicArn)) this.store.subscriptions.delete(arn);
    this.store.topics.delete(TopicArn);
    return {};
  };

  readonly ListTopics = ({ NextToken: token }: { NextToken?: string }) => {
    const { items, NextToken } = page([...this.store.topics.keys()].sort(), token);
    return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken };
  };

  readonly GetTopicAttributes = ({ TopicArn }: OfTopic) => {
    const { attributes } = this.store.topic(TopicArn);
    const subscriptions = this.store.subscriptionsOf(TopicArn);
    const pending = subscriptions.filter((subscription) => subscription.pending).length;
    return {
      Attributes: {
        TopicArn,
        Owner: this.core.settings.accountId,
        DisplayName: '',
        Policy: this.defaultPolicy(TopicArn),
        EffectiveDeliveryPolicy: DEFAULT_DELIVERY,
        ...attributes,
        SubscriptionsConfirmed: String(subscriptions.length - pending),
        SubscriptionsPending: String(pending),
        SubscriptionsDeleted: '0',
      },
    };
  };

  readonly SetTopicAttributes = ({ TopicArn, AttributeName, AttributeValue = '' }: OfTopic & { AttributeName: string; AttributeValue?: string }): object => {
    const topic = this.store.topic(TopicArn);
    if (!SETTABLE.has(AttributeName) || AttributeName === 'FifoTopic') throw invalidParameter('AttributeName');
    if (AttributeName === 'Policy') parsePolicy(AttributeValue);
    topic.attributes = Object.fromEntries(Object.entries({ ...topic.attributes, [AttributeName]: AttributeValue }).filter(([, value]) => value !== ''));
    return {};
  };

  readonly AddPermission = ({ TopicArn, Label, AWSAccountId, ActionName }: PermissionInput): object => {
    const policy = this.policyOf(TopicArn);
    if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidParameter('Statement already exists');
    const statement = {
      Sid: Label,
      Effect: 'Allow',
      Principal: { AWS: AWSAccountId.map((account) => `arn:${this.core.settings.partition}:iam::${account}:root`) },
      Action: ActionName.map((action) => `SNS:${action}`),
      Resource: TopicArn,
    };
    this.store.topic(TopicArn).attributes.Policy = JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
    return {};
  };

  readonly RemovePermission = ({ TopicArn, Label }: OfTopic & { Label: string }): object => {
    const policy = this.policyOf(TopicArn);
    this.store.topic(TopicArn).attributes.Policy = JSON.stringify({ ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== Label) });
    return {};
  };

  readonly TagResource = ({ ResourceArn, Tags }: OfResource & { Tags: Tag[] }): object => {
    const { tags } = this.tagged(ResourceArn);
    for (const { Key, Value } of Tags) tags.set(Key, Value);
    return {};
  };

  readonly UntagResource = ({ ResourceArn, TagKeys }: OfResource & { TagKeys: string[] }): object => {
    const { tags } = this.tagged(ResourceArn);
    for (const key of TagKeys) tags.delete(key);
    return {};
  };

  readonly ListTagsForResource = ({ ResourceArn }: OfResource) => ({ Tags: [...this.tagged(ResourceArn).tags].map(([Key, Value]) => ({ Key, Value })) });

  private tagged(arn: string): Topic {
    const topic = this.store.topics.get(arn);
    if (!topic) throw resourceNotFound();
    return topic;
  }

  /** Creating a topic again is no error as long as it says the same. */
  private same(topic: Topic, attributes: Record<string, string>, tags: Tag[]): Topic {
    if (Object.entries(attributes).some(([name, value]) => topic.attributes[name] !== value)) throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    if (tags.length > 0 && tags.some(({ Key, Value }) => topic.tags.get(Key) !== Value)) throw invalidParameter('Tags Reason: Topic already exists with different tags');
    return topic;
  }

  private policyOf(arn: string): { Statement: Array<{ Sid?: string }> } {
    return JSON.parse(this.store.topic(arn).attributes.Policy ?? this.defaultPolicy(arn));
  }

  private defaultPolicy(arn: string): string {
    const Action = ['GetTopicAttributes', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Subscribe', 'ListSubscriptionsByTopic', 'Publish'].map((action) => `SNS:${action}`);
    const Condition = { StringEquals: { 'AWS:SourceOwner': this.core.settings.accountId } };
    return JSON.stringify({
      Version: '2008-10-17',
      Id: '__default_policy_ID',
      Statement: [{ Sid: '__default_statement_ID', Effect: 'Allow', Principal: { AWS: '*' }, Action, Resource: arn, Condition }],
    });
  }
}

const DEFAULT_DELIVERY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20, maxDelayTarget: 20, numRetries: 3, numMaxDelayRetries: 0, numNoDelayRetries: 0, numMinDelayRetries: 0, backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});

function parsePolicy(text: string): void {
  try {
    JSON.parse(text);
  } catch {
    throw invalidParameter('Policy Error: null');
  }
}

import { post } from './delivery';
import { invalidParameter } from './errors';
import { setSubscriptionAttributes } from './subscription-attributes';
import { page, type Subscription, type TopicStore } from './topic-store';
import type { EngineCore } from '../../core/engine';

interface OfSubscription { readonly SubscriptionArn: string }
interface SubscribeInput {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint?: string;
  readonly Attributes?: Record<string, string>;
  readonly ReturnSubscriptionArn?: boolean;
}

/** What an endpoint looks like, by protocol. */
const ENDPOINTS: Record<string, RegExp> = {
  'sqs': /^arn:[^:]+:sqs:[^:]+:\d{12}:[\w.-]+$/,
  'lambda': /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[\w:$-]+$/,
  'http': /^http:\/\/.+$/,
  'https': /^https:\/\/.+$/,
  'email': /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  'sms': /^\+?[\d-]+$/,
};
/** Subscribers that must say yes before anything is sent. */
const NEEDS_CONFIRMATION = new Set(['http', 'https', 'email', 'email-json']);
const PENDING = 'PendingConfirmation';

export class SubscriptionOperations {
  constructor(private readonly core: EngineCore, private readonly store: TopicStore) {}

  readonly Subscribe = (input: SubscribeInput) => {
    const { TopicArn, Protocol, Endpoint = '', Attributes = {} } = input;
    const topic = this.store.topic(TopicArn);
    this.check(input, topic.attributes.FifoTopic === 'true');
    const known = this.store.subscriptionsOf(TopicArn).find(({ protocol, endpoint }) => protocol === Protocol && endpoint === Endpoint);
    if (known) return { SubscriptionArn: this.shownArn(this.same(known, Attributes), input) };
    const subscription: Subscription = {
      arn: `${TopicArn}:${this.store.uuid()}`,
      topicArn: TopicArn,
      protocol: Protocol,
      endpoint: Endpoint,
      token: this.store.uuid().replaceAll('-', ''),
      attributes: {},
      pending: NEEDS_CONFIRMATION.has(Protocol),
    };
    setSubscriptionAttributes(subscription, Attributes);
    this.store.subscriptions.set(subscription.arn, subscription);
    if (Protocol === 'http') void this.askForConfirmation(subscription);
    return { SubscriptionArn: this.shownArn(subscription, input) };
  };

  readonly ConfirmSubscription = ({ TopicArn, Token }: { TopicArn: string; Token: string }) => {
    this.store.topic(TopicArn);
    const subscription = this.store.subscriptionsOf(TopicArn).find(({ token }) => token === Token);
    if (!subscription) throw invalidParameter('Token');
    subscription.pending = false;
    return { SubscriptionArn: subscription.arn };
  };

  readonly Unsubscribe = ({ SubscriptionArn }: OfSubscription): object => {
    if (SubscriptionArn.split(':').length < 7) throw invalidParameter('SubscriptionArn Reason: An ARN must have at least 6 elements, not 1');
    this.store.subscriptions.delete(SubscriptionArn);
    return {};
  };

  readonly ListSubscriptions = ({ NextToken: token }: { NextToken?: string }) => this.list([...this.store.subscriptions.values()], token);

  readonly ListSubscriptionsByTopic = ({ TopicArn, NextToken: token }: { TopicArn: string; NextToken?: string }) =>
    this.list(this.store.subscriptionsOf(this.store.topic(TopicArn).arn), token);

  readonly GetSubscriptionAttributes = ({ SubscriptionArn }: OfSubscription) => {
    const { arn, topicArn, protocol, endpoint, attributes, pending } = this.store.subscription(SubscriptionArn);
    return {
      Attributes: {
        RawMessageDelivery: 'false',
        ...(attributes.FilterPolicy && { FilterPolicyScope: 'MessageAttributes' }),
        ...attributes,
        SubscriptionArn: arn,
        TopicArn: topicArn,
        Protocol: protocol,
        Endpoint: endpoint,
        Owner: this.core.settings.accountId,
        PendingConfirmation: String(pending),
        ConfirmationWasAuthenticated: String(!pending),
        SubscriptionPrincipal: this.core.root.arn,
      },
    };
  };

  readonly SetSubscriptionAttributes = ({ SubscriptionArn, AttributeName, AttributeValue = '' }: OfSubscription & { AttributeName: string; AttributeValue?: string }): object => {
    setSubscriptionAttributes(this.store.subscription(SubscriptionArn), { [AttributeName]: AttributeValue });
    return {};
  };

  private check({ Protocol, Endpoint }: SubscribeInput, fifo: boolean): void {
    if (!Object.hasOwn(ENDPOINTS, Protocol)) throw invalidParameter(`Amazon SNS does not support this protocol string: ${Protocol}`);
    if (!Endpoint || !ENDPOINTS[Protocol].test(Endpoint)) throw invalidParameter(`${Protocol.toUpperCase()} endpoint: ${Endpoint ?? ''}`);
    if (Endpoint.endsWith('.fifo') && !fifo && Protocol === 'sqs') throw invalidParameter('Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics');
    if (fifo && Protocol !== 'sqs') throw invalidParameter('Endpoint Reason: FIFO topics deliver to SQS queues only');
    if (Protocol === 'http' && !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(Endpoint).hostname)) {
      throw invalidParameter(`Endpoint Reason: the local engine delivers to this machine only (127.0.0.1 or localhost), got ${Endpoint}`);
    }
  }

  /** Subscribing again is no error as long as it says the same. */
  private same(subscription: Subscription, attributes: Record<string, string>): Subscription {
    if (Object.entries(attributes).some(([name, value]) => (subscription.attributes[name] ?? '') !== value)) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    return subscription;
  }

  private shownArn({ arn, pending }: Subscription, { ReturnSubscriptionArn }: SubscribeInput): string {
    return pending && !ReturnSubscriptionArn ? 'pending confirmation' : arn;
  }

  private async askForConfirmation(subscription: Subscription): Promise<void> {
    const release = this.core.clock.hold();
    const { topicArn, token } = subscription;
    const messageId = this.store.uuid();
    const subscribeUrl = `${this.core.endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
    await post(subscription.endpoint, 'SubscriptionConfirmation', subscription, messageId, JSON.stringify({
      Type: 'SubscriptionConfirmation',
      MessageId: messageId,
      Token: token,
      TopicArn: topicArn,
      Message: `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: subscribeUrl,
      Timestamp: new Date(this.core.clock.now()).toISOString(),
      SignatureVersion: '1',
      Signature: Buffer.from(`local ${messageId}`).toString('base64'),
      SigningCertURL: `${this.core.endpoint}/SimpleNotificationService.pem`,
    }, undefined, 2));
    release();
  }

  private list(subscriptions: Subscription[], token: string | undefined) {
    const { items, NextToken } = page(subscriptions, token);
    return {
      Subscriptions: items.map(({ arn, topicArn, protocol, endpoint, pending }) => ({
        SubscriptionArn: pending ? PENDING : arn, TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint, Owner: this.core.settings.accountId,
      })),
      NextToken,
    };
  }
}

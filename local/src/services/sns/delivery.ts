import { serviceCaller } from '../../core/acting-as';
import type { EngineCore } from '../../core/engine';
import type { LambdaService } from '../lambda';
import type { SqsService } from '../sqs';
import { envelope, lambdaEvent, passesFilter, type Publication } from './message';
import type { Subscription, TopicStore } from './topic-store';

const HTTP_TRIES = 3;
const HTTP_RETRY_MS = 20_000;

/** Takes messages to their subscribers. */
export class Delivery {
  constructor(private readonly core: EngineCore, private readonly store: TopicStore) {}

  /** Hands the message to every subscriber that wants it; queues have it when this resolves. */
  async publish(publication: Publication): Promise<void> {
    const subscriptions = this.store.subscriptionsOf(publication.topicArn)
      .filter((subscription) => !subscription.pending && passesFilter(subscription, publication));
    await Promise.all(subscriptions.map((subscription) => this.deliver(publication, subscription)));
  }

  private async deliver(publication: Publication, subscription: Subscription): Promise<void> {
    switch (subscription.protocol) {
      case 'sqs': return this.toQueue(publication, subscription);
      case 'lambda': return this.toFunction(publication, subscription);
      case 'http': return void this.toHttp(publication, subscription, subscription.endpoint);
      // e-mail and text messages end here: there is nobody to read them
      default: return undefined;
    }
  }

  private async toQueue(publication: Publication, subscription: Subscription): Promise<void> {
    const queueUrl = this.core.service<SqsService>('sqs').queueUrl(subscription.endpoint);
    const body = bodyFor(publication, subscription, this.core.endpoint);
    if (!queueUrl) return this.giveUp(subscription, body);
    const fifo = subscription.endpoint.endsWith('.fifo');
    try {
      await this.core.call('sqs', 'SendMessage', {
        QueueUrl: queueUrl,
        MessageBody: body,
        ...(isRaw(subscription) && { MessageAttributes: publication.attributes }),
        ...(fifo && { MessageGroupId: publication.groupId, MessageDeduplicationId: publication.deduplicationId }),
      }, serviceCaller('sns.amazonaws.com', publication.topicArn));
    } catch {
      // what a queue does not take (more than ten attributes, say) is lost for it, and no fault of the publisher
      await this.giveUp(subscription, body);
    }
  }

  private async toFunction(publication: Publication, subscription: Subscription): Promise<void> {
    const event = JSON.stringify(lambdaEvent(publication, subscription, this.core.endpoint));
    try {
      if (!this.core.service<LambdaService>('lambda').letsInvoke(subscription.endpoint, 'sns.amazonaws.com', publication.topicArn)) return await this.giveUp(subscription, event);
      await this.core.call('lambda', 'Invoke', { FunctionName: subscription.endpoint, InvocationType: 'Event', Payload: Buffer.from(event) });
    } catch {
      await this.giveUp(subscription, event);
    }
  }

  private async toHttp(publication: Publication, subscription: Subscription, url: string): Promise<void> {
    const release = this.core.clock.hold();
    let held = release;
    const body = bodyFor(publication, subscription, this.core.endpoint);
    try {
      for (let attempt = 1; attempt <= HTTP_TRIES; attempt++) {
        if (await post(url, 'Notification', subscription, publication.messageId, body)) return;
        held();
        await this.core.clock.sleep(HTTP_RETRY_MS, `delivery of ${subscription.topicArn} to ${url}`);
        held = this.core.clock.hold();
      }
      await this.giveUp(subscription, body);
    } finally {
      held();
    }
  }

  /** What cannot be delivered goes to the subscription's dead-letter queue, if it has one. */
  private async giveUp({ attributes, topicArn }: Subscription, body: string): Promise<void> {
    const target = attributes.RedrivePolicy && JSON.parse(attributes.RedrivePolicy).deadLetterTargetArn;
    const queueUrl = target && this.core.service<SqsService>('sqs').queueUrl(target);
    if (queueUrl) await this.core.call('sqs', 'SendMessage', { QueueUrl: queueUrl, MessageBody: body }, serviceCaller('sns.amazonaws.com', topicArn));
  }
}

/** Whether the endpoint took it. */
export async function post(url: string, type: string, subscription: Subscription, messageId: string, body: string): Promise<boolean> {
  const headers = {
    'content-type': 'text/plain; charset=UTF-8',
    'x-amz-sns-message-type': type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': subscription.topicArn,
    ...(type === 'Notification' && { 'x-amz-sns-subscription-arn': subscription.arn }),
    ...(isRaw(subscription) && { 'x-amz-sns-rawdelivery': 'true' }),
  };
  try {
    return (await fetch(url, { method: 'POST', headers, body })).ok;
  } catch {
    return false;
  }
}

function isRaw({ attributes }: Subscription): boolean {
  return attributes.RawMessageDelivery?.toLowerCase() === 'true';
}

function bodyFor(publication: Publication, subscription: Subscription, endpoint: string): string {
  return isRaw(subscription) ? publication.textFor(subscription.protocol) : JSON.stringify(envelope(publication, subscription, endpoint), undefined, 2);
}

import type { EngineCore } from '../../core/engine';
import type { SqsService } from '../../services/sqs';

const DAYS_14 = 14 * 24 * 3600;
const MOST_AT_ONCE = 10;

export interface QueuedMessage {
  readonly MessageId: string;
  readonly Body: string;
  readonly ReceiptHandle: string;
}

/** The queue that the service makes in the account for a streaming job, on the job's input topic. */
export class JobQueue {
  private url = '';
  private subscriptionArn = '';
  private readonly name: string;
  private readonly arn: string;

  constructor(private readonly core: EngineCore, jobName: string, private readonly topicArn: string) {
    const { partition, region, accountId } = core.settings;
    this.name = `GroundTruth-${jobName.toLowerCase()}`;
    this.arn = `arn:${partition}:sqs:${region}:${accountId}:${this.name}`;
  }

  async open(): Promise<void> {
    const policy = {
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: this.arn,
        Condition: { ArnEquals: { 'aws:SourceArn': this.topicArn } },
      }],
    };
    const Attributes = { MessageRetentionPeriod: String(DAYS_14), Policy: JSON.stringify(policy) };
    ({ QueueUrl: this.url } = await this.core.call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: this.name, Attributes }));
    const subscription = { TopicArn: this.topicArn, Protocol: 'sqs', Endpoint: this.arn, ReturnSubscriptionArn: true };
    ({ SubscriptionArn: this.subscriptionArn } = await this.core.call<{ SubscriptionArn: string }>('sns', 'Subscribe', subscription));
  }

  /** Resolves when something may have come. */
  arrival(): Promise<void> {
    return this.core.service<SqsService>('sqs').available(this.arn);
  }

  async receive(most: number): Promise<QueuedMessage[]> {
    const request = { QueueUrl: this.url, MaxNumberOfMessages: Math.min(MOST_AT_ONCE, most) };
    return (await this.core.call<{ Messages?: QueuedMessage[] }>('sqs', 'ReceiveMessage', request)).Messages ?? [];
  }

  async delete({ ReceiptHandle }: QueuedMessage): Promise<void> {
    await this.core.call('sqs', 'DeleteMessage', { QueueUrl: this.url, ReceiptHandle });
  }

  /** Takes the queue off the topic; the queue itself and what is in it are left behind. */
  async unsubscribe(): Promise<void> {
    await this.core.call('sns', 'Unsubscribe', { SubscriptionArn: this.subscriptionArn });
  }
}

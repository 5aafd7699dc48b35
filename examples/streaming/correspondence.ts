import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Engine } from '../../local/src/engine';

/** A message as it comes out of a queue. */
export interface Received {
  readonly body: string;
  /** Message attributes. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

const PATIENCE_MS = 180_000;

/** What goes into the stream and what comes out of it, through the AWS SDK. */
export class Correspondence {
  private readonly sns: SNSClient;
  private readonly sqs: SQSClient;

  constructor(engine: Engine) {
    const credentials = { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'example' };
    const config = { endpoint: engine.endpoint, region: engine.core.settings.region, credentials };
    this.sns = new SNSClient(config);
    this.sqs = new SQSClient(config);
  }

  async publish(TopicArn: string, records: readonly string[]): Promise<void> {
    for (const Message of records) await this.sns.send(new PublishCommand({ TopicArn, Message }));
  }

  /** Takes messages out of a queue until the last one that is waited for has come. */
  async receive(what: string, QueueUrl: string, isLast: (received: readonly Received[]) => boolean): Promise<Received[]> {
    const received: Received[] = [];
    const end = Date.now() + PATIENCE_MS;
    while (!isLast(received)) {
      if (Date.now() > end) throw new Error(`waited in vain for ${what}, got ${received.length} messages`);
      const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0, MessageAttributeNames: ['All'] }));
      for (const { Body, MessageAttributes = {}, ReceiptHandle } of Messages) {
        const attributes = Object.fromEntries(Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]));
        received.push({ body: Body!, attributes });
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return received;
  }
}

import type { EngineCore } from '../../core/engine';
import { compilePattern, type Matcher } from '../event-pattern';
import type { SqsService } from '../sqs';

const DEFAULT_BATCH = 10;
/** SQS hands out at most so many at a time. */
const MAX_RECEIVE = 10;

export interface PollerSettings {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize?: number;
  readonly filters: readonly string[];
  readonly reportsItemFailures: boolean;
}

interface QueueMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Record<string, string>;
  readonly MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: Uint8Array }>;
}

/** Carries messages from a queue to a function, a batch at a time; what the function fails stays in the queue. */
export class EventSourcePoller {
  private readonly filters: Matcher[];
  private stopped = false;
  private wake: () => void = () => undefined;

  constructor(private readonly core: EngineCore, private readonly settings: PollerSettings) {
    this.filters = settings.filters.map(compilePattern);
  }

  start(): void {
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    this.wake();
  }

  private async run(): Promise<void> {
    const stop = new Promise<void>((resolve) => { this.wake = resolve; });
    const queues = this.core.service<SqsService>('sqs');
    for (let queueUrl = queues.queueUrl(this.settings.queueArn); queueUrl && !this.stopped; queueUrl = queues.queueUrl(this.settings.queueArn)) {
      if (await this.batch(queueUrl) === 0) await Promise.race([queues.available(this.settings.queueArn), stop]);
    }
  }

  /** How many messages there were. */
  private async batch(queueUrl: string): Promise<number> {
    const release = this.core.clock.hold();
    try {
      const messages = await this.receive(queueUrl);
      const wanted = messages.filter((message) => this.passes(message));
      const failed = wanted.length > 0 ? await this.invoke(wanted) : new Set<string>();
      const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
      await Promise.all(done.map(({ ReceiptHandle }) => this.core.call('sqs', 'DeleteMessage', { QueueUrl: queueUrl, ReceiptHandle })));
      return messages.length;
    } finally {
      release();
    }
  }

  private async receive(queueUrl: string): Promise<QueueMessage[]> {
    const messages: QueueMessage[] = [];
    const size = this.settings.batchSize ?? DEFAULT_BATCH;
    while (messages.length < size) {
      const { Messages = [] } = await this.core.call('sqs', 'ReceiveMessage', {
        QueueUrl: queueUrl, MaxNumberOfMessages: Math.min(MAX_RECEIVE, size - messages.length), WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'],
      });
      if (Messages.length === 0) break;
      messages.push(...Messages);
    }
    return messages;
  }

  private passes(message: QueueMessage): boolean {
    return this.filters.length === 0 || this.filters.some((matches) => matches({ ...this.record(message), body: parsed(message.Body) }));
  }

  /** The ids of the messages that the function did not manage. */
  private async invoke(messages: QueueMessage[]): Promise<Set<string>> {
    const all = new Set(messages.map(({ MessageId }) => MessageId));
    try {
      const result = await this.core.call('lambda', 'Invoke', {
        FunctionName: this.settings.functionArn, Payload: Buffer.from(JSON.stringify({ Records: messages.map((message) => this.record(message)) })),
      }, this.core.root);
      if (result.FunctionError) return all;
      return this.settings.reportsItemFailures ? itemFailures(Buffer.from(result.Payload).toString('utf8'), all) : new Set();
    } catch {
      return all;
    }
  }

  private record(message: QueueMessage) {
    const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, { DataType, StringValue, BinaryValue }]) => [name, {
      dataType: DataType,
      stringListValues: [],
      binaryListValues: [],
      ...(StringValue !== undefined && { stringValue: StringValue }),
      ...(BinaryValue && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
    }]);
    return {
      messageId: message.MessageId,
      receiptHandle: message.ReceiptHandle,
      body: message.Body,
      attributes: message.Attributes ?? {},
      messageAttributes: Object.fromEntries(attributes),
      md5OfBody: message.MD5OfBody,
      eventSource: 'aws:sqs',
      eventSourceARN: this.settings.queueArn,
      awsRegion: this.core.settings.region,
    };
  }
}

/** An answer that is not understood, or names unknown messages, fails the whole batch. */
function itemFailures(payload: string, all: ReadonlySet<string>): Set<string> {
  const answer = parsed(payload) as { batchItemFailures?: Array<{ itemIdentifier?: string }> | null } | string | null;
  if (answer === null || typeof answer !== 'object' || !answer.batchItemFailures) return new Set();
  const ids = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return ids.every((id) => id && all.has(id)) ? new Set(ids as string[]) : new Set(all);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

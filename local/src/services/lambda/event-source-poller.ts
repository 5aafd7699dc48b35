import type { EngineCore } from '../../core/engine';
import { compilePattern, type Matcher } from '../event-pattern';
import type { SqsService } from '../sqs';

/** SQS hands out at most so many at a time. */
const MAX_RECEIVE = 10;
/** Lambda's limit for the event that a batch becomes. */
const MAX_PAYLOAD_BYTES = 6_000_000;

export interface PollerSettings {
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  /** How long messages are gathered once there is one. */
  readonly windowSeconds: number;
  /** Batches under way at once. */
  readonly concurrency: number;
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
  private readonly underWay = new Set<Promise<void>>();
  private stopped = false;
  private wake: () => void = () => undefined;
  private readonly stopping = new Promise<void>((resolve) => { this.wake = resolve; });

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
    const queues = this.core.service<SqsService>('sqs');
    for (let queueUrl = queues.queueUrl(this.settings.queueArn); queueUrl && !this.stopped; queueUrl = queues.queueUrl(this.settings.queueArn)) {
      // asked for before looking: what comes while it looks counts too
      const arrival = queues.available(this.settings.queueArn);
      const messages = await this.gather(queueUrl);
      if (messages.length === 0) await Promise.race([arrival, this.stopping]);
      else await this.begin(queueUrl, messages);
    }
  }

  /** Goes on at once, unless as many batches are under way as may be. */
  private async begin(queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
    const work: Promise<void> = this.batch(queueUrl, messages).catch(() => undefined).finally(() => this.underWay.delete(work));
    this.underWay.add(work);
    while (this.underWay.size >= this.settings.concurrency) await Promise.race(this.underWay);
  }

  /** A batch is what comes within its window, as much as it takes; the clock goes on meanwhile. */
  private async gather(queueUrl: string): Promise<QueueMessage[]> {
    const messages = await this.receive(queueUrl, this.settings.batchSize);
    if (messages.length === 0 || this.settings.windowSeconds === 0) return messages;
    const window = this.openWindow();
    while (!window.isOver && !this.stopped && messages.length < this.settings.batchSize && payloadBytes(messages) < MAX_PAYLOAD_BYTES) {
      const arrival = this.core.service<SqsService>('sqs').available(this.settings.queueArn);
      const more = await this.receive(queueUrl, this.settings.batchSize - messages.length);
      messages.push(...more);
      if (more.length === 0) await Promise.race([arrival, window.end, this.stopping]);
    }
    window.close();
    return messages;
  }

  private openWindow() {
    const window = { isOver: false, end: Promise.resolve(), close: () => undefined as void };
    window.end = new Promise((resolve) => {
      const event = this.core.clock.schedule(this.settings.windowSeconds * 1000, 'work', `batching window of ${this.settings.queueArn}`, () => {
        window.isOver = true;
        resolve();
      });
      window.close = () => event.cancel();
    });
    return window;
  }

  private async batch(queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
    const release = this.core.clock.hold();
    try {
      const wanted = messages.filter((message) => this.passes(message));
      const failed = wanted.length > 0 ? await this.invoke(wanted) : new Set<string>();
      const done = messages.filter(({ MessageId }) => !failed.has(MessageId));
      for (let from = 0; from < done.length; from += MAX_RECEIVE) {
        const Entries = done.slice(from, from + MAX_RECEIVE).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await this.core.call('sqs', 'DeleteMessageBatch', { QueueUrl: queueUrl, Entries });
      }
    } finally {
      release();
    }
  }

  private async receive(queueUrl: string, most: number): Promise<QueueMessage[]> {
    const release = this.core.clock.hold();
    try {
      const messages: QueueMessage[] = [];
      while (messages.length < most) {
        const MaxNumberOfMessages = Math.min(MAX_RECEIVE, most - messages.length);
        const { Messages = [] } = await this.core.call('sqs', 'ReceiveMessage', {
          QueueUrl: queueUrl, MaxNumberOfMessages, WaitTimeSeconds: 0, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'],
        });
        messages.push(...Messages);
        if (Messages.length < MaxNumberOfMessages) break;
      }
      return messages;
    } finally {
      release();
    }
  }

  private passes(message: QueueMessage): boolean {
    return this.filters.length === 0 || this.filters.some((matches) => matches({ ...this.record(message), body: parsed(message.Body) }));
  }

  /** The ids of the messages that the function did not manage. */
  private async invoke(messages: readonly QueueMessage[]): Promise<Set<string>> {
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

function payloadBytes(messages: readonly QueueMessage[]): number {
  return messages.reduce((sum, { Body }) => sum + Buffer.byteLength(Body), 0);
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

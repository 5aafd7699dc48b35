import { createHash } from 'node:crypto';
import type {
  ChangeMessageVisibilityBatchRequestEntry, DeleteMessageBatchRequestEntry, ReceiveMessageCommandInput, SendMessageBatchRequestEntry, SendMessageCommandInput,
} from '@aws-sdk/client-sqs';
import { runBatch } from './batch';
import { invalidParameter, invalidReceiptHandle, missingParameter, outOfRange, queueDoesNotExist } from './errors';
import { checkMessageAttributes, md5OfAttributes, type MessageAttributes, selectAttributes, sizeOfAttributes } from './message-attributes';
import { type NewMessage, parseReceiptHandle, type Queue, type Received } from './queue';
import type { QueueStore } from './queue-store';
import type { EngineCore } from '../../core/engine';
import { randomUuid } from '../../core/random';
import { type RequestContext, ServiceError } from '../../core/service';

interface OfQueue { readonly QueueUrl: string }
interface OfMessage extends OfQueue { readonly ReceiptHandle: string }
type Sending = Omit<SendMessageCommandInput, 'QueueUrl'>;

const MAX_BATCH_BYTES = 1_048_576;
// eslint-disable-next-line no-control-regex -- the characters that SQS refuses
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u;

export class MessageOperations {
  private readonly random: () => number;

  constructor(core: EngineCore, private readonly store: QueueStore) {
    this.random = core.random('sqs');
  }

  readonly SendMessage = (input: SendMessageCommandInput, context: RequestContext) => this.send(this.store.get(input.QueueUrl!), input, context);

  readonly SendMessageBatch = ({ QueueUrl, Entries }: OfQueue & { Entries: SendMessageBatchRequestEntry[] }, context: RequestContext) => {
    const queue = this.store.get(QueueUrl);
    const bytes = Entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
    if (bytes > MAX_BATCH_BYTES) throw new ServiceError('BatchRequestTooLong', `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes. You have sent ${bytes} bytes.`);
    return runBatch('SendMessageBatchRequestEntry', Entries as Array<SendMessageBatchRequestEntry & { Id: string }>, (entry) => this.send(queue, entry, context));
  };

  readonly ReceiveMessage = async (input: ReceiveMessageCommandInput, context: RequestContext) => {
    const queue = this.store.get(input.QueueUrl!);
    const maximum = inRange('MaxNumberOfMessages', input.MaxNumberOfMessages ?? 1, 1, 10);
    const wait = inRange('WaitTimeSeconds', input.WaitTimeSeconds ?? Number(queue.attributes.ReceiveMessageWaitTimeSeconds), 0, 20);
    const visibility = inRange('VisibilityTimeout', input.VisibilityTimeout ?? Number(queue.attributes.VisibilityTimeout), 0, 43_200);
    const received = await this.poll(queue, maximum, visibility, wait, context);
    return received.length > 0 ? { Messages: received.map((one) => describe(one, input)) } : {};
  };

  readonly DeleteMessage = ({ QueueUrl, ReceiptHandle }: OfMessage): object => this.delete(this.store.get(QueueUrl), ReceiptHandle);

  readonly DeleteMessageBatch = ({ QueueUrl, Entries }: OfQueue & { Entries: DeleteMessageBatchRequestEntry[] }) => {
    const queue = this.store.get(QueueUrl);
    return runBatch('DeleteMessageBatchRequestEntry', Entries as Array<DeleteMessageBatchRequestEntry & { Id: string }>, (entry) => this.delete(queue, entry.ReceiptHandle!));
  };

  readonly ChangeMessageVisibility = ({ QueueUrl, ReceiptHandle, VisibilityTimeout }: OfMessage & { VisibilityTimeout: number }): object =>
    this.changeVisibility(this.store.get(QueueUrl), ReceiptHandle, VisibilityTimeout);

  readonly ChangeMessageVisibilityBatch = ({ QueueUrl, Entries }: OfQueue & { Entries: ChangeMessageVisibilityBatchRequestEntry[] }) => {
    const queue = this.store.get(QueueUrl);
    return runBatch('ChangeMessageVisibilityBatchRequestEntry', Entries as Array<ChangeMessageVisibilityBatchRequestEntry & { Id: string }>,
      (entry) => this.changeVisibility(queue, entry.ReceiptHandle!, entry.VisibilityTimeout ?? Number(queue.attributes.VisibilityTimeout)));
  };

  /** Receives at once or, while nothing is there, as soon as something is, until the wait is over. */
  private async poll(queue: Queue, maximum: number, visibility: number, waitSeconds: number, context: RequestContext): Promise<Received[]> {
    let received = queue.receive(maximum, visibility);
    if (received.length > 0 || waitSeconds === 0) return received;
    let over = false;
    const end = queue.pause(waitSeconds).then(() => { over = true; });
    while (received.length === 0 && !over) {
      await context.waiting(Promise.race([queue.available(), end]));
      if (queue.isDeleted) throw queueDoesNotExist();
      received = queue.receive(maximum, visibility);
    }
    return received;
  }

  private send(queue: Queue, input: Sending, { caller }: RequestContext) {
    const { MessageAttributes = {}, MessageSystemAttributes = {} } = input;
    check(queue, input);
    const message: NewMessage = {
      id: randomUuid(this.random),
      body: input.MessageBody!,
      attributes: MessageAttributes,
      systemAttributes: MessageSystemAttributes as MessageAttributes,
      senderId: caller.accessKeyId,
      groupId: input.MessageGroupId,
      deduplicationId: deduplicationId(queue, input),
    };
    const sent = queue.send(message, input.DelaySeconds ?? Number(queue.attributes.DelaySeconds));
    return {
      MessageId: sent.id,
      MD5OfMessageBody: md5(message.body),
      MD5OfMessageAttributes: md5OfAttributes(MessageAttributes),
      MD5OfMessageSystemAttributes: md5OfAttributes(MessageSystemAttributes as MessageAttributes),
      ...(queue.fifo && { SequenceNumber: sequenceNumber(sent.sequence) }),
    };
  }

  private delete(queue: Queue, handle: string): object {
    const parsed = parseReceiptHandle(queue, handle);
    if (!parsed) throw invalidReceiptHandle(handle);
    queue.delete(parsed.id, parsed.receipt);
    return {};
  }

  private changeVisibility(queue: Queue, handle: string, seconds: number): object {
    inRange('VisibilityTimeout', seconds, 0, 43_200);
    const parsed = parseReceiptHandle(queue, handle);
    if (!parsed) throw invalidReceiptHandle(handle);
    queue.changeVisibility(parsed.id, parsed.receipt, handle, seconds);
    return {};
  }
}

function check(queue: Queue, input: Sending): void {
  const body = input.MessageBody;
  if (!body) throw missingParameter('MessageBody');
  if (FORBIDDEN.test(body)) {
    throw new ServiceError('InvalidMessageContents', 'Invalid binary character was found in the message body, the set of allowed characters is #x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | [#x10000 to #x10FFFF]');
  }
  checkMessageAttributes(input.MessageAttributes ?? {});
  const limit = Number(queue.attributes.MaximumMessageSize);
  if (sizeOf(input) > limit) throw invalidParameter(`One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`);
  if (input.DelaySeconds !== undefined) inRange('DelaySeconds', input.DelaySeconds, 0, 900);
  if (!queue.fifo && input.MessageDeduplicationId !== undefined) throw outOfRange('MessageDeduplicationId', input.MessageDeduplicationId, 'The request includes a parameter that is not valid for this queue type.');
  if (queue.fifo && input.MessageGroupId === undefined) throw missingParameter('MessageGroupId');
  if (queue.fifo && input.DelaySeconds) throw outOfRange('DelaySeconds', input.DelaySeconds, 'The request include parameter that is not valid for this queue type.');
}

function sizeOf({ MessageBody, MessageAttributes }: Sending): number {
  return Buffer.byteLength(MessageBody ?? '') + sizeOfAttributes(MessageAttributes ?? {});
}

function deduplicationId(queue: Queue, { MessageDeduplicationId, MessageBody }: Sending): string | undefined {
  if (!queue.fifo || MessageDeduplicationId !== undefined) return MessageDeduplicationId;
  if (queue.attributes.ContentBasedDeduplication === 'true') return createHash('sha256').update(MessageBody!).digest('hex');
  throw invalidParameter('The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
}

function describe({ message, receiptHandle }: Received, input: ReceiveMessageCommandInput) {
  const asked = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])] as string[];
  const system = Object.entries(systemAttributes(message)).filter(([name, value]) => value !== undefined && (asked.includes('All') || asked.includes(name)));
  const attributes = selectAttributes(message.attributes, input.MessageAttributeNames ?? []);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) }),
  };
}

function systemAttributes(message: Received['message']): Record<string, string | undefined> {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(Math.floor(message.sentAt)),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(Math.floor(message.firstReceivedAt!)),
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.deduplicationId && sequenceNumber(message.sequence),
    DeadLetterQueueSourceArn: message.deadLetterSource,
    AWSTraceHeader: message.systemAttributes.AWSTraceHeader?.StringValue,
  };
}

function inRange(name: string, value: number, low: number, high: number): number {
  if (value < low || value > high) throw outOfRange(name, value, `Must be between ${low} and ${high}, if provided.`);
  return value;
}

/** Twenty digits that grow. */
function sequenceNumber(sequence: number): string {
  return String(18_850_000_000_000_000_000n + BigInt(sequence));
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

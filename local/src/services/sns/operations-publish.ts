import { createHash } from 'node:crypto';
import type { Delivery } from './delivery';
import { invalidParameter } from './errors';
import type { MessageAttribute, Publication } from './message';
import type { Topic, TopicStore } from './topic-store';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

const MAX_BYTES = 262_144;
const MAX_ENTRIES = 10;
const DEDUPLICATION_MS = 300_000;

interface Content {
  readonly Message: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: Record<string, MessageAttribute>;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

interface Batch { readonly TopicArn: string; readonly PublishBatchRequestEntries: Array<Content & { readonly Id: string }> }
interface Destination { readonly TopicArn?: string; readonly TargetArn?: string; readonly PhoneNumber?: string }

export class PublishOperations {
  private readonly sent = new Map<string, { readonly until: number; readonly MessageId: string; readonly SequenceNumber: string }>();
  private lastSequence = 0;

  constructor(private readonly core: EngineCore, private readonly store: TopicStore, private readonly delivery: Delivery) {}

  readonly Publish = async ({ TopicArn, TargetArn, PhoneNumber, ...content }: Content & Destination) => {
    const arn = TopicArn ?? TargetArn;
    if (PhoneNumber) throw new ServiceError('NotImplemented', 'the local engine sends no text messages', 501);
    if (!arn) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
    return this.publish(this.store.topic(arn), content);
  };

  readonly PublishBatch = async ({ TopicArn, PublishBatchRequestEntries: entries }: Batch) => {
    const topic = this.store.topic(TopicArn);
    checkBatch(entries);
    const Successful: object[] = [];
    const Failed: object[] = [];
    for (const { Id, ...content } of entries) {
      try {
        Successful.push({ Id, ...await this.publish(topic, content) });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        Failed.push({ Id, Code: error.code.replace(/Exception$/, ''), Message: error.message, SenderFault: error.statusCode < 500 });
      }
    }
    return { Successful, Failed };
  };

  private async publish(topic: Topic, content: Content): Promise<{ MessageId: string; SequenceNumber?: string }> {
    const textFor = check(content);
    const fifo = topic.attributes.FifoTopic === 'true';
    const deduplicationId = fifo ? deduplicationIdOf(topic, content) : undefined;
    const duplicate = deduplicationId && this.sent.get(`${topic.arn} ${deduplicationId}`);
    if (duplicate && duplicate.until > this.core.clock.now()) return { MessageId: duplicate.MessageId, SequenceNumber: duplicate.SequenceNumber };
    const MessageId = this.store.uuid();
    const SequenceNumber = String(10_000_000_000_000_000_000n + BigInt(++this.lastSequence));
    if (deduplicationId) this.sent.set(`${topic.arn} ${deduplicationId}`, { until: this.core.clock.now() + DEDUPLICATION_MS, MessageId, SequenceNumber });
    const publication: Publication = {
      topicArn: topic.arn,
      messageId: MessageId,
      timestamp: new Date(this.core.clock.now()).toISOString(),
      subject: content.Subject,
      attributes: content.MessageAttributes ?? {},
      textFor,
      groupId: content.MessageGroupId,
      deduplicationId,
    };
    await this.delivery.publish(publication);
    return { MessageId, ...(fifo && { SequenceNumber }) };
  }
}

/** Checks what is published, and tells the text for each protocol. */
function check({ Message, Subject, MessageStructure, MessageAttributes = {} }: Content): Publication['textFor'] {
  if (Message === '') throw invalidParameter('Empty message');
  const size = Object.entries(MessageAttributes).reduce((sum, [name, { DataType, StringValue = '', BinaryValue }]) =>
    sum + Buffer.byteLength(name) + Buffer.byteLength(DataType) + (BinaryValue?.length ?? Buffer.byteLength(StringValue)), Buffer.byteLength(Message));
  if (size > MAX_BYTES) throw invalidParameter('Message too long');
  // eslint-disable-next-line no-control-regex -- subjects are printable ASCII
  if (Subject !== undefined && (Subject === '' || Subject.length > 100 || /[^\u0020-\u007E]/.test(Subject) || Subject.startsWith(' '))) throw invalidParameter('Subject');
  for (const [name, attribute] of Object.entries(MessageAttributes)) checkAttribute(name, attribute);
  if (MessageStructure === undefined) return () => Message;
  if (MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const texts = parseStructure(Message);
  return (protocol) => texts[protocol] ?? texts.default;
}

function parseStructure(message: string): Record<string, string> {
  let texts: unknown;
  try {
    texts = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  if (typeof texts !== 'object' || texts === null || typeof (texts as Record<string, unknown>).default !== 'string') {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return texts as Record<string, string>;
}

function checkAttribute(name: string, { DataType, StringValue, BinaryValue }: MessageAttribute): void {
  const reason = (text: string) => new ServiceError('InvalidParameterValueException', text);
  if (!/^(String|Number|Binary)(\..+)?$/.test(DataType)) {
    throw reason(`The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`);
  }
  const value = DataType.startsWith('Binary') ? BinaryValue : StringValue;
  if (value === undefined || value.length === 0) throw reason(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`);
  if (DataType.startsWith('Number') && !Number.isFinite(Number(StringValue))) throw reason(`Could not cast message attribute '${name}' value to number.`);
}

function deduplicationIdOf(topic: Topic, { MessageDeduplicationId, MessageGroupId, Message }: Content): string {
  if (!MessageGroupId) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  if (MessageDeduplicationId) return MessageDeduplicationId;
  if (topic.attributes.ContentBasedDeduplication === 'true') return createHash('sha256').update(Message).digest('hex');
  throw invalidParameter('The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly');
}

function checkBatch(entries: ReadonlyArray<{ Id: string }>): void {
  const ids = entries.map(({ Id }) => Id);
  if (ids.length === 0) throw new ServiceError('EmptyBatchRequestException', 'The batch request doesn\'t contain any entries.');
  if (ids.length > MAX_ENTRIES) throw new ServiceError('TooManyEntriesInBatchRequestException', 'The batch request contains more entries than permissible.');
  if (ids.some((id) => !/^[\w-]{1,80}$/.test(id))) throw new ServiceError('InvalidBatchEntryIdException', 'The Id of a batch entry in a batch request doesn\'t abide by the specification.');
  if (new Set(ids).size < ids.length) throw new ServiceError('BatchEntryIdsNotDistinctException', 'Two or more batch entries in the request have the same Id.');
}

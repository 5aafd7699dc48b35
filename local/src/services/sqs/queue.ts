import { createHash } from 'node:crypto';
import { outOfRange } from './errors';
import type { MessageAttributes } from './message-attributes';
import type { QueueAttributes } from './queue-attributes';
import type { ScheduledEvent } from '../../core/clock';
import type { EngineCore } from '../../core/engine';
import { ServiceError } from '../../core/service';

const MAX_IN_FLIGHT = 120_000;
const DEDUPLICATION_MS = 300_000;

export interface Message {
  readonly id: string;
  readonly sequence: number;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly systemAttributes: MessageAttributes;
  readonly sentAt: number;
  readonly senderId: string;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** Queue that gave it up, in a dead-letter queue. */
  readonly deadLetterSource?: string;
  receiveCount: number;
  firstReceivedAt?: number;
}

export type NewMessage = Pick<Message, 'id' | 'body' | 'attributes' | 'systemAttributes' | 'senderId' | 'groupId' | 'deduplicationId'>;

interface InFlight {
  readonly message: Message;
  readonly receivedAt: number;
  timer: ScheduledEvent;
}

export interface Received {
  readonly message: Message;
  readonly receiptHandle: string;
}

/** A queue and its messages: waiting (in order), delayed, or in flight until deleted or visible again. */
export class Queue {
  readonly createdAt: number;
  readonly tags: Record<string, string> = {};
  modifiedAt: number;
  purgedAt = -Infinity;
  private readonly waiting: Message[] = [];
  private readonly delayed = new Map<Message, ScheduledEvent>();
  private readonly inFlight = new Map<string, InFlight>();
  private readonly deduplication = new Map<string, { readonly until: number; readonly message: Message }>();
  private arrival?: ReturnType<typeof arrival>;
  private lastSequence = 0;
  private deleted = false;

  constructor(
    private readonly core: EngineCore, readonly name: string, readonly arn: string, public attributes: QueueAttributes,
    private readonly deadLetterQueue: (arn: string) => Queue | undefined,
  ) {
    this.createdAt = this.modifiedAt = this.now();
  }

  get fifo(): boolean {
    return this.name.endsWith('.fifo');
  }

  /** The message as it stands in the queue: of a FIFO queue's duplicates the first. */
  send(message: NewMessage, delaySeconds: number): Message {
    const duplicate = this.duplicateOf(message);
    if (duplicate) return duplicate;
    const sent: Message = { ...message, sequence: ++this.lastSequence, sentAt: this.now(), receiveCount: 0 };
    if (sent.deduplicationId) this.deduplication.set(this.deduplicationKey(sent), { until: this.now() + DEDUPLICATION_MS, message: sent });
    if (delaySeconds > 0) this.delay(sent, delaySeconds);
    else this.makeVisible(sent);
    return sent;
  }

  receive(maximum: number, visibilitySeconds: number): Received[] {
    this.dropExpired();
    if (this.inFlight.size >= MAX_IN_FLIGHT) throw new ServiceError('OverLimit', 'Too many messages in flight');
    const received: Received[] = [];
    const closedGroups = this.fifo ? new Set([...this.inFlight.values()].map(({ message }) => message.groupId)) : undefined;
    for (let index = 0; index < this.waiting.length && received.length < maximum;) {
      const message = this.waiting[index];
      if (closedGroups?.has(message.groupId)) {
        index++;
        continue;
      }
      this.waiting.splice(index, 1);
      if (!this.moveToDeadLetters(message)) received.push(this.take(message, visibilitySeconds));
    }
    // hidden for no time at all: there for the next receive, not for this one
    if (visibilitySeconds === 0) for (const { message } of received) this.makeVisible(message);
    return received;
  }

  /** Deletes by the newest receipt handle; an older one is no error and does nothing. */
  delete(id: string, receipt: number): void {
    const flight = this.inFlight.get(id);
    const message = flight?.message ?? this.waiting.find((candidate) => candidate.id === id);
    if (!message || message.receiveCount !== receipt) return;
    this.land(id);
    const index = this.waiting.indexOf(message);
    if (index >= 0) this.waiting.splice(index, 1);
    this.announce();
  }

  changeVisibility(id: string, receipt: number, handle: string, seconds: number): void {
    const flight = this.inFlight.get(id);
    if (!flight || flight.message.receiveCount !== receipt) {
      if (flight || !this.waiting.some((message) => message.id === id)) throw outOfRange('ReceiptHandle', handle, 'Message does not exist or is not available for visibility timeout change.');
      throw new ServiceError('MessageNotInflight', 'The specified message isn\'t in flight.');
    }
    if (this.now() + seconds * 1000 > flight.receivedAt + 43_200_000) throw outOfRange('VisibilityTimeout', seconds, 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]');
    this.land(id);
    if (seconds === 0) this.makeVisible(flight.message);
    else this.inFlight.set(id, { ...flight, timer: this.visibleIn(flight.message, seconds) });
  }

  purge(): void {
    this.waiting.length = 0;
    for (const timer of this.delayed.values()) timer.cancel();
    this.delayed.clear();
    for (const id of [...this.inFlight.keys()]) this.land(id);
    this.purgedAt = this.now();
  }

  /** Ends it: nothing comes back, nobody waits for it any longer. */
  remove(): void {
    this.purge();
    this.deleted = true;
    this.announce();
  }

  counts(): Record<string, string> {
    this.dropExpired();
    return {
      ApproximateNumberOfMessages: String(this.waiting.length),
      ApproximateNumberOfMessagesNotVisible: String(this.inFlight.size),
      ApproximateNumberOfMessagesDelayed: String(this.delayed.size),
    };
  }

  /** Resolves when something may be there to receive, or the queue is gone. */
  available(): Promise<void> {
    if (this.deleted) return Promise.resolve();
    this.arrival ??= arrival();
    return this.arrival.promise;
  }

  /** The end of a long poll: a poll draws no jump of the clock, else polling in a loop would make time fly. */
  pause(seconds: number): Promise<void> {
    return new Promise((resolve) => { this.core.clock.schedule(seconds * 1000, 'tick', `long poll of ${this.name}`, resolve); });
  }

  get isDeleted(): boolean {
    return this.deleted;
  }

  private duplicateOf(message: NewMessage): Message | undefined {
    if (!message.deduplicationId) return undefined;
    const known = this.deduplication.get(this.deduplicationKey(message));
    return known && known.until > this.now() ? known.message : undefined;
  }

  private deduplicationKey({ deduplicationId, groupId }: NewMessage): string {
    return this.attributes.DeduplicationScope === 'messageGroup' ? JSON.stringify([groupId, deduplicationId]) : deduplicationId!;
  }

  private delay(message: Message, seconds: number): void {
    this.delayed.set(message, this.core.clock.schedule(seconds * 1000, 'work', `delayed message of ${this.name}`, () => {
      this.delayed.delete(message);
      this.makeVisible(message);
    }));
  }

  private take(message: Message, visibilitySeconds: number): Received {
    message.receiveCount++;
    message.firstReceivedAt ??= this.now();
    if (visibilitySeconds > 0) this.inFlight.set(message.id, { message, receivedAt: this.now(), timer: this.visibleIn(message, visibilitySeconds) });
    return { message, receiptHandle: receiptHandle(this.arn, message) };
  }

  private visibleIn(message: Message, seconds: number): ScheduledEvent {
    return this.core.clock.schedule(seconds * 1000, 'expiry', `visibility time-out in ${this.name}`, () => {
      this.inFlight.delete(message.id);
      this.makeVisible(message);
    });
  }

  private land(id: string): void {
    this.inFlight.get(id)?.timer.cancel();
    this.inFlight.delete(id);
  }

  private makeVisible(message: Message): void {
    const index = this.waiting.findLastIndex(({ sequence }) => sequence < message.sequence);
    this.waiting.splice(index + 1, 0, message);
    this.announce();
  }

  private announce(): void {
    this.arrival?.resolve();
    this.arrival = undefined;
  }

  private moveToDeadLetters(message: Message): boolean {
    if (!this.attributes.RedrivePolicy) return false;
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(this.attributes.RedrivePolicy);
    const target = message.receiveCount >= Number(maxReceiveCount) ? this.deadLetterQueue(deadLetterTargetArn) : undefined;
    target?.accept(message, this.arn);
    return target !== undefined;
  }

  private accept(message: Message, deadLetterSource: string): void {
    this.makeVisible({ ...message, deadLetterSource, sequence: ++this.lastSequence });
  }

  /** Retention counts from when a message was first sent, in a dead-letter queue too. */
  private dropExpired(): void {
    const oldest = this.now() - Number(this.attributes.MessageRetentionPeriod) * 1000;
    for (let index = this.waiting.length - 1; index >= 0; index--) if (this.waiting[index].sentAt < oldest) this.waiting.splice(index, 1);
  }

  private now(): number {
    return this.core.clock.now();
  }
}

function arrival() {
  let resolve!: () => void;
  const promise = new Promise<void>((accept) => { resolve = accept; });
  return { promise, resolve };
}

function receiptHandle(arn: string, { id, receiveCount }: Message): string {
  return Buffer.from([createHash('md5').update(arn).digest('hex'), id, receiveCount].join(' ')).toString('base64');
}

/** What a receipt handle of this queue stands for. */
export function parseReceiptHandle(queue: Queue, handle: string): { id: string; receipt: number } | undefined {
  const [digest, id, receipt] = Buffer.from(handle, 'base64').toString('utf8').split(' ');
  if (digest !== createHash('md5').update(queue.arn).digest('hex') || !receipt) return undefined;
  return { id, receipt: Number(receipt) };
}

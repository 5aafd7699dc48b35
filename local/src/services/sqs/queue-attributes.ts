import { ServiceError } from '../../core/service';

export type QueueAttributes = Readonly<Record<string, string>>;

type Check = (value: string) => boolean;

const between = (low: number, high: number): Check => (value) => /^\d+$/.test(value) && Number(value) >= low && Number(value) <= high;
const oneOf = (...values: string[]): Check => (value) => values.includes(value);
const isBoolean = oneOf('true', 'false');

function jsonObject(value: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? parsed as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

function isRedrivePolicy(value: string): boolean {
  const policy = jsonObject(value);
  return policy !== undefined && /^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(String(policy.deadLetterTargetArn)) && between(1, 1000)(String(policy.maxReceiveCount));
}

interface Attribute {
  readonly check: Check;
  /** What a queue has that was not told otherwise; without one the attribute is absent until set. */
  readonly initial?: string;
  readonly fifoOnly?: boolean;
}

/** Every attribute that can be set; an empty value unsets those without an initial one. */
const SETTABLE: Record<string, Attribute> = {
  DelaySeconds: { check: between(0, 900), initial: '0' },
  MaximumMessageSize: { check: between(1_024, 1_048_576), initial: '1048576' },
  MessageRetentionPeriod: { check: between(60, 1_209_600), initial: '345600' },
  ReceiveMessageWaitTimeSeconds: { check: between(0, 20), initial: '0' },
  VisibilityTimeout: { check: between(0, 43_200), initial: '30' },
  Policy: { check: (value) => value === '' || jsonObject(value) !== undefined },
  RedrivePolicy: { check: (value) => value === '' || isRedrivePolicy(value) },
  RedriveAllowPolicy: { check: (value) => value === '' || jsonObject(value) !== undefined },
  KmsMasterKeyId: { check: () => true },
  KmsDataKeyReusePeriodSeconds: { check: between(60, 86_400) },
  SqsManagedSseEnabled: { check: isBoolean, initial: 'true' },
  FifoQueue: { check: oneOf('true'), fifoOnly: true },
  ContentBasedDeduplication: { check: isBoolean, fifoOnly: true },
  DeduplicationScope: { check: oneOf('queue', 'messageGroup'), fifoOnly: true },
  FifoThroughputLimit: { check: oneOf('perQueue', 'perMessageGroupId'), fifoOnly: true },
};

export function initialAttributes(fifo: boolean): QueueAttributes {
  const initial = Object.fromEntries(Object.entries(SETTABLE).flatMap(([name, { initial: value }]) => (value === undefined ? [] : [[name, value]])));
  return fifo ? { ...initial, FifoQueue: 'true', ContentBasedDeduplication: 'false', DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' } : initial;
}

export function checkQueueAttributes(attributes: QueueAttributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const attribute = SETTABLE[name];
    if (!attribute || (attribute.fifoOnly && !fifo)) throw new ServiceError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    if (!attribute.check(value)) throw new ServiceError('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
}

/** The attributes after a change. */
export function mergeAttributes(before: QueueAttributes, changes: QueueAttributes): QueueAttributes {
  const encryption = changes.KmsMasterKeyId ? { SqsManagedSseEnabled: 'false' } : {};
  return Object.fromEntries(Object.entries({ ...before, ...encryption, ...changes }).filter(([, value]) => value !== ''));
}

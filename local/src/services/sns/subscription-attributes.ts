import { compilePattern, InvalidPattern } from '../event-pattern';
import { invalidParameter } from './errors';
import type { Subscription } from './topic-store';

const isObject = (value: string) => {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
};

/** Attributes of a subscription that can be set, and what they take. */
const SETTABLE: Record<string, (value: string) => boolean> = {
  RawMessageDelivery: (value) => ['true', 'false'].includes(value.toLowerCase()),
  FilterPolicy: (value) => value === '' || isObject(value),
  FilterPolicyScope: (value) => ['MessageAttributes', 'MessageBody'].includes(value),
  RedrivePolicy: (value) => value === '' || (isObject(value) && /^arn:[^:]+:sqs:/.test(String(JSON.parse(value).deadLetterTargetArn))),
  DeliveryPolicy: (value) => value === '' || isObject(value),
  SubscriptionRoleArn: () => true,
};

/** Raw delivery is for these protocols alone. */
const RAW_PROTOCOLS = new Set(['sqs', 'http', 'https', 'firehose']);

export function setSubscriptionAttributes(subscription: Subscription, changes: Record<string, string>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(SETTABLE, name)) throw invalidParameter('AttributeName');
    if (!SETTABLE[name](value)) throw invalidParameter(`${name}: Invalid value [${value}].`);
    if (name === 'RawMessageDelivery' && value === 'true' && !RAW_PROTOCOLS.has(subscription.protocol)) {
      throw invalidParameter(`Attributes Reason: Delivery protocol [${subscription.protocol}] does not support raw message delivery.`);
    }
  }
  const attributes = Object.fromEntries(Object.entries({ ...subscription.attributes, ...changes }).filter(([, value]) => value !== ''));
  const filter = attributes.FilterPolicy === undefined ? undefined : compileFilter(attributes.FilterPolicy, attributes.FilterPolicyScope);
  Object.assign(subscription, { attributes, filter });
}

function compileFilter(policy: string, scope: string | undefined): Subscription['filter'] {
  if (JSON.stringify(JSON.parse(policy)) === '{}') return undefined;
  if (scope !== 'MessageBody') {
    const nested = Object.entries(JSON.parse(policy)).find(([name, value]) => name !== '$or' && !Array.isArray(value));
    if (nested) throw invalidParameter('FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy');
  }
  try {
    return compilePattern(policy);
  } catch (error) {
    if (error instanceof InvalidPattern) throw invalidParameter(`FilterPolicy: ${error.message}`);
    throw error;
  }
}

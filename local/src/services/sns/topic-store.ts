import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { randomUuid } from '../../core/random';
import type { Matcher } from '../event-pattern';
import { invalidParameter, subscriptionNotFound, topicNotFound } from './errors';

export interface Topic {
  readonly arn: string;
  readonly name: string;
  attributes: Record<string, string>;
  readonly tags: Map<string, string>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly token: string;
  attributes: Record<string, string>;
  /** Compiled from FilterPolicy; without one every message passes. */
  filter?: Matcher;
  pending: boolean;
}

export class TopicStore {
  readonly topics = new Map<string, Topic>();
  readonly subscriptions = new Map<string, Subscription>();
  private readonly random: () => number;

  constructor(readonly core: EngineCore) {
    this.random = core.random('sns');
  }

  uuid(): string {
    return randomUuid(this.random);
  }

  arn(name: string): string {
    const { partition, region, accountId } = this.core.settings;
    return `arn:${partition}:sns:${region}:${accountId}:${name}`;
  }

  topic(arn: string): Topic {
    if (!/^arn:[^:]+:sns:[^:]*:[^:]*:.+$/.test(arn)) throw invalidParameter('TopicArn Reason: An ARN must have at least 6 elements, not 1');
    const topic = this.topics.get(arn);
    if (!topic) throw topicNotFound();
    return topic;
  }

  subscription(arn: string): Subscription {
    const subscription = this.subscriptions.get(arn);
    if (!subscription) throw subscriptionNotFound();
    return subscription;
  }

  subscriptionsOf(topicArn: string): Subscription[] {
    return [...this.subscriptions.values()].filter((subscription) => subscription.topicArn === topicArn);
  }
}

/** SNS lists a hundred at a time. */
export function page<T>(all: readonly T[], token: string | undefined): { items: T[]; NextToken?: string } {
  const { items, nextToken } = pageOf(all, token, 100, () => invalidParameter('NextToken'));
  return { items, ...(nextToken && { NextToken: nextToken }) };
}

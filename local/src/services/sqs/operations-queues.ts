import type { CreateQueueCommandInput, ListQueuesCommandInput } from '@aws-sdk/client-sqs';
import { invalidParameter, outOfRange, queueDoesNotExist } from './errors';
import type { Queue } from './queue';
import { checkQueueAttributes, initialAttributes, mergeAttributes, type QueueAttributes } from './queue-attributes';
import type { QueueStore } from './queue-store';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { ServiceError } from '../../core/service';

interface OfQueue { readonly QueueUrl: string }

const MAX_TAGS = 50;
const MAX_PAGE = 1_000;

export class QueueOperations {
  constructor(private readonly core: EngineCore, private readonly store: QueueStore) {}

  readonly CreateQueue = ({ QueueName, Attributes = {}, tags = {} }: CreateQueueCommandInput) => {
    const name = QueueName!;
    const fifo = name.endsWith('.fifo');
    if (!/^[\w-]{1,80}$/.test(fifo ? name.slice(0, -5) : name) || name.length > 80) throw invalidParameter('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
    checkQueueAttributes(Attributes as QueueAttributes, fifo);
    if (fifo && Attributes.FifoQueue !== 'true') throw invalidParameter('The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length, and FifoQueue must be true.');
    const existing = this.store.find(name);
    if (existing) return { QueueUrl: this.store.url(this.same(existing, Attributes as QueueAttributes)) };
    if (this.store.isBlocked(name)) throw new ServiceError('QueueDeletedRecently', 'You must wait 60 seconds after deleting a queue before you can create another with the same name.');
    this.checkDeadLetterQueue(Attributes as QueueAttributes, fifo);
    const queue = this.store.add(name, mergeAttributes(initialAttributes(fifo), Attributes as QueueAttributes));
    Object.assign(queue.tags, tags);
    return { QueueUrl: this.store.url(queue) };
  };

  readonly DeleteQueue = ({ QueueUrl }: OfQueue): object => {
    this.store.remove(this.store.get(QueueUrl));
    return {};
  };

  readonly GetQueueUrl = ({ QueueName, QueueOwnerAWSAccountId }: { QueueName: string; QueueOwnerAWSAccountId?: string }) => {
    const queue = this.store.find(QueueName);
    if (!queue || (QueueOwnerAWSAccountId && QueueOwnerAWSAccountId !== this.core.settings.accountId)) throw queueDoesNotExist();
    return { QueueUrl: this.store.url(queue) };
  };

  readonly ListQueues = (input: ListQueuesCommandInput) => {
    const queues = this.store.all().filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''));
    const { urls, NextToken } = this.page(queues, input);
    return { ...(urls.length > 0 && { QueueUrls: urls }), NextToken };
  };

  readonly ListDeadLetterSourceQueues = (input: OfQueue & { NextToken?: string; MaxResults?: number }) => {
    const { arn } = this.store.get(input.QueueUrl);
    const sources = this.store.all().filter(({ attributes }) => attributes.RedrivePolicy && JSON.parse(attributes.RedrivePolicy).deadLetterTargetArn === arn);
    const { urls, NextToken } = this.page(sources, input);
    return { queueUrls: urls, NextToken };
  };

  readonly GetQueueAttributes = ({ QueueUrl, AttributeNames = [] }: OfQueue & { AttributeNames?: string[] }) => {
    const queue = this.store.get(QueueUrl);
    const all = {
      ...queue.attributes,
      ...queue.counts(),
      QueueArn: queue.arn,
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    };
    const entries = Object.entries(all).filter(([name]) => AttributeNames.includes('All') || AttributeNames.includes(name));
    return entries.length > 0 ? { Attributes: Object.fromEntries(entries) } : {};
  };

  readonly SetQueueAttributes = ({ QueueUrl, Attributes }: OfQueue & { Attributes: QueueAttributes }): object => {
    const queue = this.store.get(QueueUrl);
    checkQueueAttributes(Attributes, queue.fifo);
    if (Attributes.FifoQueue !== undefined) throw new ServiceError('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
    this.checkDeadLetterQueue(Attributes, queue.fifo);
    queue.attributes = mergeAttributes(queue.attributes, Attributes);
    queue.modifiedAt = this.core.clock.now();
    return {};
  };

  readonly PurgeQueue = ({ QueueUrl }: OfQueue): object => {
    const queue = this.store.get(QueueUrl);
    if (this.core.clock.now() < queue.purgedAt + 60_000) throw new ServiceError('PurgeQueueInProgress', `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`, 403);
    queue.purge();
    return {};
  };

  readonly AddPermission = ({ QueueUrl, Label, AWSAccountIds, Actions }: OfQueue & { Label: string; AWSAccountIds: string[]; Actions: string[] }): object => {
    const queue = this.store.get(QueueUrl);
    const statements = statementsOf(queue);
    if (statements.some(({ Sid }) => Sid === Label)) throw invalidParameter(`Value ${Label} for parameter Label is invalid. Reason: Already exists.`);
    const statement = {
      Sid: Label,
      Effect: 'Allow',
      Principal: { AWS: AWSAccountIds.map((account) => `arn:${this.core.settings.partition}:iam::${account}:root`) },
      Action: Actions.map((action) => `SQS:${action}`),
      Resource: queue.arn,
    };
    this.writePolicy(queue, [...statements, statement]);
    return {};
  };

  readonly RemovePermission = ({ QueueUrl, Label }: OfQueue & { Label: string }): object => {
    const queue = this.store.get(QueueUrl);
    const rest = statementsOf(queue).filter(({ Sid }) => Sid !== Label);
    if (rest.length === statementsOf(queue).length) throw outOfRange('Label', Label, 'can\'t find label.');
    this.writePolicy(queue, rest);
    return {};
  };

  readonly TagQueue = ({ QueueUrl, Tags }: OfQueue & { Tags: Record<string, string> }): object => {
    const { tags } = this.store.get(QueueUrl);
    if (Object.keys({ ...tags, ...Tags }).length > MAX_TAGS) throw invalidParameter(`Too many tags added for queue ${QueueUrl}.`);
    Object.assign(tags, Tags);
    return {};
  };

  readonly UntagQueue = ({ QueueUrl, TagKeys }: OfQueue & { TagKeys: string[] }): object => {
    const { tags } = this.store.get(QueueUrl);
    for (const key of TagKeys) delete tags[key];
    return {};
  };

  readonly ListQueueTags = ({ QueueUrl }: OfQueue) => {
    const { tags } = this.store.get(QueueUrl);
    return Object.keys(tags).length > 0 ? { Tags: tags } : {};
  };

  /** Creating a queue again is no error as long as it says the same. */
  private same(queue: Queue, attributes: QueueAttributes): Queue {
    const different = Object.entries(attributes).find(([name, value]) => (queue.attributes[name] ?? '') !== value);
    if (different) throw new ServiceError('QueueNameExists', `A queue already exists with the same name and a different value for attribute ${different[0]}`);
    return queue;
  }

  private checkDeadLetterQueue({ RedrivePolicy }: QueueAttributes, fifo: boolean): void {
    if (!RedrivePolicy) return;
    const { deadLetterTargetArn } = JSON.parse(RedrivePolicy);
    const target = this.store.byArn(deadLetterTargetArn);
    const reason = !target ? 'Dead letter target does not exist.' : target.fifo !== fifo ? 'Dead-letter queue must be same type of queue as the source.' : undefined;
    if (reason) throw outOfRange('RedrivePolicy', RedrivePolicy, reason);
  }

  private page(queues: Queue[], { NextToken, MaxResults }: { NextToken?: string; MaxResults?: number }): { urls: string[]; NextToken?: string } {
    if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > MAX_PAGE)) throw outOfRange('MaxResults', MaxResults, 'MaxResults must be an integer between 1 and 1000.');
    const { items, nextToken } = pageOf(queues, NextToken, MaxResults ?? MAX_PAGE, () => invalidParameter('Invalid or expired next token.'));
    // without MaxResults SQS answers the first thousand and no token
    return { urls: items.map((queue) => this.store.url(queue)), ...(MaxResults !== undefined && nextToken && { NextToken: nextToken }) };
  }

  private writePolicy(queue: Queue, statements: object[]): void {
    queue.attributes = mergeAttributes(queue.attributes, {
      Policy: statements.length === 0 ? '' : JSON.stringify({ Version: '2012-10-17', Id: `${queue.arn}/SQSDefaultPolicy`, Statement: statements }),
    });
  }
}

function statementsOf(queue: Queue): Array<{ Sid?: string }> {
  return queue.attributes.Policy ? [JSON.parse(queue.attributes.Policy).Statement].flat() : [];
}

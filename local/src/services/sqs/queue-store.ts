import { queueDoesNotExist } from './errors';
import { Queue } from './queue';
import type { QueueAttributes } from './queue-attributes';
import type { EngineCore } from '../../core/engine';

const NAME_BLOCKED_MS = 60_000;

export class QueueStore {
  private readonly queues = new Map<string, Queue>();
  private readonly deletedAt = new Map<string, number>();

  constructor(private readonly core: EngineCore) {}

  all(): Queue[] {
    return [...this.queues.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): Queue | undefined {
    return this.queues.get(name);
  }

  byArn(arn: string): Queue | undefined {
    return this.queues.get(arn.split(':').at(-1)!);
  }

  /** By URL: any host, the account, the name. */
  get(url: string): Queue {
    const [account, name] = url.split('/').slice(-2);
    const queue = account === this.core.settings.accountId ? this.queues.get(name) : undefined;
    if (!queue) throw queueDoesNotExist();
    return queue;
  }

  add(name: string, attributes: QueueAttributes): Queue {
    const { partition, region, accountId } = this.core.settings;
    const queue = new Queue(this.core, name, `arn:${partition}:sqs:${region}:${accountId}:${name}`, attributes, (arn) => this.byArn(arn));
    this.queues.set(name, queue);
    return queue;
  }

  remove(queue: Queue): void {
    this.queues.delete(queue.name);
    this.deletedAt.set(queue.name, this.core.clock.now());
    queue.remove();
  }

  /** A name is free again a minute after its queue was deleted. */
  isBlocked(name: string): boolean {
    return this.core.clock.now() < (this.deletedAt.get(name) ?? -Infinity) + NAME_BLOCKED_MS;
  }

  url({ name }: Queue): string {
    return `${this.core.endpoint}/${this.core.settings.accountId}/${name}`;
  }
}

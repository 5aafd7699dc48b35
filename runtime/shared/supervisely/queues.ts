import type { Body, Caller } from './client';
import { SuperviselyBusy } from './errors';
import { orAbsent } from './lookups';
import { entitiesOf } from './pages';
import type { SuperviselyJobStatus } from '../../../src/model/supervisely/limits';
import type { QueueCounts } from '../../../src/model/supervisely/own-queue';
import { listQueuesRequest, queueEntitiesRequest, type QueueEntityStatus, type QueueFilters } from '../../../src/model/supervisely/queue-request';

/** A queue as the server shows it, as far as the handlers use it. */
export interface ServerQueue {
  readonly id: number;
  readonly name: string;
  readonly status: SuperviselyJobStatus;
  readonly disabled?: boolean;
  readonly teamId: number;
  readonly projectId: number;
  readonly datasetId: number | null;
  readonly createdBy: number;
  readonly jobs: ReadonlyArray<{ readonly id: number }>;
  readonly entitiesCount?: number;
  readonly pendingCount?: number;
  readonly inProgressCount?: number;
  readonly annotatedCount?: number;
  readonly acceptedCount?: number;
}

export interface QueueEntity {
  readonly id: number;
  readonly name: string;
}

/** Images of a page; the Python SDK asks for 25. */
const ENTITIES_PER_PAGE = 500;

/** The labeling queues of a team. */
export class ServerQueues {
  constructor(private readonly caller: Caller) {}

  list(teamId: number, filters: QueueFilters): AsyncGenerator<ServerQueue> {
    return entitiesOf<ServerQueue>(this.caller, 'labeling-queues.list', listQueuesRequest(teamId, filters));
  }

  /** Undefined for a queue that is gone. */
  info(id: number): Promise<ServerQueue | undefined> {
    return orAbsent(() => this.caller.call<ServerQueue>('labeling-queues.info', { id }));
  }

  /** Never repeated below: a lost answer is followed by a look, not by a second queue. */
  async add(request: Body): Promise<number> {
    return (await this.caller.call<{ readonly id: number }>('labeling-queues.add', request, { once: true })).id;
  }

  async setStatus(id: number, status: SuperviselyJobStatus): Promise<void> {
    await this.caller.call('labeling-queues.set-status', { id, status });
  }

  /** Images that are as far as this; without it all of them. */
  async entities(id: number, statuses?: readonly QueueEntityStatus[]): Promise<QueueEntity[]> {
    const method = 'labeling-queues.stats.entities';
    const all: QueueEntity[] = [];
    for (let page = 1; ; page++) {
      const { images, total } = await this.caller.call<{ readonly images: readonly QueueEntity[]; readonly total: number }>(
        method, queueEntitiesRequest(id, page, ENTITIES_PER_PAGE, statuses));
      all.push(...images);
      if (all.length >= total) return all;
      if (images.length === 0) throw new SuperviselyBusy(method, `the queue ${id} has ${total} such images, ${all.length} were shown: it has changed meanwhile`);
    }
  }
}

/** Not every release of the server says all of them in lists. */
export function countsOf({ entitiesCount = 0, pendingCount = 0, inProgressCount = 0, annotatedCount = 0, acceptedCount = 0 }: ServerQueue): QueueCounts {
  return { images: entitiesCount, pending: pendingCount, inProgress: inProgressCount, annotated: annotatedCount, accepted: acceptedCount };
}

import type { Body, Caller } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';
import type { SuperviselyJobStatus } from '../../../src/model/supervisely/limits';

type Stage = null | 'none' | 'done' | 'accepted';

export interface FakeQueue {
  id: number;
  name: string;
  status: SuperviselyJobStatus;
  disabled: boolean;
  teamId: number;
  projectId: number;
  datasetId: number | null;
  collectionId: number | null;
  createdBy: number;
  userIds: number[];
  reviewerIds: number[];
  /** How the server was asked for it. */
  request: Record<string, unknown>;
  images: Array<{ id: number; stage: Stage }>;
}

/** The process that makes the call is ended: nothing of it runs on. */
export class Crash extends Error {}

export type Fault = 'lost answer' | 'not received' | 'crash before' | 'crash after';

const ME = 7;
const IMAGES = [1, 2, 3, 4, 5, 6];

/** A Supervisely server in memory, as far as queues use it: the tutorial's team, dataset and people, and a collection. */
export class FakeServer implements Caller {
  readonly serverUrl = 'https://supervisely.test';
  readonly queues = new Map<number, FakeQueue>();
  readonly calls: string[] = [];
  readonly members = [
    { id: ME, login: 'my_username', roleId: 1, role: 'admin' },
    { id: 101, login: 'labeler_1', roleId: 3, role: 'annotator' },
    { id: 102, login: 'labeler_2', roleId: 3, role: 'annotator' },
    { id: 103, login: 'labeler_3', roleId: 3, role: 'annotator' },
  ];
  /** Asked before each call that changes something. */
  fault: (method: string) => Fault | undefined = () => undefined;
  private lastId = 0;

  async call<Answer>(method: string, body: Body): Promise<Answer> {
    this.calls.push(method);
    const input = JSON.parse(JSON.stringify(body));
    const fault = this.changes[method] ? this.fault(method) : undefined;
    if (fault === 'crash before') throw new Crash(method);
    if (fault === 'not received') throw new SuperviselyBusy(method, 'connection refused');
    const answer = (this.changes[method] ?? this.reads[method])(input);
    if (fault === 'crash after') throw new Crash(method);
    if (fault === 'lost answer') throw new SuperviselyBusy(method, 'connection reset');
    return JSON.parse(JSON.stringify(answer)) as Answer;
  }

  /** So many images go from one stage to the next. */
  work(id: number, images: number, stage: Exclude<Stage, null>, from: Stage = null): void {
    const queue = this.queues.get(id)!;
    if (queue.status === 'pending') queue.status = 'in_progress';
    queue.images.filter((image) => image.stage === from).slice(0, images).forEach((image) => image.stage = stage);
  }

  copy(id: number, changes: Partial<FakeQueue> = {}): FakeQueue {
    const copy = { ...structuredClone(this.queues.get(id)!), id: ++this.lastId, ...changes };
    this.queues.set(copy.id, copy);
    return copy;
  }

  list(): FakeQueue[] {
    return [...this.queues.values()].sort((a, b) => a.id - b.id);
  }

  /* eslint-disable @typescript-eslint/no-explicit-any -- bodies are what the handler sends */
  private readonly reads: Record<string, (input: any) => unknown> = {
    'users.me': () => this.members[0],
    'teams.info': ({ id }) => (id === 8 ? { id, name: 'Fruits' } : missing('teams.info', `Team with id ${id} not found`)),
    'teams.list': () => page([{ id: 8, name: 'Fruits' }]),
    'projects.list': () => page([{ id: 5555, name: 'Lemons (Test)', teamId: 8 }]),
    'datasets.list': () => page(DATASETS),
    'datasets.info': ({ id }) => DATASETS.find((one) => one.id === id) ?? missing('datasets.info', `Dataset with id ${id} not found`),
    'entities-collections.info': ({ id }) => (id === 3 ? { id, name: 'Hard ones', teamId: 8, projectId: 5555 }
      : missing('entities-collections.info', `Entities collection with id ${id} not found`)),
    'members.list': () => page(this.members),
    'projects.meta': () => ({ classes: [{ title: 'kiwi' }, { title: 'lemon' }], tags: [{ name: 'size' }] }),
    'labeling-queues.list': ({ filter, showDisabled }) => page(this.list()
      .filter((queue) => (showDisabled || !queue.disabled) && filter.every(({ field, operator, value }: any) => (
        operator === 'in' ? value.includes((queue as any)[field]) : (queue as any)[field] === value)))
      .map((queue) => view(queue))),
    'labeling-queues.info': ({ id }) => view(this.find(id)),
    'labeling-queues.stats.entities': ({ id, page: number, per_page: size, entityStatus }) => {
      const images = this.find(id).images.filter(({ stage }) => entityStatus.includes(stage));
      return { total: images.length, images: images.slice((number - 1) * size, number * size).map((image) => ({ id: image.id, name: `${image.id}.jpg` })) };
    },
  };

  private readonly changes: Record<string, (input: any) => unknown> = {
    'labeling-queues.add': (request) => {
      const { name, datasetId = null, collectionId = null, userIds, reviewerIds, meta } = request;
      const images: number[] = meta.entityIds ?? IMAGES;
      const queue: FakeQueue = {
        ...{ id: ++this.lastId, name, datasetId, collectionId, userIds, reviewerIds, request },
        ...{ status: 'pending', disabled: false, teamId: 8, projectId: 5555, createdBy: ME },
        images: images.map((id) => ({ id, stage: null })),
      };
      this.queues.set(queue.id, queue);
      return { id: queue.id };
    },
    'labeling-queues.set-status': ({ id, status }) => {
      this.find(id).status = status;
      return { success: true };
    },
  };
  /* eslint-enable @typescript-eslint/no-explicit-any */

  private find(id: number): FakeQueue {
    return this.queues.get(id) ?? missing('labeling-queues.info', `Labeling queue with id ${id} not found`);
  }
}

const DATASETS = [{ id: 10555, name: 'ds1', projectId: 5555, teamId: 8 }, { id: 10556, name: 'ds2', projectId: 5555, teamId: 8 }];

function view({ images, request: _, userIds, reviewerIds, ...queue }: FakeQueue): object {
  const count = (wanted: Stage) => images.filter(({ stage }) => stage === wanted).length;
  return {
    ...queue,
    labelers: userIds.map((id) => ({ id })),
    reviewers: reviewerIds.map((id) => ({ id })),
    jobs: userIds.map((_id, index) => ({ id: queue.id * 100 + index })),
    ...{ entitiesCount: images.length, pendingCount: count(null), inProgressCount: count('none'), annotatedCount: count('done'), acceptedCount: count('accepted') },
  };
}

function missing(method: string, reason: string): never {
  throw new SuperviselyError(method, 404, reason);
}

function page<T>(entities: readonly T[]): object {
  return { total: entities.length, perPage: 500, pagesCount: 1, entities };
}

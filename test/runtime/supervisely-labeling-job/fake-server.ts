import type { Body, Caller } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';
import type { EntityReviewStatus, SuperviselyJobStatus } from '../../../src/model/supervisely/limits';

export interface FakeJob {
  id: number;
  name: string;
  status: SuperviselyJobStatus;
  disabled: boolean;
  teamId: number;
  projectId: number;
  datasetId: number;
  createdBy: number;
  userId: number;
  reviewerId: number | null;
  startedAt: string | null;
  meta: Record<string, unknown>;
  readme: string;
  description: string;
  customData: Record<string, unknown>;
  entities: Array<{ id: number; name: string; reviewStatus: EntityReviewStatus }>;
}

/** The process that makes the call is ended: nothing of it runs on. */
export class Crash extends Error {}

export type Fault = 'lost answer' | 'not received' | 'crash before' | 'crash after';

const ME = 7;

/** A Supervisely server in memory, as far as groups of jobs use it: the tutorial's team, dataset and people. */
export class FakeServer implements Caller {
  readonly serverUrl = 'https://supervisely.test';
  readonly jobs = new Map<number, FakeJob>();
  readonly calls: string[] = [];
  readonly members = [
    { id: ME, login: 'my_username', roleId: 1, role: 'admin' },
    { id: 101, login: 'labeler_1', roleId: 3, role: 'annotator' },
    { id: 102, login: 'labeler_2', roleId: 3, role: 'annotator' },
    { id: 103, login: 'labeler_3', roleId: 3, role: 'annotator' },
  ];
  readonly meta = {
    classes: [{ title: 'kiwi', shape: 'bitmap' }, { title: 'lemon', shape: 'bitmap' }], tags: [{ name: 'size', value_type: 'any_string' }],
  };
  /** What `jobs.add` is refused with. */
  refusal?: string;
  /** Images with the tag `ground-truth`. */
  labeled: readonly number[] = [];
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

  /** What a person does to a job on the server. */
  person(id: number, change: (job: FakeJob) => void): void {
    change(this.jobs.get(id)!);
  }

  /** A labeler finishes so many images, the reviewer accepts none yet. */
  label(id: number, images: number, reviewStatus: EntityReviewStatus = 'done'): void {
    const job = this.jobs.get(id)!;
    job.startedAt ??= '2026-11-22T00:00:00.000Z';
    if (job.status === 'pending') job.status = 'in_progress';
    job.entities.filter((entity) => entity.reviewStatus === 'none').slice(0, images).forEach((entity) => entity.reviewStatus = reviewStatus);
  }

  copy(id: number, changes: Partial<FakeJob> = {}): FakeJob {
    const copy = { ...structuredClone(this.jobs.get(id)!), id: ++this.lastId, ...changes };
    this.jobs.set(copy.id, copy);
    return copy;
  }

  list(): FakeJob[] {
    return [...this.jobs.values()].sort((a, b) => a.id - b.id);
  }

  /* eslint-disable @typescript-eslint/no-explicit-any -- bodies are what the handler sends */
  private readonly reads: Record<string, (input: any) => unknown> = {
    'users.me': () => this.members[0],
    'teams.info': ({ id }) => (id === 8 ? { id, name: 'Fruits' } : missing('teams.info', `Team with id ${id} not found`)),
    'teams.list': () => page([{ id: 8, name: 'Fruits' }]),
    'projects.list': () => page([{ id: 5555, name: 'Lemons (Test)', teamId: 8 }]),
    'datasets.list': () => page(DATASETS),
    'datasets.info': ({ id }) => DATASETS.find((one) => one.id === id) ?? missing('datasets.info', `Dataset with id ${id} not found`),
    'members.list': () => page(this.members),
    'projects.meta': () => this.meta,
    'jobs.list': ({ filter, showDisabled }) => page(this.list().filter((job) => (showDisabled || !job.disabled)
      && filter.every(({ field, value }: any) => (job as any)[field] === value)).map(({ entities: _, ...job }) => ({ ...job, ...this.counts(job.id) }))),
    'jobs.info': ({ id }) => ({ ...this.find(id), ...this.counts(id) }),
  };

  private readonly changes: Record<string, (input: any) => unknown> = {
    'jobs.add': ({ name, datasetId, userIds: [userId], reviewerId = null, readme = '', description = '', meta }) => {
      if (this.refusal !== undefined) throw new SuperviselyError('jobs.add', 400, this.refusal);
      const excluded = meta.imageTags.some((tag: any) => !tag.positive && tag.name === 'ground-truth') ? this.labeled : [];
      const wanted = (meta.entityIds.length > 0 ? meta.entityIds as number[] : [1, 2, 3, 4, 5, 6]).filter((id) => !excluded.includes(id));
      if (wanted.length === 0) throw new SuperviselyError('jobs.add', 400, 'No images found');
      const job: FakeJob = {
        id: ++this.lastId,
        name, datasetId, userId, reviewerId, readme, description, meta,
        ...{ status: 'pending', disabled: false, teamId: 8, projectId: 5555, createdBy: ME, startedAt: null, customData: {} },
        entities: wanted.map((id) => ({ id, name: `${id}.jpg`, reviewStatus: 'none' })),
      };
      this.jobs.set(job.id, job);
      return [{ id: job.id }];
    },
    'jobs.editInfo': ({ id, meta, ...changes }) => {
      const job = this.find(id);
      Object.assign(job, changes, { meta: { ...job.meta, ...meta } });
      return {};
    },
    'jobs.stop': ({ id }) => Object.assign(this.find(id), { status: 'stopped' }),
    'jobs.set-status': ({ id, status }) => {
      const job = this.find(id);
      job.status = status;
      job.startedAt = status === 'pending' ? null : job.startedAt ?? '2026-11-22T00:00:00.000Z';
      return {};
    },
    'jobs.archive': ({ id }) => Object.assign(this.find(id), { disabled: true }),
    'jobs.bulk.remove': ({ ids }) => {
      ids.forEach((id: number) => this.find(id));
      ids.forEach((id: number) => this.jobs.delete(id));
      return {};
    },
  };
  /* eslint-enable @typescript-eslint/no-explicit-any */

  private find(id: number): FakeJob {
    return this.jobs.get(id) ?? missing('jobs.info', `Job with id ${id} not found`);
  }

  private counts(id: number): object {
    const { entities } = this.jobs.get(id)!;
    const count = (...statuses: EntityReviewStatus[]) => entities.filter(({ reviewStatus }) => statuses.includes(reviewStatus)).length;
    return {
      imagesCount: entities.length,
      finishedImagesCount: count('done', 'accepted', 'rejected'),
      acceptedImagesCount: count('accepted'),
      rejectedImagesCount: count('rejected'),
    };
  }
}

const DATASETS = [{ id: 10555, name: 'ds1', projectId: 5555, teamId: 8 }, { id: 10556, name: 'ds2', projectId: 5555, teamId: 8 }];

function missing(method: string, reason: string): never {
  throw new SuperviselyError(method, 404, reason);
}

function page<T>(entities: readonly T[]): object {
  return { total: entities.length, perPage: 500, pagesCount: 1, entities };
}

import type { Body } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy } from '../../../runtime/shared/supervisely/errors';
import { type FakeJob, FakeServer } from '../supervisely-labeling-job/fake-server';

interface FakeImage { readonly id: number; readonly tags: ReadonlyArray<{ readonly tagId: number }> }

/** The server in memory with images in its datasets, which jobs are made for by id. */
export class FleetServer extends FakeServer {
  readonly images = new Map<number, FakeImage[]>();

  addImages(datasetId: number, ids: readonly number[], ...tags: number[]): void {
    const added = ids.map((id) => ({ id, tags: tags.map((tagId) => ({ tagId })) }));
    this.images.set(datasetId, [...this.images.get(datasetId) ?? [], ...added]);
  }

  /** Whether the next request for a job is given up by its caller, and reaches the server when it wants to. */
  delays: () => boolean = () => false;
  private readonly late: Body[] = [];

  /** What is still on its way arrives. */
  async arrive(): Promise<void> {
    for (const body of this.late.splice(0)) await super.call('jobs.add', body);
  }

  override async call<Answer>(method: string, body: Body): Promise<Answer> {
    // somebody else's call is what gives it the time
    if (this.late.length > 0 && method === 'jobs.add') await this.arrive();
    if (method === 'jobs.add' && this.delays()) {
      this.late.push(JSON.parse(JSON.stringify(body)));
      throw new SuperviselyBusy(method, 'no answer within 30 seconds');
    }
    if (method !== 'images.list') return super.call(method, body);
    this.calls.push(method);
    const entities = this.images.get(body.datasetId as number) ?? [];
    return { total: entities.length, perPage: 500, pagesCount: 1, entities } as Answer;
  }

  /** Jobs at work or in review. */
  alive(): FakeJob[] {
    return this.list().filter(({ status, disabled }) => !disabled && status !== 'stopped' && status !== 'completed');
  }

  /** Image -> labeler of what is not done in jobs at work; fails where an image is in two of them. */
  holders(): Map<number, number> {
    const holders = new Map<number, number>();
    for (const { userId, status, entities } of this.alive()) {
      for (const { id, reviewStatus } of entities) {
        if (status !== 'pending' && status !== 'in_progress') continue;
        if (reviewStatus !== 'none' && reviewStatus !== 'rejected') continue;
        if (holders.has(id)) throw new Error(`the image ${id} is in two jobs at work`);
        holders.set(id, userId);
      }
    }
    return holders;
  }

  /** Labeler -> how many images are theirs that are not done. */
  left(): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const userId of this.holders().values()) counts[userId] = (counts[userId] ?? 0) + 1;
    return counts;
  }

  done(): Set<number> {
    return new Set(this.list().flatMap(({ entities }) => entities.filter(({ reviewStatus }) => ['done', 'accepted'].includes(reviewStatus)).map(({ id }) => id)));
  }
}

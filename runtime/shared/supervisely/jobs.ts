import type { Body, Caller } from './client';
import { isAbsent } from './errors';
import { orAbsent } from './lookups';
import { entitiesOf, type Page } from './pages';
import { type JobFilters, listJobsRequest, removeJobsRequests } from '../../../src/model/supervisely/job-request';
import type { EntityReviewStatus, SuperviselyJobStatus } from '../../../src/model/supervisely/limits';

/** A job as the server's lists show it, as far as the handlers use it. */
export interface ServerJob {
  readonly id: number;
  readonly name: string;
  readonly status: SuperviselyJobStatus;
  readonly disabled: boolean;
  readonly teamId: number;
  readonly projectId: number;
  readonly datasetId: number;
  readonly createdBy: number;
  readonly userId: number;
  readonly reviewerId: number | null;
  readonly startedAt: string | null;
  readonly imagesCount: number;
  readonly finishedImagesCount: number;
  readonly acceptedImagesCount: number;
  readonly rejectedImagesCount: number;
  readonly customData?: Readonly<Record<string, unknown>> | null;
}

/** `jobs.info` shows the images too, and what the job was made with. */
export interface ServerJobInfo extends ServerJob {
  readonly readme?: string | null;
  readonly description?: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly entities: ReadonlyArray<{ readonly id: number; readonly name: string; readonly reviewStatus: EntityReviewStatus }>;
}

/** The jobs of a team. */
export class ServerJobs {
  constructor(private readonly caller: Caller) {}

  list(teamId: number, filters: JobFilters): AsyncGenerator<ServerJob> {
    return entitiesOf<ServerJob>(this.caller, 'jobs.list', listJobsRequest(teamId, filters));
  }

  /** Undefined for a job that is gone. */
  info(id: number): Promise<ServerJobInfo | undefined> {
    return orAbsent(() => this.caller.call<ServerJobInfo>('jobs.info', { id }));
  }

  /** Who has done how much, and how long it took; undefined for a job that is gone. */
  stats(id: number): Promise<unknown> {
    return orAbsent(() => this.caller.call<object>('jobs.stats', { id }));
  }

  /** What people did for a job, in the server's order; the list grows while it is read. */
  async activity({ id, teamId }: Pick<ServerJob, 'id' | 'teamId'>): Promise<unknown[]> {
    const body = { teamId, filter: [{ field: 'jobId', operator: '=', value: id }] };
    const first = await this.caller.call<Page<unknown>>('teams.activity', body);
    const events = [...first.entities];
    for (let page = 2; page <= first.pagesCount; page++) {
      events.push(...(await this.caller.call<Page<unknown>>('teams.activity', { ...body, page, per_page: first.perPage })).entities);
    }
    return events;
  }

  /** Never repeated below: a lost answer is followed by a look, not by a second job. */
  async add(request: Body): Promise<number> {
    const [job] = await this.caller.call<ReadonlyArray<{ readonly id: number }>>('jobs.add', request, { once: true });
    return job.id;
  }

  async edit(request: Body | undefined): Promise<void> {
    if (request !== undefined) await this.caller.call('jobs.editInfo', request);
  }

  async stop(id: number): Promise<void> {
    await this.caller.call('jobs.stop', { id });
  }

  async setStatus(id: number, status: SuperviselyJobStatus): Promise<void> {
    await this.caller.call('jobs.set-status', { id, status });
  }

  async archive(id: number): Promise<void> {
    await this.caller.call('jobs.archive', { id });
  }

  /** For ever. The server removes all of a call or none, so a call that meets a job that is gone is followed by one call for each. */
  async remove(ids: readonly number[]): Promise<void> {
    for (const request of removeJobsRequests(ids)) {
      try {
        await this.caller.call('jobs.bulk.remove', request);
      } catch (error) {
        if (!isAbsent(error)) throw error;
        if (request.ids.length > 1) for (const id of request.ids) await this.remove([id]);
      }
    }
  }
}

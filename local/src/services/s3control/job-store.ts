import { isDeepStrictEqual } from 'node:util';
import type { JobStatus, S3Tag } from '@aws-sdk/client-s3-control';
import { idempotency, noSuchJob } from './errors';
import { type Job, type JobRequest, operationOf } from './job';
import type { EngineCore } from '../../core/engine';
import { uuids } from '../../core/random';

/** Ended jobs are known for so long. */
const RETENTION_MS = 90 * 24 * 3600 * 1000;

export interface NewJob {
  readonly token: string;
  readonly request: JobRequest;
  readonly tags: readonly S3Tag[];
}

interface Entry extends NewJob {
  readonly job: Job;
}

/** The account's jobs: those that have not ended, and those that ended within the last 90 days. */
export class JobStore {
  private readonly byId = new Map<string, Entry>();
  private readonly byToken = new Map<string, Entry>();
  /** In the order of their making: a job's sequence number is its place. */
  private readonly jobs: Job[] = [];
  private readonly newId: () => string;

  constructor(private readonly core: EngineCore) {
    this.newId = uuids(core, 's3control');
  }

  /** The job that the same request with the same token has made before. */
  made({ token, request, tags }: NewJob): Job | undefined {
    const entry = this.byToken.get(token);
    if (!entry || !this.isKnown(entry.job)) return undefined;
    if (!isDeepStrictEqual([entry.request, entry.tags], [request, tags])) {
      throw idempotency(`The ClientRequestToken ${token} has been used with a request of other parameters`);
    }
    return entry.job;
  }

  add(made: NewJob): Job {
    const { partition, region, accountId } = this.core.settings;
    const { request, tags } = made;
    const id = this.newId();
    const now = this.core.clock.now();
    const job: Job = {
      id,
      arn: `arn:${partition}:s3:${region}:${accountId}:job/${id}`,
      sequence: this.jobs.length,
      created: now,
      request,
      operation: operationOf(request),
      // a request without the flag waits for confirmation, as the guide's command line shows
      confirmationRequired: request.ConfirmationRequired ?? true,
      progress: { total: 0, succeeded: 0, failed: 0 },
      failures: [],
      tags,
      priority: request.Priority!,
      status: 'New',
      since: now,
      activeMs: 0,
    };
    const entry = { ...made, job };
    this.jobs.push(job);
    this.byId.set(id, entry);
    this.byToken.set(made.token, entry);
    return job;
  }

  get(id: string): Job {
    const entry = this.byId.get(id);
    if (!entry || !this.isKnown(entry.job)) throw noSuchJob(id);
    return entry.job;
  }

  /** From the newest on, those made before the job of that sequence number. */
  * newestFirst(before: number, statuses: readonly JobStatus[] | undefined): Generator<Job> {
    const wanted = statuses && statuses.length > 0 ? new Set(statuses) : undefined;
    for (let index = Math.min(before, this.jobs.length) - 1; index >= 0; index--) {
      const job = this.jobs[index];
      if (this.isKnown(job) && (!wanted || wanted.has(job.status))) yield job;
    }
  }

  private isKnown({ terminated }: Job): boolean {
    return terminated === undefined || this.core.clock.now() - terminated < RETENTION_MS;
  }
}

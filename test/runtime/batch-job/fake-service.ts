import { isDeepStrictEqual } from 'node:util';
import { BatchJobs, CreateRequest, JobDescription, JobManifest } from '../../../runtime/batch-job/ports';
import { Counters, NO_COUNTERS } from '../../../src/model/counters';
import { Tags } from '../../../src/model/ledger';

export class ServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(name: string, message: string, httpStatusCode = 400) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
  }
}

export interface FakeJob {
  readonly id: string;
  readonly request: CreateRequest;
  readonly createdAt: number;
  status: string;
  endedAt?: number;
  priority: number;
  tags: Tags;
  counters: Counters;
  failureReason?: string;
}

type Call = keyof BatchJobs;

const TERMINAL = ['Complete', 'Cancelled', 'Failed'];
const DAY_MS = 24 * 3600 * 1000;
/** One state for each poll or so. */
const STEP_MS = 4_000;

/** S3 Batch Operations' calls as the reference says they behave: tokens, statuses, the listing without tags, and what is forgotten. */
export class FakeService implements BatchJobs {
  readonly jobs: FakeJob[] = [];
  readonly calls: string[] = [];
  /** Tasks of the next jobs. */
  tasks = 100;
  failedTasks = 0;
  /** Active jobs stay so. */
  completes = false;
  /** Newly created jobs fail with this reason in Preparing. */
  failsWith?: string;
  /** Milliseconds until the listing shows a job. */
  listsAfterMs = 0;
  /** Milliseconds until S3 knows of a job that it has made. */
  describesAfterMs = 0;
  private faults: Array<{ call: Call; error: Error; afterwards: boolean }> = [];

  constructor(private readonly now: () => number) {}

  /** The next call of this kind fails: before the service did anything, or after (its answer is lost). */
  fail(call: Call, error: Error, afterwards = false): void {
    this.faults.push({ call, error, afterwards });
  }

  get(id: string): FakeJob {
    const job = this.jobs.find((one) => one.id === id);
    if (!job || (job.endedAt !== undefined && this.now() - job.endedAt > 90 * DAY_MS)) throw new ServiceError('NotFoundException', `No such job: ${id}`);
    this.progress(job);
    return job;
  }

  statuses(): Record<string, string> {
    return Object.fromEntries(this.jobs.map((job) => [job.id, (this.progress(job), job.status)]));
  }

  end(id: string, status: 'Complete' | 'Failed' | 'Cancelled', counters: Partial<Counters> = {}, failureReason?: string): void {
    const job = this.get(id);
    Object.assign(job, { status, endedAt: this.now(), counters: { ...job.counters, ...counters }, failureReason });
  }

  async create(request: CreateRequest): Promise<string> {
    return this.call('create', request.ClientRequestToken, () => {
      const sent = JSON.parse(JSON.stringify(request)) as CreateRequest;
      const before = this.jobs.find((job) => job.request.ClientRequestToken === request.ClientRequestToken);
      if (before && !isDeepStrictEqual(before.request, sent)) throw new ServiceError('IdempotencyException', 'the token was used with another request');
      if (before) return before.id;
      if (request.ConfirmationRequired === undefined) throw new ServiceError('BadRequestException', 'ConfirmationRequired is not sent');
      const id = `id-${this.jobs.length + 1}`;
      this.jobs.push({
        id,
        request: sent,
        createdAt: this.now(),
        status: 'New',
        priority: request.Priority as number,
        tags: Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])),
        counters: NO_COUNTERS,
      });
      return id;
    });
  }

  async describe(id: string): Promise<JobDescription | undefined> {
    return this.call('describe', id, () => {
      let job: FakeJob;
      try {
        job = this.get(id);
        if (this.now() - job.createdAt < this.describesAfterMs) return undefined;
      } catch {
        return undefined;
      }
      const { request, status, priority, counters, createdAt, endedAt, failureReason } = job;
      const report = request.Report as { Enabled: boolean; Bucket?: string; Prefix?: string; ReportScope?: string };
      return {
        id,
        arn: `arn:aws:s3:us-east-1:111122223333:job/${id}`,
        description: request.Description,
        status,
        priority,
        counters,
        activeSeconds: status === 'New' ? 0 : 7,
        createdAt,
        endedAt: endedAt ?? this.now(),
        failureReason,
        reportUri: report.Enabled ? `s3://${report.Bucket!.split(':').at(-1)}/${report.Prefix}/job-${id}/manifest.json` : undefined,
        reportsAllTasks: report.ReportScope === 'AllTasks',
        manifest: request.Manifest as JobManifest,
      };
    });
  }

  async* list(): AsyncIterable<{ id: string; description: string }> {
    const shown = await this.call('list', '', () => this.jobs.filter((job) => this.now() - job.createdAt >= this.listsAfterMs));
    for (const { id, request } of [...shown].reverse()) yield { id, description: request.Description };
  }

  async tags(id: string): Promise<Tags> {
    return this.call('tags', id, () => this.get(id).tags);
  }

  async putTags(id: string, tags: Tags): Promise<void> {
    return this.call('putTags', id, () => void (this.get(id).tags = tags));
  }

  async prioritise(id: string, priority: number): Promise<void> {
    return this.call('prioritise', id, () => {
      const job = this.get(id);
      if (TERMINAL.includes(job.status)) throw new ServiceError('BadRequestException', 'the job has ended');
      job.priority = priority;
    });
  }

  async confirm(id: string): Promise<void> {
    return this.call('confirm', id, () => {
      const job = this.get(id);
      if (job.status !== 'Suspended') throw new ServiceError('JobStatusException', `the job is ${job.status}`);
      job.status = 'Ready';
    });
  }

  async cancel(id: string, why: string): Promise<void> {
    return this.call('cancel', `${id}: ${why}`, () => {
      const job = this.get(id);
      if (TERMINAL.includes(job.status)) throw new ServiceError('JobStatusException', `the job is ${job.status}`);
      Object.assign(job, { status: 'Cancelled', endedAt: this.now() });
    });
  }

  /** As far as time has brought it. */
  private progress(job: FakeJob): void {
    const steps = Math.floor((this.now() - job.createdAt) / STEP_MS);
    const total = this.tasks;
    if (job.status === 'New' && steps >= 1) job.status = 'Preparing';
    if (job.status === 'Preparing' && steps >= 2) {
      if (this.failsWith !== undefined) return void Object.assign(job, { status: 'Failed', endedAt: this.now(), failureReason: this.failsWith });
      Object.assign(job, { status: job.request.ConfirmationRequired ? 'Suspended' : 'Ready', counters: { ...NO_COUNTERS, unlabeled: total } });
    }
    if (job.status === 'Ready' && steps >= 3) job.status = 'Active';
    if (job.status === 'Active' && steps >= 4 && this.completes) {
      const { failedTasks } = this;
      const counters = { ...NO_COUNTERS, totalLabeled: total - failedTasks, machineLabeled: total - failedTasks, failedNonRetryableError: failedTasks };
      Object.assign(job, { status: 'Complete', endedAt: this.now(), counters });
    }
  }

  private call<T>(call: Call, about: string, work: () => T): T {
    this.calls.push(`${call} ${about}`.trim());
    const index = this.faults.findIndex((fault) => fault.call === call);
    const fault = index < 0 ? undefined : this.faults.splice(index, 1)[0];
    if (fault && !fault.afterwards) throw fault.error;
    const result = work();
    if (fault) throw fault.error;
    return result;
  }
}

import { CreateRequest, JobDescription, LabelingJobs } from '../../../runtime/labeling-job/ports';
import { Counters, NO_COUNTERS } from '../../../src/model/counters';
import { Tags } from '../../../src/model/ledger';

export class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

interface FakeJob {
  readonly request: CreateRequest;
  readonly arn: string;
  readonly createdAt: number;
  status: string;
  /** When the next state begins, if the service moves on by itself. */
  changesAt: number;
  modifiedAt: number;
  counters: Counters;
  tags: Record<string, string>;
  failureReason?: string;
  finalModelArn?: string;
}

type Call = keyof LabelingJobs;

/** Ground Truth's five calls, as the reference says they behave: names are burnt without case, jobs move by time, nothing is deleted. */
export class FakeService implements LabelingJobs {
  readonly jobs = new Map<string, FakeJob>();
  readonly calls: string[] = [];
  startsAfterMs = 8_000;
  stopsAfterMs = 8_000;
  /** Newly created jobs fail with this reason instead of starting. */
  failsWith?: string;
  private faults: Array<{ call: Call; error: Error; afterwards: boolean }> = [];

  constructor(private readonly now: () => number, private readonly accountId = '111122223333') {}

  /** The next call of this kind fails: before the service did anything, or after (a crash after the service accepted). */
  fail(call: Call, error: Error, afterwards = false): void {
    this.faults.push({ call, error, afterwards });
  }

  get(name: string): FakeJob {
    const job = this.jobs.get(name.toLowerCase());
    if (!job) throw new Error(`the fake service has no job ${name}`);
    this.progress(job);
    return job;
  }

  statuses(): Record<string, string> {
    return Object.fromEntries([...this.jobs.keys()].map((name) => [name, this.get(name).status]));
  }

  /** As people do: labels some objects of a running job. */
  label(name: string, counters: Partial<Counters>): void {
    const job = this.get(name);
    if (job.status !== 'InProgress') throw new Error(`${name} is ${job.status}`);
    job.counters = { ...job.counters, ...counters };
  }

  end(name: string, status: 'Completed' | 'Failed' | 'Stopped', failureReason?: string): void {
    const job = this.get(name);
    Object.assign(job, { status, changesAt: Infinity, modifiedAt: this.now(), failureReason });
  }

  async create(request: CreateRequest): Promise<string> {
    return this.call('create', request.LabelingJobName!, () => {
      const name = request.LabelingJobName!.toLowerCase();
      if (this.jobs.has(name)) throw new ServiceError('ResourceInUse', `Labeling job name ${name} is already in use`);
      if ((request.Tags ?? []).length > 50) throw new ServiceError('ValidationException', 'Tags: at most 50');
      const arn = `arn:aws:sagemaker:us-east-1:${this.accountId}:labeling-job/${name}`;
      this.jobs.set(name, {
        request,
        arn,
        createdAt: this.now(),
        modifiedAt: this.now(),
        status: 'Initializing',
        changesAt: this.now() + this.startsAfterMs,
        counters: { ...NO_COUNTERS, unlabeled: 100 },
        tags: Object.fromEntries((request.Tags ?? []).map(({ Key, Value }) => [Key!, Value!])),
      });
      return arn;
    });
  }

  async describe(name: string): Promise<JobDescription | undefined> {
    return this.call('describe', name, () => {
      if (!this.jobs.has(name.toLowerCase())) return undefined;
      const job = this.get(name);
      return {
        name: job.request.LabelingJobName!,
        arn: job.arn,
        status: job.status,
        counters: job.counters,
        createdAt: job.createdAt,
        modifiedAt: job.modifiedAt,
        failureReason: job.failureReason,
        outputUri: undefined,
        finalModelArn: job.finalModelArn,
        inputUri: job.request.InputConfig?.DataSource?.S3DataSource?.ManifestS3Uri,
        outputPath: job.request.OutputConfig!.S3OutputPath!,
        tags: { ...job.tags },
        request: { ...job.request },
      };
    });
  }

  async stop(name: string): Promise<void> {
    return this.call('stop', name, () => {
      const job = this.get(name);
      if (job.status !== 'InProgress') throw new ServiceError('ValidationException', `cannot stop a labeling job in ${job.status}`);
      Object.assign(job, { status: 'Stopping', changesAt: this.now() + this.stopsAfterMs, modifiedAt: this.now() });
    });
  }

  async* namesContaining(text: string): AsyncIterable<string> {
    const names = await this.call('namesContaining', text, () => [...this.jobs.values()].map((job) => job.request.LabelingJobName!));
    for (const name of names) if (name.includes(text)) yield name;
  }

  async addTags(arn: string, tags: Tags): Promise<void> {
    return this.call('addTags', arn, () => void Object.assign(this.byArn(arn).tags, tags));
  }

  async removeTags(arn: string, keys: readonly string[]): Promise<void> {
    return this.call('removeTags', arn, () => keys.forEach((key) => delete this.byArn(arn).tags[key]));
  }

  private byArn(arn: string): FakeJob {
    return [...this.jobs.values()].find((job) => job.arn === arn)!;
  }

  private progress(job: FakeJob): void {
    if (this.now() < job.changesAt) return;
    const next = job.status === 'Initializing' ? (this.failsWith === undefined ? 'InProgress' : 'Failed') : 'Stopped';
    Object.assign(job, { status: next, modifiedAt: job.changesAt, changesAt: Infinity, failureReason: next === 'Failed' ? this.failsWith : undefined });
  }

  private call<T>(call: Call, about: string, work: () => T): T {
    this.calls.push(`${call} ${about}`);
    const index = this.faults.findIndex((fault) => fault.call === call);
    const fault = index < 0 ? undefined : this.faults.splice(index, 1)[0];
    if (fault && !fault.afterwards) throw fault.error;
    const result = work();
    if (fault) throw fault.error;
    return result;
  }
}

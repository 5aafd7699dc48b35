import { type BatchJobs, type JobLook, type JobRequest, type Ports, type PreparationObjects, type Readability } from '../../../runtime/data-preparation/ports';
import type { Executions } from '../../../runtime/shared/executions';
import { encodeKey } from '../../../src/model/s3batch/csv-manifest';
import type { PreparationEvent, PreparationStep } from '../../../src/s3batch/private/data-preparation-contract';

export const FOLDER = { bucket: 'prepared', prefix: 'prepared/guid/addr/identity/' };
export const INPUT = 's3://declared/input.manifest';
export const TAGS = { owner: 'stack' };

/** S3, in memory. */
export class FakeObjects implements PreparationObjects {
  readonly texts = new Map<string, string>();
  readonly states = new Map<string, Readability>();

  async exists(uri: string): Promise<boolean> {
    return this.texts.has(uri);
  }

  async* lines(uri: string): AsyncIterable<string> {
    const text = this.texts.get(uri);
    if (text === undefined) throw Object.assign(new Error(`no ${uri}`), { name: 'NoSuchKey' });
    yield* text.split('\n').slice(0, text.endsWith('\n') ? -1 : undefined);
  }

  async* bytes(uri: string): AsyncIterable<Uint8Array> {
    yield Buffer.from(this.texts.get(uri)!);
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const line of lines) text += `${line}\n`;
    this.texts.set(uri, text);
  }

  async writeManifest(uri: string, lines: AsyncIterable<string>): Promise<void> {
    await this.writeLines(uri, lines);
  }

  async etag(uri: string): Promise<string> {
    return `etag of ${uri}`;
  }

  async readability(bucket: string, key: string): Promise<Readability | undefined> {
    return this.states.get(`s3://${bucket}/${key}`);
  }

  async* list(uri: string): AsyncIterable<string> {
    yield* [...this.texts.keys()].filter((key) => key.startsWith(uri));
  }

  json(name: string): Array<Record<string, unknown>> {
    return this.text(name).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  text(name: string): string {
    return this.texts.get(`s3://${FOLDER.bucket}/${FOLDER.prefix}${name}`)!;
  }
}

type Row = readonly [succeeded: boolean, message: string, errorCode?: string];

/** S3 Batch Operations: jobs end when a test says so. */
export class FakeJobs implements BatchJobs {
  readonly requests: JobRequest[] = [];
  readonly looks = new Map<string, JobLook>();
  readonly cancelled: string[] = [];
  /** Thrown after the request was accepted. */
  lostAnswers = 0;

  constructor(private readonly objects: FakeObjects) {}

  async create(request: JobRequest): Promise<string> {
    let index = this.requests.findIndex(({ ClientRequestToken }) => ClientRequestToken === request.ClientRequestToken);
    if (index < 0) index = this.requests.push(request) - 1;
    const id = `job-${index + 1}`;
    if (!this.looks.has(id)) this.looks.set(id, { status: 'Active', reasons: '' });
    if (this.lostAnswers-- > 0) throw new Error('the answer was lost');
    return id;
  }

  async find(token: string): Promise<string | undefined> {
    const index = this.requests.findIndex(({ Description }) => Description!.endsWith(`[${token}]`));
    return index < 0 ? undefined : `job-${index + 1}`;
  }

  async describe(id: string): Promise<JobLook | undefined> {
    return this.looks.get(id);
  }

  async cancel(id: string): Promise<void> {
    this.cancelled.push(id);
    this.looks.set(id, { status: 'Cancelled', reasons: 'cancelled' });
  }

  /** The keys that a job was given, decoded. */
  keys(number: number): string[] {
    const arn = this.requests[number - 1].Manifest!.Location!.ObjectArn!;
    return this.objects.texts.get(`s3://${arn.split(':::')[1]}`)!.split('\n').filter(Boolean).map((row) => decodeURIComponent(row.split(',')[1]));
  }

  /** The job has ended, with a report of these rows by key. */
  end(number: number, status: string, bucket: string, rows: Readonly<Record<string, Row>>, reasons = ''): void {
    const { Report } = this.requests[number - 1];
    const folder = `${Report!.Prefix}/job-job-${number}`;
    const of = (wanted: boolean) => Object.entries(rows).filter(([, [succeeded]]) => succeeded === wanted)
      .map(([key, [, message, code = '']]) => `${bucket},${encodeKey(key)},,${wanted ? 'succeeded' : 'failed'},200,${code},"${message.replaceAll('"', '""')}"\n`);
    for (const wanted of [true, false]) this.objects.texts.set(`s3://prepared/${folder}/results/${wanted}.csv`, of(wanted).join(''));
    const Results = [true, false].map((wanted) => ({ TaskExecutionStatus: wanted ? 'succeeded' : 'failed', Bucket: 'prepared', Key: `${folder}/results/${wanted}.csv` }));
    if (Object.keys(rows).length > 0) this.objects.texts.set(`s3://prepared/${folder}/manifest.json`, JSON.stringify({ Results }));
    this.looks.set(`job-${number}`, { status, reasons });
  }
}

export class FakeExecutions implements Executions {
  readonly started: string[] = [];
  readonly stopped: string[] = [];

  async start(_machine: string, name: string): Promise<void> {
    if (!this.started.includes(name)) this.started.push(name);
  }

  async* running(_machine: string, prefix: string): AsyncIterable<string> {
    yield* this.started.filter((name) => name.startsWith(prefix) && !this.stopped.includes(name));
  }

  async failure(): Promise<undefined> {
    return undefined;
  }

  async stop(name: string): Promise<void> {
    this.stopped.push(name);
  }
}

export interface FakePorts extends Ports {
  readonly objects: FakeObjects;
  readonly jobs: FakeJobs;
  readonly executions: FakeExecutions;
  readonly clock: { now: number };
  readonly woken: object[];
  /** What a woken function answers. */
  answer: unknown;
}

export function fakePorts(): FakePorts {
  const objects = new FakeObjects();
  const clock = { now: 1_000_000 };
  const woken: object[] = [];
  const ports = {
    objects, jobs: new FakeJobs(objects), executions: new FakeExecutions(), clock, woken, answer: {} as unknown,
    invoke: async (_arn: string, event: object) => {
      woken.push(event);
      return ports.answer;
    },
    now: () => clock.now, remaining: () => 600_000, sleep: async () => undefined,
  };
  return ports;
}

export function step(kind: PreparationStep['kind'] = 'checksum', number = 0, more: Partial<PreparationStep> = {}): PreparationStep {
  return { number, kind, operation: 'S3ComputeObjectChecksum', parameters: '{}', roleArn: 'arn:aws:iam::123456789012:role/step', priority: 10, ...more };
}

export const read: PreparationEvent = { action: 'read', folder: FOLDER, inputUri: INPUT };
export const start = (of: PreparationStep): PreparationEvent => ({ action: 'start', folder: FOLDER, step: of, tags: TAGS });
export const look = (of: PreparationStep): PreparationEvent => ({ action: 'look', folder: FOLDER, step: of, tags: TAGS });
export const finish = (...steps: PreparationStep['kind'][]): PreparationEvent => ({ action: 'finish', folder: FOLDER, steps });

import { FakeStack } from './fake-stack';

const ATTRIBUTE = 'spam';

interface StreamingJob {
  readonly lines: string[];
  readonly ids: Set<string>;
}

/** A topic of the user's and the streaming jobs on it, as the service runs them: an id is taken once, and labels are written as they come. */
export class FakeTopic {
  /** How often a record was labeled, by its `n`. */
  readonly labels = new Map<number, number>();
  sent = 0;
  private readonly jobs = new Map<string, StreamingJob>();

  constructor(private readonly stack: FakeStack) {}

  /** What is sent while no job is subscribed, nobody gets. */
  async send(): Promise<void> {
    const name = await this.running();
    if (name !== undefined) this.stack.queues.send(name, JSON.stringify({ source: `mail ${this.sent}`, n: this.sent++ }));
  }

  /** The running job takes what waits, up to so many, and labels as many of all it has. */
  async work(takes: number, labels: number): Promise<void> {
    const name = await this.running();
    if (name === undefined) return;
    const job = this.jobs.get(name)!;
    for (const body of this.stack.queues.take(name, takes)) {
      const { MessageId, Message } = JSON.parse(body);
      this.add(job, Message, MessageId);
    }
    let left = labels;
    for (const [index, line] of job.lines.entries()) {
      const record = JSON.parse(line);
      if (record[ATTRIBUTE] !== undefined || left-- <= 0) continue;
      this.labels.set(record.n, (this.labels.get(record.n) ?? 0) + 1);
      job.lines[index] = `${line.slice(0, -1)},"${ATTRIBUTE}":1}`;
    }
    const labeled = job.lines.filter((line) => JSON.parse(line)[ATTRIBUTE] !== undefined).length;
    this.stack.service.label(name, { totalLabeled: labeled, humanLabeled: labeled, unlabeled: job.lines.length - labeled });
    if (job.lines.length > 0) this.stack.objects.files.set(`s3://out/labels/${name}/manifests/output/output.manifest`, [...job.lines]);
  }

  /** The service gives a starting job its queue, and its seed. */
  async running(): Promise<string | undefined> {
    const name = Object.entries(this.stack.service.statuses()).find(([, status]) => status === 'InProgress')?.[0];
    if (name === undefined || this.jobs.has(name)) return name;
    const job: StreamingJob = { lines: [], ids: new Set() };
    this.jobs.set(name, job);
    this.stack.queues.open(name);
    const { S3DataSource, SnsDataSource } = this.stack.service.get(name).request.InputConfig!.DataSource!;
    if (SnsDataSource === undefined) throw new Error(`${name} is no streaming job`);
    if (S3DataSource) for await (const line of this.stack.objects.lines(S3DataSource.ManifestS3Uri!)) this.add(job, line, undefined);
    this.stack.service.label(name, { unlabeled: job.lines.length });
    return name;
  }

  private add(job: StreamingJob, line: string, messageId: string | undefined): void {
    const record = JSON.parse(line);
    const id = record[record['dataset-objectid-attribute-name']] ?? messageId ?? `line-${job.lines.length}`;
    if (job.ids.has(id)) return;
    job.ids.add(id);
    const generated = record['dataset-objectid-attribute-name'] === undefined ? `,"$${ATTRIBUTE}-object-id":"${id}"}` : '}';
    job.lines.push(`${line.slice(0, -1)}${generated}`);
  }
}

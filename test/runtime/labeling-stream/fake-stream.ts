import type { SQSEvent } from 'aws-lambda';
import { Fault, Invocation, Turns } from './chaos';
import { FakeJob, JobBehaviour, LABEL } from './fake-job';
import { FakeObjects } from './fake-store';
import { collect } from '../../../runtime/labeling-stream/collect';
import { endedLinesOf } from '../../../runtime/labeling-stream/ended-lines';
import { forward } from '../../../runtime/labeling-stream/forward';
import { intake } from '../../../runtime/labeling-stream/intake';
import { AcceptPorts, Datasets, EventBus, Queue, StreamEvent, Topic } from '../../../runtime/labeling-stream/ports';
import { StreamSeed } from '../../../src/groundtruth/private/labeling-stream-contract';
import { emptyLedger, GenerationRecord, Ledger } from '../../../src/model/ledger';
import { DesiredState } from '../../../src/model/resume-policy';

export interface Message {
  readonly id: string;
  readonly body: string;
}

export interface SentMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly delaySeconds: number;
}

export type Faults = ReadonlyMap<number, Fault>;
type Choose = (most: number) => number;

export const MAX_ATTEMPTS = 3;
const LONG_MS = 600_000;
const MANIFEST_PREFIX = 's3://out/labels/';

/** A stream with everything around it: queues, topic, bus, jobs and their ledger. */
export class FakeStream {
  time = Date.UTC(2026, 10, 1);
  readonly store = new FakeObjects(() => this.time);
  readonly incoming: Message[] = [];
  readonly results: Message[] = [];
  readonly deadLetters: SentMessage[] = [];
  readonly wakes: SentMessage[] = [];
  readonly events: StreamEvent[] = [];
  /** How many events each call of the bus had. */
  readonly eventCalls: number[] = [];
  /** The same of the topic. */
  readonly topicCalls: number[] = [];
  readonly lines: string[] = [];
  readonly jobs: FakeJob[] = [];
  readonly files = new Map<string, string>();
  readonly listed: string[] = [];
  seeds: StreamSeed[] = [];
  desiredState: DesiredState = 'RUNNING';
  deduplicationKey?: string;
  source?: 'source' | 'source-ref';
  /** As the declaration has it now; a job keeps what it was asked for. */
  labelAttributeName = LABEL;
  remaining = LONG_MS;
  published = 0;
  /** Publications whose message is refused by the topic, once each. */
  partialFailures = 0;
  private messages = 0;
  private readonly turns = new Turns();

  constructor(private choose: Choose = () => 0) {}

  chooseBy(choose: Choose): void {
    this.choose = choose;
  }

  send(body: string): void {
    this.incoming.push({ id: `m${++this.messages}`, body });
  }

  sendResult(body: string): void {
    this.results.push({ id: `r${++this.messages}`, body });
  }

  get job(): FakeJob | undefined {
    return this.jobs.at(-1);
  }

  begin(behaviour: JobBehaviour = { most: 10, workers: 1, isStale: false }): FakeJob {
    const job = new FakeJob(`stream-r${this.jobs.length + 1}`, behaviour, () => this.time);
    this.jobs.push(job);
    return job;
  }

  running(behaviour?: JobBehaviour): FakeJob {
    const job = this.begin(behaviour);
    job.setStatus('InProgress');
    return job;
  }

  end(status = 'Stopped'): void {
    const job = this.job!;
    job.setStatus(status);
    const manifest = job.manifest();
    if (manifest !== undefined) this.files.set(`${MANIFEST_PREFIX}${job.name}/manifests/output/output.manifest`, manifest);
  }

  writeManifest(): void {
    this.files.set(`${MANIFEST_PREFIX}${this.job!.name}/manifests/output/output.manifest`, this.job!.manifest()!);
  }

  /** Answers with what the function answered, where it did not crash. Messages leave their queue only when it says so. */
  async takeIn(most = 10, faults?: Faults): Promise<void> {
    await this.drain(this.incoming, most, faults, (event, invocation) => (
      intake(event, this.intakeConfiguration(), { ...this.ports(invocation), wakes: this.queue(this.wakes, invocation) })));
  }

  async collect(most = 10, faults?: Faults): Promise<void> {
    const configuration = { ...this.common(), labelAttributeName: this.labelAttributeName, maxAttempts: MAX_ATTEMPTS, eventBusName: 'default', wakeQueueUrl: 'wakes' };
    await this.drain(this.results, most, faults, (event, invocation) => (
      collect(event, configuration, { ...this.ports(invocation), events: this.bus(invocation), wakes: this.queue(this.wakes, invocation) })));
  }

  async forward(faults?: Faults, holder = `holder-${++this.messages}`): Promise<void> {
    const invocation = new Invocation(this.turns, faults);
    await forward({
      ...this.intakeConfiguration(), ledger: { bucket: 'state', key: 'ledger' }, jobTopicArn: 'topic', wakeQueueUrl: 'wakes', seeds: this.seeds,
      maxAttempts: MAX_ATTEMPTS, eventBusName: 'default',
    }, {
      ...this.ports(invocation),
      events: this.bus(invocation),
      wakes: this.queue(this.wakes, invocation),
      topic: this.topic(invocation),
      datasets: this.datasets(invocation),
      ledger: { read: () => invocation.call(() => ({ ledger: this.ledger(), etag: '"1"' })) },
      describe: (name) => invocation.call(() => this.jobs.find((job) => job.name === name)?.describe()),
      sleep: () => invocation.call(() => undefined),
      holder,
    });
  }

  /** Several at once, their calls in any order. */
  async together(...work: Array<Promise<unknown>>): Promise<void> {
    await this.turns.drive(Promise.allSettled(work), this.choose);
  }

  /** One after another, each of which must succeed. */
  async run(work: Promise<unknown>): Promise<void> {
    await this.turns.drive(work, this.choose);
    await work;
  }

  private async drain(
    queue: Message[], most: number, faults: Faults | undefined, work: (event: SQSEvent, invocation: Invocation) => ReturnType<typeof intake>,
  ): Promise<void> {
    const batch = queue.slice(0, most);
    if (batch.length === 0) return;
    const invocation = new Invocation(this.turns, faults);
    const Records = batch.map(({ id, body }) => ({ messageId: id, body })) as SQSEvent['Records'];
    const { batchItemFailures } = await work({ Records }, invocation);
    // an answer of what has crashed reaches nobody
    if (invocation.hasCrashed) return;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) if (!failed.has(message.id) && queue.includes(message)) queue.splice(queue.indexOf(message), 1);
  }

  private common() {
    return { store: { bucket: 'store', prefix: '' }, stream: 'mail' };
  }

  private intakeConfiguration() {
    const { deduplicationKey, source } = this;
    return { ...this.common(), deadLetterQueueUrl: 'dead', deduplicationKey, source };
  }

  private ports(invocation: Invocation): AcceptPorts {
    return {
      store: this.store.seenBy(invocation),
      deadLetters: this.queue(this.deadLetters, invocation),
      emit: (line) => this.lines.push(line),
      now: () => this.time,
      remaining: () => this.remaining,
    };
  }

  private queue(messages: SentMessage[], invocation: Invocation): Queue {
    return {
      send: (body, { attributes = {}, delaySeconds = 0 } = {}) => invocation.call(() => {
        // as SQS does
        if ([body, ...Object.values(attributes)].some((text) => /[\u0000-\u0008\uFFFE]/.test(text))) throw new Error('InvalidMessageContents');
        messages.push({ body, attributes, delaySeconds });
      }),
    };
  }

  private bus(invocation: Invocation): EventBus {
    return {
      put: (events) => invocation.call(() => {
        this.events.push(...events);
        this.eventCalls.push(events.length);
        return events.map(() => undefined);
      }),
    };
  }

  private topic(invocation: Invocation): Topic {
    return {
      publish: (publications) => invocation.call(() => {
        this.topicCalls.push(publications.length);
        const refused = publications.slice(0, this.partialFailures);
        this.partialFailures = 0;
        for (const { id, message } of publications) {
          if (refused.some((one) => one.id === id)) continue;
          this.published += 1;
          this.jobs.forEach((job) => job.give(message));
        }
        return new Map(refused.map(({ id }) => [id, 'InternalError: try again']));
      }),
    };
  }

  private datasets(invocation: Invocation): Datasets {
    const { files, listed } = this;
    const lines = async function* (uri: string, from: number) {
      const text = await invocation.call(() => files.get(uri));
      if (text === undefined) throw Object.assign(new Error('no such key'), { name: 'NoSuchKey' });
      yield* endedLinesOf((async function* () { yield Buffer.from(text).subarray(from); })(), from);
    };
    return {
      version: (uri) => invocation.call(() => (files.has(uri) ? '"v"' : undefined)),
      lines,
      list: async function* (_, prefix, after) {
        const all = await invocation.call(() => [...listed].sort());
        for (const key of all) if (key.startsWith(prefix) && (after === undefined || key > after)) yield { key, size: key.endsWith('/') ? 0 : 1 };
      },
    };
  }

  private ledger(): Ledger {
    const generations = this.jobs.map((job, index): GenerationRecord => ({
      name: job.name, arn: job.arn, identity: 'i', generation: index + 1, revision: 'v', requestId: 'q', intendedAt: 0, tags: {},
    }));
    const desired = {
      requestId: 'q', id: 'stream', identity: 'i', revision: 'v', request: {}, tags: {}, labelsOnlyUnlabeled: true, mayReplaceLabels: false, overlap: false,
      returning: false, desiredState: this.desiredState,
    };
    return { ...emptyLedger({ stackId: 's', logicalId: 'l' }), desired, generations };
  }
}

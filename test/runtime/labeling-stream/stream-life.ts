import { FakeStream, MAX_ATTEMPTS } from './fake-stream';
import { sha256 } from '../../../src/model/groundtruth/identity';

const MINUTE_MS = 60_000;

/** A stream, its producers and its workers, and what must hold whatever happens. */
export class StreamLife {
  readonly stream = new FakeStream();
  readonly sent = new Set<number>();
  refused = 0;
  mostOpen = 0;
  /** Labels and last failures by digest. */
  readonly labels = new Map<string, number>();
  private readonly late: string[] = [];

  constructor() {
    this.stream.store.onChange = () => this.checkRoom();
  }

  send(keys: readonly number[], isRefused: boolean): void {
    for (const key of keys) {
      this.sent.add(key);
      this.stream.send(JSON.stringify({ source: `text ${key}` }));
    }
    if (isRefused) {
      this.refused += 1;
      this.stream.send(`not JSON ${this.refused}`);
    }
  }

  label(which: readonly number[], isFailure: boolean, isLate: boolean): void {
    const { job } = this.stream;
    for (const at of which) {
      if (job?.status !== 'InProgress') return;
      const { openIds } = job;
      const id = openIds[at % openIds.length];
      if (id === undefined) continue;
      const [digest, attempt = '1'] = id.split('.');
      // the last attempt is a good one, so that in the end each has its label
      const fails = isFailure && Number(attempt) < MAX_ATTEMPTS;
      if (!fails) this.labels.set(digest, (this.labels.get(digest) ?? 0) + 1);
      const line = fails ? job.fail(id) : job.label(id);
      // a message may come as late as it likes where the manifest tells the same
      if (isLate && !job.behaviour.isStale) this.late.push(line);
      else this.stream.sendResult(line);
      // and more than once
      if (at % 3 === 0) this.stream.sendResult(line);
    }
  }

  /** What is not late comes within some minutes. */
  async pass(minutes: number): Promise<void> {
    if (minutes > 3) while (this.stream.results.length > 0) await this.stream.run(this.stream.collect());
    this.stream.time += minutes * MINUTE_MS;
  }

  begin(behaviour: { readonly most: number; readonly workers: number; readonly isStale: boolean }): void {
    const { job } = this.stream;
    if (job?.status === 'Initializing') job.setStatus('InProgress');
    else if (job?.status !== 'InProgress') this.stream.begin(behaviour);
  }

  /** A good day until nothing is left to do. */
  async settle(): Promise<void> {
    const { stream } = this;
    for (let round = 0; round < 200; round++) {
      this.begin({ most: 3, workers: 1, isStale: false });
      this.late.splice(0).forEach((line) => stream.sendResult(line));
      while (stream.incoming.length > 0) await stream.run(stream.takeIn());
      await this.pass(20);
      await stream.run(stream.forward());
      if (stream.job!.status === 'InProgress') this.label(stream.job!.openIds.map((_, index) => index).reverse(), false, false);
      const { store } = stream;
      if (round > 3 && stream.incoming.length + stream.results.length + store.keys('waiting/').length + store.keys('open/').length === 0) return;
    }
    throw new Error(`it does not come to rest: ${JSON.stringify(stream.store.keys().filter((key) => /^(waiting|open)/.test(key)))}`);
  }

  private checkRoom(): void {
    for (const job of this.stream.jobs) {
      const open = this.stream.store.keys(`open/${job.name}/`).length;
      if (open > job.behaviour.most) throw new Error(`${open} objects are open for ${job.name}, which takes ${job.behaviour.most}`);
    }
  }

  /** Each key has one label, none is lost, and refused is what is dead. */
  check(): void {
    const digests = [...this.sent].map((key) => sha256(JSON.stringify({ source: `text ${key}` }))).sort();
    const { store, deadLetters } = this.stream;
    expect(store.keys('intake/')).toEqual(digests.map((digest) => `intake/${digest}`));
    expect(store.keys('done/')).toEqual(digests.map((digest) => `done/${digest}`));
    expect(store.keys('failed/')).toEqual([]);
    expect(Object.fromEntries(this.labels)).toEqual(Object.fromEntries(digests.map((digest) => [digest, 1])));
    expect(new Set(deadLetters.map(({ body }) => body)).size).toBe(this.refused);
  }
}

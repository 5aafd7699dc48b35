import fc from 'fast-check';
import { Fault } from './chaos';
import { Faults, FakeStream, MAX_ATTEMPTS } from './fake-stream';
import { sha256 } from '../../../src/model/groundtruth/identity';

/** One life of a stream, in which everything that may go wrong does. */
const trouble = fc.array(fc.record({
  call: fc.nat(25), fault: fc.constantFrom<Fault>('throttled', 'answer lost', 'crash before', 'crash after'),
}), { minLength: 1, maxLength: 3 }).map((all): Faults => new Map(all.map(({ call, fault }) => [call, fault])));
const faults = fc.oneof({ weight: 4, arbitrary: fc.constant<Faults>(new Map()) }, { weight: 1, arbitrary: trouble });

const KEYS = 12;
const MINUTE_MS = 60_000;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), keys: fc.array(fc.nat(KEYS - 1), { minLength: 1, maxLength: 5 }), isRefused: fc.boolean() }) },
  { weight: 10, arbitrary: fc.record({
    kind: fc.constant('work' as const), intake: faults, collect: faults, forward: faults, other: faults, size: fc.integer({ min: 1, max: 6 }),
  }) },
  { weight: 8, arbitrary: fc.record({
    kind: fc.constant('label' as const), which: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), isFailure: fc.boolean(), isLate: fc.boolean(),
  }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 3, 12, 12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), status: fc.constantFrom('Stopped', 'Failed') }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('begin' as const), most: fc.integer({ min: 1, max: 8 }), workers: fc.integer({ min: 1, max: 2 }), isStale: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

class Life {
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

  async go(one: Step): Promise<void> {
    const { stream } = this;
    switch (one.kind) {
      case 'send': return this.send(one.keys, one.isRefused);
      case 'work': {
        return stream.together(
          stream.takeIn(one.size, one.intake), stream.collect(one.size, one.collect), stream.forward(one.forward), stream.forward(one.other),
        );
      }
      case 'label': return this.label(one.which, one.isFailure, one.isLate);
      case 'pass': return this.pass(one.minutes);
      case 'end': if (stream.job?.status === 'InProgress') stream.end(one.status); return;
      case 'begin': return this.begin(one);
    }
  }

  private send(keys: readonly number[], isRefused: boolean): void {
    for (const key of keys) {
      this.sent.add(key);
      this.stream.send(JSON.stringify({ source: `text ${key}` }));
    }
    if (isRefused) {
      this.refused += 1;
      this.stream.send(`not JSON ${this.refused}`);
    }
  }

  private label(which: readonly number[], isFailure: boolean, isLate: boolean): void {
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

  private begin(behaviour: { readonly most: number; readonly workers: number; readonly isStale: boolean }): void {
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
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('whatever crashes, is throttled, repeated or late: each key gets one label, none is lost, and refused is what is dead', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), fc.infiniteStream(fc.nat(1000)), async (steps, random) => {
    const life = new Life();
    life.stream.chooseBy((most) => random.next().value! % most);
    life.stream.running({ most: 6, workers: 1, isStale: false });
    for (const one of steps) await life.go(one);
    await life.settle();

    const digests = [...life.sent].map((key) => sha256(JSON.stringify({ source: `text ${key}` })));
    const { store, deadLetters } = life.stream;
    expect(store.keys('intake/')).toEqual(digests.map((digest) => `intake/${digest}`).sort());
    expect(store.keys('done/')).toEqual(digests.map((digest) => `done/${digest}`).sort());
    expect(store.keys('failed/')).toEqual([]);
    expect(Object.fromEntries(life.labels)).toEqual(Object.fromEntries(digests.map((digest) => [digest, 1])));
    expect(new Set(deadLetters.map(({ body }) => body)).size).toBe(life.refused);
  }), { numRuns: 300, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false });
});

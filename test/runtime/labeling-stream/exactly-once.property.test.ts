import fc from 'fast-check';
import { Fault } from './chaos';
import { Faults } from './fake-stream';
import { StreamLife } from './stream-life';

/** One life of a stream, in which everything that may go wrong does. */
const trouble = fc.array(fc.record({
  call: fc.nat(25), fault: fc.constantFrom<Fault>('throttled', 'answer lost', 'crash before', 'crash after'),
}), { minLength: 1, maxLength: 3 }).map((all): Faults => new Map(all.map(({ call, fault }) => [call, fault])));
const faults = fc.oneof({ weight: 4, arbitrary: fc.constant<Faults>(new Map()) }, { weight: 1, arbitrary: trouble });

const KEYS = 12;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), keys: fc.array(fc.nat(KEYS - 1), { minLength: 1, maxLength: 5 }), isRefused: fc.boolean() }) },
  {
    weight: 10, arbitrary: fc.record({
      kind: fc.constant('work' as const), intake: faults, collect: faults, forward: faults, other: faults, size: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 8, arbitrary: fc.record({
      kind: fc.constant('label' as const), which: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }), isFailure: fc.boolean(), isLate: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 3, 12, 12) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end' as const), status: fc.constantFrom('Stopped', 'Failed') }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('begin' as const), most: fc.integer({ min: 1, max: 8 }), workers: fc.integer({ min: 1, max: 2 }), isStale: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function go(life: StreamLife, one: Step): Promise<void> {
  const { stream } = life;
  switch (one.kind) {
    case 'send': return life.send(one.keys, one.isRefused);
    case 'work': {
      return stream.together(
        stream.takeIn(one.size, one.intake), stream.collect(one.size, one.collect), stream.forward(one.forward), stream.forward(one.other),
      );
    }
    case 'label': return life.label(one.which, one.isFailure, one.isLate);
    case 'pass': return life.pass(one.minutes);
    case 'end': if (stream.job?.status === 'InProgress') stream.end(one.status); return;
    case 'begin': return life.begin(one);
  }
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('whatever crashes, is throttled, repeated or late: each key gets one label, none is lost, and refused is what is dead', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), fc.infiniteStream(fc.nat(1000)), async (steps, random) => {
    const life = new StreamLife();
    life.stream.chooseBy((most) => random.next().value! % most);
    life.stream.running({ most: 6, workers: 1, isStale: false });
    for (const one of steps) await go(life, one);
    await life.settle();
    life.check();
  }), { numRuns: 150 });
});

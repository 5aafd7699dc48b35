import fc from 'fast-check';
import { Crash, World } from './world';
import { isSettled } from '../../src/model/plan';

type Happening = (world: World) => void;

const crash = fc.constantFrom<Crash>('none', 'none', 'before', 'after');
const identity = fc.constantFrom('a', 'a', 'a', 'b', 'c');
const changes = fc.record({
  revision: fc.constantFrom('1', '2', '3'),
  tags: fc.constantFrom<Record<string, string>>({}, { team: 'mail' }),
  mayReplaceLabels: fc.boolean(),
  returning: fc.boolean(),
});

/** Whatever may happen to a resource, in any order. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(identity, changes).map(([name, what]): Happening => (world) => world.want(name, what)) },
  { weight: 1, arbitrary: fc.constant<Happening>((world) => world.wantNothing()) },
  { weight: 6, arbitrary: crash.map((when): Happening => (world) => world.write(when)) },
  { weight: 1, arbitrary: fc.constant<Happening>((world) => { world.lags = true; }) },
  { weight: 6, arbitrary: fc.nat(7).map((object): Happening => (world) => world.label(object)) },
  { weight: 6, arbitrary: fc.boolean().map((manifest): Happening => (world) => world.serve(manifest)) },
  { weight: 1, arbitrary: fc.boolean().map((manifest): Happening => (world) => world.failOne(manifest)) },
  { weight: 1, arbitrary: fc.constant<Happening>((world) => world.personStopsOne()) },
);

const history = fc.array(happening, { minLength: 20, maxLength: 80, size: 'max' });
const RUNS = { numRuns: 200 };

function worldAfter(happenings: readonly Happening[], check: (world: World) => void = () => undefined): World {
  const world = new World();
  for (const happen of happenings) {
    happen(world);
    check(world);
  }
  return world;
}

/** The outside stops changing: only the service and the writer go on. */
function calm(world: World): World {
  for (let round = 0; round < 12; round++) {
    world.write('none');
    world.serve(true);
  }
  return world;
}

test('no object is labeled twice under one identity', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = calm(worldAfter(happenings));
    expect([...world.labels].filter(([, times]) => times > 1)).toEqual([]);
  }), RUNS);
});

test('never two jobs at once', () => {
  fc.assert(fc.property(history, (happenings) => {
    worldAfter(happenings, (world) => expect(world.live().length).toBeLessThanOrEqual(1));
  }), RUNS);
});

test('no owned job is lost: the ledger knows every job that the service has', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    world.lags = false;
    world.plan();
    const known = new Set(world.ledger.generations.map((generation) => generation.name));
    expect(world.jobs.filter((job) => !known.has(job.name))).toEqual([]);
  }), RUNS);
});

test('plans converge once the outside stops changing, on the desired job or on none', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = calm(worldAfter(happenings));
    const plan = world.plan();
    expect(isSettled(plan) || plan.error !== undefined).toBe(true);
    const { desired } = world.ledger;
    if (plan.error === undefined) expect(world.live().filter((job) => job.identity !== desired?.identity)).toEqual([]);
    if (desired && plan.error === undefined) expect(world.jobs.some((job) => job.identity === desired.identity)).toBe(true);
  }), RUNS);
});

test('a plan applied twice does nothing the second time', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    world.lags = false;
    world.write('none');
    expect(world.plan().steps).toEqual([]);
  }), RUNS);
});

import fc from 'fast-check';
import { Crash, World } from './world';
import { hasEnded, JobState } from '../../src/model/job-state';
import { isSettled } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';
import { ResumePolicy } from '../../src/model/resume-policy';

const crash = fc.constantFrom<Crash>('none', 'none', 'before', 'after');
/** `d` is the identity of a job that is there already: who wants it adopts that job. */
const identity = fc.constantFrom('a', 'a', 'a', 'b', 'c', 'd', 'd');
const policy = fc.record<ResumePolicy>({
  maxAttempts: fc.nat(3),
  failed: fc.constantFrom('TRANSIENT', 'ALWAYS', 'NEVER'),
  stopped: fc.constantFrom('RESUME', 'LEAVE'),
  aged: fc.constantFrom('RESUME', 'LEAVE'),
  incomplete: fc.constantFrom('RETRY', 'REPORT'),
});
const changes = fc.record({
  revision: fc.constantFrom('1', '2', '3'),
  tags: fc.constantFrom<Record<string, string>>({}, { team: 'mail' }),
  mayReplaceLabels: fc.boolean(),
  returning: fc.boolean(),
  resume: fc.option(policy, { nil: undefined }),
  desiredState: fc.constantFrom('RUNNING', 'RUNNING', 'RUNNING', 'DRAINED', 'STOPPED', undefined),
  request: fc.constantFrom({}, {}, { StoppingConditions: { MaxHumanLabeledObjectCount: 5 } }),
});
const manifest = fc.boolean();
const object = fc.nat(7);
const reason = fc.constantFrom('InternalServerError: We encountered an internal error. Please try again.', 'ClientError: no access');

/** Whatever may happen to a resource, in any order. */
const happening = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant('want' as const), identity, changes) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('wantNothing' as const)) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('write' as const), crash) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('lag' as const)) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('label' as const), object) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('spoil' as const), object) },
  { weight: 6, arbitrary: fc.tuple(fc.constant('serve' as const), manifest) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('failOne' as const), manifest, reason) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('personStopsOne' as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('ageOne' as const), manifest) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const history = fc.array(happening, { minLength: 20, maxLength: 80, size: 'max' });
/** More runs, or the seed of a failure, from the command line. */
const { PROPERTY_RUNS = '120', PROPERTY_SEED } = process.env;
const RUNS = { numRuns: Number(PROPERTY_RUNS), ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }) };

function worldAfter(happenings: readonly Happening[], check: (world: World) => void = () => undefined): World {
  const world = new World();
  for (const [what, ...details] of happenings) {
    (world[what] as (...all: typeof details) => unknown).apply(world, details);
    check(world);
  }
  return world;
}

/** The outside stops changing: only the service and the writer go on. */
function calm(world: World): World {
  for (let round = 0; round < 30; round++) {
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

test('never two jobs at once under one identity, and under two only while an adopted one is left', () => {
  fc.assert(fc.property(history, (happenings) => {
    worldAfter(happenings, (world) => {
      const live = world.live();
      expect(new Set(live.map((job) => job.identity)).size).toBe(live.length);
      expect(live.filter((job) => job.name !== 'theirs').length).toBeLessThanOrEqual(1);
    });
  }), RUNS);
});

test('no owned job is lost: the ledger knows every job that the service has', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    world.lag(false);
    world.plan();
    const known = new Set(world.ledger.generations.map((generation) => generation.name));
    expect(world.jobs.filter((job) => job.owned && !known.has(job.name))).toEqual([]);
  }), RUNS);
});

test('plans converge once the outside stops changing, on the desired job or on none', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = calm(worldAfter(happenings));
    const plan = world.plan();
    expect(isSettled(plan) || plan.error !== undefined).toBe(true);
    if (plan.error !== undefined) return;
    const { desired } = world.ledger;
    expect(world.live().filter((job) => job.identity !== desired?.identity)).toEqual([]);
    if (desired?.desiredState === 'STOPPED') expect(world.live()).toEqual([]);
    if ((desired?.desiredState ?? 'RUNNING') === 'RUNNING' && desired) expect(world.jobs.some((job) => job.owned && job.identity === desired.identity)).toBe(true);
  }), RUNS);
});

test('a plan applied twice does nothing the second time', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    world.lag(false);
    // who a job belongs to is settled first, what happens to it then
    if (world.write('none').some((step) => step.kind === 'adopt' || step.kind === 'release')) world.write('none');
    expect(world.plan().steps).toEqual([]);
  }), RUNS);
});

test('a job that nobody declared is never touched, and one that was adopted is stopped only on purpose', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    const [bystander] = world.jobs;
    expect(bystander.owned).toBe(false);
    expect([JobState.STOPPING, JobState.STOPPED]).not.toContain(bystander.state);
    const stopped = world.ledger.generations.filter((one) => one.stop !== undefined).map((one) => one.name);
    expect(stopped.every((name) => name === 'theirs' || /^job-[a-d]-r[0-9]+$/.test(name))).toBe(true);
  }), RUNS);
});

test('planning changes nothing: REPORT_ONLY shows what would be done, and looking again shows the same', () => {
  fc.assert(fc.property(history, (happenings) => {
    const world = worldAfter(happenings);
    const before = JSON.stringify([world.ledger, world.jobs]);
    const shown = Object.freeze([]);
    expect(reconcile(world.ledger, shown)).toEqual(reconcile(world.ledger, shown));
    expect(JSON.stringify([world.ledger, world.jobs])).toBe(before);
  }), RUNS);
});

test('an object that always fails does not loop for ever, and labels run out', () => {
  fc.assert(fc.property(policy, fc.array(object, { minLength: 1 }), (resume, bad) => {
    const world = new World();
    world.want('a', { resume });
    for (let round = 0; round < 60; round++) {
      world.write('none');
      world.serve(true);
      bad.forEach((one) => world.spoil(one));
      for (let one = 0; one < 8; one++) world.label(one);
    }
    const made = world.jobs.filter((job) => job.identity === 'a');
    expect(made).toHaveLength(resume.incomplete === 'RETRY' ? 1 + resume.maxAttempts : 1);
    expect(made.every((job) => hasEnded(job.state))).toBe(true);
  }), RUNS);
});

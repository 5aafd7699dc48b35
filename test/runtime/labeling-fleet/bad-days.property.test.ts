import fc from 'fast-check';
import { FakeFleet, keys, member } from './fake-fleet';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const FIVE = keys(5).map((key) => member(key));
const THREE = FIVE.slice(0, 3);

/** No member has two jobs at work; and once it has labels, no further job of it reads the whole of its input again. */
function expectNothingTwice(fleet: FakeFleet): void {
  const live = fleet.service.live().map(memberOf);
  expect(live).toHaveLength(new Set(live).size);
  const labeled = new Set<string>();
  // in the order in which they were made
  for (const [name, input] of fleet.service.inputs) {
    if (input.startsWith('s3://in/')) expect(labeled).not.toContain(memberOf(name));
    if (fleet.service.get(name).counters.totalLabeled > 0) labeled.add(memberOf(name));
  }
}

function memberOf(name: string): string {
  return name.slice(0, name.lastIndexOf('-r'));
}

function labelAll(fleet: FakeFleet): void {
  for (const name of fleet.service.live()) {
    if (fleet.service.get(name).status !== 'InProgress') continue;
    fleet.service.label(name, { totalLabeled: 30, humanLabeled: 30, unlabeled: 70 });
    fleet.objects.files.set(`s3://out/labels/${name}/manifests/output/output.manifest`, []);
  }
}

/** How many calls of ports a life takes when nothing goes wrong. */
async function callsOf(life: (fleet: FakeFleet) => Promise<void>): Promise<number> {
  const fleet = new FakeFleet();
  await life(fleet);
  return fleet.calls;
}

async function create(fleet: FakeFleet): Promise<void> {
  await fleet.create(fleet.declare(FIVE, { MaxConcurrentJobs: '3', TimeoutSeconds: '3300' }));
}

async function createAndRevise(fleet: FakeFleet): Promise<void> {
  await fleet.create(fleet.declare(THREE, { TimeoutSeconds: '3300' }));
  labelAll(fleet);
  await fleet.update(fleet.declare([...THREE.slice(1), member('new')], { TimeoutSeconds: '3300' }, { revision: { TaskTitle: 'Spam or ham?' } }));
}

async function wholeLife(fleet: FakeFleet): Promise<void> {
  await create(fleet);
  await fleet.delete();
}

test('a process that dies after any of its calls loses nothing and doubles nothing: first deployment', async () => {
  const calls = await callsOf(create);
  for (let killAfter = 1; killAfter <= calls; killAfter++) {
    const fleet = Object.assign(new FakeFleet(), { killAfter });
    await create(fleet).catch((error) => { throw new Error(`killed after call ${killAfter}: ${error.message}`, { cause: error }); });
    expectNothingTwice(fleet);
    expect(fleet.service.live()).toHaveLength(3);
  }
});

test('a process that dies after any of its calls loses nothing and doubles nothing: settings change, members come and go', async () => {
  const calls = await callsOf(createAndRevise);
  for (let killAfter = 1; killAfter <= calls; killAfter++) {
    const fleet = Object.assign(new FakeFleet(), { killAfter });
    await createAndRevise(fleet).catch((error) => { throw new Error(`killed after call ${killAfter}: ${error.message}`, { cause: error }); });
    expectNothingTwice(fleet);
    expect(fleet.service.live()).toHaveLength(3);
  }
});

test('a process that dies after any of its calls leaves nothing at the end', async () => {
  const calls = await callsOf(wholeLife);
  for (let killAfter = 1; killAfter <= calls; killAfter++) {
    const fleet = Object.assign(new FakeFleet(), { killAfter });
    await wholeLife(fleet).catch((error) => { throw new Error(`killed after call ${killAfter}: ${error.message}`, { cause: error }); });
    expect(fleet.service.live()).toEqual([]);
    expect(fleet.buckets.keys('state')).toEqual([]);
  }
});

const day = fc.record({
  wakes: fc.nat(2),
  kill: fc.option(fc.integer({ min: 1, max: 60 })),
  ends: fc.array(fc.record({ place: fc.nat(4), status: fc.constantFrom('Completed', 'Stopped', 'Failed') as fc.Arbitrary<'Completed' | 'Stopped' | 'Failed'> }), { maxLength: 3 }),
  throttles: fc.array(fc.constantFrom('create', 'describe', 'stop') as fc.Arbitrary<'create' | 'describe' | 'stop'>, { maxLength: 3 }),
  members: fc.subarray(keys(5), { minLength: 1 }),
  revision: fc.constantFrom('1', '2'),
  quota: fc.integer({ min: 1, max: 6 }),
});

test('whatever is killed, throttled, woken twice, ended by people: nothing is doubled, and the Delete leaves nothing', async () => {
  await fc.assert(fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 4 }), async (days) => {
    const fleet = new FakeFleet();
    let largestQuota = 0;
    for (const { wakes, kill, ends, throttles, members, revision, quota } of days) {
      fleet.service.quota = quota;
      largestQuota = Math.max(largestQuota, quota);
      throttles.forEach((call, index) => fleet.service.fail(call, Object.assign(new Error('slow'), { name: 'ThrottlingException' }), index % 2 === 0));
      fleet.killAfter = kill === null ? Infinity : fleet.calls + kill;
      const declared = fleet.declare(members.map((key) => member(key)), { TimeoutSeconds: '3300' }, { revision: { TaskTitle: revision } });
      for (let wake = 0; wake < wakes; wake++) fleet.start(`wake-${fleet.executions.size}`);
      if (fleet.id === undefined) await fleet.create(declared);
      else await fleet.update(declared);
      expectNothingTwice(fleet);
      expect(fleet.service.live().length).toBeLessThanOrEqual(largestQuota);
      labelAll(fleet);
      for (const { place, status } of ends) {
        const name = fleet.service.live()[place];
        if (name !== undefined && fleet.service.get(name).status === 'InProgress') fleet.service.end(name, status, status === 'Failed' ? 'InternalError' : undefined);
      }
      for (let wake = 0; wake < wakes; wake++) await fleet.wake();
      expectNothingTwice(fleet);
    }
    fleet.killAfter = Infinity;
    await fleet.delete();
    expect(fleet.service.live()).toEqual([]);
    expect(fleet.buckets.keys('state')).toEqual([]);
  }), { numRuns: 40 });
});

import { FakeFleet, keys, member, NAME_BASE } from './fake-fleet';

let fleet: FakeFleet;
beforeEach(() => {
  fleet = new FakeFleet();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const THREE = keys(3).map((key) => member(key));

test('ends all jobs, and leaves nothing in the bucket', async () => {
  await fleet.create(fleet.declare(THREE));
  await fleet.delete();
  expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('Stopped'));
  expect(fleet.buckets.keys('state')).toEqual([]);
});

test('RETAIN leaves the jobs', async () => {
  await fleet.create(fleet.declare(THREE, { RemovalMode: 'RETAIN' }));
  await fleet.delete();
  expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('InProgress'));
  expect(fleet.buckets.keys('state')).toEqual([]);
});

test('of a fleet that only reports: nothing is touched', async () => {
  await fleet.create(fleet.declare(THREE));
  await fleet.update(fleet.declare(THREE, { Mode: 'REPORT_ONLY' }));
  const before = fleet.service.calls.length;
  await fleet.delete();
  expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('InProgress'));
  expect(fleet.service.calls.slice(before).filter((call) => !call.startsWith('list '))).toEqual([]);
  expect(fleet.buckets.keys('state')).toEqual([]);
});

test('DRAIN waits, and does what was chosen when its time is over', async () => {
  await fleet.create(fleet.declare(THREE, { RemovalMode: 'DRAIN', DrainTimeoutSeconds: '600', DrainThen: 'STOP' }));
  const started = fleet.now;
  const deleted = fleet.delete();
  await deleted;
  expect(fleet.now - started).toBeGreaterThanOrEqual(600_000);
  expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('Stopped'));
});

test.each([
  ['the ledger is gone', () => fleet.buckets.clear('state')],
  ['the bucket is gone', () => fleet.buckets.removeBucket('state')],
])('where %s, what names and tags show is ended', async (_, lose) => {
  await fleet.create(fleet.declare(THREE));
  lose();
  await fleet.delete();
  expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('Stopped'));
});

test('a Delete of another id does nothing', async () => {
  await fleet.create(fleet.declare(THREE));
  await fleet.wait(await fleet.onEvent(fleet.event('Delete', fleet.current!, { PhysicalResourceId: `${NAME_BASE}-ffffffff` })));
  expect(fleet.service.live()).toHaveLength(3);
  expect(fleet.head().desired).toBeDefined();
});

test('a Create that was refused is removed', async () => {
  await expect(fleet.create(fleet.declare([{ ...member('a'), base: 'bad' }]))).rejects.toThrow('does not have the form');
  await fleet.delete();
  expect(fleet.buckets.keys('state')).toEqual([]);
});

test('in the middle of a run: the run ends, and nothing comes back to life', async () => {
  await fleet.create(fleet.declare(THREE, { MaxConcurrentJobs: '1' }));
  const waiting = await fleet.onEvent(fleet.event('Delete', fleet.current!, { PhysicalResourceId: fleet.id }));
  fleet.service.end(fleet.service.live()[0], 'Completed');
  fleet.start('by an event');
  fleet.start('by a schedule');
  await fleet.wait(waiting);
  await fleet.wake('after the end');
  expect(fleet.service.live()).toEqual([]);
  expect(fleet.service.jobs.size).toBe(1);
  expect(fleet.buckets.keys('state')).toEqual([]);
});

test('a job that cannot be stopped yet is stopped when it has started', async () => {
  await fleet.create(fleet.declare([member('a')]));
  fleet.service.startsAfterMs = 120_000;
  const updating = await fleet.onEvent(fleet.event('Update', fleet.declare([member('a'), member('b')]), {
    PhysicalResourceId: fleet.id, OldResourceProperties: fleet.current,
  }));
  await fleet.poll(updating);
  for (let count = 0; count < 3; count++) await fleet.step();
  expect(fleet.service.get(fleet.nameOf('b')).status).toBe('Initializing');
  await fleet.delete();
  expect(fleet.service.live()).toEqual([]);
});

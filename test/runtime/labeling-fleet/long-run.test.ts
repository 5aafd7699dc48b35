import { FakeFleet, keys, member, PREFIX } from './fake-fleet';
import { FleetJobs } from '../../../runtime/labeling-fleet/ports';
import { prepareStep } from '../../../runtime/labeling-fleet/prepare';
import { FleetStepOutput } from '../../../src/groundtruth/private/job-fleet-contract';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

/** Every job that is made takes a second of the handler's time. */
function slow(fleet: FakeFleet): void {
  const create: FleetJobs['create'] = fleet.service.create.bind(fleet.service);
  fleet.service.create = async (request) => {
    fleet.now += 1000;
    return create(request);
  };
}

test('past the time of one call a run goes on by itself, and counts each job once', async () => {
  const fleet = new FakeFleet();
  slow(fleet);
  fleet.invocationMs = 160_000;
  const data = await fleet.create(fleet.declare(keys(700).map((key) => member(key)), { TimeoutSeconds: '3300' }));
  expect(data).toMatchObject({ Jobs: '700', Running: '700', Created: '700' });
  expect(fleet.service.calls.filter((call) => call.startsWith('create '))).toHaveLength(700);
  expect(fleet.head().run!.calls).toBeGreaterThan(5);
});

test('two wakes at once: the first works, and looks once more for the second', async () => {
  const fleet = new FakeFleet();
  await fleet.create(fleet.declare(keys(3).map((key) => member(key))));
  const list: FleetJobs['pageByName'] = fleet.service.pageByName.bind(fleet.service);
  const second: FleetStepOutput[] = [];
  fleet.service.pageByName = async (...input) => {
    if (second.length === 0) second.push(await prepareStep({ stateBucket: 'state', prefix: PREFIX, execution: 'second' }, fleet.ports()));
    return list(...input);
  };
  const before = fleet.service.calls.length;
  expect(await fleet.wake('first')).toMatchObject({ next: 'done' });
  expect(second).toMatchObject([{ next: 'done' }]);
  expect(fleet.service.calls.slice(before)).toEqual(['list mails-0a1b2c-fleet-', 'list mails-0a1b2c-fleet-']);
  expect(fleet.head().lease).toBeUndefined();
  expect(fleet.head().wanted).toBeUndefined();
});

test('where an execution has died in the middle of a run, the next one does not trust its place in the listing', async () => {
  const fleet = new FakeFleet();
  await fleet.create(fleet.declare(keys(3).map((key) => member(key))));
  const stale = { ...fleet.head().run!, id: '20270101T000000000Z-dead', endedAt: undefined, cursor: 1, listingToken: 'expired' };
  const state = fleet.buckets.at('state', PREFIX);
  await state.put('ledger.json', JSON.stringify({ ...fleet.head(), run: stale }));
  const tokens: Array<string | undefined> = [];
  const list: FleetJobs['pageByName'] = fleet.service.pageByName.bind(fleet.service);
  fleet.service.pageByName = async (text, token) => {
    tokens.push(token);
    return list(text, token);
  };
  await fleet.wake('next');
  expect(tokens).toEqual([undefined]);
  expect(fleet.head().run!.summary).toMatchObject({ states: { Running: 3 } });
});

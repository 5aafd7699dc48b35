import { FakeFleet, keys, member } from './fake-fleet';

let fleet: FakeFleet;
beforeEach(() => {
  fleet = new FakeFleet();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('starts every job, waits until all are accepted, and says so', async () => {
  const data = await fleet.create(fleet.declare(keys(8).map((key) => member(key))));
  expect(fleet.id).toMatch(/^mails-0a1b2c-fleet-[0-9a-f]{8}$/);
  expect(Object.values(fleet.service.statuses())).toEqual(Array(8).fill('InProgress'));
  expect(data).toMatchObject({ Jobs: '8', Running: '8', Created: '8', NotStarted: '0', ResultUri: 's3://out/result', Message: '' });
});

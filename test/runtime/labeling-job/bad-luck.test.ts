import { ServiceError } from './fake-service';
import { FakeStack, otherIdentity, properties } from './fake-stack';

/** Crashes and rights at moments where they hurt. */
let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const REVISED = properties({ Revision: '{"TaskTitle":"Ham?"}' });
const denied = () => new ServiceError('AccessDeniedException', 'is not authorized');

describe('a Create that dies between its ledger and its answer', () => {
  // CDK's framework answers with an id of its own, and swallows the Delete that follows
  beforeEach(async () => {
    await stack.onEvent(stack.event('Create', properties({ Relabel: 'once' })));
  });

  test('is followed by another Create that takes the ledger over', async () => {
    const { data } = await stack.create(properties({ Relabel: 'once' }));
    expect(data).toMatchObject({ Generation: '1', LabelingJobStatus: 'InProgress', Message: '' });
    expect(stack.ledgers.ledger('state').requests).toHaveLength(2);
    await stack.delete();
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('does not stand in the way of another identity', async () => {
    const { data } = await stack.create(properties({ ...otherIdentity('phishing'), Relabel: 'once' }));
    expect(data.LabelingJobStatus).toBe('InProgress');
    expect(stack.service.jobs.size).toBe(1);
  });

  test('is not finished by a schedule', async () => {
    expect(await stack.reconcile()).toMatchObject({ skipped: 'its deployment is not finished, or has failed' });
    expect(stack.service.jobs.size).toBe(0);
  });
});

describe('a rollback', () => {
  beforeEach(async () => {
    await stack.create();
    stack.service.fail('create', new ServiceError('ValidationException', 'the template is broken'));
    await expect(stack.update(REVISED)).rejects.toThrow(/template/);
  });

  test.each(['namesContaining', 'describe', 'create'] as const)('waits for a right to %s that comes back with it', async (call) => {
    for (let count = 0; count < 5; count++) stack.service.fail(call, denied());
    const { data } = await stack.update(properties());
    expect(data).toMatchObject({ Generation: '2', LabelingJobStatus: 'InProgress', Message: '' });
  });

  test('succeeds even where the right stays away, and the next reconcile goes on', async () => {
    const listing = jest.spyOn(stack.service, 'namesContaining').mockImplementation(async function* () { throw denied(); });
    const start = stack.now;
    const { data } = await stack.update(properties());
    expect(stack.now - start).toBeGreaterThanOrEqual(60_000);
    expect(data.Message).toContain('goes on at the next reconcile: is not authorized');
    listing.mockRestore();
    expect((await stack.reconcile()).steps).toEqual([expect.stringContaining('make generation 2')]);
  });
});

test('a stop that never reached the service does not speak for the person who stops the job later', async () => {
  const { id } = await stack.create();
  stack.service.fail('stop', new ServiceError('ThrottlingException', 'Rate exceeded'));
  const waiting = await stack.onEvent(stack.event('Update', REVISED, { PhysicalResourceId: id, OldResourceProperties: properties() }));
  await stack.poll(waiting);
  await stack.update(properties());
  stack.now += 3_600_000;
  Object.assign(stack.service.get(`${id}-r1`), { modifiedAt: stack.now });
  await stack.reconcile();
  stack.service.end(`${id}-r1`, 'Stopped');
  expect((await stack.reconcile()).notes).toEqual([expect.stringContaining('was stopped outside of this stack')]);
});

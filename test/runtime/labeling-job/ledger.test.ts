import { FakeStack, properties } from './fake-stack';
import { FakeLedgers } from './fake-storage';

let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const REVISED = properties({ Revision: '{"TaskTitle":"Spam or ham?"}' });

test('an Update rebuilds a lost ledger from names and tags, and the job goes on', async () => {
  const { id } = await stack.create();
  stack.ledgers.clear('state');
  const { data } = await stack.update(properties({ ReconcileNonce: '2' }));
  expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, LabelingJobStatus: 'InProgress' });
  expect(stack.service.jobs.size).toBe(1);
});

test('without a ledger isComplete creates nothing', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  stack.ledgers.clear('state');
  await expect(stack.poll(waiting)).rejects.toThrow(/without it nothing is created/);
  expect(stack.service.jobs.size).toBe(0);
});

test('a Create without a state bucket fails and names it', async () => {
  stack.ledgers.removeBucket('state');
  await expect(stack.create()).rejects.toThrow(/the state bucket state does not exist/);
});

test('a lost ledger does not hide that a job has labels', async () => {
  const { id } = await stack.create();
  stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
  stack.ledgers.clear('state');
  const other = properties({ Identity: { ...properties().Identity, TaskType: 'TextMultiClassMultiLabel' } });
  await expect(stack.update(other)).rejects.toThrow(/has 1 labeled objects/);
});

test('only one writer at a time', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  let other: unknown;
  jest.spyOn(stack.service, 'create').mockImplementationOnce(async () => {
    other = await stack.poll(waiting);
    return 'arn:aws:sagemaker:us-east-1:111122223333:labeling-job/x';
  });
  await stack.poll(waiting);
  expect(other).toEqual({ IsComplete: false });
});

test('remembers the last 20 requests', async () => {
  await stack.create();
  for (let count = 0; count < 25; count++) await stack.update(properties({ ReconcileNonce: String(count) }));
  expect(stack.ledgers.ledger('state').requests).toHaveLength(20);
});

describe('another state bucket', () => {
  beforeEach(() => Object.assign(stack, { ledgers: new FakeLedgers('state', 'mine') }));
  const moved = properties({ StateBucket: 'mine' });

  test('the ledger moves along, and the former bucket is left empty', async () => {
    const { id } = await stack.create();
    const { data } = await stack.update(moved);
    expect(data.LabelingJobName).toBe(`${id}-r1`);
    expect(stack.ledgers.ledger('mine').requests).toHaveLength(2);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('a late waiter of the former bucket changes nothing', async () => {
    const late = await stack.onEvent(stack.event('Create', properties()));
    stack.id = late.PhysicalResourceId;
    stack.current = properties();
    await stack.onEvent(stack.event('Update', moved, { PhysicalResourceId: stack.id, OldResourceProperties: properties() }));
    await expect(stack.poll(late)).rejects.toThrow(/superseded: the ledger has moved to mine/);
  });

  test('the ledger comes back by rollback', async () => {
    const { id } = await stack.create();
    await stack.update({ ...moved, Revision: REVISED.Revision });
    const { data } = await stack.update(properties());
    expect(data.LabelingJobName).toBe(`${id}-r3`);
    expect(stack.ledgers.keys('mine')).toEqual([]);
    expect(stack.ledgers.ledger('state').generations).toHaveLength(3);
  });

  test('where the former bucket is gone, names and tags suffice', async () => {
    const { id } = await stack.create();
    stack.ledgers.removeBucket('state');
    const { data } = await stack.update(moved);
    expect(data.LabelingJobName).toBe(`${id}-r1`);
  });
});

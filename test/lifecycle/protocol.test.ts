import { Handler } from './handler';
import { declareJob, Lifecycle } from './harness';

/** What CloudFormation and CDK's framework may do on a bad day, sent to the deployed handler by hand. */
let life: Lifecycle;
let handler: Handler;
beforeEach(async () => {
  life = await Lifecycle.start();
  await life.deploy((stack) => declareJob(stack));
  handler = await Handler.of(life);
});
afterEach(() => life.stop());

test('the same Create again, both halves, makes no second job and answers the same id', async () => {
  const first = await handler.lastEvent();

  const answer = await handler.onEvent(first);
  const { IsComplete } = await handler.isComplete(first);

  expect(answer.PhysicalResourceId).toBe(first.PhysicalResourceId);
  expect(IsComplete).toBe(true);
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a late waiter of a superseded request changes nothing and ends', async () => {
  const old = await handler.lastEvent();
  await life.deploy((stack) => declareJob(stack, { props: { title: 'Another title' } }));
  const before = await life.jobs();

  await expect(handler.isComplete(old)).rejects.toThrow(/superseded by/);

  expect(await life.jobs()).toEqual(before);
});

test('a Create whose waiter is still polling is cancelled by its Delete: nothing comes back', async () => {
  const create = await handler.lastEvent();
  const removal = { ...create, RequestType: 'Delete', RequestId: 'delete-1', PhysicalResourceId: create.PhysicalResourceId };
  await handler.onEvent(removal);
  await handler.complete(removal);

  await expect(handler.isComplete(create)).rejects.toThrow(/superseded/);

  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

test('a Delete of an id nobody knows succeeds when another job is live, and touches nothing', async () => {
  const create = await handler.lastEvent();
  const stranger = { ...create, RequestType: 'Delete', RequestId: 'delete-2', LogicalResourceId: 'SomethingElse', PhysicalResourceId: 'never-made-1234' };

  const answer = await handler.onEvent(stranger);
  await handler.complete(stranger);

  expect(answer.PhysicalResourceId ?? 'never-made-1234').toBe('never-made-1234');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a clean-up Delete of a replaced identity leaves the live job', async () => {
  const old = await handler.lastEvent();
  await life.deploy((stack) => declareJob(stack, { records: [{ source: 'other' }] }));
  const cleanUp = { ...old, RequestType: 'Delete', RequestId: 'delete-3', PhysicalResourceId: old.PhysicalResourceId };

  await handler.onEvent(cleanUp);
  await handler.complete(cleanUp);

  expect(Object.values(await life.jobs()).sort()).toEqual(['InProgress', 'Stopped']);
});

test('a Delete after the state bucket went stops the job and succeeds', async () => {
  const create = await handler.lastEvent();
  await life.emptyAndDeleteBucket(create.ResourceProperties.StateBucket);
  const removal = { ...create, RequestType: 'Delete', RequestId: 'delete-4' };

  await handler.onEvent(removal);
  await handler.complete(removal);

  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

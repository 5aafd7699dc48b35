import { ServiceError } from './fake-service';
import { FakeStack, NAME_BASE, properties, STACK_ID } from './fake-stack';
import { LABELING_JOB_ATTRIBUTES } from '../../../src/groundtruth/private/labeling-job-contract';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const IDS = new RegExp(`^${NAME_BASE}-[0-9a-f]{12}$`);

test('a Create answers once the service has accepted the job, with every attribute', async () => {
  const { id, data } = await stack.create();
  expect(id).toMatch(IDS);
  expect(Object.keys(data).sort()).toEqual([...LABELING_JOB_ATTRIBUTES].sort());
  expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, LabelingJobStatus: 'InProgress', State: 'Running', Generation: '1', Unlabeled: '100' });
});

test('the job carries the request with its numbers restored, the label attribute, and its owner in tags', async () => {
  const { id } = await stack.create(properties({ Tags: [{ Key: 'team', Value: 'mail' }] }));
  const { request, tags } = stack.service.get(`${id}-r1`);
  expect(request).toMatchObject({ LabelAttributeName: 'spam', HumanTaskConfig: { NumberOfHumanWorkersPerDataObject: 3 } });
  expect(tags).toMatchObject({ team: 'mail', [OWNER_TAGS.stackId]: STACK_ID, [OWNER_TAGS.logicalId]: 'SpamJob', [OWNER_TAGS.generation]: '1' });
});

test('onEvent creates and stops nothing', async () => {
  await stack.onEvent(stack.event('Create', properties()));
  expect(stack.service.jobs.size).toBe(0);
});

test('the same event twice, with two waiters, makes one job', async () => {
  const event = stack.event('Create', properties());
  const [first, second] = [await stack.onEvent(event), await stack.onEvent(event)];
  expect(second.PhysicalResourceId).toBe(first.PhysicalResourceId);
  await stack.poll(first);
  await stack.poll(second);
  await stack.wait(second);
  await stack.wait(first);
  expect(stack.service.jobs.size).toBe(1);
});

test('a crash after the service accepted is found again by name and tags', async () => {
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  const { data } = await stack.create();
  expect(data.LabelingJobStatus).toBe('InProgress');
  expect(stack.service.jobs.size).toBe(1);
});

test('a crash after the service accepted is found even when the listing and the description lag', async () => {
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  await stack.poll(waiting);
  jest.spyOn(stack.service, 'describe').mockResolvedValueOnce(undefined);
  await stack.wait(waiting);
  expect(stack.service.calls.filter((call) => call.startsWith('create'))).toHaveLength(2);
  expect(stack.service.jobs.size).toBe(1);
});

test('fails when the name belongs to somebody else, and does not touch that job', async () => {
  const event = stack.event('Create', properties());
  const { PhysicalResourceId: id } = await stack.onEvent(event);
  await stack.service.create({ ...foreignRequest(), LabelingJobName: `${id}-r1`.toUpperCase() });
  await expect(stack.run(event)).rejects.toThrow(/is taken by a labeling job that this resource does not own/);
  expect(stack.service.calls.filter((call) => /^(stop|addTags|removeTags)/.test(call))).toEqual([]);
});

test.each(['namesContaining', 'describe', 'create'] as const)('a throttled %s is not a failure', async (call) => {
  for (let count = 0; count < 3; count++) stack.service.fail(call, new ServiceError('ThrottlingException', 'Rate exceeded'));
  expect((await stack.create()).data.LabelingJobStatus).toBe('InProgress');
});

test.each(['namesContaining', 'describe', 'create'] as const)('a right to %s that came with this deployment may take a while', async (call) => {
  for (let count = 0; count < 5; count++) stack.service.fail(call, new ServiceError('AccessDeniedException', 'is not authorized'));
  expect((await stack.create()).data.LabelingJobStatus).toBe('InProgress');
});

test('fails with the service\'s reason when a right stays missing', async () => {
  jest.spyOn(stack.service, 'namesContaining').mockImplementation(async function* () { throw new ServiceError('AccessDeniedException', 'is not authorized'); });
  await expect(stack.create()).rejects.toThrow('is not authorized');
});

test('a name that is taken, by a job that the service does not show yet, is waited for', async () => {
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  await stack.poll(waiting);
  jest.spyOn(stack.service, 'describe').mockResolvedValueOnce(undefined).mockResolvedValueOnce(undefined);
  expect((await stack.wait(waiting)).data.LabelingJobStatus).toBe('InProgress');
  expect(stack.service.jobs.size).toBe(1);
});

test('a role that the service does not see yet is waited for', async () => {
  for (let count = 0; count < 5; count++) stack.service.fail('create', new ServiceError('ValidationException', 'Could not assume role'));
  expect((await stack.create()).data.LabelingJobStatus).toBe('InProgress');
});

test('fails with the service\'s reason when the role stays invisible', async () => {
  for (let count = 0; count < 100; count++) stack.service.fail('create', new ServiceError('ValidationException', 'Could not assume role'));
  const start = stack.now;
  await expect(stack.create()).rejects.toThrow(/Could not assume role/);
  expect(stack.now - start).toBeLessThan(150_000);
});

test('fails at once on any other validation error', async () => {
  stack.service.fail('create', new ServiceError('ValidationException', 'The manifest is empty'));
  await expect(stack.create()).rejects.toThrow(/CreateLabelingJob .*-r1: The manifest is empty/);
});

test('names the quota', async () => {
  stack.service.fail('create', new ServiceError('ResourceLimitExceeded', 'The limit is 1'));
  await expect(stack.create()).rejects.toThrow(/The limit is 1 \(quota "Maximum number of Ground Truth labeling jobs" \(L-150039CA\)/);
});

test('fails with the reason of a job that fails, in one line of at most 1,000 bytes', async () => {
  stack.service.failsWith = `ClientError:\n${'no access to the input. '.repeat(200)}`;
  const error: Error = await stack.create().catch((thrown) => thrown);
  expect(error.message).toMatch(/has failed: ClientError: no access to the input/);
  expect(Buffer.byteLength(error.message)).toBeLessThanOrEqual(1000);
  expect(error.stack).toBe(`UserError: ${error.message}`);
});

test('a failed Create leaves nothing behind once its Delete has come', async () => {
  stack.service.fail('create', new ServiceError('ResourceLimitExceeded', 'The limit is 1'));
  await expect(stack.create()).rejects.toThrow(/limit/);
  await stack.delete();
  expect(stack.ledgers.keys('state')).toEqual([]);
  expect(stack.service.jobs.size).toBe(0);
});

test('waits for completion where that was asked for, but not beyond its time', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties({ WaitForStatus: 'Completed' })));
  for (let count = 0; count < 5; count++) {
    expect(await stack.poll(waiting)).toEqual({ IsComplete: false });
    stack.now += 5_000;
  }
  stack.service.end(`${waiting.PhysicalResourceId}-r1`, 'Completed');
  expect((await stack.wait(waiting)).data.State).toBe('Completed');

  stack = new FakeStack();
  await expect(stack.create(properties({ WaitForStatus: 'Completed', TimeoutSeconds: '60' }))).rejects.toThrow(/timed out after 60 seconds, waiting for .* to be Completed/);
});

test('never logs the response URL', async () => {
  await stack.create();
  const logged = JSON.stringify([...(console.log as jest.Mock).mock.calls, ...(console.error as jest.Mock).mock.calls]);
  expect(logged).toContain('SpamJob');
  expect(logged).not.toContain('secret');
});

function foreignRequest() {
  const { Request } = properties();
  return { ...Request, LabelAttributeName: 'spam', Tags: [] } as unknown as Parameters<FakeStack['service']['create']>[0];
}

import { ServiceError } from './fake-service';
import { FakeStack, otherManifest, properties } from './fake-stack';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

let stack: FakeStack;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stack = new FakeStack();
});

test('priority and tags change in place, a description is for the next generation: no other job is made', async () => {
  const { data: { JobName } } = await stack.create();
  await stack.update(properties({ Priority: '99', Tags: [{ Key: 'team', Value: 'ham' }], Description: 'Other' }));
  expect(stack.service.jobs).toHaveLength(1);
  const [{ priority, tags, request }] = stack.service.jobs;
  expect(priority).toBe(99);
  expect(tags).toMatchObject({ team: 'ham', [OWNER_TAGS.logicalId]: 'RestoreJob', [OWNER_TAGS.generation]: '1' });
  expect(request.Description).toBe(`Old mails [${JobName}]`);
});

test('other settings stop no running job', async () => {
  await stack.create();
  const { data } = await stack.update(properties({ Revision: '{"attempt":2}' }));
  expect(data).toMatchObject({ Generation: '1', Message: expect.stringContaining('goes on with its former settings') });
  expect(stack.service.calls.filter((call) => call.startsWith('cancel'))).toEqual([]);
});

test('other work: the old job is cancelled, tags read before, and the new one made; the way back does nothing twice', async () => {
  await stack.create();
  const { data } = await stack.update(properties(otherManifest('other.csv')));
  expect(data.JobId).toBe('id-2');
  expect(stack.service.statuses()).toMatchObject({ 'id-1': 'Cancelled' });
  const cancel = stack.service.calls.findIndex((call) => call.startsWith('cancel id-1'));
  expect(stack.service.calls.slice(0, cancel)).toContain('tags id-1');
  await stack.update(properties({ ...otherManifest('other.csv'), Description: 'Same work' }));
  expect(stack.service.jobs).toHaveLength(2);
});

test('work that is done is not done again by the way back, but by another rerun', async () => {
  stack.service.completes = true;
  await stack.create(properties({ WaitForCompletion: 'true' }));
  await stack.update(properties({ ...otherManifest('other.csv'), WaitForCompletion: 'true' }));
  const { data } = await stack.update(properties({ WaitForCompletion: 'true' }));
  expect(data.JobId).toBe('id-1');
  expect(stack.service.jobs).toHaveLength(2);
  const { Identity } = properties();
  await stack.update(properties({ Identity: { ...Identity, Rerun: '2' } }));
  expect(stack.service.jobs).toHaveLength(3);
});

test('a job that waits for confirmation is deployed; asked for no more, it is confirmed', async () => {
  const { data } = await stack.create(properties({}, { ConfirmationRequired: true }));
  expect(data).toMatchObject({ JobStatus: 'Suspended', State: 'AwaitingApproval', JobId: 'id-1' });
  await stack.update(properties());
  expect(stack.service.calls).toContain('confirm id-1');
  expect(stack.service.jobs).toHaveLength(1);
});

test('a job that a person has confirmed is seen by a reconcile', async () => {
  await stack.create(properties({}, { ConfirmationRequired: true }));
  stack.service.get('id-1').status = 'Ready';
  expect(await stack.reconcile()).toMatchObject({ jobId: 'id-1', steps: [], notes: [] });
});

test('waiting for the end: a job that fails or is cancelled fails the deployment, one that takes too long too', async () => {
  await expect(stack.create(properties({ WaitForCompletion: 'true', TimeoutSeconds: '60' }))).rejects.toThrow(/timed out after 60 seconds, waiting for .*id-1.* to be Complete, it is Active; 0 of 100/);
  stack.service.end('id-1', 'Cancelled', {}, 'enough');
  await expect(stack.update(properties({ WaitForCompletion: 'true', Description: 'x' }))).rejects.toThrow(/was cancelled \(enough\)/);
});

test('a Delete cancels what waits, runs or was made without an answer; RETAIN leaves it', async () => {
  await stack.create(properties({}, { ConfirmationRequired: true }));
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Cancelled' });

  const retained = new FakeStack();
  await retained.create(properties({ RemovalMode: 'RETAIN' }));
  await retained.delete();
  expect(Object.values(retained.service.statuses())).toEqual([expect.stringMatching(/Ready|Active/)]);
  expect(retained.ledgers.keys('state')).toEqual([]);

  const unanswered = new FakeStack();
  unanswered.service.listsAfterMs = 30_000;
  const waiting = await unanswered.onEvent(unanswered.event('Create', properties()));
  unanswered.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  await unanswered.poll(waiting);
  await unanswered.delete(waiting.PhysicalResourceId, properties());
  expect(unanswered.service.statuses()).toEqual({ 'id-1': 'Cancelled' });
});

test('a Delete does not go before S3 shows the job that it has just made', async () => {
  stack.service.describesAfterMs = 30_000;
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  await stack.poll(waiting);
  await stack.delete(waiting.PhysicalResourceId, properties());
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Cancelled' });
});

test('a job that somebody else has tagged as theirs is not cancelled: an Update says so, a Delete leaves it', async () => {
  await stack.create();
  stack.service.get('id-1').tags = { [OWNER_TAGS.stackId]: 'another', [OWNER_TAGS.logicalId]: 'Job' };
  await expect(stack.updateOnly(properties(otherManifest('other.csv')))).rejects.toThrow(/belongs to the resource Job of the stack another/);
  await stack.delete();
  expect(stack.service.statuses()).toMatchObject({ 'id-1': expect.stringMatching(/Ready|Active/) });
});

test('without a ledger a Delete cancels what descriptions and tags show', async () => {
  await stack.create();
  stack.ledgers.removeBucket('state');
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Cancelled' });
});

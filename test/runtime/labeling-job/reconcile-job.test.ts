import { ServiceError } from './fake-service';
import { FakeStack, otherIdentity, properties } from './fake-stack';

const DAYS = 24 * 3600 * 1000;
const TRANSIENT = 'InternalServerError: We encountered an internal error. Please try again.';

let stack: FakeStack;
let id: string;
beforeEach(async () => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  ({ id } = await stack.create());
});

const statuses = () => Object.fromEntries(Object.entries(stack.service.statuses()).map(([name, status]) => [/r\d+$/.exec(name)![0], status]));
const leaveLabels = (name: string) => stack.objects.files.set(`s3://out/labels/${name}/manifests/output/output.manifest`, []);
const acts = () => stack.service.calls.filter((call) => /^(create|stop|addTags|removeTags) /.test(call));

function fail(name: string, reason = TRANSIENT): void {
  leaveLabels(name);
  stack.service.end(name, 'Failed', reason);
}

test('a job that is as it should be is left, and nothing is announced', async () => {
  const before = acts();
  expect(await stack.reconcile({ driftParameter: '/drift' })).toEqual({ labelingJobName: `${id}-r1`, status: 'InProgress', steps: [], notes: [] });
  expect(acts()).toEqual(before);
  expect(stack.parameters.size).toBe(0);
});

test('a transient failure is followed by a job on what is left', async () => {
  fail(`${id}-r1`);
  const { steps } = await stack.reconcile();
  expect(steps).toEqual([`make generation 2 for the 100 objects that ${id}-r1 left`]);
  expect(statuses()).toEqual({ r1: 'Failed', r2: 'Initializing' });
});

test('a job that the service stopped by its age goes on', async () => {
  leaveLabels(`${id}-r1`);
  stack.now += 30 * DAYS;
  stack.service.end(`${id}-r1`, 'Stopped');
  await stack.reconcile();
  expect(statuses()).toEqual({ r1: 'Stopped', r2: 'Initializing' });
});

test('attempts are limited, and the limit is reported with its count', async () => {
  for (const generation of [1, 2, 3, 4]) {
    fail(`${id}-r${generation}`);
    await stack.reconcile();
    stack.now += 60_000;
  }
  const { notes, steps } = await stack.reconcile();
  expect(steps).toEqual([]);
  expect(notes).toEqual([`${id}-r4 has failed: ${TRANSIENT}`, expect.stringContaining('3 of 3 further attempts were made')]);
  expect(Object.keys(statuses())).toEqual(['r1', 'r2', 'r3', 'r4']);
});

test('what a deployment would find now changes the parameter, once', async () => {
  fail(`${id}-r1`, 'ClientError: no access');
  await stack.reconcile({ driftParameter: '/drift' });
  const value = stack.parameters.get('/drift');
  expect(value).toMatch(new RegExp(`^${id}-r1 Failed [0-9a-f]{12}$`));
  stack.parameters.clear();
  await stack.reconcile({ driftParameter: '/drift' });
  expect(stack.parameters.size).toBe(0);
});

test('twice at once makes one job: the second waits for the first', async () => {
  fail(`${id}-r1`);
  await Promise.all([stack.reconcile(), stack.reconcile()]);
  expect(Object.keys(statuses())).toEqual(['r1', 'r2']);
});

describe('nothing comes back to life', () => {
  test('after a Delete: its own stop calls the reconciler, which finds no ledger', async () => {
    await stack.delete();
    expect(await stack.reconcile()).toMatchObject({ skipped: 'there is no ledger' });
    expect(statuses()).toEqual({ r1: 'Stopped' });
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('in the middle of a Delete', async () => {
    const waiting = await stack.onEvent(stack.event('Delete', properties(), { PhysicalResourceId: id }));
    leaveLabels(`${id}-r1`);
    expect(await stack.reconcile()).toMatchObject({ skipped: 'the resource is deleted' });
    await stack.poll(waiting);
    expect(await stack.reconcile()).toMatchObject({ skipped: 'the resource is deleted' });
    await stack.wait(waiting);
    expect(statuses()).toEqual({ r1: 'Stopped' });
  });

  test('while a deployment or its rollback is under way: what it has stopped is its own affair', async () => {
    leaveLabels(`${id}-r1`);
    stack.service.fail('create', new ServiceError('ValidationException', 'the template is broken'));
    await expect(stack.update(properties({ Revision: '{"TaskTitle":"Ham?"}' }))).rejects.toThrow(/template/);
    expect(await stack.reconcile()).toMatchObject({ skipped: 'its deployment is not finished, or has failed' });
    expect(statuses()).toEqual({ r1: 'Stopped' });
    await stack.update(properties());
    expect(statuses()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
    expect(await stack.reconcile()).toMatchObject({ steps: [] });
  });

  test('of an identity that was replaced, while its clean-up goes on', async () => {
    const { id: other } = await stack.updateOnly(properties(otherIdentity('phishing')));
    leaveLabels(`${id}-r1`);
    expect(await stack.reconcile()).toMatchObject({ labelingJobName: `${other}-r1`, steps: [] });
    await stack.cleanUp();
    expect(await stack.reconcile()).toMatchObject({ labelingJobName: `${other}-r1`, steps: [] });
    expect(stack.service.get(`${id}-r1`).status).toBe('Stopped');
  });
});

describe('REPORT_ONLY', () => {
  const REPORT = properties({ Mode: 'REPORT_ONLY', Revision: '{"TaskTitle":"Ham?"}' });

  test('shows what an Update would do, and touches no job', async () => {
    const before = acts();
    const { id: reported, data } = await stack.update(REPORT);
    expect(reported).toBe(id);
    expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, Message: expect.stringContaining(`would stop ${id}-r1: its settings change`) });
    expect(acts()).toEqual(before);
    expect(statuses()).toEqual({ r1: 'InProgress' });
  });

  test('nor does a reconcile, whatever happens', async () => {
    await stack.update(REPORT);
    fail(`${id}-r1`);
    const before = acts();
    expect(await stack.reconcile()).toMatchObject({ steps: [`make generation 2 for the 100 objects that ${id}-r1 left`] });
    expect(acts()).toEqual(before);
  });

  test('another identity is shown to be refused, replaces nothing, and can be undone', async () => {
    stack.service.label(`${id}-r1`, { totalLabeled: 1, humanLabeled: 1, unlabeled: 99 });
    const { id: same, data } = await stack.update(properties({ ...otherIdentity('phishing'), Mode: 'REPORT_ONLY' }));
    expect(same).toBe(id);
    expect(data.Message).toMatch(/^would fail: .*has 1 labeled objects/);
    expect((await stack.update(properties())).data).toMatchObject({ LabelingJobName: `${id}-r1`, LabelingJobStatus: 'InProgress', Message: '' });
  });

  test('a Create makes nothing, a later ENFORCE does', async () => {
    stack = new FakeStack();
    const { data } = await stack.create(properties({ Mode: 'REPORT_ONLY' }));
    expect(data).toMatchObject({ LabelingJobName: '', Message: 'would make the job' });
    expect(stack.service.jobs.size).toBe(0);
    expect((await stack.update(properties())).data).toMatchObject({ Generation: '1', LabelingJobStatus: 'InProgress' });
  });

  test('a Delete leaves the jobs, and no ledger behind', async () => {
    await stack.update(REPORT);
    await stack.delete();
    expect(statuses()).toEqual({ r1: 'InProgress' });
    expect(stack.ledgers.keys('state')).toEqual([]);
  });
});

describe('desired states', () => {
  test('STOPPED stops, RUNNING goes on with what is left', async () => {
    const { data } = await stack.update(properties({ DesiredState: 'STOPPED' }));
    expect(data).toMatchObject({ State: 'Stopped', Message: expect.stringContaining('its desired state is STOPPED') });
    leaveLabels(`${id}-r1`);
    expect(await stack.reconcile()).toMatchObject({ steps: [] });
    await stack.update(properties());
    expect(statuses()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
  });

  test('DRAINED lets the job run, whatever its settings, and starts no other one', async () => {
    await stack.update(properties({ DesiredState: 'DRAINED', Revision: '{"TaskTitle":"Ham?"}' }));
    expect(statuses()).toEqual({ r1: 'InProgress' });
    fail(`${id}-r1`);
    expect((await stack.reconcile()).notes).toEqual([expect.stringContaining('is not resumed: its desired state is DRAINED')]);
    expect(statuses()).toEqual({ r1: 'Failed' });
  });

  test('what never ran is not started', async () => {
    stack = new FakeStack();
    const { data } = await stack.create(properties({ DesiredState: 'STOPPED' }));
    expect(data).toMatchObject({ LabelingJobName: '', State: '', Generation: '0', Message: expect.stringContaining('is not started') });
    expect(stack.service.jobs.size).toBe(0);
  });
});

test('policies come from the declaration: a person\'s stop may be followed by a next job', async () => {
  await stack.update(properties({ Resume: '{"maxAttempts":1,"stopped":"RESUME"}' }));
  leaveLabels(`${id}-r1`);
  stack.service.end(`${id}-r1`, 'Stopped');
  await stack.reconcile();
  expect(statuses()).toEqual({ r1: 'Stopped', r2: 'Initializing' });
});

import { Stack } from 'aws-cdk-lib';
import { declareFailure, declareFleet, Lifecycle } from './harness';
import { EndedJobs, groundtruth, ReconcileMode, ReconcileOn } from '../../src';

/** Fleets on an engine that lets three jobs run at once; nobody labels. */
let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
  await life.control('quotas', { labelingJobs: 3 });
});
afterEach(() => life.stop());

const JOBS = ['a', 'b', 'c', 'd', 'e'];

async function running(): Promise<string[]> {
  return Object.entries(await life.jobs()).filter(([, status]) => status === 'InProgress').map(([name]) => name);
}

test('jobs are made in waves under the quota, and the deployment succeeds meanwhile', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFleet(stack, JOBS));
  expect(Life).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(await running()).toHaveLength(3);
  expect(Object.values(Life.outputs)).toEqual(expect.arrayContaining([expect.stringContaining('running 3')]));
});

test('a job that a person has stopped frees its place for the next, and is left', async () => {
  await life.deploy((stack) => declareFleet(stack, JOBS));
  const [first] = await running();
  await life.stopByHand(first);
  await life.until('the next job to start', async () => Object.keys(await life.jobs()).length === 4 && (await running()).length === 3);
  expect((await life.jobs())[first]).toBe('Stopped');
});

test('with a policy it is resumed', async () => {
  const declare = (stack: Stack) => declareFleet(stack, ['a'], { resume: { stopped: EndedJobs.RESUME } });
  await life.deploy(declare);
  const [first] = await running();
  await life.stopByHand(first);
  await life.until('its next generation', async () => (await running()).some((name) => name.endsWith('-r2')));
});

test('an update adds, changes and removes jobs', async () => {
  await life.deploy((stack) => declareFleet(stack, ['a', 'b']));
  const before = await running();
  const { stacks: { Life } } = await life.deploy((stack) => declareFleet(stack, ['b', 'c']));
  expect(Life.status).toBe('UPDATE_COMPLETE');
  await life.until('the removed job to stop', async () => Object.values(await life.jobs()).filter((status) => status === 'Stopped').length === 1);
  await life.until('two jobs to run', async () => (await running()).length === 2);
  expect((await running()).filter((name) => before.includes(name))).toHaveLength(1);
});

test('a deleted fleet leaves nothing running and nothing in the state bucket', async () => {
  await life.deploy((stack) => declareFleet(stack, JOBS));
  const { stacks: { Life } } = await life.destroy();
  expect(Life.status).toBe('DELETE_COMPLETE');
  expect(await running()).toEqual([]);
  // the events that the Delete itself has caused wake nobody
  expect(new Set(Object.values(await life.jobs()))).toEqual(new Set(['Stopped']));
});

test('a rollback brings the former jobs back without labeling anything twice', async () => {
  await life.deploy((stack) => {
    declareFailure(stack, declareFleet(stack, ['a', 'b']), false);
  });
  const before = await running();
  const { stacks: { Life } } = await life.deploy((stack) => {
    declareFailure(stack, declareFleet(stack, ['a', 'c']), true);
  });
  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  await life.until('two jobs to run', async () => (await running()).length === 2);
  const names = await running();
  expect(names.map((name) => name.replace(/-r\d+$/, '')).sort()).toEqual(before.map((name) => name.replace(/-r\d+$/, '')).sort());
});

test('REPORT_ONLY touches nothing and says what it would do', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFleet(stack, ['a', 'b'], {
    mode: ReconcileMode.REPORT_ONLY, reconcileOn: ReconcileOn.CHANGE,
  }));
  expect(Life.status).toBe('CREATE_COMPLETE');
  expect(await life.jobs()).toEqual({});
});

test('a fleet that nobody declares jobs for any more is refused at synthesis', async () => {
  await expect(life.deploy((stack) => declareFleet(stack, [], { jobs: groundtruth.FleetJobs.declared({}) }))).rejects.toThrow('the fleet has no jobs');
});

import { Tags } from 'aws-cdk-lib';
import { declareFailure, declareJob, Lifecycle } from './harness';

const OTHER_RECORDS = [{ source: 'A quite different mail' }];

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
  await life.deploy((stack) => declareFailure(stack, declareJob(stack), false));
});
afterEach(() => life.stop());

test('a tag changes in place', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => {
    Tags.of(stack).add('team', 'mail');
    declareFailure(stack, declareJob(stack), false);
  });

  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
  const [name] = Object.keys(await life.jobs());
  expect(await life.tags((await life.describe(name)).LabelingJobArn!)).toMatchObject({ team: 'mail' });
});

test('a deployment without a change calls nothing', async () => {
  await fetch(`${life.engine.endpoint}/_local/calls`, { method: 'DELETE' });

  await life.deploy((stack) => declareFailure(stack, declareJob(stack), false));

  expect(await life.calls('sagemaker', 'ListLabelingJobs')).toEqual([]);
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a work-neutral change stops the job and resumes with what is left', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareJob(stack, { props: { title: 'Another title' } }), false));

  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
  const r2 = Object.keys(await life.jobs()).find((name) => name.endsWith('-r2'))!;
  expect((await life.describe(r2)).HumanTaskConfig!.TaskTitle).toBe('Another title');
});

test('another identity replaces a job without labels, and the clean-up Delete lets the new job live', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareJob(stack, { records: OTHER_RECORDS }), false));

  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(Object.values(await life.jobs()).sort()).toEqual(['InProgress', 'Stopped']);
});

test('a rolled back update goes back to the first revision and leaves one job running', async () => {
  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareJob(stack, { props: { title: 'Another title' } }), true));

  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped', r2: 'Stopped', r3: 'InProgress' });
  const r3 = Object.keys(await life.jobs()).find((name) => name.endsWith('-r3'))!;
  expect((await life.describe(r3)).HumanTaskConfig!.TaskTitle).not.toBe('Another title');
});

test('an identity change that is rolled back returns to the first identity', async () => {
  const [first] = Object.keys(await life.jobs());

  const { stacks: { Life } } = await life.deploy((stack) => declareFailure(stack, declareJob(stack, { records: OTHER_RECORDS }), true));

  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const running = Object.entries(await life.jobs()).filter(([, status]) => status === 'InProgress').map(([name]) => name);
  expect(running).toHaveLength(1);
  expect(running[0].replace(/-r\d+$/, '')).toBe(first.replace(/-r\d+$/, ''));
});

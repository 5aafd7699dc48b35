import { Stack } from 'aws-cdk-lib';
import { Handler } from './handler';
import { declareFailure, declareJob, Lifecycle } from './harness';
import { DesiredState, ReconcileOn } from '../../src';

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
});
afterEach(() => life.stop());

const declare = (desiredState?: DesiredState, title?: string, fails?: boolean) => (stack: Stack) => {
  const job = declareJob(stack, { props: { desiredState, title, reconcileOn: ReconcileOn.STATE_CHANGE } });
  declareFailure(stack, job, fails ?? false);
};

test('STOPPED stops the job and stays stopped, RUNNING goes on with what is left', async () => {
  await life.deploy(declare());
  const { stacks: { Life } } = await life.deploy(declare(DesiredState.STOPPED));
  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'Stopped' });

  const handler = await Handler.of(life);
  expect(await handler.reconcile(await handler.lastEvent())).toMatchObject({ steps: [] });

  await life.deploy(declare(DesiredState.RUNNING));
  expect(await life.generations()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
});

test('DRAINED lets the job run, and makes no other one for other settings', async () => {
  await life.deploy(declare());
  const { stacks: { Life } } = await life.deploy(declare(DesiredState.DRAINED, 'Another title'));
  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(await life.generations()).toEqual({ r1: 'InProgress' });
});

test('a reconcile during a rollback does nothing of its own: one job runs at the end', async () => {
  await life.deploy(declare());
  const handler = await Handler.of(life);
  const event = await handler.lastEvent();
  const update = life.deploy(declare(undefined, 'Another title', true));
  let over = false;
  void update.finally(() => { over = true; });
  while (!over) {
    await handler.reconcile(event);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { stacks: { Life } } = await update;
  expect(Life.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  const running = Object.entries(await life.jobs()).filter(([, status]) => status === 'InProgress');
  expect(running).toHaveLength(1);
  expect((await life.describe(running[0][0])).HumanTaskConfig!.TaskTitle).not.toBe('Another title');
});

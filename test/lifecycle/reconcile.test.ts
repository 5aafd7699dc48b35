import { Stack } from 'aws-cdk-lib';
import { declareJob, Lifecycle } from './harness';
import { groundtruth, ReconcileOn } from '../../src';

let life: Lifecycle;
beforeEach(async () => {
  life = await Lifecycle.start();
});
afterEach(() => life.stop());

test('PARAMETER: a job that somebody has stopped is reported and left, and the listing is taken anew', async () => {
  await life.deploy(declare);
  const [name] = Object.keys(await life.jobs());
  await life.stopByHand(name);

  const { stacks: { Life: unasked } } = await life.deploy(declare);
  expect(Object.values(unasked.outputs)).toEqual(expect.arrayContaining(['InProgress', 'stopped: 0']));

  const { stacks: { Life } } = await life.deploy(declare, { ReconcileNonce: '1' });
  expect(Life.status).toBe('UPDATE_COMPLETE');
  expect(Object.values(Life.outputs)).toEqual(expect.arrayContaining([
    'Stopped', 'stopped: 1', expect.stringContaining(`${name} was stopped outside of this stack and is left as it is`),
  ]));
  expect(await life.jobs()).toEqual({ [name]: 'Stopped' });
});

function declare(stack: Stack): void {
  const job = declareJob(stack, { props: { reconcileOn: ReconcileOn.PARAMETER } });
  const list = new groundtruth.LabelingJobInventory(stack, 'List', { jobs: [job], reconcileOn: ReconcileOn.PARAMETER });
  stack.exportValue(job.labelingJobStatus, { name: 'Status' });
  stack.exportValue(`message: ${job.message}`, { name: 'Message' });
  stack.exportValue(`stopped: ${list.stopped}`, { name: 'Stopped' });
}

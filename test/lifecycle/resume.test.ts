import { Stack } from 'aws-cdk-lib';
import { Handler } from './handler';
import { declareJob, Lifecycle } from './harness';
import { EndedJobs, ReconcileMode, ReconcileOn, ResumeOptions } from '../../src';

/** Jobs that end between two deployments, and the reconciler that a rule wakes. */
let life: Lifecycle;
let handler: Handler;
let first: string;

async function start(resume?: ResumeOptions, mode?: ReconcileMode): Promise<void> {
  life = await Lifecycle.start();
  await life.deploy((stack) => declare(stack, resume));
  [first] = Object.keys(await life.jobs());
  if (mode) await life.deploy((stack) => declare(stack, resume, mode));
  handler = await Handler.of(life);
}
afterEach(() => life.stop());

function declare(stack: Stack, resume?: ResumeOptions, mode?: ReconcileMode): void {
  declareJob(stack, { props: { resume, mode, reconcileOn: ReconcileOn.STATE_CHANGE } });
}

const next = () => life.until('the next generation', async () => (await life.generations()).r2 === 'InProgress');

test('a job that failed within the service goes on, woken by its own event; nothing comes back after the Delete', async () => {
  await start();
  await life.control(`labeling-jobs/${first}/fail`, {});
  await next();
  expect(await life.generations()).toEqual({ r1: 'Failed', r2: 'InProgress' });

  const create = await handler.lastEvent();
  await life.destroy();
  // the event of our own stop woke the reconciler, if it was still there; the job stays as it is
  await expect(handler.reconcile(create)).rejects.toThrow();
  expect(await life.generations()).toEqual({ r1: 'Failed', r2: 'Stopped' });
});

test('a job that a person stopped goes on where the policy says so', async () => {
  await start({ stopped: EndedJobs.RESUME });
  await life.stopByHand(first);
  await next();
});

test('REPORT_ONLY: whatever ends, nothing is started', async () => {
  await start({ stopped: EndedJobs.RESUME }, ReconcileMode.REPORT_ONLY);
  await life.stopByHand(first);
  const found = await handler.reconcile(await handler.lastEvent());
  expect(found.steps).toEqual([`make generation 2 for the 2 objects that ${first} left`]);
  expect(await life.generations()).toEqual({ r1: 'Stopped' });
});

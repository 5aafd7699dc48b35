import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lifecycle } from './harness';
import { s3batch } from '../../src';

/** A fleet of batch jobs with the shipped handler, under the policies that it gives. */
const { Confirmation, FleetJobs, JobFleet, Operation } = s3batch;

const KEYS = ['a b.txt', 'c.txt', 'd.txt', 'not there.txt', 'e.txt'];
const MISSING = 'not there.txt';

interface Job {
  readonly JobId: string;
  readonly Status: string;
  readonly ProgressSummary: { readonly TotalNumberOfTasks: number; readonly NumberOfTasksSucceeded: number; readonly NumberOfTasksFailed: number };
}

let life: Lifecycle;

beforeEach(async () => {
  life = await Lifecycle.start();
  await life.engine.core.call('s3', 'CreateBucket', { Bucket: 'data' });
  for (const key of KEYS.filter((each) => each !== MISSING)) await put(key);
});

afterEach(() => life.stop());

function put(Key: string): Promise<unknown> {
  return life.engine.core.call('s3', 'PutObject', { Bucket: 'data', Key, Body: Buffer.from('content') });
}

/** The oldest first. */
async function jobs(): Promise<Job[]> {
  const AccountId = life.engine.core.settings.accountId;
  return [...(await life.engine.core.call<{ Jobs: Job[] }>('s3control', 'ListJobs', { AccountId })).Jobs].reverse();
}

async function deploy(props: Partial<s3batch.JobFleetProps> = {}, keys = KEYS) {
  const { stacks: { Life } } = await life.deploy((stack: Stack) => {
    const data = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    const fleet = new JobFleet(stack, 'Clean', {
      operation: Operation.deleteTags(),
      jobs: FleetJobs.fromRows('texts', data, keys.map((key) => ({ key })), { maxRowsPerJob: 2 }),
      waitForCompletion: true,
      ...props,
    });
    const { totalTasks, succeededTasks, failedTasks, completed, awaitingApproval, confirmCommand } = fleet;
    for (const [name, value] of Object.entries({ totalTasks, succeededTasks, failedTasks, completed, awaitingApproval, confirmCommand })) {
      if (value !== undefined) stack.exportValue(String(value), { name });
    }
    for (const key of fleet.keys) stack.exportValue(String(fleet.job(key).generation), { name: key });
  });
  const outputs = Life.outputs as Record<string, string>;
  return { status: Life.status, data: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name.replace(/^Export/, ''), value])) };
}

test('a next generation takes up what has failed, in that job alone; rows that are added make one job and change one', async () => {
  const first = await deploy();
  expect(first.status).toBe('CREATE_COMPLETE');
  expect(first.data).toMatchObject({ totalTasks: '5', succeededTasks: '4', failedTasks: '1', completed: '3' });
  expect(await jobs()).toHaveLength(3);

  await put(MISSING);
  expect((await deploy({ attempt: 2 })).data).toMatchObject({
    totalTasks: '5', succeededTasks: '5', failedTasks: '0', completed: '3', texts1: '1', texts2: '2', texts3: '1',
  });
  const [, , , again] = await jobs();
  expect(again).toMatchObject({ Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksSucceeded: 1 } });

  for (const key of ['f.txt', 'g.txt']) await put(key);
  expect((await deploy({ attempt: 2 }, [...KEYS, 'f.txt', 'g.txt'])).data).toMatchObject({ totalTasks: '7', failedTasks: '0', completed: '4' });
  expect((await jobs()).slice(4).map(({ ProgressSummary }) => ProgressSummary.TotalNumberOfTasks).sort()).toEqual([1, 2]);
});

test('one gate for all: every job waits, the command names all of them, and removal cancels them', async () => {
  const { data } = await deploy({ confirmation: Confirmation.MANUAL, waitForCompletion: false });
  expect(data).toMatchObject({ awaitingApproval: '3', completed: '0' });
  const waiting = await jobs();
  expect(waiting.map(({ Status }) => Status)).toEqual(['Suspended', 'Suspended', 'Suspended']);
  for (const { JobId } of waiting) expect(data.confirmCommand).toContain(JobId);
  await life.destroy();
  expect((await jobs()).map(({ Status }) => Status)).toEqual(['Cancelled', 'Cancelled', 'Cancelled']);
});

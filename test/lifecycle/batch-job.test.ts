import { Stack, Tags } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lifecycle } from './harness';
import { s3batch } from '../../src';

/** The life of a batch job with the shipped handler: what changes in place, what follows what has failed, and what is left behind. */
const { BatchJobRemoval, Confirmation, Manifest, Operation } = s3batch;

const GOOD = ['a b.txt', 'c.txt'];
const MISSING = 'not there.txt';

interface Job {
  readonly JobId: string;
  readonly Status: string;
  readonly Description: string;
  readonly Priority: number;
}

let life: Lifecycle;

beforeEach(async () => {
  life = await Lifecycle.start();
  for (const Bucket of ['data', 'lists']) await life.engine.core.call('s3', 'CreateBucket', { Bucket });
  for (const Key of GOOD) await put('data', Key);
});

afterEach(() => life.stop());

async function put(Bucket: string, Key: string, body = 'content'): Promise<void> {
  await life.engine.core.call('s3', 'PutObject', { Bucket, Key, Body: Buffer.from(body) });
}

function control<T>(operation: string, input: object = {}): Promise<T> {
  return life.engine.core.call<T>('s3control', operation, { AccountId: life.engine.core.settings.accountId, ...input });
}

/** The oldest first. */
async function jobs(): Promise<Job[]> {
  return [...(await control<{ Jobs: Job[] }>('ListJobs')).Jobs].reverse();
}

interface Declared extends Partial<s3batch.BatchJobProps> {
  readonly keys?: readonly string[];
  readonly team?: string;
}

async function deploy({ keys = GOOD, team, ...props }: Declared = {}) {
  const { stacks } = await life.deploy((stack: Stack) => {
    const data = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    const job = new s3batch.BatchJob(stack, 'Tag', {
      operation: Operation.deleteTags(),
      manifest: Manifest.fromRows(data, keys.map((key) => ({ key }))),
      waitForCompletion: true,
      ...props,
    });
    if (team !== undefined) Tags.of(job).add('team', team);
    const { batchJobId, batchJobStatus, message, confirmCommand } = job;
    const numbers = { generation: job.generation, totalTasks: job.totalTasks, succeededTasks: job.succeededTasks, failedTasks: job.failedTasks };
    for (const [name, value] of Object.entries({ batchJobId, batchJobStatus, message, confirmCommand, ...numbers })) stack.exportValue(String(value), { name });
  });
  const { status, outputs, reason } = stacks.Life as { status: string; outputs: Record<string, string>; reason?: string };
  return { status, reason, data: Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name.replace(/^Export/, ''), value])) };
}

test('priority, tags and description change nothing about work that is done; another rerun does it again', async () => {
  const { status, data } = await deploy();
  expect({ status, data }).toMatchObject({ status: 'CREATE_COMPLETE', data: { batchJobStatus: 'Complete', generation: '1', totalTasks: '2', succeededTasks: '2', failedTasks: '0' } });
  expect((await deploy({ priority: 77, description: 'Other', team: 'mail' })).data.batchJobId).toBe(data.batchJobId);
  const { Tags: tags } = await control<{ Tags: object[] }>('GetJobTagging', { JobId: data.batchJobId });
  expect(tags).toContainEqual({ Key: 'team', Value: 'mail' });
  expect(await jobs()).toHaveLength(1);
  expect((await deploy({ rerun: '2' })).status).toBe('UPDATE_COMPLETE');
  expect(await jobs()).toMatchObject([{ Status: 'Complete' }, { Status: 'Complete', Description: expect.stringMatching(/^\[life-.*-r1\]$/) }]);
});

test('a job left Suspended is deployed; priority changes in place; it is confirmed by its declaration, or cancelled with its resource', async () => {
  const waiting = { waitForCompletion: false, confirmation: Confirmation.MANUAL };
  const { data } = await deploy(waiting);
  expect(data).toMatchObject({ batchJobStatus: 'Suspended', confirmCommand: expect.stringContaining(`--job-id ${data.batchJobId} --requested-job-status Ready`) });
  await deploy({ ...waiting, priority: 55 });
  expect(await jobs()).toMatchObject([{ Status: 'Suspended', Priority: 55 }]);
  expect((await deploy({ waitForCompletion: true })).data).toMatchObject({ batchJobStatus: 'Complete', batchJobId: data.batchJobId });
  await deploy({ ...waiting, rerun: '2' });
  await life.destroy();
  expect((await jobs()).map(({ Status }) => Status)).toEqual(['Complete', 'Cancelled']);
});

test('a removed job is left alone where that was asked for', async () => {
  await deploy({ waitForCompletion: false, confirmation: Confirmation.MANUAL, removal: BatchJobRemoval.RETAIN });
  await life.destroy();
  expect((await jobs()).map(({ Status }) => Status)).toEqual(['Suspended']);
});

test('too many failed tasks fail the deployment, with counters and the report; the next one does only what has failed', async () => {
  const declared = { keys: [...GOOD, MISSING], maxFailedTasks: 0 };
  const failed = await deploy(declared);
  expect(failed.status).toMatch(/ROLLBACK_COMPLETE|CREATE_FAILED|ROLLBACK/);
  await put('data', MISSING);
  await life.destroy();
  const { status, data } = await deploy(declared);
  expect(status).toBe('CREATE_COMPLETE');
  expect(data).toMatchObject({ batchJobStatus: 'Complete', failedTasks: '0' });
});

test('another attempt does what has failed, and nothing twice', async () => {
  const declared = { keys: [...GOOD, MISSING] };
  expect((await deploy(declared)).data).toMatchObject({ succeededTasks: '2', failedTasks: '1', generation: '1' });
  await put('data', MISSING);
  expect((await deploy({ ...declared, attempt: 2 })).data).toMatchObject({ totalTasks: '3', succeededTasks: '3', failedTasks: '0', generation: '2' });
  const [, second] = await jobs();
  const { Job } = await control<{ Job: { ProgressSummary: object } }>('DescribeJob', { JobId: second.JobId });
  expect(Job.ProgressSummary).toMatchObject({ TotalNumberOfTasks: 1, NumberOfTasksSucceeded: 1 });
});

test('a manifest of another content than declared fails with S3\'s own reason, and no job is left behind', async () => {
  await put('lists', 'rows.csv', 'data,c.txt\n');
  const { status } = await life.deploy((stack) => {
    const lists = s3.Bucket.fromBucketName(stack, 'Lists', 'lists');
    const sourceBucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    new s3batch.BatchJob(stack, 'Tag', {
      operation: Operation.deleteTags(), manifest: Manifest.fromObject(lists, 'rows.csv', { etag: '0123456789abcdef0123456789abcdef', sourceBucket }),
    });
  }).then(({ stacks: { Life } }) => Life);
  expect(status).toMatch(/ROLLBACK/);
  expect((await jobs()).map(({ Status }) => Status)).toEqual(['Failed']);
});

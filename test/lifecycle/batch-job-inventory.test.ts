import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lifecycle } from './harness';
import { s3batch } from '../../src';

/** The list of an account's batch jobs with the shipped handler, and jobs on a file of the app whose keys are of every kind. */
const { BatchJob, BatchJobInventory, BatchJobStatus, Manifest, Operation } = s3batch;

const KEYS = ['a b.txt', 'c,"d".txt', 'e+f%.txt', 'g\nh.txt', '🐝/ü.txt'];

let life: Lifecycle;
let folder: string;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'inventory-'));
  fs.writeFileSync(path.join(folder, 'list.csv'), KEYS.map((key) => `data,${encodeURIComponent(key)}\n`).join(''));
  life = await Lifecycle.start();
  await life.engine.core.call('s3', 'CreateBucket', { Bucket: 'data' });
  for (const Key of KEYS) await life.engine.core.call('s3', 'PutObject', { Bucket: 'data', Key, Body: Buffer.from('content') });
});

afterEach(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await life.stop();
});

async function deploy(props: s3batch.BatchJobInventoryProps = {}): Promise<Record<string, string>> {
  const { stacks } = await life.deploy((stack: Stack) => {
    const data = s3.Bucket.fromBucketName(stack, 'Data', 'data');
    const common = { operation: Operation.replaceTags({ tags: { seen: 'yes' } }), waitForCompletion: true };
    const jobs = [
      new BatchJob(stack, 'FromRows', { ...common, manifest: Manifest.fromRows(data, KEYS.map((key) => ({ key }))) }),
      new BatchJob(stack, 'FromFile', { ...common, manifest: Manifest.fromAsset(path.join(folder, 'list.csv')) }),
    ];
    const list = new BatchJobInventory(stack, 'List', { jobs, ...props });
    const { total, complete, active, totalTasks, succeededTasks, failedTasks, recordUri, truncated } = list;
    for (const [name, value] of Object.entries({ total, complete, active, totalTasks, succeededTasks, failedTasks, recordUri, truncated })) {
      stack.exportValue(String(value), { name });
    }
  });
  const { status, outputs, reason } = stacks.Life as { status: string; outputs: Record<string, string>; reason?: string };
  expect(`${status} ${reason ?? ''}`).toMatch(/^(CREATE|UPDATE)_COMPLETE/);
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name.replace(/^Export/, ''), value]));
}

async function listed(uri: string): Promise<Array<Record<string, unknown>>> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(uri)!;
  const { Body } = await life.engine.core.call('s3', 'GetObject', { Bucket, Key });
  return Buffer.from(Body).toString().split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

test('jobs on keys of every kind are counted with their tasks, and listed in a file; a filter and a limit hold; all goes with the stack', async () => {
  const all = await deploy({ describeTimers: true });
  expect(all).toMatchObject({ total: '2', complete: '2', active: '0', totalTasks: '10', succeededTasks: '10', failedTasks: '0', truncated: 'false' });
  const jobs = await listed(all.recordUri);
  expect(jobs).toHaveLength(2);
  expect(jobs[0]).toMatchObject({ Status: 'Complete', Operation: 'S3PutObjectTagging', ProgressSummary: { Timers: { ElapsedTimeInActiveSeconds: expect.any(Number) } } });

  const elsewhere = await deploy({ maxItems: 1, pageSize: 1, jobStatuses: [BatchJobStatus.COMPLETE] });
  expect(elsewhere).toMatchObject({ total: '1', truncated: 'true' });
  expect(await deploy({ jobStatuses: [BatchJobStatus.FAILED] })).toMatchObject({ total: '0', totalTasks: '0', truncated: 'false' });
  expect((await life.destroy()).stacks.Life.status).toBe('DELETE_COMPLETE');
});

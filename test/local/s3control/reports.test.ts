import { createHash } from 'node:crypto';
import type { CreateJobCommandInput } from '@aws-sdk/client-s3-control';
import { AccountId, batchFixture, type Fixture } from './batch-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { processorTime } from '../processor-time';

const OPERATION = { S3DeleteObjectTagging: {} };
const REPORT = { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'out' } as const;

let engine: TestEngine;
let batch: Fixture;

beforeEach(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
  await batch.put('data', 'one', '1');
});

afterEach(() => engine.stop());

const keysIn = async (Bucket: string): Promise<string[]> =>
  ((await engine.core.call<{ Contents?: Array<{ Key: string }> }>('s3', 'ListObjectsV2', { Bucket })).Contents ?? []).map(({ Key }) => Key);

async function run(Report: CreateJobCommandInput['Report'], rows = [['data', 'one'], ['data', 'absent']]) {
  return batch.run(OPERATION, { Report, Manifest: await batch.manifest(rows) });
}

describe('a report', () => {
  test('has a manifest that names its files with their checksums', async () => {
    const job = await run(REPORT);
    const manifest = JSON.parse(await batch.text('reports', `out/job-${job.JobId}/manifest.json`)) as { Results: Array<{ Key: string; MD5Checksum: string }> };
    expect(manifest).toEqual({
      Format: 'Report_CSV_20180820',
      ReportCreationDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      Results: ['succeeded', 'failed'].map((TaskExecutionStatus) => ({
        TaskExecutionStatus, Bucket: 'reports', MD5Checksum: expect.any(String), Key: expect.stringMatching(`^out/job-${job.JobId}/results/[0-9a-f]{40}\\.csv$`),
      })),
      ReportSchema: 'Bucket, Key, VersionId, TaskStatus, ErrorCode, HTTPStatusCode, ResultMessage',
    });
    for (const { Key, MD5Checksum } of manifest.Results) {
      expect(createHash('md5').update(await batch.text('reports', Key)).digest('hex')).toBe(MD5Checksum);
      const { ServerSideEncryption } = await engine.core.call<{ ServerSideEncryption: string }>('s3', 'HeadObject', { Bucket: 'reports', Key });
      expect(ServerSideEncryption).toBe('AES256');
    }
    expect(await batch.report(job)).toEqual({
      succeeded: ['data,one,,succeeded,200,,"Successful"'],
      failed: ['data,absent,,failed,404,NoSuchKey,"The specified key does not exist."'],
    });
  });

  test('may hold failed tasks only', async () => {
    const job = await run({ ...REPORT, ReportScope: 'FailedTasksOnly' });
    expect(Object.keys(await batch.report(job))).toEqual(['failed']);
  });

  test('without a prefix lies at the bucket\'s root', async () => {
    const job = await run({ ...REPORT, Prefix: undefined });
    expect(await keysIn('reports')).toContain(`job-${job.JobId}/manifest.json`);
  });

  test('is not written when nobody wants it, or no task has run', async () => {
    await run({ Enabled: false });
    const cancelled = await batch.create(OPERATION, { ConfirmationRequired: true, Manifest: await batch.manifest([['data', 'one']]) });
    await engine.control('POST', 'clock', { advanceSeconds: 10 });
    await engine.core.call('s3control', 'UpdateJobStatus', { AccountId, JobId: cancelled, RequestedJobStatus: 'Cancelled' });
    await batch.ended(cancelled);
    expect(await keysIn('reports')).toEqual([]);
  });

  test('that cannot be written fails the job, whose tasks have run', async () => {
    const job = await run({ ...REPORT, Bucket: 'arn:aws:s3:::nowhere' });
    expect(job).toMatchObject({
      Status: 'Failed',
      FailureReasons: [{ FailureCode: 'NoSuchBucket', FailureReason: 'The job report could not be written to your report bucket: NoSuchBucket' }],
      ProgressSummary: { NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1 },
    });
  });

  test('of a job cancelled in the middle holds what has run', async () => {
    await engine.control('POST', 'batch-operations', { tasksPerSecond: 1 });
    await engine.control('POST', 'clock', { paused: true });
    const jobId = await batch.create(OPERATION, { Manifest: await batch.manifest(Array.from({ length: 50 }, () => ['data', 'one'])) });
    await engine.control('POST', 'clock', { advanceSeconds: 15 });
    await engine.core.call('s3control', 'UpdateJobStatus', { AccountId, JobId: jobId, RequestedJobStatus: 'Cancelled' });
    await engine.control('POST', 'clock', { advanceSeconds: 10 });
    const job = await batch.describe(jobId);
    const done = job.ProgressSummary!.NumberOfTasksSucceeded!;
    expect(job.Status).toBe('Cancelled');
    expect(done).toBeGreaterThan(2);
    expect(done).toBeLessThan(20);
    expect((await batch.report(job)).succeeded).toHaveLength(done);
  });
});

describe('many tasks', () => {
  const many = (count: number, failing: number) => Array.from({ length: count }, (_, index) => `data,${index < failing ? `absent-${index}` : 'one'}\n`).join('');

  test('fail the job when more than half of them fail, from the thousandth on', async () => {
    const job = await batch.run(OPERATION, { Manifest: await batch.manifest(many(3000, 3000)) });
    expect(job).toMatchObject({ Status: 'Failed', FailureReasons: [{ FailureCode: 'FailureThresholdExceeded' }] });
    const { NumberOfTasksFailed: failed } = job.ProgressSummary!;
    expect(failed).toBeGreaterThanOrEqual(1000);
    expect(failed).toBeLessThan(1020);
    expect((await batch.report(job)).failed).toHaveLength(failed!);
  });

  test('complete the job when half of them fail, or all of fewer', async () => {
    expect((await batch.run(OPERATION, { Manifest: await batch.manifest(many(1000, 500)) })).Status).toBe('Complete');
    expect((await batch.run(OPERATION, { Manifest: await batch.manifest(many(999, 999)) })).Status).toBe('Complete');
  });

  test('of 10,000 objects are done in seconds', async () => {
    const Manifest = await batch.manifest(many(10_000, 0));
    const { result: job, milliseconds } = await processorTime(() => batch.run(OPERATION, { Manifest }));
    expect(job.ProgressSummary).toMatchObject({ TotalNumberOfTasks: 10_000, NumberOfTasksSucceeded: 10_000 });
    expect(job.ProgressSummary!.Timers!.ElapsedTimeInActiveSeconds).toBeGreaterThanOrEqual(100);
    expect(milliseconds).toBeLessThan(20_000);
    expect((await batch.report(job)).succeeded).toHaveLength(10_000);
  });
});

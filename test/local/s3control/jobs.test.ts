import {
  CreateJobCommand, type CreateJobCommandInput, DeleteJobTaggingCommand, DescribeJobCommand, GetJobTaggingCommand, ListJobsCommand, paginateListJobs,
  PutJobTaggingCommand, UpdateJobPriorityCommand, UpdateJobStatusCommand,
} from '@aws-sdk/client-s3-control';
import { AccountId, batchFixture, type Fixture, RoleArn } from './batch-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

const DAY = 24 * 3600;
const TAGGING = { S3PutObjectTagging: { TagSet: [{ Key: 'a', Value: '1' }] } };

let engine: TestEngine;
let batch: Fixture;
let manifest: NonNullable<CreateJobCommandInput['Manifest']>;

beforeEach(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
  await batch.put('data', 'one', '1');
  manifest = await batch.manifest([['data', 'one']]);
});

afterEach(() => engine.stop());

const advance = (seconds: number) => engine.control('POST', 'clock', { advanceSeconds: seconds });
const pause = () => engine.control('POST', 'clock', { paused: true });
const create = (options: Partial<CreateJobCommandInput> = {}) => batch.create(TAGGING, { Manifest: manifest, ...options });
const status = async (jobId: string) => (await batch.describe(jobId)).Status;
const update = (JobId: string, RequestedJobStatus: 'Ready' | 'Cancelled', StatusUpdateReason?: string) =>
  batch.client.send(new UpdateJobStatusCommand({ AccountId, JobId, RequestedJobStatus, StatusUpdateReason }));

describe('a job', () => {
  test('goes from New through its statuses to Complete', async () => {
    await pause();
    const jobId = await create();
    const seen = [await status(jobId)];
    for (let second = 0; second < 12; second++) {
      await advance(1);
      const now = await status(jobId);
      if (now !== seen[seen.length - 1]) seen.push(now);
    }
    expect(seen).toEqual(['New', 'Preparing', 'Ready', 'Active', 'Completing', 'Complete']);
  });

  test('is described with what it was asked for and how far it is', async () => {
    const jobId = await create({ Description: 'tag them', Tags: [{ Key: 't', Value: 'v' }] });
    const job = await batch.ended(jobId);
    expect(job).toEqual({
      JobId: jobId,
      JobArn: `arn:aws:s3:us-east-1:${AccountId}:job/${jobId}`,
      ConfirmationRequired: false,
      Description: 'tag them',
      Status: 'Complete',
      Manifest: manifest,
      Operation: TAGGING,
      Priority: 10,
      RoleArn,
      Report: { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'out' },
      CreationTime: expect.any(Date),
      TerminationDate: expect.any(Date),
      ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 0, Timers: { ElapsedTimeInActiveSeconds: 1 } },
    });
    expect(job.TerminationDate!.getTime()).toBeGreaterThan(job.CreationTime!.getTime());
  });

  test('waits for confirmation, also when the request does not say so', async () => {
    for (const ConfirmationRequired of [true, undefined]) {
      const jobId = await create({ ConfirmationRequired });
      await advance(20);
      expect(await batch.describe(jobId)).toMatchObject({ Status: 'Suspended', SuspendedCause: 'AWAITING_CONFIRMATION', SuspendedDate: expect.any(Date), ConfirmationRequired: true });
      expect(await update(jobId, 'Ready', 'looks good')).toMatchObject({ JobId: jobId, Status: 'Ready', StatusUpdateReason: 'looks good' });
      expect(await batch.ended(jobId)).toMatchObject({ Status: 'Complete', StatusUpdateReason: 'looks good' });
    }
  });

  test('that nobody confirms fails after 30 days', async () => {
    const jobId = await create({ ConfirmationRequired: true });
    await advance(29 * DAY);
    expect(await status(jobId)).toBe('Suspended');
    await advance(2 * DAY);
    expect(await batch.describe(jobId)).toMatchObject({ Status: 'Failed', FailureReasons: [{ FailureCode: 'JobExpired' }] });
  });

  test('is cancelled in any status before its end, and not after', async () => {
    await pause();
    for (const seconds of [0, 3, 7]) {
      const jobId = await create();
      await advance(seconds);
      expect(await update(jobId, 'Cancelled', 'no longer needed')).toMatchObject({ Status: 'Cancelling', StatusUpdateReason: 'no longer needed' });
      await advance(20);
      expect(await batch.describe(jobId)).toMatchObject({ Status: 'Cancelled', StatusUpdateReason: 'no longer needed', TerminationDate: expect.any(Date) });
      expect(await refusal(update(jobId, 'Cancelled'))).toBe('JobStatusException');
      expect(await refusal(update(jobId, 'Ready'))).toBe('JobStatusException');
    }
    const waiting = await create({ ConfirmationRequired: true });
    await advance(20);
    await update(waiting, 'Cancelled');
    await advance(20);
    expect(await status(waiting)).toBe('Cancelled');
  });

  test('of higher priority pauses one of lower', async () => {
    await engine.control('POST', 'batch-operations', { concurrentJobs: 1, tasksPerSecond: 1 });
    await pause();
    const rows = Array.from({ length: 20 }, () => ['data', 'one']);
    const low = await create({ Priority: 1, Manifest: await batch.manifest(rows) });
    await advance(10);
    expect(await status(low)).toBe('Active');
    const high = await create({ Priority: 2 });
    await advance(7);
    expect([await status(low), await status(high)]).toEqual(['Pausing', 'Ready']);
    await advance(1);
    expect([await status(low), await status(high)]).toEqual(['Paused', 'Active']);
    const { ProgressSummary } = await batch.describe(low);
    await advance(40);
    const done = await batch.describe(low);
    expect([done.Status, await status(high)]).toEqual(['Complete', 'Complete']);
    expect(done.ProgressSummary).toMatchObject({ TotalNumberOfTasks: 20, NumberOfTasksSucceeded: 20 });
    expect(ProgressSummary!.NumberOfTasksSucceeded).toBeLessThan(20);
    expect(done.ProgressSummary!.Timers!.ElapsedTimeInActiveSeconds).toBeLessThan(25);
  });

  test('changes its priority until it has ended', async () => {
    const jobId = await create({ ConfirmationRequired: true });
    expect(await batch.client.send(new UpdateJobPriorityCommand({ AccountId, JobId: jobId, Priority: 98 }))).toMatchObject({ JobId: jobId, Priority: 98 });
    expect((await batch.describe(jobId)).Priority).toBe(98);
    await advance(20);
    await update(jobId, 'Cancelled');
    await batch.ended(jobId);
    expect(await refusal(batch.client.send(new UpdateJobPriorityCommand({ AccountId, JobId: jobId, Priority: 1 })))).toBe('BadRequestException');
  });

  test('is known for 90 days after its end', async () => {
    const jobId = (await batch.run(TAGGING, { Manifest: manifest })).JobId!;
    await advance(89 * DAY);
    expect(await status(jobId)).toBe('Complete');
    await advance(2 * DAY);
    for (const call of [new DescribeJobCommand({ AccountId, JobId: jobId }), new GetJobTaggingCommand({ AccountId, JobId: jobId })]) {
      expect(await refusal(batch.client.send(call as DescribeJobCommand))).toBe('NotFoundException');
    }
    expect((await batch.client.send(new ListJobsCommand({ AccountId }))).Jobs).toEqual([]);
  });
});

describe('a token', () => {
  test('makes one job of the same request, and refuses another', async () => {
    const ClientRequestToken = 'once';
    const jobId = await create({ ClientRequestToken });
    expect(await create({ ClientRequestToken })).toBe(jobId);
    expect(await create()).not.toBe(jobId);
    for (const other of [{ Priority: 11 }, { Description: 'other' }, { Tags: [{ Key: 'x', Value: '' }] }]) {
      expect(await refusal(create({ ClientRequestToken, ...other }))).toBe('IdempotencyException');
    }
  });
});

describe('tags of a job', () => {
  const tagging = async (JobId: string) => (await batch.client.send(new GetJobTaggingCommand({ AccountId, JobId }))).Tags;

  test('are given, replaced and removed', async () => {
    const jobId = await create({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '' }] });
    expect(await tagging(jobId)).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b', Value: '' }]);
    await batch.client.send(new PutJobTaggingCommand({ AccountId, JobId: jobId, Tags: [{ Key: 'c', Value: '3' }] }));
    expect(await tagging(jobId)).toEqual([{ Key: 'c', Value: '3' }]);
    await batch.client.send(new PutJobTaggingCommand({ AccountId, JobId: jobId, Tags: [] }));
    expect(await tagging(jobId)).toEqual([]);
    await batch.client.send(new PutJobTaggingCommand({ AccountId, JobId: jobId, Tags: [{ Key: 'd', Value: '4' }] }));
    await batch.client.send(new DeleteJobTaggingCommand({ AccountId, JobId: jobId }));
    expect(await tagging(jobId)).toEqual([]);
  });

  test('are at most 50, with unique keys', async () => {
    const jobId = await create();
    const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    const put = (Tags: Array<{ Key: string; Value: string }>) => batch.client.send(new PutJobTaggingCommand({ AccountId, JobId: jobId, Tags }));
    await put(tags(50));
    expect(await refusal(put(tags(51)))).toBe('TooManyTagsException');
    expect(await refusal(put([...tags(1), ...tags(1)]))).toBe('BadRequestException');
    expect(await refusal(create({ Tags: tags(51) }))).toBe('BadRequestException');
  });
});

describe('a list of jobs', () => {
  test('gives every job once, page by page, though jobs are made meanwhile', async () => {
    const made: string[] = [];
    for (let count = 0; count < 7; count++) made.push(await create());
    const seen: string[] = [];
    for await (const page of paginateListJobs({ client: batch.client, pageSize: 3 }, { AccountId })) {
      seen.push(...page.Jobs!.map(({ JobId }) => JobId!));
      await create();
    }
    expect(seen).toEqual([...made].reverse());
  });

  test('shows a job\'s facts and filters by status', async () => {
    const waiting = await create({ ConfirmationRequired: true, Description: 'waits' });
    const complete = (await batch.run(TAGGING, { Manifest: manifest })).JobId!;
    const listed = async (...JobStatuses: ['Suspended', ...Array<'Complete'>] | []) => (await batch.client.send(new ListJobsCommand({ AccountId, JobStatuses }))).Jobs!;
    expect((await listed('Suspended', 'Complete')).map(({ JobId }) => JobId)).toEqual([complete, waiting]);
    expect(await listed('Suspended')).toEqual([{
      JobId: waiting,
      Description: 'waits',
      Operation: 'S3PutObjectTagging',
      Priority: 10,
      Status: 'Suspended',
      CreationTime: expect.any(Date),
      ProgressSummary: { TotalNumberOfTasks: 1, NumberOfTasksSucceeded: 0, NumberOfTasksFailed: 0, Timers: { ElapsedTimeInActiveSeconds: 0 } },
    }]);
  });

  test('of 20,000 seeded jobs is read to its end', async () => {
    const jobId = await create({ Description: 'like this' });
    const seeded = await engine.control('POST', 'batch-jobs/seed', { count: 20_000, like: jobId, statuses: ['Complete', 'Failed'], tasks: 10, tags: { a: '1' } });
    const ids = new Set<string>();
    let succeeded = 0;
    for await (const { Jobs } of paginateListJobs({ client: batch.client, pageSize: 1000 }, { AccountId, JobStatuses: ['Complete'] })) {
      for (const { JobId, ProgressSummary } of Jobs!) {
        ids.add(JobId!);
        succeeded += ProgressSummary!.NumberOfTasksSucceeded!;
      }
    }
    ids.delete(jobId);
    expect([ids.size, Math.floor(succeeded / 10), ids.has(seeded.body.first as string)]).toEqual([10_000, 10_000, true]);
    expect(await batch.describe(seeded.body.last as string)).toMatchObject({ Status: 'Failed', Description: 'like this', ProgressSummary: { NumberOfTasksFailed: 5 } });
  });

  test.each([
    [{ NextToken: 'not-a-token' }, 'InvalidNextTokenException'],
    [{ NextToken: 'ü' }, 'InvalidNextTokenException'],
    [{ MaxResults: 1001 }, 'InvalidRequestException'],
    [{ MaxResults: -1 }, 'InvalidRequestException'],
    [{ JobStatuses: ['Done' as 'Complete'] }, 'InvalidRequestException'],
  ])('is refused for %j', async (input, code) => {
    expect(await refusal(batch.client.send(new ListJobsCommand({ AccountId, ...input })))).toBe(code);
  });
});

test.each<[string, Partial<CreateJobCommandInput>]>([
  ['no manifest', { Manifest: undefined }],
  ['manifest and generator', { ManifestGenerator: { S3JobManifestGenerator: { SourceBucket: 'arn:aws:s3:::data', EnableManifestOutput: false } } }],
  ['no operation', { Operation: {} }],
  ['two operations', { Operation: { ...TAGGING, S3DeleteObjectTagging: {} } }],
  ['a copy to nowhere', { Operation: { S3PutObjectCopy: {} } }],
  ['arguments in schema 1.0', { Operation: { LambdaInvoke: { FunctionArn: 'f', UserArguments: { a: 'b' } } } }],
  ['an unknown schema', { Operation: { LambdaInvoke: { FunctionArn: 'f', InvocationSchemaVersion: '3.0' } } }],
  ['no days of a restore', { Operation: { S3InitiateRestoreObject: { ExpirationInDays: 0, GlacierJobTier: 'BULK' } } }],
  ['half a retention', { Operation: { S3PutObjectRetention: { Retention: { Mode: 'GOVERNANCE' } } } }],
  ['eleven tags', { Operation: { S3PutObjectTagging: { TagSet: Array.from({ length: 11 }, (_, index) => ({ Key: `${index}`, Value: '' })) } } }],
  ['a report to nowhere', { Report: { Enabled: true, Format: 'Report_CSV_20180820', ReportScope: 'AllTasks' } }],
  ['a role of another account', { RoleArn: 'arn:aws:iam::999999999999:role/r' }],
  ['a negative priority', { Priority: -1 }],
  ['a long description', { Description: 'x'.repeat(257) }],
])('%s is refused', async (_what, options) => {
  expect(await refusal(create(options))).toBe('BadRequestException');
});

test('another account sees nothing', async () => {
  const jobId = await create();
  expect(await refusal(batch.client.send(new DescribeJobCommand({ AccountId: '999999999999', JobId: jobId })))).toBe('AccessDenied');
  expect(await refusal(batch.client.send(new CreateJobCommand({
    AccountId: '999999999999', Operation: TAGGING, Manifest: manifest, Priority: 1, RoleArn, Report: { Enabled: false }, ClientRequestToken: 't',
  })))).toBe('AccessDenied');
});

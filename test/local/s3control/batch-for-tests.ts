import * as http from 'node:http';
import { type CreateJobCommandInput, CreateJobCommand, DescribeJobCommand, type JobDescriptor, type JobOperation, S3ControlClient } from '@aws-sdk/client-s3-control';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { TestEngine } from '../engine-for-tests';

export const AccountId = '123456789012';
export const RoleArn = `arn:aws:iam::${AccountId}:role/batch`;
const TERMINAL = ['Complete', 'Cancelled', 'Failed'];

/** The SDK puts the account before the host's name: `localhost` alone has names below it, and not every system knows them. */
export function s3ControlClient({ clientConfig }: TestEngine): S3ControlClient {
  const lookup: http.AgentOptions['lookup'] = (_name, options, callback) => {
    if (options.all) (callback as unknown as (error: null, addresses: object[]) => void)(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(null, '127.0.0.1', 4);
  };
  return new S3ControlClient({
    ...clientConfig,
    endpoint: clientConfig.endpoint.replace('127.0.0.1', 'localhost'),
    requestHandler: new NodeHttpHandler({ httpAgent: new http.Agent({ lookup }) }),
  });
}

export interface Fixture {
  readonly engine: TestEngine;
  readonly client: S3ControlClient;
  put(bucket: string, key: string, body: string | Buffer, options?: object): Promise<string>;
  bucket(name: string, options?: object): Promise<string>;
  manifest(rows: string[][] | string, options?: { fields?: string[] }): Promise<NonNullable<CreateJobCommandInput['Manifest']>>;
  create(operation: JobOperation, options?: Partial<CreateJobCommandInput>): Promise<string>;
  describe(jobId: string): Promise<JobDescriptor>;
  /** Lets time pass until the job has ended. */
  ended(jobId: string): Promise<JobDescriptor>;
  run(operation: JobOperation, options?: Partial<CreateJobCommandInput>): Promise<JobDescriptor>;
  /** The rows of the job's completion report, by status. */
  report(job: JobDescriptor): Promise<{ succeeded?: string[]; failed?: string[] }>;
  text(bucket: string, key: string): Promise<string>;
}

/** Buckets `data`, `manifests` and `reports`, and what tests of jobs do again and again. */
export async function batchFixture(engine: TestEngine): Promise<Fixture> {
  const { core } = engine;
  const client = s3ControlClient(engine);
  let manifests = 0;
  const fixture: Fixture = {
    engine,
    client,
    async put(Bucket, Key, Body, options = {}) {
      return (await core.call<{ ETag: string }>('s3', 'PutObject', { Bucket, Key, Body: Buffer.from(Body), ...options })).ETag.replaceAll('"', '');
    },
    async bucket(Bucket, options = {}) {
      await core.call('s3', 'CreateBucket', { Bucket, ...options });
      return Bucket;
    },
    async manifest(rows, { fields = ['Bucket', 'Key'] } = {}) {
      const key = `manifest-${++manifests}.csv`;
      const text = typeof rows === 'string' ? rows : rows.map((row) => `${row.join(',')}\n`).join('');
      const ETag = await fixture.put('manifests', key, text);
      return { Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: fields as [] }, Location: { ObjectArn: `arn:aws:s3:::manifests/${key}`, ETag } };
    },
    async create(Operation, options = {}) {
      const { JobId } = await client.send(new CreateJobCommand({
        AccountId,
        Operation,
        Priority: 10,
        RoleArn,
        ConfirmationRequired: false,
        ClientRequestToken: undefined,
        Report: { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'out' },
        ...options,
      }));
      return JobId!;
    },
    async describe(JobId) {
      return (await client.send(new DescribeJobCommand({ AccountId, JobId }))).Job!;
    },
    async ended(jobId) {
      for (let poll = 0; poll < 20_000; poll++) {
        const job = await fixture.describe(jobId);
        if (TERMINAL.includes(job.Status!)) return job;
        await new Promise((resolve) => { setTimeout(resolve, 5); });
      }
      throw new Error(`job ${jobId} does not end`);
    },
    async run(operation, options) {
      return fixture.ended(await fixture.create(operation, options));
    },
    async report({ JobId }) {
      const { Results } = JSON.parse(await fixture.text('reports', `out/job-${JobId}/manifest.json`)) as { Results: Array<{ TaskExecutionStatus: string; Key: string }> };
      return Object.fromEntries(await Promise.all(Results.map(async ({ TaskExecutionStatus, Key }) =>
        [TaskExecutionStatus, (await fixture.text('reports', Key)).trimEnd().split('\n')])));
    },
    async text(Bucket, Key) {
      return (await core.call<{ Body: Buffer }>('s3', 'GetObject', { Bucket, Key })).Body.toString();
    },
  };
  for (const name of ['data', 'manifests', 'reports']) await fixture.bucket(name);
  return fixture;
}

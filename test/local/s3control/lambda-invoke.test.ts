import { LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { LambdaInvokeOperation } from '@aws-sdk/client-s3-control';
import { batchFixture, type Fixture } from './batch-for-tests';
import { testWith } from '../clients/python';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy } from '../lambda/functions-for-tests';

let engine: TestEngine;
let batch: Fixture;
let lambda: LambdaClient;

beforeAll(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
  lambda = new LambdaClient(engine.clientConfig);
});

afterAll(() => engine.stop());

const answering = (expression: string) => `
  exports.handler = async ({ invocationSchemaVersion, invocationId, job, tasks: [task] }) => ({
    invocationSchemaVersion, treatMissingKeysAs: 'PermanentFailure', invocationId, results: ${expression},
  });`;

interface Outcome {
  readonly counts: readonly [succeeded: number | undefined, failed: number | undefined];
  readonly rows: string[];
}

/** Runs a function, given as code, on objects named by keys as they stand in the manifest. */
async function runCode(name: string, code: string, keys: string[], settings: LambdaInvokeOperation = {}, rowsOf = (key: string) => ['data', key]): Promise<Outcome> {
  // a busy machine takes more than Lambda's three seconds to load a whole SDK
  const FunctionArn = await deploy(lambda, name, code, { Timeout: 60 });
  const rows = keys.map(rowsOf);
  const fields = ['Bucket', 'Key', 'VersionId'].slice(0, rows[0].length);
  const job = await batch.run({ LambdaInvoke: { FunctionArn, ...settings } }, { Manifest: await batch.manifest(rows, { fields }) });
  expect(job.Status).toBe('Complete');
  const { succeeded = [], failed = [] } = await batch.report(job);
  const { NumberOfTasksSucceeded, NumberOfTasksFailed } = job.ProgressSummary!;
  return { counts: [NumberOfTasksSucceeded, NumberOfTasksFailed], rows: [...succeeded, ...failed] };
}

const messageOf = (row: string) => row.slice(row.indexOf('"') + 1, -1).replaceAll('""', '"');
const ECHO = answering('[{ taskId: task.taskId, resultCode: \'Succeeded\', resultString: JSON.stringify({ job, task }) }]');

describe('a function is given', () => {
  test('the bucket\'s ARN in schema 1.0', async () => {
    const { counts, rows: [row] } = await runCode('echo-1', ECHO, ['a%20b%2B%C3%BC']);
    expect(counts).toEqual([1, 0]);
    expect(row).toMatch(/^data,a%20b%2B%C3%BC,,succeeded,200,,"/);
    expect(JSON.parse(messageOf(row))).toEqual({
      job: { id: expect.any(String) },
      task: { taskId: expect.any(String), s3Key: 'a%20b%2B%C3%BC', s3VersionId: null, s3BucketArn: 'arn:aws:s3:::data' },
    });
  });

  test('the bucket\'s name and arguments in schema 2.0', async () => {
    const settings = { InvocationSchemaVersion: '2.0', UserArguments: { mode: 'fast', empty: '' } };
    const { rows: [row] } = await runCode('echo-2', ECHO, ['k'], settings, (key) => ['data', key, 'null']);
    expect(JSON.parse(messageOf(row))).toEqual({
      job: { id: expect.any(String), userArguments: { mode: 'fast', empty: '' } },
      task: { taskId: expect.any(String), s3Key: 'k', s3VersionId: 'null', s3Bucket: 'data' },
    });
  });
});

test('a task without its version fails before the function is asked', async () => {
  const { counts, rows } = await runCode('versions', ECHO, ['k'], {}, (key) => ['data', key, '']);
  expect([counts, rows]).toEqual([[0, 1], ['data,k,,failed,400,InvalidRequest,"Task failed due to missing VersionId"']]);
});

test('what fails for good and what crashes does not touch the others', async () => {
  const code = `exports.handler = async (event) => {
    const { tasks: [{ s3Key, taskId }], invocationId, invocationSchemaVersion } = event;
    if (s3Key === 'throws') throw new TypeError('oops');
    if (s3Key === 'exits') process.exit(1);
    if (s3Key === 'nonsense') return { hello: 'world' };
    const resultCode = s3Key === 'bad' ? 'PermanentFailure' : 'Succeeded';
    return { invocationSchemaVersion, invocationId, treatMissingKeysAs: 'PermanentFailure', results: [{ taskId, resultCode, resultString: s3Key }] };
  }`;
  const { counts, rows } = await runCode('mixed', code, ['good', 'bad', 'throws', 'exits', 'nonsense', 'better']);
  expect(counts).toEqual([2, 4]);
  expect(rows).toEqual([
    'data,good,,succeeded,200,,"good"',
    'data,better,,succeeded,200,,"better"',
    'data,bad,,failed,200,PermanentFailure,"bad"',
    expect.stringMatching(/^data,throws,,failed,200,PermanentFailure,"Lambda returned function error: \{""errorType"":""TypeError"",""errorMessage"":""oops""/),
    expect.stringMatching(/^data,exits,,failed,200,PermanentFailure,"Lambda returned function error: /),
    expect.stringMatching(/^data,nonsense,,failed,200,PermanentFailure,"Lambda returned an invalid response: invocationSchemaVersion is not 1\.0/),
  ]);
});

test('what fails for the moment is tried again, three times in all', async () => {
  const code = `const tries = {}; exports.handler = async ({ tasks: [{ s3Key, taskId }], invocationId, invocationSchemaVersion }) => {
    tries[s3Key] = (tries[s3Key] ?? 0) + 1;
    const resultCode = tries[s3Key] === Number(s3Key) ? 'Succeeded' : 'TemporaryFailure';
    return { invocationSchemaVersion, invocationId, treatMissingKeysAs: 'PermanentFailure', results: [{ taskId, resultCode, resultString: String(tries[s3Key]) }] };
  }`;
  const FunctionArn = await deploy(lambda, 'temporary', code);
  // one process keeps count
  await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: 'temporary', ReservedConcurrentExecutions: 1 }));
  const job = await batch.run({ LambdaInvoke: { FunctionArn } }, { Manifest: await batch.manifest(['1', '3', '9'].map((key) => ['data', key])) });
  expect(await batch.report(job)).toEqual({
    succeeded: ['data,1,,succeeded,200,,"1"', 'data,3,,succeeded,200,,"3"'],
    failed: ['data,9,,failed,200,TemporaryFailure,"3"'],
  });
});

test.each([
  ['Succeeded', [1, 0]],
  ['PermanentFailure', [0, 1]],
  ['TemporaryFailure', [0, 1]],
])('a missing result counts as %s where the function says so', async (treatMissingKeysAs, counts) => {
  const code = `exports.handler = async ({ invocationSchemaVersion, invocationId }) => ({
    invocationSchemaVersion, invocationId, treatMissingKeysAs: '${treatMissingKeysAs}', results: [],
  })`;
  expect((await runCode(`missing-${treatMissingKeysAs}`, code, ['k'])).counts).toEqual(counts);
});

test('a function that is not there fails every task', async () => {
  const FunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:nowhere';
  const job = await batch.run({ LambdaInvoke: { FunctionArn } }, { Manifest: await batch.manifest([['data', 'k']]) });
  expect((await batch.report(job)).failed![0]).toMatch(/^data,k,,failed,404,ResourceNotFoundException,/);
});

test('a function reaches S3 Control by a client of its own', async () => {
  const code = `const { S3ControlClient, ListJobsCommand } = require('@aws-sdk/client-s3-control');
    exports.handler = async ({ tasks: [{ taskId }], invocationId, invocationSchemaVersion }) => {
      const { Jobs } = await new S3ControlClient({}).send(new ListJobsCommand({ AccountId: '123456789012', JobStatuses: ['Active'] }));
      const results = [{ taskId, resultCode: 'Succeeded', resultString: Jobs[0].Operation }];
      return { invocationSchemaVersion, invocationId, treatMissingKeysAs: 'PermanentFailure', results };
    }`;
  expect((await runCode('controller', code, ['k'])).rows).toEqual(['data,k,,succeeded,200,,"LambdaInvoke"']);
});

testWith('boto3', 'a function reaches S3 Control by a client of its own', async () => {
  const code = [
    'import boto3',
    'def handler(event, context):',
    '    job = boto3.client("s3control").describe_job(AccountId="123456789012", JobId=event["job"]["id"])["Job"]',
    '    results = [{"taskId": event["tasks"][0]["taskId"], "resultCode": "Succeeded", "resultString": job["Status"]}]',
    '    return {"invocationSchemaVersion": "1.0", "invocationId": event["invocationId"], "treatMissingKeysAs": "PermanentFailure", "results": results}',
  ].join('\n');
  const FunctionArn = await deploy(lambda, 'python-controller', code, { Runtime: 'python3.13', Timeout: 60 });
  const job = await batch.run({ LambdaInvoke: { FunctionArn } }, { Manifest: await batch.manifest([['data', 'k']]) });
  expect(await batch.report(job)).toEqual({ succeeded: ['data,k,,succeeded,200,,"Active"'] });
});

import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Lifecycle } from './harness';
import { ObjectFunction } from '../../src/s3batch/object-function';
import type { TestEngine } from '../local/engine-for-tests';
import { batchFixture, type Fixture } from '../local/s3control/batch-for-tests';

/** Authors' functions on the shipped layer: CommonJS, an ES module, and Python. */
const AUTHORS = {
  common: {
    'app.js': `
      exports.handler = async ({ bucket, key, arguments: given }, context) => {
        if (key === 'bad') throw new RangeError('too wide');
        if (key === 'slow') await new Promise((resolve) => setTimeout(resolve, 60_000));
        if (key === 'later') throw Object.assign(new Error('not yet'), { name: 'TemporaryFailure' });
        return { bucket, key, given, left: context.getRemainingTimeInMillis() > 0 };
      };`,
  },
  module: { 'app.mjs': 'export const handler = ({ bucket, key, arguments: given }) => ({ bucket, key, given, left: true });' },
  python: {
    'app.py': `
import sys, time
from cdk_labeling_object_function import TemporaryFailure

class Answer:
    status_code = 503

class HttpError(Exception):
    response = Answer()

class Mute(Exception):
    def __str__(self):
        raise ValueError('no text')

def handler(obj, context):
    if obj.key == 'http':
        raise HttpError('busy')
    if obj.key == 'mute':
        raise Mute()
    if obj.key == 'bad':
        raise KeyError('too wide')
    if obj.key == 'exit':
        sys.exit(3)
    if obj.key == 'slow':
        time.sleep(60)
    if obj.key == 'later':
        raise TemporaryFailure('not yet')
    return {'bucket': obj.bucket, 'key': obj.key, 'given': obj.arguments, 'left': context.get_remaining_time_in_millis() > 0}
`,
  },
};
type Author = keyof typeof AUTHORS;

let life: Lifecycle;
let batch: Fixture;
let functions: Record<string, string>;
const folders: string[] = [];

beforeAll(async () => {
  // the job's role is made up here: what real ones may is shown where operations are deployed
  life = await Lifecycle.start({ iam: 'off' });
  const { endpoint, core } = life.engine;
  const clientConfig = { endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } };
  batch = await batchFixture({ core, clientConfig } as unknown as TestEngine);
  const { stacks: { Life } } = await life.deploy((stack) => {
    for (const author of Object.keys(AUTHORS) as Author[]) declareAuthor(stack, author);
  });
  expect(Life.status).toBe('CREATE_COMPLETE');
  functions = Object.fromEntries(Object.entries(Life.outputs).map(([id, arn]) => [/^ExportsOutputFnGetAtt(\w+?)Function/.exec(id)![1], arn]));
});

afterAll(async () => {
  await life.stop();
  for (const folder of folders) fs.rmSync(folder, { recursive: true });
});

function declareAuthor(stack: Stack, author: Author): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'author-'));
  folders.push(folder);
  for (const [file, code] of Object.entries(AUTHORS[author])) fs.writeFileSync(path.join(folder, file), code);
  const lambdaFunction = new lambda.Function(stack, `${author}Function`, {
    runtime: author === 'python' ? lambda.Runtime.PYTHON_3_13 : lambda.Runtime.NODEJS_22_X,
    code: lambda.Code.fromAsset(folder),
    handler: 'app.handler',
    // room for a cold start on a busy machine; what hangs waits it out
    timeout: Duration.seconds(10),
  });
  new ObjectFunction(stack, author, { lambdaFunction });
  stack.exportValue(lambdaFunction.functionArn);
}

const task = (s3Key: string, more: object = { s3Bucket: 'data' }) => ({ taskId: s3Key, s3Key, s3VersionId: null, ...more });

async function invoke(author: Author, event: object) {
  const { FunctionError, Payload } = await life.engine.core.call<{ FunctionError?: string; Payload: Buffer }>('lambda', 'Invoke', {
    FunctionName: functions[author], Payload: JSON.stringify(event),
  });
  const answer = JSON.parse(Buffer.from(Payload).toString());
  if (FunctionError) throw new Error(answer.errorMessage);
  return answer;
}

describe.each(Object.keys(AUTHORS) as Author[])('%s', (author) => {
  test('a job gets a result for its object, keys decoded', async () => {
    const job = await batch.run({ LambdaInvoke: { FunctionArn: functions[author], InvocationSchemaVersion: '2.0', UserArguments: { mode: 'fast' } } },
      { Manifest: await batch.manifest([['data', 'a%20b%2B%C3%BC']]) });
    const { succeeded: [row] } = await batch.report(job) as { succeeded: string[] };
    expect(JSON.parse(row.slice(row.indexOf('"') + 1, -1).replaceAll('""', '"'))).toEqual({ bucket: 'data', key: 'a b+ü', given: { mode: 'fast' }, left: true });
  });

  test('schema 1.0', async () => {
    const { results, ...rest } = await invoke(author, {
      invocationSchemaVersion: '1.0', invocationId: 'i', job: { id: 'j' }, tasks: [task('k', { s3BucketArn: 'arn:aws:s3:::data' })],
    });
    expect(rest).toEqual({ invocationSchemaVersion: '1.0', invocationId: 'i', treatMissingKeysAs: 'TemporaryFailure' });
    expect(JSON.parse(results[0].resultString)).toEqual({ bucket: 'data', key: 'k', given: {}, left: true });
  });

  test('an invocation of another kind is an error of the function\'s', async () => {
    await expect(invoke(author, { invocationSchemaVersion: '9' })).rejects.toThrow('expected an invocation by S3 Batch Operations');
  });
});

test.each<[Author, string]>([['common', 'RangeError: too wide'], ['python', 'KeyError: \'too wide\'']])(
  '%s: errors, hanging and later objects leave the results of the others', async (author, reason) => {
    const keys = ['a', 'bad', 'slow', 'later', 'b'];
    const { results } = await invoke(author, { invocationSchemaVersion: '2.0', invocationId: 'i', job: { id: 'j' }, tasks: keys.map((key) => task(key)) });
    expect(results.map(({ taskId, resultCode, resultString }: Record<string, string>) => [taskId, resultCode, resultString.replace(/^\{.*/, 'json')])).toEqual([
      ['a', 'Succeeded', 'json'],
      ['bad', 'PermanentFailure', reason],
      ['slow', 'TemporaryFailure', 'not done before the function\'s time-out'],
      ['later', 'TemporaryFailure', 'not yet'],
      ['b', 'Succeeded', 'json'],
    ]);
  });

test('sys.exit() ends one object, not the others', async () => {
  const { results } = await invoke('python', { invocationSchemaVersion: '2.0', invocationId: 'i', job: { id: 'j' }, tasks: [task('exit'), task('a')] });
  expect(results.map(({ resultCode }: { resultCode: string }) => resultCode)).toEqual(['PermanentFailure', 'Succeeded']);
});

test('an HTTP library\'s error tells its status, and one that cannot even be told counts as any other', async () => {
  const { results } = await invoke('python', { invocationSchemaVersion: '2.0', invocationId: 'i', job: { id: 'j' }, tasks: [task('http'), task('mute')] });
  expect(results).toMatchObject([
    { taskId: 'http', resultCode: 'TemporaryFailure', resultString: 'HttpError: busy' },
    { taskId: 'mute', resultCode: 'PermanentFailure', resultString: 'Mute' },
  ]);
});

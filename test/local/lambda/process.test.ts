import { LambdaClient, PutFunctionConcurrencyCommand, UpdateFunctionCodeCommand } from '@aws-sdk/client-lambda';
import { responseUrl } from '../../../local/src/core/response-url';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, invoke, zip } from './functions-for-tests';

let engine: TestEngine;
let client: LambdaClient;

beforeAll(async () => {
  process.env.ONLY_THE_ENGINE = 'secret';
  engine = await startEngine();
  client = new LambdaClient(engine.clientConfig);
});
afterAll(async () => {
  delete process.env.ONLY_THE_ENGINE;
  client.destroy();
  await engine.stop();
});

test('the environment is Lambda\'s and the function\'s own, not the engine\'s', async () => {
  await deploy(client, 'environment', 'exports.handler = async () => process.env;', { Environment: { Variables: { MINE: 'yes' } }, MemorySize: 256 });
  const { payload } = await invoke(client, 'environment');
  expect(payload).toMatchObject({
    MINE: 'yes',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'environment',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/environment',
    _HANDLER: 'index.handler',
    TZ: ':UTC',
    AWS_ENDPOINT_URL: engine.endpoint,
  });
  expect(payload.AWS_LAMBDA_LOG_STREAM_NAME).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/);
  expect(payload).not.toHaveProperty('ONLY_THE_ENGINE');
});

test('calls are made as the function\'s role', async () => {
  await deploy(client, 'caller', [
    'const { LambdaClient, ListFunctionsCommand } = require("@aws-sdk/client-lambda");',
    'exports.handler = async () => (await new LambdaClient({}).send(new ListFunctionsCommand({}))).Functions.length > 0;',
  ].join('\n'), { Timeout: 20 });
  expect((await invoke(client, 'caller')).payload).toBe(true);
  const { body: calls } = await engine.control('GET', 'calls');
  expect(JSON.stringify(calls)).toContain('arn:aws:sts::123456789012:assumed-role/handler/caller');
});

test('a warm process is used again, one invocation at a time; more invocations get more processes', async () => {
  await deploy(client, 'counter', 'let calls = 0; exports.handler = async () => { await new Promise((r) => setTimeout(r, 100)); return [process.pid, ++calls]; };');
  const first = (await invoke(client, 'counter')).payload;
  expect((await invoke(client, 'counter')).payload).toEqual([first[0], 2]);
  const pids = await Promise.all([1, 2, 3].map(async () => (await invoke(client, 'counter')).payload[0]));
  expect(new Set(pids).size).toBe(3);
});

test('new code runs from the next invocation on', async () => {
  await deploy(client, 'changes', 'exports.handler = async () => 1;');
  expect((await invoke(client, 'changes')).payload).toBe(1);
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: 'changes', ZipFile: zip({ 'index.js': 'exports.handler = async () => 2;' }) }));
  expect((await invoke(client, 'changes')).payload).toBe(2);
});

test('Date follows the engine\'s clock', async () => {
  await deploy(client, 'dates', 'exports.handler = async () => [Date.now(), new Date().getTime(), Date.parse(Date()), new Date(0).toISOString(), new Date() instanceof Date, JSON.stringify({ at: new Date(1) })];');
  await invoke(client, 'dates');
  await engine.core.clock.advance(40 * 86_400_000);
  const { payload: [now, date, called, epoch, isDate, json] } = await invoke(client, 'dates');
  const virtual = engine.core.clock.now();
  for (const time of [now, date, called]) expect(Math.abs(time - virtual)).toBeLessThan(60_000);
  expect([epoch, isDate, json]).toEqual(['1970-01-01T00:00:00.000Z', true, '{"at":"1970-01-01T00:00:00.001Z"}']);
});

test('a crash fault kills the calling process; its caller sees the runtime exit', async () => {
  await deploy(client, 'crashes', 'const { LambdaClient, ListFunctionsCommand } = require("@aws-sdk/client-lambda"); exports.handler = async () => { await new LambdaClient({}).send(new ListFunctionsCommand({})); return "alive"; };', { Timeout: 20 });
  await engine.control('POST', 'faults', { service: 'lambda', operation: 'ListFunctions', functionName: 'crashes', when: 'after', crash: true, times: 1 });
  const { payload, error } = await invoke(client, 'crashes');
  expect(error).toBe('Unhandled');
  expect(payload).toEqual({ errorType: 'Runtime.ExitError', errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: signal: killed$/) });
  expect((await invoke(client, 'crashes')).payload).toBe('alive');
});

test('reserved concurrency throttles', async () => {
  await deploy(client, 'reserved', 'exports.handler = async () => 1;');
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName: 'reserved', ReservedConcurrentExecutions: 0 }));
  const once = new LambdaClient({ ...engine.clientConfig, maxAttempts: 1 });
  await expect(invoke(once, 'reserved')).rejects.toMatchObject({ name: 'TooManyRequestsException', Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
  once.destroy();
});

describe('what leaves by https', () => {
  const PUT = [
    'const https = require("https");',
    'exports.handler = ({ url }) => new Promise((resolve, reject) => {',
    '  const { hostname, pathname } = new URL(url);',
    '  const request = https.request({ hostname, path: pathname, method: "PUT", headers: { "content-type": "", "content-length": 2 } }, (response) => resolve(response.statusCode));',
    '  request.on("error", reject); request.write("{}"); request.end();',
    '});',
  ].join('\n');

  test('an answer to CloudFormation reaches the engine', async () => {
    await deploy(client, 'answers', PUT);
    expect((await invoke(client, 'answers', { url: responseUrl('us-east-1', 'some-token') })).payload).toBe(200);
    await deploy(client, 'answers-by-fetch', 'exports.handler = async ({ url }) => (await fetch(url, { method: "PUT", body: "{}" })).status;');
    expect((await invoke(client, 'answers-by-fetch', { url: responseUrl('us-east-1', 'some-token') })).payload).toBe(200);
  });

  test('any other call to AWS is refused by name', async () => {
    await deploy(client, 'leaves', PUT);
    const { payload, error } = await invoke(client, 'leaves', { url: 'https://sqs.us-east-1.amazonaws.com/x' });
    expect(error).toBe('Unhandled');
    expect(payload.errorMessage).toContain('does not let it reach https://sqs.us-east-1.amazonaws.com');
  });
});

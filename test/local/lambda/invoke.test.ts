import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, eventually, invoke, ROLE, zip } from './functions-for-tests';

let engine: TestEngine;
let client: LambdaClient;

beforeAll(async () => {
  engine = await startEngine();
  client = new LambdaClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

describe('a Node function', () => {
  test('gets the event and a context, and its answer comes back', async () => {
    await deploy(client, 'echo', 'exports.handler = async (event, context) => ({ event, id: context.awsRequestId, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis() });');

    const { payload, status, version, error } = await invoke(client, 'echo', { a: 1 });

    expect([status, version, error]).toEqual([200, '$LATEST', undefined]);
    expect(payload.event).toEqual({ a: 1 });
    expect(payload.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(payload.arn).toBe('arn:aws:lambda:us-east-1:123456789012:function:echo');
    expect(payload.left).toBeGreaterThan(0);
    expect(payload.left).toBeLessThanOrEqual(3000);
  });

  test('may answer by callback', async () => {
    await deploy(client, 'callback', 'exports.handler = (event, context, callback) => { setTimeout(() => callback(null, "later"), 5); };');
    expect((await invoke(client, 'callback')).payload).toBe('later');
  });

  test('that never answers and has nothing left to do answers null', async () => {
    await deploy(client, 'silent', 'exports.handler = () => new Promise(() => {});');
    expect(await invoke(client, 'silent')).toMatchObject({ payload: null, error: undefined });
  });

  test('may be an ES module that uses the runtime\'s SDK', async () => {
    await client.send(new CreateFunctionCommand({
      FunctionName: 'module',
      Runtime: 'nodejs22.x',
      Handler: 'src/index.handler',
      Role: ROLE,
      Code: { ZipFile: zip({ 'src/index.mjs': 'import { LambdaClient } from "@aws-sdk/client-lambda"; export const handler = async () => typeof LambdaClient;' }) },
    }));
    expect((await invoke(client, 'module')).payload).toBe('function');
  });

  test('fails without a package that only this machine has', async () => {
    await deploy(client, 'greedy', 'require("fastify"); exports.handler = async () => 1;');
    const { payload, error } = await invoke(client, 'greedy');
    expect(error).toBe('Unhandled');
    expect(payload.errorType).toBe('Runtime.ImportModuleError');
    expect(payload.errorMessage).toContain('Cannot find module \'fastify\'');
  });

  test.each([
    ['thrown', 'exports.handler = async () => { throw new TypeError("bad"); };', 'TypeError', 'bad'],
    ['rejected-unseen', 'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 1000)); };', 'Runtime.UnhandledPromiseRejection', 'Error: lost'],
    ['not-a-function', 'exports.handler = 7;', 'Runtime.HandlerNotFound', 'index.handler is not a function'],
    ['not-exported', 'exports.other = 7;', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['not-javascript', 'exports.handler = {', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected end of input'],
  ])('%s: the error comes back as Lambda describes it', async (name, code, errorType, errorMessage) => {
    await deploy(client, name, code);
    expect(await invoke(client, name)).toMatchObject({ status: 200, error: 'Unhandled', payload: { errorType, errorMessage } });
  });

  test('that exits by itself is a runtime exit', async () => {
    await deploy(client, 'exits', 'exports.handler = async () => process.exit(3);');
    const { payload, error } = await invoke(client, 'exits');
    expect(error).toBe('Unhandled');
    expect(payload.errorType).toBe('Runtime.ExitError');
    expect(payload.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: exit status 3$/);
  });

  test('is killed at its time-out, and the next invocation gets a new process', async () => {
    await deploy(client, 'slow', 'let calls = 0; exports.handler = async ({ ms }) => { calls++; await new Promise((r) => setTimeout(r, ms)); return calls; };', { Timeout: 1 });
    const { payload } = await invoke(client, 'slow', { ms: 60_000 });
    expect(payload).toEqual({ errorType: 'Sandbox.Timedout', errorMessage: expect.stringMatching(/Error: Task timed out after 1\.00 seconds$/) });
    expect((await invoke(client, 'slow', { ms: 0 })).payload).toBe(1);
  });

  test('writes its log as Lambda does, in the answer and in CloudWatch Logs', async () => {
    await deploy(client, 'talks', 'exports.handler = async () => { console.log("two\\nlines", { a: 1 }); console.error("bad"); };');
    const { log } = await invoke(client, 'talks');
    expect(log).toMatch(/^START RequestId: \S+ Version: \$LATEST\n\S+Z\t\S+\tINFO\ttwo\nlines \{ a: 1 \}\n\S+Z\t\S+\tERROR\tbad\nEND RequestId: \S+\nREPORT RequestId: .*\n$/);

    const { events } = await engine.core.call('logs', 'FilterLogEvents', { logGroupName: '/aws/lambda/talks', filterPattern: '"two\nlines"' });
    expect(events).toHaveLength(1);
    expect((await engine.control('GET', 'functions/talks/logs')).body.lines).toHaveLength(5);
  });
});

describe('a Python function', () => {
  test('runs, logs and fails as Lambda\'s do', async () => {
    await deploy(client, 'python', [
      'import logging',
      'logging.getLogger().setLevel("INFO")',
      'def handler(event, context):',
      '    print("hello")',
      '    logging.info("noted")',
      '    if event.get("fail"): raise ValueError("oops")',
      '    return {"event": event, "name": context.function_name}',
    ].join('\n'), { Runtime: 'python3.13' });

    const good = await invoke(client, 'python', { a: 1 });
    expect(good.payload).toEqual({ event: { a: 1 }, name: 'python' });
    expect(good.log).toMatch(/hello\n\[INFO\]\t\S+Z\t\S+\tnoted\n/);
    expect(await invoke(client, 'python', { fail: true })).toMatchObject({ error: 'Unhandled', payload: { errorType: 'ValueError', errorMessage: 'oops' } });
  });
});

describe('Invoke', () => {
  test('of a runtime that the engine cannot run says so', async () => {
    await deploy(client, 'java', 'x', { Runtime: 'java21' });
    await expect(invoke(client, 'java')).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('java21') });
  });

  test('refuses what is no JSON', async () => {
    await expect(invoke(client, 'echo', undefined, { Payload: Buffer.from('{') })).rejects.toMatchObject({ name: 'InvalidRequestContentException' });
  });

  test('of an unknown function', async () => {
    await expect(invoke(client, 'nobody')).rejects.toMatchObject({
      name: 'ResourceNotFoundException', message: 'Function not found: arn:aws:lambda:us-east-1:123456789012:function:nobody',
    });
  });

  test('as a dry run runs nothing', async () => {
    expect(await invoke(client, 'exits', {}, { InvocationType: 'DryRun' })).toMatchObject({ status: 204, payload: undefined });
  });

  test('as an event answers at once, tries three times over three minutes of the engine\'s time, then gives it to the failure destination', async () => {
    await engine.core.call('sqs', 'CreateQueue', { QueueName: 'failures' });
    await deploy(client, 'fails', 'exports.handler = async () => { throw new Error("no"); };');
    await engine.core.call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName: 'fails', DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:us-east-1:123456789012:failures' } } });
    const before = engine.core.clock.now();

    expect((await invoke(client, 'fails', { a: 1 }, { InvocationType: 'Event' })).status).toBe(202);

    const [message] = await eventually(async () => (await engine.core.call('sqs', 'ReceiveMessage', { QueueUrl: `${engine.endpoint}/123456789012/failures` })).Messages);
    expect(JSON.parse(message.Body)).toMatchObject({ requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 }, requestPayload: { a: 1 }, responsePayload: { errorMessage: 'no' } });
    expect(engine.core.clock.now() - before).toBeGreaterThanOrEqual(180_000);
  });
});

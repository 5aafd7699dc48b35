import { LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient, StartExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, eventually, ROLE } from '../lambda/functions-for-tests';

let engine: TestEngine;
let lambda: LambdaClient;
let sfn: SFNClient;

beforeAll(async () => {
  engine = await startEngine();
  lambda = new LambdaClient(engine.clientConfig);
  sfn = new SFNClient(engine.clientConfig);
});
afterAll(async () => {
  lambda.destroy();
  sfn.destroy();
  await engine.stop();
});

async function machine(name: string, states: object, top: object = {}): Promise<string> {
  const definition = JSON.stringify({ StartAt: Object.keys(states)[0], States: states, ...top });
  return (await engine.core.call('stepfunctions', 'CreateStateMachine', { name, roleArn: ROLE, definition })).stateMachineArn;
}

async function ended(executionArn: string) {
  return eventually(async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && execution;
  });
}

async function run(stateMachineArn: string, input: unknown = {}) {
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
  return ended(executionArn!);
}

test('a wait of a day takes no real time', async () => {
  const execution = await run(await machine('waits', { Wait: { Type: 'Wait', Seconds: 86_400, End: true } }), { a: 1 });
  expect(execution).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  expect(execution.stopDate!.getTime() - execution.startDate!.getTime()).toBeGreaterThanOrEqual(86_400_000);
});

test('lambda:invoke wraps the answer; choices, maps and parallel branches work', async () => {
  await deploy(lambda, 'double', 'exports.handler = async ({ n }) => n * 2;');
  const stateMachineArn = await machine('doubles', {
    Each: {
      Type: 'Map',
      ItemsPath: '$.numbers',
      Next: 'Enough',
      Iterator: {
        StartAt: 'Double',
        States: {
          Double: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            End: true,
            Parameters: { FunctionName: 'double', Payload: { 'n.$': '$' } },
            OutputPath: '$.Payload',
          },
        },
      },
    },
    Enough: { Type: 'Choice', Choices: [{ Variable: '$[0]', NumericGreaterThan: 1, Next: 'Both' }], Default: 'Never' },
    Both: { Type: 'Parallel', End: true, Branches: [{ StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } }, { StartAt: 'Right', States: { Right: { Type: 'Pass', Result: 'r', End: true } } }] },
    Never: { Type: 'Fail', Error: 'Never', Cause: 'not reached' },
  });
  expect(await run(stateMachineArn, { numbers: [1, 2] })).toMatchObject({ status: 'SUCCEEDED', output: '[[2,4],"r"]' });
});

test('an SDK integration calls the service; its errors are named after it and can be caught', async () => {
  const stateMachineArn = await machine('integrates', {
    Create: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:sqs:createQueue', Parameters: { QueueName: 'made-by-machine' }, ResultPath: '$.made', Next: 'Missing' },
    Missing: {
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:lambda:getFunction',
      Parameters: { FunctionName: 'nobody' },
      End: true,
      Catch: [{ ErrorEquals: ['Lambda.ResourceNotFoundException'], ResultPath: '$.caught', Next: 'Caught' }],
    },
    Caught: { Type: 'Pass', End: true },
  });
  const { output } = await run(stateMachineArn);
  expect(JSON.parse(output!)).toEqual({
    made: { QueueUrl: `${engine.endpoint}/123456789012/made-by-machine` },
    caught: { Error: 'Lambda.ResourceNotFoundException', Cause: expect.stringContaining('Function not found') },
  });
});

test('a nested execution is waited for', async () => {
  const child = await machine('child', { Wait: { Type: 'Wait', Seconds: 60, Next: 'Done' }, Done: { Type: 'Pass', Result: { done: true }, End: true } });
  const parent = await machine('parent', { Run: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: child, Input: {} }, OutputPath: '$.Output', End: true } });
  expect(await run(parent)).toMatchObject({ status: 'SUCCEEDED', output: '{"done":true}' });
});

test('a failure names error and cause, and the history tells it', async () => {
  const fn = await deploy(lambda, 'breaks', 'exports.handler = async () => { throw new RangeError("too far"); };');
  const execution = await run(await machine('broken', { Break: { Type: 'Task', Resource: fn, End: true } }));
  expect(execution).toMatchObject({ status: 'FAILED', error: 'RangeError' });
  expect(JSON.parse(execution.cause!)).toMatchObject({ errorType: 'RangeError', errorMessage: 'too far' });
  const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: execution.executionArn }));
  expect(events!.map(({ type }) => type)).toEqual(['ExecutionStarted', 'TaskStateEntered', 'TaskFailed', 'ExecutionFailed']);
});

test('the whole execution times out', async () => {
  expect(await run(await machine('impatient', { Wait: { Type: 'Wait', Seconds: 100, End: true } }, { TimeoutSeconds: 10 }))).toMatchObject({ status: 'TIMED_OUT' });
});

test('a stopped execution does nothing more', async () => {
  const fn = await deploy(lambda, 'counts', 'let calls = 0; exports.handler = async ({ look }) => { if (look) return calls; calls++; throw new Error("again"); };');
  const stateMachineArn = await machine('stopped', { Try: { Type: 'Task', Resource: fn, Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 600, MaxAttempts: 100, BackoffRate: 1 }], End: true } });
  engine.core.clock.pause();
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'one' }));
  await eventually(() => engine.core.service<{ logLines(name: string): string[] }>('lambda').logLines('counts').some((line) => line.startsWith('END')));
  await sfn.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'tests' }));
  engine.core.clock.resume();
  await engine.core.clock.advance(3_600_000);

  expect(await ended(executionArn!)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'tests' });
  const { Payload } = await engine.core.call('lambda', 'Invoke', { FunctionName: fn, Payload: Buffer.from('{"look":true}') });
  expect(String(Payload)).toBe('1');
  const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'ABORTED' }));
  expect(executions!.map(({ name }) => name)).toEqual(['one']);
});

test('a name is used once; the same start while it runs is the same execution', async () => {
  const stateMachineArn = await machine('named', { Wait: { Type: 'Wait', Seconds: 600, End: true } });
  engine.core.clock.pause();
  const start = (input: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'once', input }));
  const { executionArn } = await start('{}');
  await expect(start('{}')).resolves.toMatchObject({ executionArn });
  await expect(start('{"other":1}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  engine.core.clock.resume();
  await ended(executionArn!);
  await expect(start('{}')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
});

test.each([
  ['no JSON', '{', 'InvalidDefinition', /INVALID_JSON_DESCRIPTION/],
  ['a state that leads nowhere', JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }), 'InvalidDefinition', /SCHEMA_VALIDATION_FAILED/],
  ['what the engine does not run', JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed' } } }), 'NotImplemented', /JSONata/],
])('refuses %s', async (_, definition, code, message) => {
  await expect(engine.core.call('stepfunctions', 'CreateStateMachine', { name: 'refused', roleArn: ROLE, definition })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

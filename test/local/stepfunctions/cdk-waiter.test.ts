import { LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Provider } from 'aws-cdk-lib/custom-resources';
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

/** The state machine that the installed CDK renders for its provider framework, its two functions put in by ARN. */
function waiterDefinition(isComplete: string, onTimeout: string): string {
  const stack = new Stack(new App(), 'Waiter');
  const handler = (id: string) => new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x') });
  new Provider(stack, 'Provider', { onEventHandler: handler('OnEvent'), isCompleteHandler: handler('IsComplete'), queryInterval: Duration.seconds(5), totalTimeout: Duration.minutes(30) });
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  const arns = [isComplete, onTimeout];
  const parts: unknown[] = machine.Properties.DefinitionString['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : arns.shift())).join('');
}

async function run(name: string, isComplete: string): Promise<{ status?: string; output: unknown; seconds: number; jumped: number }> {
  const complete = await deploy(lambda, `${name}-complete`, isComplete);
  const timeout = await deploy(lambda, `${name}-timeout`, 'exports.handler = async ({ Cause }) => ({ timedOut: JSON.parse(JSON.parse(Cause).errorMessage) });');
  const { stateMachineArn } = await engine.core.call('stepfunctions', 'CreateStateMachine', { name, roleArn: ROLE, definition: waiterDefinition(complete, timeout) });
  const begun = Date.now();
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"id":7}' }));
  const ended = await eventually(async () => {
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return execution.status !== 'RUNNING' && execution;
  });
  const seconds = (ended.stopDate!.getTime() - ended.startDate!.getTime()) / 1000;
  // the engine's time goes on while functions run: what it took in real time says nothing of the waiter
  return { status: ended.status, output: JSON.parse(ended.output!), seconds, jumped: seconds - (Date.now() - begun) / 1000 };
}

test('polls every five seconds of the engine\'s time until the work is complete', async () => {
  const { status, output, seconds, jumped } = await run('patient', 'let polls = 0; exports.handler = async (event) => { if (++polls < 4) throw new Error(JSON.stringify(event)); return { polls }; };');
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { polls: 4 } });
  expect(seconds).toBeGreaterThanOrEqual(15);
  expect(jumped).toBeLessThan(20);
});

test('gives the request to onTimeout after thirty minutes', async () => {
  const { status, output, seconds, jumped } = await run('hopeless', 'exports.handler = async (event) => { throw new Error(JSON.stringify(event)); };');
  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { timedOut: { id: 7 } } });
  expect(seconds).toBeGreaterThanOrEqual(1800);
  expect(jumped).toBeLessThan(1830);
});

import { CancelUpdateStackCommand, CloudFormationClient, CreateStackCommand, DeleteStackCommand, type Stack, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { settled } from '../../../local/src/assembly/stack-status';
import { readResponse } from '../../../local/src/services/cloudformation/custom-resources/response';
import { startEngine, type TestEngine } from '../engine-for-tests';

/** Answers as its properties say, and logs what it was asked. */
const HANDLER = `
const response = require('cfn-response');
exports.handler = (event, context) => {
  const { ResponseURL, ...rest } = event;
  console.log('REQUEST ' + JSON.stringify({ ...rest, ResponseURL: typeof ResponseURL }));
  const { Say = '', Id, Size = '0' } = event.ResourceProperties;
  if (Say.split(',').includes('silent ' + event.RequestType)) return context.done();
  const status = Say.split(',').includes('fail ' + event.RequestType) ? response.FAILED : response.SUCCESS;
  response.send(event, context, status, { Echo: event.ResourceProperties.X, Deep: { Flag: true }, Padding: 'x'.repeat(Number(Size)) }, Id);
};`;

function template(properties: string, outputs = ''): string {
  return `
Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs20.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/handler
      Code:
        ZipFile: ${JSON.stringify(HANDLER)}
  Thing:
    Type: Custom::Thing
    Properties:
      ServiceToken: !GetAtt Fn.Arn
      Number: 5
      Nested: { List: [true, 1.5, text] }
${properties.split('\n').map((line) => `      ${line}`).join('\n')}
Outputs:
  Id: { Value: !Ref Thing }
  Fn: { Value: !Ref Fn }
${outputs}`;
}

let engine: TestEngine;
let client: CloudFormationClient;
beforeAll(async () => {
  engine = await startEngine();
  client = new CloudFormationClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

interface LoggedRequest extends Record<string, unknown> {
  readonly RequestType: string;
  readonly PhysicalResourceId?: string;
}

/** What the function was asked, in order. */
async function requests(functionName: string): Promise<LoggedRequest[]> {
  const { body } = await engine.control('GET', `functions/${functionName}/logs`);
  return (body.lines as string[]).filter((line) => line.includes('REQUEST ')).map((line) => JSON.parse(line.slice(line.indexOf('{'))) as LoggedRequest);
}

async function create(StackName: string, properties: string, outputs = '') {
  await client.send(new CreateStackCommand({ StackName, TemplateBody: template(properties, outputs) }));
  return settled(client, StackName);
}

async function update(StackName: string, properties: string) {
  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template(properties) }));
  return settled(client, StackName);
}

function output({ Outputs = [] }: Stack, key: string): string | undefined {
  return Outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
}

test('requests carry text only, answers become Ref and GetAtt', async () => {
  const stack = await create('values', 'X: true\nId: t1', '  Echo: { Value: !GetAtt Thing.Echo }\n  Deep: { Value: !GetAtt Thing.Deep.Flag }');
  expect(stack.StackStatus).toBe('CREATE_COMPLETE');
  expect([output(stack, 'Id'), output(stack, 'Echo'), output(stack, 'Deep')]).toEqual(['t1', 'true', 'true']);
  const [request] = await requests(output(stack, 'Fn')!);
  expect(request).toMatchObject({
    RequestType: 'Create',
    StackId: stack.StackId,
    LogicalResourceId: 'Thing',
    ResourceType: 'Custom::Thing',
    ResponseURL: 'string',
    ResourceProperties: { Number: '5', Nested: { List: ['true', '1.5', 'text'] }, X: 'true' },
  });
  expect(request).not.toHaveProperty('PhysicalResourceId');
});

test('Update, replacement, rollback and Delete come as CloudFormation sends them', async () => {
  const stack = await create('events', 'X: 1\nId: t1');
  const fn = output(stack, 'Fn')!;
  await update('events', 'X: 2\nId: t2');
  expect((await update('events', 'X: 3\nId: t3\nSay: fail Update')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  await client.send(new DeleteStackCommand({ StackName: 'events' }));
  // the function goes with the stack, its log stays
  await settled(client, stack.StackId!);
  const seen = (await requests(fn)).map(({ RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties }) =>
    [RequestType, PhysicalResourceId, (ResourceProperties as { X: string }).X, (OldResourceProperties as { X: string } | undefined)?.X]);
  expect(seen).toEqual([
    ['Create', undefined, '1', undefined],
    ['Update', 't1', '2', '1'], ['Delete', 't1', '1', undefined],
    ['Update', 't2', '3', '2'], ['Update', 't3', '2', '3'], ['Delete', 't3', '3', undefined],
    ['Delete', 't2', '2', undefined],
  ]);
});

test('request ids differ, a change of the function alone sends nothing', async () => {
  const stack = await create('quiet', 'X: 1\nId: t1');
  const fn = output(stack, 'Fn')!;
  const lambda = new LambdaClient(engine.clientConfig);
  const before = await lambda.send(new GetFunctionCommand({ FunctionName: fn }));
  await client.send(new UpdateStackCommand({ StackName: 'quiet', TemplateBody: template('X: 1\nId: t1').replace('const response', '/* new */ const response') }));
  expect((await settled(client, 'quiet')).StackStatus).toBe('UPDATE_COMPLETE');
  const after = await lambda.send(new GetFunctionCommand({ FunctionName: fn }));
  lambda.destroy();
  expect(after.Configuration!.CodeSha256).not.toBe(before.Configuration!.CodeSha256);
  await update('quiet', 'X: 2\nId: t1');
  const seen = await requests(fn);
  expect(seen.map(({ RequestType }) => RequestType)).toEqual(['Create', 'Update']);
  expect(new Set(seen.map(({ RequestId }) => RequestId)).size).toBe(2);
});

test('an answer of more than 4,096 bytes fails although the work is done', async () => {
  const stack = await create('long', 'Id: t1\nSize: 4096');
  expect(stack.StackStatus).toBe('ROLLBACK_FAILED');
  const { StackEvents } = await engine.core.call('cloudformation', 'DescribeStackEvents', { StackName: 'long' });
  expect(StackEvents.map(({ ResourceStatusReason }: { ResourceStatusReason?: string }) => ResourceStatusReason)).toContain('Response object is too long.');
});

test('a function that never answers: the stack ends at the service time-out, in the engine\'s time', async () => {
  const started = (await engine.control('GET', 'clock')).body.now as string;
  const stack = await create('silent', 'ServiceTimeout: 120\nSay: silent Create\nId: t1');
  const ended = (await engine.control('GET', 'clock')).body.now as string;
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  const seconds = (Date.parse(ended) - Date.parse(started)) / 1000;
  expect(seconds).toBeGreaterThanOrEqual(120);
  expect(seconds).toBeLessThan(600);
});

test('who could not be asked to create is not asked to delete', async () => {
  const ServiceToken = 'arn:aws:lambda:us-east-1:123456789012:function:nobody';
  const TemplateBody = JSON.stringify({ Resources: { Thing: { Type: 'Custom::Thing', Properties: { ServiceToken } } } });
  await client.send(new CreateStackCommand({ StackName: 'unheard', TemplateBody }));
  expect((await settled(client, 'unheard')).StackStatus).toBe('ROLLBACK_COMPLETE');
});

test('a cancelled update rolls back at once; what comes late is ignored', async () => {
  const stack = await create('cancelled', 'X: 1\nId: t1');
  const fn = output(stack, 'Fn')!;
  await engine.control('POST', 'clock', { paused: true });
  await client.send(new UpdateStackCommand({ StackName: 'cancelled', TemplateBody: template('X: 2\nId: t1\nSay: silent Update') }));
  while ((await requests(fn)).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  await client.send(new CancelUpdateStackCommand({ StackName: 'cancelled' }));
  expect((await settled(client, 'cancelled')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  await engine.control('POST', 'clock', { paused: false });
  const [, forward, back] = await requests(fn);
  expect(back).toMatchObject({ RequestType: 'Update', PhysicalResourceId: 't1', ResourceProperties: { X: '1' }, OldResourceProperties: { X: '2' } });
  const late = await fetch(`${engine.endpoint}/_local/custom-resource-response/${forward.RequestId as string}`, {
    method: 'PUT', body: JSON.stringify({ ...forward, Status: 'SUCCESS', PhysicalResourceId: 'late' }),
  });
  expect(late.status).toBe(200);
  expect(output(await settled(client, 'cancelled'), 'Id')).toBe('t1');
});

describe('an answer', () => {
  const request = { StackId: 's', RequestId: 'r', LogicalResourceId: 'l' };
  const answer = (members: object) => readResponse(Buffer.from(JSON.stringify({ ...request, Status: 'SUCCESS', PhysicalResourceId: 'p', ...members })), request);

  test('of exactly 4,096 bytes is accepted', () => {
    const body = (padding: number) => Buffer.from(JSON.stringify({ ...request, Status: 'SUCCESS', PhysicalResourceId: 'p', Data: { p: 'x'.repeat(padding) } }));
    const room = 4096 - body(0).length;
    expect(readResponse(body(room), request).succeeded).toBe(true);
    expect(readResponse(body(room + 1), request)).toMatchObject({ succeeded: false, reason: 'Response object is too long.' });
  });

  test.each<[string, object, string]>([
    ['without id', { PhysicalResourceId: undefined }, 'Invalid PhysicalResourceId'],
    ['with an empty id', { PhysicalResourceId: '' }, 'Invalid PhysicalResourceId'],
    ['with an id of more than 1 KB', { PhysicalResourceId: 'x'.repeat(1025) }, 'Invalid PhysicalResourceId'],
    ['of another request', { RequestId: 'x' }, 'Value of property RequestId does not match'],
    ['with an unknown status', { Status: 'OK' }, 'Value of property Status must be SUCCESS or FAILED'],
    ['that failed without reason', { Status: 'FAILED' }, 'Reason is required'],
    ['with a list as data', { Data: ['x'] }, 'Value of property Data must be an object'],
    ['that failed', { Status: 'FAILED', Reason: 'because' }, 'Received response status [FAILED] from custom resource. Message returned: because (RequestId: r)'],
  ])('%s fails', (_, members, reason) => {
    const read = answer(members);
    expect(read.succeeded).toBe(false);
    expect(read.reason).toContain(reason);
  });

  test('that failed keeps its id: the Delete will ask for it', () => {
    expect(answer({ Status: 'FAILED', Reason: 'because' }).physicalId).toBe('p');
  });
});

import {
  AddPermissionCommand, CreateAliasCommand, CreateEventSourceMappingCommand, CreateFunctionCommand, DeleteFunctionCommand,
  GetFunctionCommand, GetFunctionRecursionConfigCommand, GetPolicyCommand,
  LambdaClient,
  PublishLayerVersionCommand, PublishVersionCommand, PutFunctionRecursionConfigCommand, UpdateFunctionConfigurationCommand, waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
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

const create = (settings: object) => client.send(new CreateFunctionCommand({
  FunctionName: 'refused', Runtime: 'nodejs22.x', Handler: 'index.handler', Role: ROLE, Code: { ZipFile: zip({ 'index.js': '' }) }, ...settings,
}));

describe('CreateFunction', () => {
  test('answers Pending; the function is active when one looks', async () => {
    await expect(create({ FunctionName: 'fresh' })).resolves.toMatchObject({ State: 'Pending', Version: '$LATEST', Timeout: 3, MemorySize: 128 });
    await expect(waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName: 'fresh' })).resolves.toMatchObject({ state: 'SUCCESS' });
  });

  test('takes its code from S3', async () => {
    await engine.core.call('s3', 'CreateBucket', { Bucket: 'code' });
    await engine.core.call('s3', 'PutObject', { Bucket: 'code', Key: 'a.zip', Body: Buffer.from(zip({ 'index.js': 'exports.handler = async () => "from S3";' })) });
    await create({ FunctionName: 'stored', Code: { S3Bucket: 'code', S3Key: 'a.zip' } });
    expect((await invoke(client, 'stored')).payload).toBe('from S3');
  });

  test.each([
    ['a missing object', { Code: { S3Bucket: 'code', S3Key: 'none' } }, 'InvalidParameterValueException', /^Error occurred while GetObject\. S3 Error Code: NoSuchKey\./],
    ['no zip', { Code: { ZipFile: Buffer.from('text') } }, 'InvalidParameterValueException', /^Could not unzip uploaded file/],
    ['an empty zip', { Code: { ZipFile: zip({}) } }, 'InvalidParameterValueException', /non-empty zip/],
    ['a path that leaves the package', { Code: { ZipFile: zip({ '../out.js': '' }) } }, 'InvalidParameterValueException', /^Could not unzip/],
    ['no handler', { Handler: undefined }, 'InvalidParameterValueException', /^Runtime and Handler are mandatory/],
    ['an unknown runtime', { Runtime: 'nodejs99.x' }, 'ValidationException|InvalidParameterValueException', /nodejs99\.x/],
    ['a retired runtime', { Runtime: 'nodejs14.x' }, 'InvalidParameterValueException', /nodejs14\.x is no longer supported/],
    ['too long a time-out', { Timeout: 901 }, 'ValidationException', /'901' at 'timeout'.*less than or equal to 900/],
    ['too much memory', { MemorySize: 10_241 }, 'ValidationException', /'10241' at 'memorySize'/],
    ['a reserved variable', { Environment: { Variables: { AWS_REGION: 'x' } } }, 'InvalidParameterValueException', /Reserved keys used in this request: AWS_REGION/],
    ['too large an environment', { Environment: { Variables: { LONG: 'x'.repeat(4_096) } } }, 'InvalidParameterValueException', /exceeded the 4KB limit/],
    ['a layer that is not there', { Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:none:1'] }, 'InvalidParameterValueException', /none:1 does not exist/],
  ])('refuses %s', async (_, settings, name, message) => {
    await expect(create(settings)).rejects.toMatchObject({ name: expect.stringMatching(new RegExp(`^(${name})$`)), message: expect.stringMatching(message) });
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'refused' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('refuses a name in use', async () => {
    await create({ FunctionName: 'twice' });
    await expect(create({ FunctionName: 'twice' })).rejects.toMatchObject({ name: 'ResourceConflictException', message: 'Function already exist: twice' });
  });
});

test('GetFunction leads to the code', async () => {
  await deploy(client, 'located', '// me');
  const { Code } = await client.send(new GetFunctionCommand({ FunctionName: 'located' }));
  const content = Buffer.from(await (await fetch(Code!.Location!)).arrayBuffer());
  expect(content.equals(Buffer.from(zip({ 'index.js': '// me' })))).toBe(true);
});

test('a version and an alias keep what $LATEST leaves', async () => {
  await deploy(client, 'versioned', 'exports.handler = async () => process.env.COLOUR + process.env.AWS_LAMBDA_FUNCTION_VERSION;', { Environment: { Variables: { COLOUR: 'red' } } });
  await client.send(new PublishVersionCommand({ FunctionName: 'versioned' }));
  await expect(client.send(new PublishVersionCommand({ FunctionName: 'versioned' }))).resolves.toMatchObject({ Version: '1' });
  await client.send(new CreateAliasCommand({ FunctionName: 'versioned', Name: 'live', FunctionVersion: '1' }));
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'versioned', Environment: { Variables: { COLOUR: 'blue' } } }));

  expect((await invoke(client, 'versioned')).payload).toBe('blue$LATEST');
  expect(await invoke(client, 'versioned:live')).toMatchObject({ payload: 'red1', version: '1' });
  await expect(client.send(new DeleteFunctionCommand({ FunctionName: 'versioned', Qualifier: '1' }))).rejects.toMatchObject({ name: 'ResourceConflictException' });
});

test('a function may be let run in a loop', async () => {
  await deploy(client, 'looping', '');
  const FunctionName = 'looping';
  await expect(client.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).resolves.toMatchObject({ RecursiveLoop: 'Terminate' });
  await client.send(new PutFunctionRecursionConfigCommand({ FunctionName, RecursiveLoop: 'Allow' }));
  await expect(client.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).resolves.toMatchObject({ RecursiveLoop: 'Allow' });
});

test('a permission becomes a statement of the policy', async () => {
  const arn = await deploy(client, 'permitted', '');
  await client.send(new AddPermissionCommand({ FunctionName: 'permitted', StatementId: 'rule', Action: 'lambda:InvokeFunction', Principal: 'events.amazonaws.com', SourceArn: 'arn:aws:events:us-east-1:123456789012:rule/x' }));
  const { Policy } = await client.send(new GetPolicyCommand({ FunctionName: 'permitted' }));
  expect(JSON.parse(Policy!).Statement).toEqual([{
    Sid: 'rule',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: 'lambda:InvokeFunction',
    Resource: arn,
    Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:123456789012:rule/x' } },
  }]);
});

test('a layer brings packages', async () => {
  const { LayerVersionArn } = await client.send(new PublishLayerVersionCommand({ LayerName: 'tools', Content: { ZipFile: zip({ 'nodejs/node_modules/tool/index.js': 'module.exports = "a tool";' }) } }));
  await deploy(client, 'layered', 'exports.handler = async () => require("tool");', { Layers: [LayerVersionArn!] });
  expect((await invoke(client, 'layered')).payload).toBe('a tool');
});

describe('an event source mapping', () => {
  const queueArn = 'arn:aws:sqs:us-east-1:123456789012:work';
  const url = () => `${engine.endpoint}/123456789012/work`;
  const counts = async () => (await engine.core.call('sqs', 'GetQueueAttributes', { QueueUrl: url(), AttributeNames: ['All'] })).Attributes;

  test('hands messages to the function, deletes what it managed and leaves what it names as failed', async () => {
    await engine.core.call('sqs', 'CreateQueue', { QueueName: 'work' });
    await deploy(client, 'worker', 'exports.handler = async ({ Records }) => ({ batchItemFailures: Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({ itemIdentifier: messageId })) });');
    await client.send(new CreateEventSourceMappingCommand({ FunctionName: 'worker', EventSourceArn: queueArn, FunctionResponseTypes: ['ReportBatchItemFailures'] }));

    for (const body of ['good', 'bad', 'good']) await engine.core.call('sqs', 'SendMessage', { QueueUrl: url(), MessageBody: body });

    await eventually(async () => {
      const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = await counts();
      return ApproximateNumberOfMessages === '0' && ApproximateNumberOfMessagesNotVisible === '1';
    });
  });

  test('is refused for a queue whose visibility time-out is shorter than the function\'s time-out', async () => {
    await deploy(client, 'long', '', { Timeout: 60 });
    await expect(client.send(new CreateEventSourceMappingCommand({ FunctionName: 'long', EventSourceArn: queueArn }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException', message: 'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
    });
  });
});

import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, eventually } from '../lambda/functions-for-tests';

let engine: TestEngine;
let topicArn: string;
let made = 0;

beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine.stop());
beforeEach(async () => { topicArn = (await call('CreateTopic', { Name: `topic-${++made}` })).TopicArn; });

const call = (operation: string, input: object = {}) => engine.core.call('sns', operation, input);
const publish = (Message: string, more: object = {}) => call('Publish', { TopicArn: topicArn, Message, ...more });
const subscribe = async (Protocol: string, Endpoint: string, Attributes?: object) => (await call('Subscribe', { TopicArn: topicArn, Protocol, Endpoint, Attributes })).SubscriptionArn as string;

async function queue(Attributes?: object): Promise<{ arn: string; receive: () => Promise<Array<{ Body: string; MessageAttributes?: object }>> }> {
  const { QueueUrl } = await engine.core.call('sqs', 'CreateQueue', { QueueName: `queue-${++made}` });
  const arn = `arn:aws:sqs:us-east-1:123456789012:queue-${made}`;
  await subscribe('sqs', arn, Attributes);
  return { arn, receive: async () => (await engine.core.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] })).Messages ?? [] };
}

test('a queue gets the message in SNS\'s envelope', async () => {
  const { receive } = await queue();
  const { MessageId } = await publish('hi', { Subject: 'Greeting', MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } } });
  const [{ Body }] = await receive();
  expect(JSON.parse(Body)).toEqual({
    Type: 'Notification',
    MessageId,
    TopicArn: topicArn,
    Subject: 'Greeting',
    Message: 'hi',
    Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    SignatureVersion: '1',
    Signature: expect.any(String),
    SigningCertURL: expect.any(String),
    UnsubscribeURL: expect.stringContaining('Unsubscribe'),
    MessageAttributes: { kind: { Type: 'String', Value: 'a' } },
  });
});

test('raw delivery hands on body and attributes as they are', async () => {
  const { receive } = await queue({ RawMessageDelivery: 'true' });
  await publish('{"source-ref":"s3://b/k"}', { MessageAttributes: { kind: { DataType: 'String', StringValue: 'a' } } });
  expect(await receive()).toMatchObject([{ Body: '{"source-ref":"s3://b/k"}', MessageAttributes: { kind: { StringValue: 'a' } } }]);
});

test('each protocol may have its own text', async () => {
  const { receive } = await queue({ RawMessageDelivery: 'true' });
  await publish('{"default":"all","sqs":"queues"}', { MessageStructure: 'json' });
  expect(await receive()).toMatchObject([{ Body: 'queues' }]);
  await expect(publish('{"sqs":"x"}', { MessageStructure: 'json' })).rejects.toMatchObject({ message: expect.stringContaining('No default entry') });
});

describe('filter policies', () => {
  const text = (StringValue: string, DataType = 'String') => ({ DataType, StringValue });

  test('on attributes', async () => {
    const { receive } = await queue({ RawMessageDelivery: 'true', FilterPolicy: '{"kind":["a",{"prefix":"b-"}],"size":[{"numeric":[">",3]}],"tags":["x"]}' });
    await publish('1', { MessageAttributes: { kind: text('a'), size: text('4', 'Number'), tags: text('["x","y"]', 'String.Array') } });
    await publish('2', { MessageAttributes: { kind: text('b-1'), size: text('4', 'Number'), tags: text('["y"]', 'String.Array') } });
    await publish('3', { MessageAttributes: { kind: text('a'), size: text('3', 'Number'), tags: text('["x"]', 'String.Array') } });
    await publish('4');
    expect((await receive()).map(({ Body }) => Body)).toEqual(['1']);
  });

  test('on the body', async () => {
    const { receive } = await queue({ RawMessageDelivery: 'true', FilterPolicyScope: 'MessageBody', FilterPolicy: '{"detail":{"state":["done"]}}' });
    for (const body of ['{"detail":{"state":"done"}}', '{"detail":{"state":"open"}}', 'no json']) await publish(body);
    expect((await receive()).map(({ Body }) => Body)).toEqual(['{"detail":{"state":"done"}}']);
  });

  test.each([['{"a":"b"}'], ['{"a":[{"like":"b"}]}'], ['{"a":{"b":["c"]}}'], ['{']])('%s is refused', async (FilterPolicy) => {
    await expect(subscribe('sqs', 'arn:aws:sqs:us-east-1:123456789012:x', { FilterPolicy })).rejects.toMatchObject({ code: 'InvalidParameterException', message: expect.stringContaining('FilterPolicy') });
  });
});

test('a function gets a record', async () => {
  const client = new LambdaClient(engine.clientConfig);
  const arn = await deploy(client, 'listener', 'exports.handler = async (event) => console.log("heard", JSON.stringify(event));');
  client.destroy();
  const subscriptionArn = await subscribe('lambda', arn);
  const { MessageId } = await publish('to a function');
  const line = await eventually(() => engine.core.service<{ logLines(name: string): string[] }>('lambda').logLines('listener').find((one) => one.includes('heard')));
  const { Records: [record] } = JSON.parse(line.slice(line.indexOf('{')));
  expect(record).toMatchObject({ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns: { Type: 'Notification', MessageId, TopicArn: topicArn, Subject: null, Message: 'to a function', MessageAttributes: {} } });
});

test('an HTTP endpoint on this machine is asked to confirm, then gets messages', async () => {
  const bodies: Array<Record<string, string>> = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; }).on('end', () => {
      bodies.push({ ...JSON.parse(body), kind: request.headers['x-amz-sns-message-type'] });
      response.end();
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  expect(await subscribe('http', `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)).toBe('pending confirmation');
  const { Token } = await eventually(() => bodies.find(({ kind }) => kind === 'SubscriptionConfirmation'));
  await publish('too early');
  await call('ConfirmSubscription', { TopicArn: topicArn, Token });
  await publish('in time');
  await eventually(() => bodies.some(({ kind }) => kind === 'Notification'));
  server.close();
  expect(bodies.filter(({ kind }) => kind === 'Notification').map(({ Message }) => Message)).toEqual(['in time']);
  await expect(subscribe('http', 'http://example.com/')).rejects.toMatchObject({ message: expect.stringContaining('this machine only') });
});

test('subscribing again is the same subscription; e-mail stays pending', async () => {
  const { arn } = await queue();
  const first = await subscribe('sqs', arn);
  expect(await subscribe('sqs', arn)).toBe(first);
  expect(await subscribe('email', 'a@example.com')).toBe('pending confirmation');
  const { Subscriptions } = await call('ListSubscriptionsByTopic', { TopicArn: topicArn });
  expect(Subscriptions.map(({ SubscriptionArn }: { SubscriptionArn: string }) => SubscriptionArn)).toEqual([first, 'PendingConfirmation']);
});

test('deleting a topic ends its subscriptions', async () => {
  const { arn } = await queue();
  const subscriptionArn = await subscribe('sqs', arn);
  await call('DeleteTopic', { TopicArn: topicArn });
  await call('DeleteTopic', { TopicArn: topicArn });
  await expect(call('GetSubscriptionAttributes', { SubscriptionArn: subscriptionArn })).rejects.toMatchObject({ code: 'NotFoundException', message: 'Subscription does not exist' });
  await expect(publish('x')).rejects.toMatchObject({ code: 'NotFoundException', message: 'Topic does not exist' });
});

test('a batch reports each entry', async () => {
  const { Successful, Failed } = await call('PublishBatch', { TopicArn: topicArn, PublishBatchRequestEntries: [{ Id: 'a', Message: 'x' }, { Id: 'b', Message: 'x', Subject: 'ü' }] });
  expect([Successful, Failed]).toMatchObject([[{ Id: 'a', MessageId: expect.any(String) }], [{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]]);
  const entries = Array.from({ length: 11 }, (_, index) => ({ Id: `i${index}`, Message: 'x' }));
  await expect(call('PublishBatch', { TopicArn: topicArn, PublishBatchRequestEntries: entries })).rejects.toMatchObject({ code: 'TooManyEntriesInBatchRequestException' });
});

test.each([
  ['a name with spaces', { Name: 'a b' }, 'Topic Name'],
  ['a FIFO name alone', { Name: 'a.fifo' }, 'Topic Name'],
  ['an unknown attribute', { Name: 'a', Attributes: { Colour: 'red' } }, 'Unknown attribute: Colour'],
])('CreateTopic refuses %s', async (_, input, message) => {
  await expect(call('CreateTopic', input)).rejects.toMatchObject({ code: 'InvalidParameterException', message: expect.stringContaining(message) });
});

test('a FIFO topic takes a message once and keeps the order', async () => {
  const { TopicArn } = await call('CreateTopic', { Name: 'ordered.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } });
  const { QueueUrl } = await engine.core.call('sqs', 'CreateQueue', { QueueName: 'ordered.fifo', Attributes: { FifoQueue: 'true' } });
  await call('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:ordered.fifo', Attributes: { RawMessageDelivery: 'true' } });
  for (const Message of ['one', 'one', 'two']) await call('Publish', { TopicArn, Message, MessageGroupId: 'g' });
  const { Messages } = await engine.core.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  expect(Messages.map(({ Body }: { Body: string }) => Body)).toEqual(['one', 'two']);
});

import {
  CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, ListQueueTagsCommand, PurgeQueueCommand,
  SetQueueAttributesCommand, SQSClient, TagQueueCommand, UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let client: SQSClient;

beforeAll(async () => {
  engine = await startEngine();
  client = new SQSClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

const create = (QueueName: string, Attributes?: Record<string, string>) => client.send(new CreateQueueCommand({ QueueName, Attributes }));

test('a queue has a URL with account and name, and the documented attributes', async () => {
  const { QueueUrl } = await create('plain');
  expect(QueueUrl).toBe(`${engine.endpoint}/123456789012/plain`);
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'plain' }))).resolves.toMatchObject({ QueueUrl });
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toEqual({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
    LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
    QueueArn: 'arn:aws:sqs:us-east-1:123456789012:plain',
    DelaySeconds: '0',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: '30',
    SqsManagedSseEnabled: 'true',
  });
});

test('creating it again is no error if it says the same', async () => {
  const { QueueUrl } = await create('again', { DelaySeconds: '5' });
  await expect(create('again', { DelaySeconds: '5' })).resolves.toMatchObject({ QueueUrl });
  await expect(create('again', { DelaySeconds: '6' })).rejects.toMatchObject({ name: 'QueueNameExists', message: expect.stringContaining('DelaySeconds') });
});

test.each([
  ['a bad name', 'no spaces', {}, 'InvalidParameterValue'],
  ['a long name', 'x'.repeat(81), {}, 'InvalidParameterValue'],
  ['a FIFO attribute on a standard queue', 'standard', { FifoQueue: 'true' }, 'InvalidAttributeName'],
  ['a FIFO name without the attribute', 'a.fifo', {}, 'InvalidParameterValue'],
  ['too long a visibility time-out', 'bad', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
  ['too short a retention', 'bad', { MessageRetentionPeriod: '59' }, 'InvalidAttributeValue'],
  ['a policy that is no JSON', 'bad', { Policy: '{' }, 'InvalidAttributeValue'],
  ['a redrive policy without a count', 'bad', { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:plain"}' }, 'InvalidAttributeValue'],
  ['a dead-letter queue that is not there', 'bad', { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:none","maxReceiveCount":3}' }, 'InvalidParameterValue'],
])('refuses %s', async (_, name, attributes, error) => {
  await expect(create(name, attributes)).rejects.toMatchObject({ name: error });
});

test('a queue that is not there', async () => {
  const QueueUrl = `${engine.endpoint}/123456789012/none`;
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  await expect(client.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
});

test('the former query protocol calls it NonExistentQueue', async () => {
  const response = await fetch(`${engine.endpoint}/`, {
    method: 'POST',
    body: 'Action=GetQueueUrl&QueueName=none&Version=2012-11-05',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'authorization': 'AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=x' },
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>');
});

test('a deleted queue\'s name is free after sixty seconds', async () => {
  const { QueueUrl } = await create('brief');
  await client.send(new DeleteQueueCommand({ QueueUrl }));
  await expect(create('brief')).rejects.toMatchObject({ name: 'QueueDeletedRecently' });
  await engine.core.clock.advance(60_000);
  await expect(create('brief')).resolves.toMatchObject({ QueueUrl });
});

test('lists by prefix and page', async () => {
  for (const name of ['list-a', 'list-b', 'list-c']) await create(name);
  const first = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'list-', MaxResults: 2 }));
  expect(first.QueueUrls!.map((url) => url.split('/').at(-1))).toEqual(['list-a', 'list-b']);
  const second = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'list-', MaxResults: 2, NextToken: first.NextToken }));
  expect([second.QueueUrls!.map((url) => url.split('/').at(-1)), second.NextToken]).toEqual([['list-c'], undefined]);
});

test('attributes and tags change in place', async () => {
  const { QueueUrl } = await create('changing');
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '7', Policy: '{"Statement":[]}' } }));
  await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: '' } }));
  await expect(client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'Policy'] }))).resolves.toMatchObject({ Attributes: { VisibilityTimeout: '7' } });
  await client.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }));
  await client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
  expect((await client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' });
});

import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageBatchCommand, DeleteMessageCommand, PurgeQueueCommand, ReceiveMessageCommand,
  type ReceiveMessageCommandInput, SendMessageBatchCommand, SendMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let client: SQSClient;
let made = 0;

beforeAll(async () => {
  engine = await startEngine();
  client = new SQSClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

async function queue(Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: `q${++made}${Attributes.FifoQueue ? '.fifo' : ''}`, Attributes }));
  return QueueUrl!;
}
const send = (QueueUrl: string, MessageBody: string, more: object = {}) => client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
const receive = async (QueueUrl: string, more: Partial<ReceiveMessageCommandInput> = {}) =>
  (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
const bodies = async (url: string, more: Partial<ReceiveMessageCommandInput> = {}) => (await receive(url, more)).map(({ Body }) => Body);

// first of all: later on messages are in flight, and the clock never jumps across their time-outs
test('a delayed message is work that the clock jumps to', async () => {
  const url = await queue();
  await send(url, 'later', { DelaySeconds: 600 });
  expect(await bodies(url, { WaitTimeSeconds: 20 })).toEqual(['later']);
});

test('a message comes back with its attributes; the client checks both digests', async () => {
  const url = await queue();
  const MessageAttributes = { name: { DataType: 'String', StringValue: 'ü' }, size: { DataType: 'Number.int', StringValue: '7' }, raw: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) } };
  await send(url, 'höllo <&> "x"\n', { MessageAttributes });
  const [message] = await receive(url, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] });
  expect(message).toMatchObject({ Body: 'höllo <&> "x"\n', Attributes: { ApproximateReceiveCount: '1', SentTimestamp: expect.stringMatching(/^\d{13}$/) } });
  expect(message.MessageAttributes).toMatchObject({ name: { StringValue: 'ü' }, size: { DataType: 'Number.int' }, raw: { BinaryValue: new Uint8Array([1, 2]) } });
});

test('only the attributes asked for come back', async () => {
  const url = await queue();
  const text = { DataType: 'String', StringValue: 'x' };
  await send(url, 'x', { MessageAttributes: { 'a.one': text, 'a.two': text, 'b': text } });
  const [message] = await receive(url, { MessageAttributeNames: ['a.*'] });
  expect(Object.keys(message.MessageAttributes!).sort()).toEqual(['a.one', 'a.two']);
});

test('a received message is hidden until its time-out, which the clock does not jump across', async () => {
  const url = await queue({ VisibilityTimeout: '100' });
  await send(url, 'a');
  expect(await bodies(url)).toEqual(['a']);
  expect(await bodies(url)).toEqual([]);
  await engine.core.clock.advance(99_000);
  expect(await bodies(url)).toEqual([]);
  await engine.core.clock.advance(2_000);
  expect(await receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })).toMatchObject([{ Body: 'a', Attributes: { ApproximateReceiveCount: '2' } }]);
});

test('the older AttributeNames asks for attributes of messages, too', async () => {
  const url = await queue();
  await send(url, 'a');
  const AttributeNames = ['ApproximateReceiveCount'] as unknown as ReceiveMessageCommandInput['AttributeNames'];
  expect((await receive(url, { AttributeNames }))[0].Attributes).toEqual({ ApproximateReceiveCount: '1' });
  const unknown = { AttributeNames: ['Nothing'] } as unknown as Partial<ReceiveMessageCommandInput>;
  await expect(receive(url, unknown)).rejects.toMatchObject({ message: expect.stringContaining("'Nothing'") });
});

test('a deleted message does not come back; an old receipt handle deletes nothing', async () => {
  const url = await queue({ VisibilityTimeout: '10' });
  await send(url, 'a');
  const [first] = await receive(url);
  await engine.core.clock.advance(11_000);
  const [second] = await receive(url);
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first.ReceiptHandle }));
  await engine.core.clock.advance(11_000);
  const [third] = await receive(url);
  expect(third.MessageId).toBe(second.MessageId);
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: third.ReceiptHandle }));
  await engine.core.clock.advance(11_000);
  expect(await receive(url)).toEqual([]);
  await expect(client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'mine' }))).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' });
});

test('visibility can be changed while a message is in flight', async () => {
  const url = await queue();
  await send(url, 'a');
  const [{ ReceiptHandle }] = await receive(url);
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
  await expect(client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 5 }))).rejects.toMatchObject({ name: 'MessageNotInflight' });
  expect(await bodies(url)).toEqual(['a']);
});

test('a long poll ends when a message comes, and lets the clock jump meanwhile', async () => {
  const url = await queue();
  const before = engine.core.clock.now();
  const polled = bodies(url, { WaitTimeSeconds: 20 });
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  await engine.core.clock.sleep(5_000, 'a jump');
  await send(url, 'late');
  expect(await polled).toEqual(['late']);
  expect(engine.core.clock.now() - before).toBeGreaterThanOrEqual(5_000);
});

test('a long poll ends empty when its time has passed', async () => {
  const url = await queue();
  const polled = bodies(url, { WaitTimeSeconds: 20 });
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  await engine.core.clock.advance(20_000);
  expect(await polled).toEqual([]);
});

test('after maxReceiveCount receives a message goes to the dead-letter queue', async () => {
  const dead = await queue();
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:us-east-1:123456789012:${dead.split('/').at(-1)}`, maxReceiveCount: 2 });
  const url = await queue({ RedrivePolicy });
  await send(url, 'poison');
  for (const _ of [1, 2]) expect(await bodies(url, { VisibilityTimeout: 0 })).toEqual(['poison']);
  expect(await bodies(url)).toEqual([]);
  expect(await receive(dead, { MessageSystemAttributeNames: ['All'] })).toMatchObject([{ Body: 'poison', Attributes: { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: expect.stringContaining(url.split('/').at(-1)!) } }]);
});

test('messages leave after the retention time', async () => {
  const url = await queue({ MessageRetentionPeriod: '60' });
  await send(url, 'old');
  await engine.core.clock.advance(61_000);
  expect(await bodies(url)).toEqual([]);
});

test('purging empties a queue, once a minute', async () => {
  const url = await queue();
  await send(url, 'a');
  await client.send(new PurgeQueueCommand({ QueueUrl: url }));
  expect(await bodies(url)).toEqual([]);
  await expect(client.send(new PurgeQueueCommand({ QueueUrl: url }))).rejects.toMatchObject({ name: 'PurgeQueueInProgress' });
});

describe('batches', () => {
  test('report what fails beside what succeeds', async () => {
    const url = await queue();
    const { Successful, Failed } = await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: 'good', MessageBody: 'a' }, { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 }] }));
    expect(Successful!.map(({ Id }) => Id)).toEqual(['good']);
    expect(Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'InvalidParameterValue' }]);
    const [message] = await receive(url);
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: [{ Id: '1', ReceiptHandle: message.ReceiptHandle }, { Id: '2', ReceiptHandle: 'x' }] }));
    expect([deleted.Successful!.length, deleted.Failed![0].Code]).toEqual([1, 'ReceiptHandleIsInvalid']);
  });

  test.each([
    ['empty', [], 'EmptyBatchRequest'],
    ['more than ten', Array.from({ length: 11 }, (_, index) => ({ Id: `i${index}`, MessageBody: 'x' })), 'TooManyEntriesInBatchRequest'],
    ['an id twice', [{ Id: 'a', MessageBody: 'x' }, { Id: 'a', MessageBody: 'y' }], 'BatchEntryIdsNotDistinct'],
    ['a bad id', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    ['together too long', Array.from({ length: 2 }, (_, index) => ({ Id: `i${index}`, MessageBody: 'x'.repeat(600_000) })), 'BatchRequestTooLong'],
  ])('%s: refused', async (_, Entries, name) => {
    await expect(client.send(new SendMessageBatchCommand({ QueueUrl: await queue(), Entries }))).rejects.toMatchObject({ name });
  });
});

test.each([
  ['a control character', { MessageBody: 'a\u0001' }, 'InvalidMessageContents'],
  ['too long a body', { MessageBody: 'x'.repeat(1_048_577) }, 'InvalidParameterValue'],
  ['eleven attributes', { MessageBody: 'x', MessageAttributes: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, { DataType: 'String', StringValue: 'x' }])) }, 'InvalidParameterValue'],
  ['an attribute of no type', { MessageBody: 'x', MessageAttributes: { a: { DataType: 'Text', StringValue: 'x' } } }, 'InvalidParameterValue'],
  ['an empty attribute', { MessageBody: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } }, 'InvalidParameterValue'],
])('SendMessage refuses %s', async (_, input, name) => {
  await expect(client.send(new SendMessageCommand({ QueueUrl: await queue(), ...input }))).rejects.toMatchObject({ name });
});

test.each([[{ MaxNumberOfMessages: 11 }], [{ WaitTimeSeconds: 21 }], [{ VisibilityTimeout: 43_201 }]])('ReceiveMessage refuses %j', async (input) => {
  await expect(receive(await queue(), input)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
});

describe('FIFO queues', () => {
  const ordered = (url: string, body: string, group: string) => send(url, body, { MessageGroupId: group, MessageDeduplicationId: body });

  test('keep the order of each group and hand out nothing of a group in flight', async () => {
    const url = await queue({ FifoQueue: 'true' });
    for (const [body, group] of [['a1', 'a'], ['a2', 'a'], ['b1', 'b']]) await ordered(url, body, group);
    const [first] = await receive(url, { MaxNumberOfMessages: 1 });
    expect(first.Body).toBe('a1');
    expect(await bodies(url)).toEqual(['b1']);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: first.ReceiptHandle }));
    expect(await bodies(url)).toEqual(['a2']);
  });

  test('take the same message once in five minutes', async () => {
    const url = await queue({ FifoQueue: 'true', ContentBasedDeduplication: 'true' });
    const first = await send(url, 'same', { MessageGroupId: 'g' });
    const second = await send(url, 'same', { MessageGroupId: 'g' });
    expect([second.MessageId, second.SequenceNumber]).toEqual([first.MessageId, first.SequenceNumber]);
    await engine.core.clock.advance(301_000);
    await send(url, 'same', { MessageGroupId: 'g' });
    expect(await bodies(url)).toEqual(['same', 'same']);
  });

  test('need a group and a way to tell duplicates', async () => {
    const url = await queue({ FifoQueue: 'true' });
    await expect(send(url, 'x')).rejects.toMatchObject({ name: 'MissingParameter' });
    await expect(send(url, 'x', { MessageGroupId: 'g' })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

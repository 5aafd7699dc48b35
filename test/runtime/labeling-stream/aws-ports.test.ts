import { Readable } from 'node:stream';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { eventBus, s3Datasets, snsTopic, sqsQueue } from '../../../runtime/labeling-stream/aws-ports';
import { S3StreamStore } from '../../../runtime/labeling-stream/s3-stream-store';
import { LedgerConflict } from '../../../runtime/shared/ports';

const client = new S3Client({});
const s3 = mockClient(client);
const store = new S3StreamStore(client, client, { bucket: 'store', prefix: 'mail/' });

function status(httpStatusCode: number, name = 'Error'): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeEach(() => s3.reset());

describe('the store', () => {
  test('creates where nothing stands, and tries again where another writer is under way', async () => {
    s3.on(PutObjectCommand).rejectsOnce(status(409)).resolvesOnce({}).rejects(status(412));
    expect([await store.create('intake/x', '{}'), await store.create('intake/x', '{}')]).toEqual([true, false]);
    expect(s3.commandCalls(PutObjectCommand)[0].args[0].input).toMatchObject({ Bucket: 'store', Key: 'mail/intake/x', IfNoneMatch: '*', Body: '{}' });
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(3);
  });

  test('writes over one version alone', async () => {
    s3.on(PutObjectCommand).resolvesOnce({ ETag: '"2"' }).rejects(status(412));
    expect(await store.write('stream.json', '{}', '"1"')).toBe('"2"');
    await expect(store.write('stream.json', '{}', '"1"')).rejects.toThrow(LedgerConflict);
    expect(s3.commandCalls(PutObjectCommand)[0].args[0].input).toMatchObject({ IfMatch: '"1"' });
  });

  test('what is not there is no error', async () => {
    s3.on(HeadObjectCommand).rejectsOnce(status(404)).rejects(status(403));
    s3.on(GetObjectCommand).rejects(status(404, 'NoSuchKey'));
    expect([await store.exists('done/x'), await store.read('stream.json')]).toEqual([false, undefined]);
    await expect(store.exists('done/x')).rejects.toThrow();
  });

  test('lists page by page, without its prefix', async () => {
    const LastModified = new Date(5);
    s3.on(ListObjectsV2Command).resolvesOnce({ Contents: [{ Key: 'mail/waiting/b', Size: 5, LastModified }], NextContinuationToken: 't' })
      .resolvesOnce({ Contents: [{ Key: 'mail/waiting/c', Size: 0, LastModified }] }).resolves({ CommonPrefixes: [{ Prefix: 'mail/open/job-r1/' }] });
    expect(await all(store.list('waiting/', 'waiting/a'))).toEqual([{ key: 'waiting/b', size: 5, modifiedAt: 5 }, { key: 'waiting/c', size: 0, modifiedAt: 5 }]);
    expect(s3.commandCalls(ListObjectsV2Command).map(({ args }) => args[0].input)).toEqual([
      expect.objectContaining({ Prefix: 'mail/waiting/', StartAfter: 'mail/waiting/a', ContinuationToken: undefined }), expect.objectContaining({ ContinuationToken: 't' }),
    ]);
    expect(await all(store.folders('open/'))).toEqual(['job-r1']);
  });

  test('deletes a thousand at once, and says what was not deleted', async () => {
    s3.on(DeleteObjectsCommand).resolvesOnce({}).resolves({ Errors: [{ Key: 'mail/x', Code: 'SlowDown', Message: 'slow' }] });
    await expect(store.remove(Array.from({ length: 1001 }, (_, index) => `x${index}`))).rejects.toMatchObject({ name: 'SlowDown' });
    expect(s3.commandCalls(DeleteObjectsCommand).map(({ args }) => args[0].input.Delete!.Objects!.length)).toEqual([1000, 1]);
  });
});

test('lines are read from a byte on, and none after the last one', async () => {
  s3.on(GetObjectCommand).resolvesOnce({ Body: Readable.from([Buffer.from('b\r\nc')]) as never, ETag: '"1"', ContentLength: 4 }).rejects(status(416, 'InvalidRange'));
  const datasets = s3Datasets(client);
  expect(await all(datasets.lines('s3://in/m', 10, '"1"'))).toEqual([{ text: 'b\r', end: 13 }, { text: 'c', end: 14 }]);
  expect(await all(datasets.lines('s3://in/m', 14, '"1"'))).toEqual([]);
  expect(s3.commandCalls(GetObjectCommand)[0].args[0].input).toMatchObject({ Range: 'bytes=10-', IfMatch: '"1"' });
});

test('the topic tells which messages it did not take', async () => {
  const sns = mockClient(SNSClient);
  sns.on(PublishBatchCommand).resolves({ Failed: [{ Id: '1', Code: 'InternalError', Message: 'again', SenderFault: false }] });
  const failed = await snsTopic(new SNSClient({}), 'arn').publish([{ id: 'a', message: '1' }, { id: 'b', message: '2' }]);
  expect([...failed]).toEqual([['b', 'InternalError: again']]);
  expect(sns.commandCalls(PublishBatchCommand)[0].args[0].input).toEqual({
    TopicArn: 'arn', PublishBatchRequestEntries: [{ Id: '0', Message: '1' }, { Id: '1', Message: '2' }],
  });
});

test('the bus tells which events it did not take', async () => {
  const bus = mockClient(EventBridgeClient);
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' }] });
  const event = { type: 'Data Object Labeled', detail: '{}', time: 0 };
  expect(await eventBus(new EventBridgeClient({}), 'default').put([event, event])).toEqual([undefined, 'ThrottlingException: slow']);
  expect(bus.commandCalls(PutEventsCommand)[0].args[0].input.Entries![0]).toEqual({
    EventBusName: 'default', Source: 'cdk-labeling-workflows', DetailType: 'Data Object Labeled', Detail: '{}', Time: new Date(0),
  });
});

test('a message has its attributes and its delay', async () => {
  const sqs = mockClient(SQSClient);
  sqs.on(SendMessageCommand).resolves({});
  await sqsQueue(new SQSClient({}), 'url').send('body', { attributes: { Reason: 'why' }, delaySeconds: 60 });
  expect(sqs.commandCalls(SendMessageCommand)[0].args[0].input).toEqual({
    QueueUrl: 'url', MessageBody: 'body', DelaySeconds: 60, MessageAttributes: { Reason: { DataType: 'String', StringValue: 'why' } },
  });
});

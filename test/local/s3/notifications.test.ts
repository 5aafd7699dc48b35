import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

let engine: TestEngine;
let QueueUrl: string;
const Bucket = 'notifying';
const QueueArn = 'arn:aws:sqs:us-east-1:123456789012:changes';
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of many operations
const s3 = (operation: string, input: object): Promise<any> => engine.core.call('s3', operation, { Bucket, ...input });
const configure = (NotificationConfiguration: object): Promise<unknown> => s3('PutBucketNotificationConfiguration', { NotificationConfiguration });

/** What has arrived since the last look. */
async function received(): Promise<Array<Record<string, any>>> { // eslint-disable-line @typescript-eslint/no-explicit-any -- S3's own records
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  const { Messages = [] } = await engine.core.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  for (const { ReceiptHandle } of Messages) await engine.core.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
  return (Messages as Array<{ Body: string }>).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
}

beforeAll(async () => {
  engine = await startEngine();
  ({ QueueUrl } = await engine.core.call('sqs', 'CreateQueue', { QueueName: 'changes' }));
  await s3('CreateBucket', {});
});

afterAll(() => engine.stop());

test('a new destination gets a test event, then the changes it is meant for', async () => {
  const Filter = { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }, { Name: 'suffix', Value: '.json' }] } };
  await configure({ QueueConfigurations: [{ Id: 'mine', QueueArn, Events: ['s3:ObjectCreated:*'], Filter }] });
  expect(await received()).toEqual([expect.objectContaining({ Event: 's3:TestEvent', Bucket })]);
  await s3('PutObject', { Key: 'in/a b.json', Body: 'abc' });
  await s3('PutObject', { Key: 'in/a.txt' });
  await s3('DeleteObject', { Key: 'in/a b.json' });
  const [{ Records: [record] }, ...others] = await received();
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', awsRegion: 'us-east-1',
    s3: { configurationId: 'mine', bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` }, object: { key: 'in/a+b.json', size: 3, eTag: '900150983cd24fb0d6963f7d28e17f72' } },
  });
});

test('EventBridge gets everything', async () => {
  await configure({ EventBridgeConfiguration: {} });
  await engine.core.call('events', 'PutRule', { Name: 's3', EventPattern: JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } }) });
  await engine.core.call('events', 'PutTargets', { Rule: 's3', Targets: [{ Id: 'queue', Arn: QueueArn }] });
  await s3('PutObject', { Key: 'k', Body: 'abc' });
  expect(await received()).toEqual([expect.objectContaining({
    'source': 'aws.s3', 'detail-type': 'Object Created', 'resources': [`arn:aws:s3:::${Bucket}`],
    'detail': expect.objectContaining({ reason: 'PutObject', object: expect.objectContaining({ key: 'k', size: 3 }) }),
  })]);
});

test('destinations that are not there, and configurations that overlap, are refused', async () => {
  const queue = (options: object) => ({ QueueArn, Events: ['s3:ObjectCreated:*'], ...options });
  expect(await refusal(configure({ QueueConfigurations: [queue({ QueueArn: `${QueueArn}-not` })] }))).toBe('InvalidArgument');
  expect(await refusal(configure({ QueueConfigurations: [queue({}), queue({ Events: ['s3:ObjectCreated:Put'] })] }))).toBe('InvalidArgument');
});

import { StopLabelingJobCommand } from '@aws-sdk/client-sagemaker';
import { DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BUCKET, LabelingFixture, texts } from '../sagemaker/fixture';

const DAY = 24 * 3600;
const TOPIC = 'arn:aws:sns:us-east-1:123456789012:mails';
const RESULTS = 'arn:aws:sns:us-east-1:123456789012:results';

describe('streaming labeling jobs', () => {
  let fixture: LabelingFixture;
  let sqs: SQSClient;
  beforeEach(async () => {
    fixture = await LabelingFixture.start();
    sqs = new SQSClient(fixture.engine.clientConfig);
    await call('sns', 'CreateTopic', { Name: 'mails' });
    await call('sns', 'CreateTopic', { Name: 'results' });
  });
  afterEach(async () => {
    sqs.destroy();
    await fixture.stop();
  });

  const call = <T>(service: string, operation: string, input: object) => fixture.engine.core.call<T>(service, operation, input);
  const publish = (message: unknown) => call<{ MessageId: string }>('sns', 'Publish', { TopicArn: TOPIC, Message: typeof message === 'string' ? message : JSON.stringify(message) });
  const clock = (body: object) => fixture.engine.control('POST', 'clock', body);
  const create = (name: string, changes: object = {}, config: object = {}) => fixture.create({
    LabelingJobName: name, InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: TOPIC } } }, ...changes,
  }, config);
  const queueUrl = async (name: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName: `GroundTruth-${name}` }))).QueueUrl!;
  const waiting = async (name: string) => Number((await sqs.send(new GetQueueAttributesCommand({
    QueueUrl: await queueUrl(name), AttributeNames: ['ApproximateNumberOfMessages'],
  }))).Attributes!.ApproximateNumberOfMessages);
  const stop = async (name: string) => {
    await fixture.sagemaker.send(new StopLabelingJobCommand({ LabelingJobName: name }));
    return fixture.ended(name);
  };

  /** Resolves when so many objects are labeled or failed. */
  async function worked(name: string, objects: number): Promise<void> {
    for (let attempt = 0; attempt < 12_000; attempt++) {
      const { TotalLabeled, FailedNonRetryableError } = (await fixture.describe(name)).LabelCounters!;
      if (TotalLabeled! + FailedNonRetryableError! >= objects) return;
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    throw new Error(`${name} has worked on ${JSON.stringify((await fixture.describe(name)).LabelCounters)}, not on ${objects} objects`);
  }

  test('labels what is published once it is in progress; its queue stays when it stops', async () => {
    const { QueueUrl } = await call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: 'labeled' });
    await call('sns', 'Subscribe', { TopicArn: RESULTS, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:123456789012:labeled', Attributes: { RawMessageDelivery: 'true' } });
    await clock({ paused: true });
    await create('Stream-1', { OutputConfig: { S3OutputPath: `s3://${BUCKET}/output/`, SnsTopicArn: RESULTS } });
    await publish({ source: 'too early' });
    await clock({ paused: false });
    await fixture.until('Stream-1', 'InProgress');
    const { MessageId } = await publish({ source: 'first', ticket: 1 });
    await publish({ 'source': 'second', 'key': 'k2', 'dataset-objectid-attribute-name': 'key' });
    await worked('Stream-1', 2);

    const job = await stop('Stream-1');
    expect(job).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 2, HumanLabeled: 2, Unlabeled: 0 } });
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(lines).toEqual([
      { 'source': 'first', 'ticket': 1, '$kind-object-id': MessageId, 'kind': expect.any(Number), 'kind-metadata': expect.objectContaining({ 'job-name': 'labeling-job/Stream-1' }) },
      { 'source': 'second', 'key': 'k2', 'dataset-objectid-attribute-name': 'key', 'kind': expect.any(Number), 'kind-metadata': expect.any(Object) },
    ]);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages!.map(({ Body }) => JSON.parse(Body!) as unknown)).toEqual(expect.arrayContaining(lines));
    expect(await waiting('stream-1')).toBe(0);
    await publish({ source: 'too late' });
    expect(await waiting('stream-1')).toBe(0);
  });

  test('an id is labeled once, whatever else a message says; what is no object fails as one', async () => {
    await create('ids');
    await fixture.until('ids', 'InProgress');
    const withId = (id: string, source: string) => ({ source, id, 'dataset-objectid-attribute-name': 'id' });
    for (const message of [withId('a', 'one'), withId('b', 'two'), withId('a', 'one again'), 'not { json', { Service: 'Amazon S3', Event: 's3:TestEvent' }]) await publish(message);
    await publish({ source: 'same text' });
    await publish({ source: 'same text' });
    await worked('ids', 6);
    const job = await stop('ids');
    expect(job.LabelCounters).toMatchObject({ TotalLabeled: 4, FailedNonRetryableError: 2, Unlabeled: 0 });
    const text = await fixture.read(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(text.split('\n').filter((line) => line.includes('"kind"')).map((line) => (JSON.parse(line) as { source: string }).source).sort())
      .toEqual(['one', 'same text', 'same text', 'two']);
  });

  test('takes notifications of a bucket, their keys decoded', async () => {
    await fixture.put('plain.liquid.html', '<crowd-form><img src="{{ task.input.source-ref | grant_read_access }}"><crowd-input name="note"></crowd-input></crowd-form>');
    await call('s3', 'PutBucketNotificationConfiguration', {
      Bucket: BUCKET,
      NotificationConfiguration: { TopicConfigurations: [{ TopicArn: TOPIC, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: 'in/' }] } } }] },
    });
    await create('bucket', { LabelCategoryConfigS3Uri: undefined }, {
      UiConfig: { UiTemplateS3Uri: `s3://${BUCKET}/plain.liquid.html` }, PreHumanTaskLambdaArn: undefined, AnnotationConsolidationConfig: undefined,
    });
    await fixture.until('bucket', 'InProgress');
    await fixture.put('in/a b+ü.txt', 'text');
    await worked('bucket', 1);
    const job = await stop('bucket');
    const [line] = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    const uri = `s3://${BUCKET}/in/a b+ü.txt`;
    expect(line).toMatchObject({ 'source-ref': uri, '$sequencer': expect.any(String), '$kind-object-id': uri + line.$sequencer, 'kind': {} });
  });

  test('a seed manifest first; no more objects than MaxConcurrentTaskCount are open, the others wait in the queue', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [] });
    await fixture.putManifest('manifest.jsonl', [...texts(3), { source: 'done', kind: 1 }]);
    const sources = { S3DataSource: { ManifestS3Uri: `s3://${BUCKET}/manifest.jsonl` }, SnsDataSource: { SnsTopicArn: TOPIC } };
    await create('full', { InputConfig: { DataSource: sources }, StoppingConditions: { MaxHumanLabeledObjectCount: 1 } }, { MaxConcurrentTaskCount: 5 });
    await fixture.until('full', 'InProgress');
    for (const { source } of texts(8)) await publish({ source: `streamed ${source}` });
    await clock({ advanceSeconds: 60 });
    expect((await fixture.describe('full')).LabelCounters).toMatchObject({ TotalLabeled: 0, Unlabeled: 5 });
    expect(await waiting('full')).toBe(6);
    await fixture.engine.control('POST', 'annotators', { annotators: ['ann', 'ben', 'cid'].map((name) => ({ name })) });
    await worked('full', 11);
    expect((await stop('full')).LabelCounters).toMatchObject({ TotalLabeled: 11, Unlabeled: 0 });
  });

  test('ten days without an object stop it, a message keeps it awake; its own age does not', async () => {
    await create('quiet');
    await fixture.until('quiet', 'InProgress');
    for (let week = 0; week < 5; week++) {
      await clock({ advanceSeconds: 9 * DAY });
      await publish({ source: `week ${week}` });
      await worked('quiet', week + 1);
    }
    expect((await fixture.describe('quiet')).LabelingJobStatus).toBe('InProgress');
    await clock({ advanceSeconds: 10 * DAY + 60 });
    expect(await fixture.describe('quiet')).toMatchObject({ LabelingJobStatus: 'Stopped', LabelCounters: { TotalLabeled: 5 } });
    expect(await waiting('quiet')).toBe(0);
  });

  test('messages that wait for fourteen days expire', async () => {
    await fixture.engine.control('POST', 'annotators', { annotators: [] });
    await create('stuck', {}, { MaxConcurrentTaskCount: 1 });
    await fixture.until('stuck', 'InProgress');
    await publish({ source: 'open' });
    await publish({ source: 'waiting' });
    await clock({ advanceSeconds: 13 * DAY });
    expect(await waiting('stuck')).toBe(1);
    await clock({ advanceSeconds: 2 * DAY });
    expect(await waiting('stuck')).toBe(0);
    expect((await fixture.describe('stuck')).LabelCounters).toMatchObject({ Unlabeled: 1 });
  });

  test('fails where its queue is taken away, with its labels written', async () => {
    await create('robbed');
    await fixture.until('robbed', 'InProgress');
    await publish({ source: 'one' });
    await worked('robbed', 1);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: await queueUrl('robbed') }));
    const job = await fixture.ended('robbed');
    expect(job).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: expect.stringContaining('queue'), LabelCounters: { TotalLabeled: 1 } });
    expect(await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!)).toHaveLength(1);
  });

  test('fails on request after so many objects', async () => {
    await create('doomed');
    await fixture.until('doomed', 'InProgress');
    await fixture.engine.control('POST', 'labeling-jobs/doomed/fail', { afterObjects: 3, reason: 'InternalServerError: again' });
    for (const { source } of texts(6)) await publish({ source });
    expect(await fixture.ended('doomed')).toMatchObject({ LabelingJobStatus: 'Failed', FailureReason: 'InternalServerError: again', LabelCounters: { TotalLabeled: 3 } });
  });

  test('three hundred objects in bursts: each is labeled once, in the order of arrival', async () => {
    await create('many', {}, { MaxConcurrentTaskCount: 40, NumberOfHumanWorkersPerDataObject: 2 });
    await fixture.until('many', 'InProgress');
    const sources = texts(300).map(({ source }) => source);
    for (let burst = 0; burst < 300; burst += 60) {
      for (const source of sources.slice(burst, burst + 60)) await publish({ source, 'id': source, 'dataset-objectid-attribute-name': 'id' });
      await publish({ 'source': 'a repeat', 'id': sources[burst], 'dataset-objectid-attribute-name': 'id' });
    }
    await worked('many', 300);
    const job = await stop('many');
    expect(job.LabelCounters).toEqual({ TotalLabeled: 300, HumanLabeled: 300, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 0 });
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect(lines.map((line) => line.source)).toEqual(sources);
    expect(lines.every((line) => line['kind-metadata']['human-annotated'] === 'yes')).toBe(true);
  });
});

test('a new account may have no streaming job; a FIFO or absent topic is refused', async () => {
  const fixture = await LabelingFixture.start({ quota: 'documented' });
  const create = (SnsTopicArn: string) => fixture.create({ InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn } } } });
  await expect(create(TOPIC)).rejects.toMatchObject({ name: 'ValidationException' });
  await fixture.engine.core.call('sns', 'CreateTopic', { Name: 'mails' });
  await expect(create(TOPIC)).rejects.toMatchObject({ name: 'ResourceLimitExceeded', message: expect.stringContaining("'Maximum number of Streaming labeling jobs' is 0") });
  await expect(create(`${TOPIC}.fifo`)).rejects.toMatchObject({ name: 'ValidationException', message: expect.stringContaining('FIFO') });
  await fixture.engine.control('POST', 'quotas', { streamingLabelingJobs: 1 });
  await create(TOPIC);
  await fixture.stop();
});

import { UpdateWorkteamCommand } from '@aws-sdk/client-sagemaker';
import { LabelingFixture, texts } from '../sagemaker/fixture';

interface Queue {
  readonly url: string;
  readonly arn: string;
}

interface Received {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

describe('what a job tells other services', () => {
  let fixture: LabelingFixture;
  beforeAll(async () => { fixture = await LabelingFixture.start(); });
  afterAll(() => fixture.stop());

  const call = <T>(service: string, operation: string, input: object) => fixture.engine.core.call<T>(service, operation, input);

  async function queue(name: string): Promise<Queue> {
    const { QueueUrl } = await call<{ QueueUrl: string }>('sqs', 'CreateQueue', { QueueName: name });
    const arn = `arn:aws:sqs:us-east-1:123456789012:${name}`;
    return { url: QueueUrl, arn };
  }

  async function topicInto(name: string, { arn }: Queue): Promise<string> {
    const { TopicArn } = await call<{ TopicArn: string }>('sns', 'CreateTopic', { Name: name });
    await call('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes: { RawMessageDelivery: 'true' } });
    return TopicArn;
  }

  async function messages({ url }: Queue, count: number): Promise<string[]> {
    const bodies: string[] = [];
    for (let attempt = 0; attempt < 6000 && bodies.length < count; attempt++) {
      const { Messages = [] } = await call<{ Messages?: Received[] }>('sqs', 'ReceiveMessage', { QueueUrl: url, MaxNumberOfMessages: 10 });
      for (const { Body, ReceiptHandle } of Messages) {
        bodies.push(Body);
        await call('sqs', 'DeleteMessage', { QueueUrl: url, ReceiptHandle });
      }
      await new Promise((resolve) => { setTimeout(resolve, 10); });
    }
    return bodies;
  }

  test('one event at the end, each labeled line to the output topic, and word to the team', async () => {
    const [events, output, notes] = [await queue('events'), await queue('output'), await queue('notes')];
    await call('events', 'PutRule', { Name: 'ends', EventPattern: JSON.stringify({ source: ['aws.sagemaker'] }) });
    await call('events', 'PutTargets', { Rule: 'ends', Targets: [{ Id: 'queue', Arn: events.arn }] });
    const SnsTopicArn = await topicInto('output', output);
    const NotificationTopicArn = await topicInto('notes', notes);
    await fixture.sagemaker.send(new UpdateWorkteamCommand({ WorkteamName: 'mail-team', NotificationConfiguration: { NotificationTopicArn } }));

    await fixture.putManifest('manifest.jsonl', texts(3));
    const arn = await fixture.create({ OutputConfig: { S3OutputPath: 's3://labeling-data/output', SnsTopicArn } });
    const job = await fixture.ended('mails');

    expect((await messages(events, 1)).map((body) => JSON.parse(body) as unknown)).toEqual([expect.objectContaining({
      'source': 'aws.sagemaker', 'detail-type': 'SageMaker Ground Truth Labeling Job State Change', 'resources': [arn], 'detail': { LabelingJobStatus: 'Completed' },
    })]);
    const lines = await fixture.readLines(job.LabelingJobOutput!.OutputDatasetS3Uri!);
    expect((await messages(output, 3)).map((body) => JSON.parse(body) as unknown)).toEqual(expect.arrayContaining(lines));
    expect(await messages(notes, 1)).toEqual([expect.stringContaining('3 data objects of "Mails"')]);
  });

  test('why an object failed stands in the job\'s log', async () => {
    await fixture.putManifest('manifest.jsonl', [{ source: 'good' }, { text: 'bad' }]);
    await fixture.create({ LabelingJobName: 'logged' });
    await fixture.ended('logged');
    const stream = { logGroupName: '/aws/sagemaker/LabelingJobs', logStreamName: 'logged' };
    const { events } = await call<{ events: Array<{ message: string }> }>('logs', 'GetLogEvents', stream);
    expect(events.map(({ message }) => message)).toContainEqual(expect.stringMatching(/Data object 1 failed: .*"source"/));
  });
});

import { AccountId, batchFixture, type Fixture } from './batch-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';

interface JobEvent {
  readonly 'detail-type': string;
  readonly 'source': string;
  readonly 'detail': {
    readonly eventSource: string;
    readonly eventName: string;
    readonly eventType: string;
    readonly serviceEventDetails: {
      readonly jobId: string;
      readonly jobArn: string;
      readonly status: string;
      readonly jobEventId: string;
      readonly failureCodes: string[];
      readonly statusChangeReason: string[];
    };
  };
}

let engine: TestEngine;
let batch: Fixture;
let QueueUrl: string;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what they ask for
const call = (service: string, operation: string, input: object) => engine.core.call<any>(service, operation, input);

beforeEach(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
  await batch.put('data', 'one', '1');
  ({ QueueUrl } = await call('sqs', 'CreateQueue', { QueueName: 'events' }));
  const EventPattern = JSON.stringify({
    'source': ['aws.s3'],
    'detail-type': ['AWS Service Event via CloudTrail'],
    'detail': { eventSource: ['s3.amazonaws.com'], eventName: ['JobCreated', 'JobStatusChanged'] },
  });
  await call('events', 'PutRule', { Name: 'jobs', EventPattern });
  await call('events', 'PutTargets', { Rule: 'jobs', Targets: [{ Id: 'q', Arn: `arn:aws:sqs:us-east-1:${AccountId}:events` }] });
});

afterEach(() => engine.stop());

async function received(): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for (;;) {
    const { Messages = [] } = await call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 }) as { Messages?: Array<{ Body: string; ReceiptHandle: string }> };
    if (Messages.length === 0) return events;
    for (const { Body, ReceiptHandle } of Messages) {
      events.push(JSON.parse(Body) as JobEvent);
      await call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle });
    }
  }
}

test('tell of a job\'s making and of every change of its status', async () => {
  const { JobId, JobArn } = await batch.run({ S3DeleteObjectTagging: {} }, { Manifest: await batch.manifest([['data', 'one']]) });
  const events = await received();
  expect(events.map(({ detail: { eventName, serviceEventDetails } }) => `${eventName} ${serviceEventDetails.status}`).sort()).toEqual([
    'JobCreated New', ...['Active', 'Complete', 'Completing', 'Preparing', 'Ready'].map((status) => `JobStatusChanged ${status}`),
  ]);
  for (const { detail } of events) expect(detail).toMatchObject({ eventType: 'AwsServiceEvent', serviceEventDetails: { jobId: JobId, jobArn: JobArn, failureCodes: [], statusChangeReason: [] } });
  expect(new Set(events.map(({ detail }) => detail.serviceEventDetails.jobEventId)).size).toBe(events.length);
});

test('tell why a job failed', async () => {
  await batch.run({ S3DeleteObjectTagging: {} }, { Manifest: await batch.manifest('') });
  const failed = (await received()).find(({ detail }) => detail.serviceEventDetails.status === 'Failed')!;
  expect(failed.detail.serviceEventDetails.failureCodes).toEqual(['InvalidManifestContent']);
});

test('need a trail', async () => {
  await engine.control('POST', 'batch-operations', { trail: false });
  await batch.run({ S3DeleteObjectTagging: {} }, { Manifest: await batch.manifest([['data', 'one']]) });
  expect(await received()).toEqual([]);
});

test('settings that make no sense are refused', async () => {
  expect((await engine.control('POST', 'batch-operations', { concurrentJobs: 0 })).body).toEqual({ code: 'ValidationException', message: 'concurrentJobs must be a number from 1 to 1000000, got 0' });
  expect((await engine.control('POST', 'batch-operations', { speed: 1 })).body.message).toBe('the body has the unknown member \'speed\'; known: concurrentJobs, tasksPerSecond, trail');
});

import { GetObjectCommand, GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Lifecycle } from './harness';
import { greyJpeg } from '../../local/src/supervisely/fixtures/jpeg';
import { LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, s3batch, supervisely } from '../../src';

const SECRET = 'supervisely/token';
const KEYS = ['basket/1.jpeg', 'basket/2.jpeg', 'tree/1.jpeg'];

/** A whole workflow on the engine's Supervisely server: its people label and review, the server calls the stack's own webhook. */
let life: Lifecycle;
let queues: SQSClient;
let output: Record<string, string>;

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial', annotators: 'on' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } };
  queues = new SQSClient(config);
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
  await life.control('supervisely/labelers', { labelers: [{ accuracy: 1 }], reviewers: [{ rejects: 0, finds: 0 }] });
  await core.call('s3', 'CreateBucket', { Bucket: 'fruit' });
  for (const Key of KEYS) await core.call('s3', 'PutObject', { Bucket: 'fruit', Key, Body: greyJpeg(640, 480, 200, 4000) });
});
afterAll(() => life.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
async function server(method: string, body: object): Promise<any> {
  const { address, token } = life.engine.supervisely;
  const response = await fetch(`${address}/public/api/v3/${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': token }, body: JSON.stringify(body),
  });
  return response.json();
}

function declare(stack: Stack): void {
  const connection = new supervisely.Connection(stack, 'Server', {
    serverUrl: life.engine.supervisely.address, apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET), allowPlainHttp: true,
  });
  const labelers = ['labeler_1', 'labeler_2'].map((login) => new supervisely.TeamMember(stack, login.replace('_', ''), { connection, teamId: 8, login }));
  const data = s3.Bucket.fromBucketName(stack, 'Data', 'fruit');
  const workflow = new LabelingWorkflow(stack, 'Fruit', {
    backend: LabelingBackend.supervisely({
      connection,
      project: supervisely.Project.fromProjectName(349, 'Fruit in boxes'),
      datasetName: 'november',
      task: supervisely.LabelingTask.boundingBox(),
      labelers,
      reviewer: supervisely.User.fromLogin('my_username'),
      completionWebhook: new supervisely.CompletionWebhook(stack, 'Completions', { connection, teamId: 8 }),
      removal: supervisely.JobRemoval.ARCHIVE,
    }),
    labels: LabelCategories.of('apple', 'pear'),
    input: LabelingInput.fromRecords(KEYS.map((key, number) => ({ 'source-ref': `s3://fruit/${key}`, number })), { dataBuckets: [data] }),
    prepare: [s3batch.DataPreparation.checksum()],
    tagLabeledObjects: { labeled: 'yes' },
  });
  const heard = new sqs.Queue(stack, 'Heard');
  workflow.onCompleted('Completed', { target: new targets.SqsQueue(heard) });
  const states = new sqs.Queue(stack, 'States');
  workflow.superviselyJob.onStateChange('Changed', { target: new targets.SqsQueue(states) });
  new CfnOutput(stack, 'HeardUrl', { value: heard.queueUrl });
  new CfnOutput(stack, 'StatesUrl', { value: states.queueUrl });
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- events of several kinds
async function details(QueueUrl: string): Promise<any[]> {
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 }));
  return Messages.map(({ Body }) => JSON.parse(Body!).detail);
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- lines of a manifest
async function lines(uri: string): Promise<any[]> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body!.transformToString()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

const named = (name: string): string => Object.entries(output).find(([key]) => key.includes(name))![1];

test('objects in a bucket are fingerprinted, imported, labeled and reviewed, exported in Ground Truth\'s form, and tagged; who listens hears of it once', async () => {
  const { stacks: { Life: created } } = await life.deploy(declare);
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  output = created.outputs;
  expect(named('JobName')).toMatch(/^life-[0-9a-f]{6}-fruit-job-[0-9a-f]{8}-[0-9a-f]{12}$/);
  expect(named('DescribeCommand')).not.toContain(life.engine.supervisely.token);

  let ends: Array<Record<string, unknown>> = [];
  await life.until('the labels are exported', async () => (ends = [...ends, ...await details(output.HeardUrl)]).length > 0);
  expect(ends).toMatchObject([{ completed: true, labels: named('OutputUri'), objects: KEYS.length, labeled: KEYS.length, unlabeled: 0 }]);

  const labels = await lines(named('OutputUri'));
  expect(labels.map((line) => [line['source-ref'], line.number]).sort()).toEqual(KEYS.map((key, number) => [`s3://fruit/${key}`, number]));
  for (const { label, 'label-metadata': metadata, checksum } of labels) {
    expect(checksum).toMatchObject({ algorithm: 'CRC64NVME' });
    expect(label.annotations.length).toBeGreaterThan(0);
    expect(label.image_size).toEqual([{ width: 640, height: 480, depth: 3 }]);
    expect(metadata).toMatchObject({ 'type': 'groundtruth/object-detection', 'human-annotated': 'yes', 'job-name': expect.stringContaining(named('JobName')) });
    expect(['apple', 'pear']).toEqual(expect.arrayContaining(Object.values(metadata['class-map'])));
  }

  const told = await details(output.StatesUrl);
  expect(told.map(({ change }) => change).sort()).toEqual(told.map((_, index) => index + 1));
  const [last] = told.filter(({ change }) => change === told.length);
  expect(last).toMatchObject({ jobName: named('JobName'), status: 'completed', state: 'Completed', imagesCount: 2 * KEYS.length, acceptedImagesCount: 2 * KEYS.length });
  expect(last.jobs).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);

  const tags = async (Key: string): Promise<unknown> => (await life.s3.send(new GetObjectTaggingCommand({ Bucket: 'fruit', Key }))).TagSet;
  await life.until('the labeled objects are tagged', async () => JSON.stringify(await Promise.all(KEYS.map(tags))).split('"labeled"').length === KEYS.length + 1);

  const calls = await (await fetch(`${life.engine.endpoint}/_local/calls`)).text();
  expect(calls).not.toContain(life.engine.supervisely.token);
  const { stacks: { Life: gone } } = await life.destroy();
  expect([gone.status, gone.reason]).toEqual(['DELETE_COMPLETE', undefined]);
  const { entities: jobs } = await server('jobs.list', { teamId: 8, showDisabled: true });
  expect(jobs.map(({ status, disabled }: { status: string; disabled: boolean }) => [status, disabled])).toEqual([['completed', true], ['completed', true]]);
});

import { GetObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Lifecycle } from './harness';
import { groundtruth, supervisely } from '../../src';

const SECRET = 'supervisely/token';

let life: Lifecycle;
let states: SFNClient;

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial', annotators: 'on' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } };
  states = new SFNClient(config);
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
  await life.control('supervisely/labelers', { reviewers: [{ rejects: 0, finds: 0 }] });
});
afterAll(() => life.stop(), 60_000);

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
  const meta = new supervisely.ProjectMeta(stack, 'Meta', { connection, projectId: 5555, classes: [supervisely.ObjectClass.rectangle('plum')] });
  const job = new supervisely.LabelingJob(stack, 'Fruit', {
    connection, dataset: supervisely.Dataset.fromDatasetId(10555), title: 'Fruit', classes: ['plum', 'lemon'], labelers,
  });
  job.node.addDependency(meta, ...labelers);
  const bucket = new groundtruth.LabelingBucket(stack, 'Labels', { removalPolicy: RemovalPolicy.DESTROY });
  const queue = new sqs.Queue(stack, 'Heard');
  for (const [id, format, labelAttributeName] of [['Boxes', supervisely.LabelFormat.boundingBox(), 'fruit'], ['Masks', supervisely.LabelFormat.semanticSegmentation(), 'fruit-ref']] as const) {
    const labels = new supervisely.LabelsExport(stack, id, { connection, jobs: [job], labelAttributeName, format, bucket, prefix: id });
    labels.onExported('Done', { target: new targets.SqsQueue(queue) });
    new CfnOutput(stack, `${id}Machine`, { value: labels.stateMachine.stateMachineArn });
  }
  new CfnOutput(stack, 'Bucket', { value: bucket.bucketName });
  new CfnOutput(stack, 'Queue', { value: queue.queueUrl });
}

async function run(stateMachineArn: string): Promise<Record<string, unknown>> {
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn }));
  for (;;) {
    const { status, output, error, cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') return JSON.parse(output!);
    if (status !== 'RUNNING') throw new Error(`${status}: ${error}: ${cause}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function text(uri: unknown): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(String(uri))!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToString();
}

interface Marked {
  readonly imageId: number;
  readonly annotation: { readonly objects: ReadonlyArray<{ classTitle: string; labelerLogin: string; points?: { exterior: Array<[number, number]> } }> };
}

test('what people have drawn is in the manifest, each object once, and whoever listens hears of it', async () => {
  const { stacks: { Life: { status, reason, outputs } } } = await life.deploy(declare);
  expect([status, reason]).toEqual(['CREATE_COMPLETE', undefined]);
  const jobsOf = async (): Promise<Array<{ id: number; status: string; labelerLogin: string; finishedAt: string }>> => (await server('jobs.list', { teamId: 8 })).entities;
  for (let look = 0; look < 100 && (await jobsOf()).some((job) => job.status !== 'completed'); look++) {
    await life.control('clock', { advanceSeconds: 600 });
  }
  expect((await jobsOf()).map((job) => job.status)).toEqual(['completed', 'completed']);

  const done = await run(outputs.BoxesMachine);
  expect(done).toMatchObject({ objects: 6, labeled: 6, unlabeled: 0, failed: 0, copied: 6, type: 'groundtruth/object-detection' });
  const lines = (await text(done.labels)).trimEnd().split('\n').map((line) => JSON.parse(line));
  const last = (await jobsOf()).sort((a, b) => (a.finishedAt === b.finishedAt ? b.id - a.id : a.finishedAt < b.finishedAt ? 1 : -1))[0].labelerLogin;
  const { entities: images } = await server('images.list', { datasetId: 10555 });
  const held: Marked[] = await server('annotations.bulk.info', { datasetId: 10555, imageIds: images.map(({ id }: { id: number }) => id), integerCoords: false });
  const expected = held.map(({ annotation }) => annotation.objects.filter(({ labelerLogin }) => labelerLogin === last).map(({ classTitle, points }) => {
    if (!points) return expect.objectContaining({ class_id: 1 });
    const [[left, top], [right, bottom]] = points.exterior;
    return { class_id: ['plum', 'lemon'].indexOf(classTitle), left, top, width: right - left, height: bottom - top };
  }));
  expect(lines.map(({ fruit }) => fruit.annotations)).toEqual(expected);
  expect(expected.flat().length).toBeGreaterThan(5);
  expect(lines[0]['fruit-metadata']).toMatchObject({ 'type': 'groundtruth/object-detection', 'human-annotated': 'yes', 'job-name': expect.stringMatching(/^labeling-job\/life-.*-r1-u\d+$/) });
  expect(lines[0]['source-ref']).toMatch(new RegExp(`^s3://${outputs.Bucket}/Boxes/images/${images[0].id}/`));
  expect((await text(done.table)).split('\r\n')[0]).toContain('source-ref');
  expect(JSON.parse(await text(done.summary)).jobs.map(({ images: count }: { images: number }) => count).sort()).toEqual([0, 6]);

  const masks = await run(outputs.MasksMachine);
  const [first] = (await text(masks.labels)).split('\n');
  expect(JSON.parse(first)['fruit-ref-metadata']['internal-color-map']).toMatchObject({ 0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff' }, 1: { 'class-name': 'plum' }, 2: { 'class-name': 'lemon' } });
  expect((await text(JSON.parse(first)['fruit-ref'])).slice(1, 4)).toBe('PNG');
  expect((await life.keys(outputs.Bucket)).filter((key) => key.includes('.export'))).toEqual([]);
  const { Messages } = await life.engine.core.call<{ Messages: Array<{ Body: string }> }>('sqs', 'ReceiveMessage', { QueueUrl: outputs.Queue, MaxNumberOfMessages: 10 });
  expect(Messages.map(({ Body }) => JSON.parse(Body).detail.labels).sort()).toEqual([done.labels, masks.labels]);
});

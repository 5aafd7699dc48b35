import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Lifecycle } from './harness';
import { supervisely } from '../../src';

const SECRET = 'supervisely/token';
const TEAM = 8;
const DATASET = 10_555;

/** A stack on the engine's Supervisely server, whose receiver has an address on this machine. */
let life: Lifecycle;
let secrets: SecretsManagerClient;
let queues: SQSClient;

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } };
  secrets = new SecretsManagerClient(config);
  queues = new SQSClient(config);
  await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
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
    serverUrl: life.engine.supervisely.address,
    apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET),
    allowPlainHttp: true,
  });
  const webhook = new supervisely.CompletionWebhook(stack, 'Completions', { connection, teamId: TEAM, retriesCount: 1 });
  const events = new sqs.Queue(stack, 'Events');
  webhook.onJobCompleted('Completed', { target: new SqsQueue(events) });
  new CfnOutput(stack, 'QueueUrl', { value: events.queueUrl });
}

/** A job of the tutorial's own team, as somebody makes it by hand. */
async function makeJob(name: string): Promise<number> {
  const [{ id }] = await server('jobs.add', { name, datasetId: DATASET, userIds: [7], meta: { classes: ['lemon'], projectTags: [], imageTags: [] } });
  return id;
}

interface Envelope {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'detail': Readonly<Record<string, unknown>>;
}

async function received(QueueUrl: string): Promise<Envelope[]> {
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body }) => JSON.parse(Body!));
}

test('a completed job becomes an event; who guesses the address or names a job that is not completed causes none; all goes with the stack', async () => {
  const { stacks: { Life: created } } = await life.deploy(declare);
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  const QueueUrl = created.outputs.QueueUrl;
  const { entities: webhooks } = await server('webhooks.list', { teamId: TEAM });
  expect(webhooks.map(({ action }: { action: string }) => action).sort()).toEqual(['labeling_job.completed', 'labeling_queue.completed', 'labeling_queue.job.completed']);
  const { url } = webhooks[0] as { url: string };

  const open = await makeJob('Open');
  const done = await makeJob('Done');
  const post = async (address: string, message: object): Promise<number> =>
    (await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(message) })).status;
  await expect(post(`${url}x`, { data: { jobId: done } })).resolves.toBe(404);
  await expect(post(url.replace(/[^/]+$/, ''), { data: { jobId: done } })).resolves.toBe(404);
  await expect(post(url, { data: { jobId: open } })).resolves.toBe(200);
  await expect(post(url, { data: { jobId: 999_999 } })).resolves.toBe(200);
  await expect(post(url, { data: {} })).resolves.toBe(400);
  expect(await received(QueueUrl)).toEqual([]);

  await server('jobs.set-status', { id: done, status: 'completed' });
  let events: Envelope[] = [];
  await life.until('the event arrives', async () => (events = await received(QueueUrl)).length > 0);
  expect(events).toEqual([expect.objectContaining({
    'source': 'cdk-labeling-workflows.supervisely',
    'detail-type': 'Supervisely Labeling Job Completed',
    'detail': expect.objectContaining({ serverUrl: life.engine.supervisely.address, teamId: TEAM, datasetId: DATASET, jobId: done, name: 'Done', status: 'completed' }),
  })]);
  const { deliveries } = await (await fetch(`${life.engine.endpoint}/_local/supervisely/webhook-deliveries`)).json() as { deliveries: Array<{ statusCode: number }> };
  expect(deliveries.map(({ statusCode }) => statusCode)).toEqual([200]);

  // the address's last part is known to the server and to the secret alone
  const path = new URL(url).pathname.split('/').at(-1)!;
  expect(path).toHaveLength(64);
  const { SecretString: token } = await secrets.send(new GetSecretValueCommand({ SecretId: SECRET }));
  const calls = await (await fetch(`${life.engine.endpoint}/_local/calls`)).text();
  expect([calls.includes(path), calls.includes(token!)]).toEqual([false, false]);

  const { stacks: { Life: gone } } = await life.destroy();
  expect([gone.status, gone.reason]).toEqual(['DELETE_COMPLETE', undefined]);
  expect((await server('webhooks.list', { teamId: TEAM })).entities).toEqual([]);
  expect(await post(url, { data: { jobId: done } })).toBe(404);
});

import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Lifecycle } from './harness';
import { supervisely } from '../../src';

const SECRET = 'supervisely/token';

/** A stack on the engine's Supervisely server, with the tutorial's project and the shipped bundles, under judged permissions. */
let life: Lifecycle;

async function start(annotators: 'on' | 'off'): Promise<void> {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial', annotators });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const secrets = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } });
  await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
  for (const login of ['labeler_1', 'labeler_2']) {
    await server('users.add', { login, password: '11111abc', isRestricted: true });
    await server('members.add', { login, teamId: 8, roleId: 3 });
  }
}

afterEach(() => life.stop(), 60_000);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
async function server(method: string, body: object): Promise<any> {
  const { address, token } = life.engine.supervisely;
  const response = await fetch(`${address}/public/api/v3/${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': token }, body: JSON.stringify(body),
  });
  return response.json();
}

async function queues(): Promise<Array<{ status: string; labelers: unknown[] }>> {
  return (await server('labeling-queues.list', { teamId: 8, showDisabled: true })).entities;
}

function declareQueue(stack: Stack, changes: Partial<supervisely.LabelingQueueProps> = {}): supervisely.LabelingQueue {
  const connection = new supervisely.Connection(stack, 'Server', {
    serverUrl: life.engine.supervisely.address, apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET), allowPlainHttp: true,
  });
  const queue = new supervisely.LabelingQueue(stack, 'Lemons', {
    connection,
    dataset: supervisely.Dataset.fromDatasetId(10555),
    title: 'Lemons',
    labelers: [supervisely.User.fromLogin('labeler_1'), supervisely.User.fromLogin('labeler_2')],
    reviewers: [supervisely.User.fromLogin('my_username')],
    classes: ['lemon'],
    ...changes,
  });
  show(stack, { QueueId: queue.queueId, Images: queue.imagesCount, Accepted: queue.acceptedImagesCount });
  new CfnOutput(stack, 'State', { value: queue.state });
  return queue;
}

function declare(stack: Stack, changes: Partial<supervisely.LabelingQueueProps> = {}): void {
  const queue = declareQueue(stack, changes);
  const connection = stack.node.findChild('Server') as supervisely.Connection;
  const list = new supervisely.LabelingQueueInventory(stack, 'Queues', { connection, teamId: 8, queues: [queue], entities: true });
  const jobs = new supervisely.LabelingJobInventory(stack, 'Jobs', { connection, teamId: 8, queueIds: [queue.queueId] });
  show(stack, { Listed: list.total, JobsListed: jobs.total });
}

function show(stack: Stack, numbers: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(numbers)) new CfnOutput(stack, name, { value: Token.asString(value) });
}

test('a queue is deployed, changed and removed; a lost answer leaves no second one', async () => {
  await start('off');
  await life.fault({ service: 'supervisely', operation: 'labeling-queues.add', when: 'after', times: 1, error: { code: 'Internal Server Error', statusCode: 500 } });
  await life.fault({ service: 'supervisely', operation: 'labeling-queues.list', when: 'before', times: 1, error: { code: 'Too Many Requests', statusCode: 429, retryAfterSeconds: 2 } });
  const { stacks: { Life: created } } = await life.deploy(declare);
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  expect(created.outputs).toMatchObject({ QueueId: '1', Images: '6', Accepted: '0', Listed: '1', JobsListed: '2', State: 'Pending' });
  expect(await queues()).toMatchObject([{ name: expect.stringMatching(/^Lemons \[life-[0-9a-f]{6}-lemons-.*-r1\]$/), status: 'pending' }]);

  const { stacks: { Life: updated } } = await life.deploy((stack) => declare(stack, { labelers: [supervisely.User.fromLogin('labeler_2')] }));
  expect([updated.status, updated.reason]).toEqual(['UPDATE_COMPLETE', undefined]);
  expect((await queues()).map(({ status, labelers }) => [status, labelers.length])).toEqual([['stopped', 2], ['pending', 1]]);
  expect(updated.outputs).toMatchObject({ QueueId: '2', Listed: '2', JobsListed: '1' });

  const { stacks: { Life: gone } } = await life.destroy();
  expect([gone.status, gone.reason]).toEqual(['DELETE_COMPLETE', undefined]);
  expect((await queues()).map(({ status }) => status)).toEqual(['stopped', 'stopped']);
});

test('a deployment waits until all images are accepted; afterwards they are not given up without a word', async () => {
  await start('on');
  const { stacks: { Life: created } } = await life.deploy((stack) => void declareQueue(stack, { waitForStatus: supervisely.LabelingJobStatus.COMPLETED }));
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  expect(created.outputs).toMatchObject({ QueueId: '1', Accepted: '6', State: 'Completed' });

  const { stacks: { Life: refused } } = await life.deploy((stack) => void declareQueue(stack, { classes: ['kiwi'] }));
  expect(refused.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(refused.reason).toContain('queue 1 has 6 labeled images, and the change of dataset, classes, tags or images would have them labeled again');
  expect(await queues()).toMatchObject([{ status: 'completed' }]);
});

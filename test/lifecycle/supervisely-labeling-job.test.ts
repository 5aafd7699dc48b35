import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Lifecycle } from './harness';
import { supervisely } from '../../src';

const SECRET = 'supervisely/token';

/** A stack on the engine's Supervisely server, with the tutorial's project and the shipped bundles. */
let life: Lifecycle;
const wrong = { token: false };

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const secrets = new SecretsManagerClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } });
  await secrets.send(new CreateSecretCommand({ Name: SECRET, SecretString: JSON.stringify({ token, bad: 'sesame-open' }) }));
});
afterAll(() => life.stop(), 60_000);
afterEach(() => life.clearFaults());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the server's own form
async function server(method: string, body: object): Promise<any> {
  const { address, token } = life.engine.supervisely;
  const response = await fetch(`${address}/public/api/v3/${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': token }, body: JSON.stringify(body),
  });
  return response.json();
}

async function jobs(): Promise<Array<{ id: number; name: string; status: string; userId: number; readme: string }>> {
  return (await server('jobs.list', { teamId: 8, showDisabled: true })).entities;
}

interface Variation {
  readonly readme?: string;
  readonly labelers?: readonly string[];
  readonly classes?: string[];
}

function declare(stack: Stack, { readme = 'Mark every lemon.', labelers = ['labeler_1', 'labeler_2'], classes = ['lemon', 'lime'] }: Variation = {}): void {
  const connection = new supervisely.Connection(stack, 'Server', {
    serverUrl: life.engine.supervisely.address,
    apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET),
    apiTokenField: wrong.token ? 'bad' : 'token',
    allowPlainHttp: true,
  });
  const meta = new supervisely.ProjectMeta(stack, 'Fruit', { connection, projectId: 5555, classes: [supervisely.ObjectClass.rectangle('lime')] });
  const members = ['labeler_1', 'labeler_2'].map((login) => new supervisely.TeamMember(stack, login.replace('_', ''), { connection, teamId: 8, login }));
  const job = new supervisely.LabelingJob(stack, 'Lemons', {
    connection,
    dataset: supervisely.Dataset.fromDatasetId(10555),
    title: 'Lemons',
    readme,
    classes,
    labelers: members.filter((_, index) => labelers.includes(`labeler_${index + 1}`)),
    removal: supervisely.JobRemoval.REMOVE,
  });
  job.node.addDependency(meta, ...members);
  new supervisely.LabelingJobInventory(stack, 'List', { connection, teamId: 8, jobs: [job], reviewStates: true });
}

test('people, classes, jobs and their list are deployed, changed and removed; lost answers leave no second job', async () => {
  for (const operation of ['users.add', 'jobs.add', 'jobs.editInfo']) {
    await life.fault({ service: 'supervisely', operation, when: 'after', times: 1, error: { code: 'Internal Server Error', statusCode: 500 } });
  }
  await life.fault({ service: 'supervisely', operation: 'jobs.list', when: 'before', times: 1, error: { code: 'Too Many Requests', statusCode: 429, retryAfterSeconds: 2 } });
  const { stacks: { Life: created } } = await life.deploy(declare);
  expect([created.status, created.reason]).toEqual(['CREATE_COMPLETE', undefined]);
  const made = await jobs();
  expect(made.map(({ name, status }) => [name.split(' [')[0], status])).toEqual([['Lemons', 'pending'], ['Lemons', 'pending']]);
  expect(new Set(made.map(({ userId }) => userId)).size).toBe(2);
  const { customData } = await server('jobs.info', { id: made[0].id });
  expect(Object.keys(customData)).toEqual(['cdkLabelingWorkflows']);
  expect((await server('projects.meta', { id: 5555 })).classes.map(({ title }: { title: string }) => title)).toEqual(['kiwi', 'lemon', 'lime']);

  // somebody has begun: what is left goes to the next job, of whoever did not begin nothing is kept
  await server('jobs.set-status', { id: made[0].id, status: 'in_progress' });
  const { stacks: { Life: updated } } = await life.deploy((stack) => declare(stack, { readme: 'Look twice.' }));
  expect([updated.status, updated.reason]).toEqual(['UPDATE_COMPLETE', undefined]);
  const now = await jobs();
  expect(now.map(({ status, readme }) => [status, readme])).toEqual([['stopped', 'Mark every lemon.'], ['pending', 'Look twice.'], ['pending', 'Look twice.']]);

  const { stacks: { Life: gone } } = await life.destroy();
  expect([gone.status, gone.reason]).toEqual(['DELETE_COMPLETE', undefined]);
  expect(await jobs()).toEqual([]);
});

test('a wrong token and an unknown class say so, the token nowhere, and leave nothing', async () => {
  wrong.token = true;
  const { stacks: { Life: refused } } = await life.deploy(declare);
  expect(refused.reason).toMatch(/does not accept the API token of the secret arn:aws:secretsmanager:.*: put a valid one into it/);
  expect(refused.reason).not.toContain('sesame-open');
  wrong.token = false;
  const { stacks: { Life: unknown } } = await life.deploy((stack) => declare(stack, { classes: ['melon'] }));
  expect(unknown.reason).toContain('the project 5555 has no class "melon"; its classes: kiwi, lemon, lime');
  expect(await jobs()).toEqual([]);
});

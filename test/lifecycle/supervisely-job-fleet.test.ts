import { GetObjectCommand } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Lifecycle } from './harness';
import { supervisely } from '../../src';

const SECRET = 'supervisely/token';
const IMAGES = 24;

/** A fleet on the engine's Supervisely server, with the shipped bundle and simulated labelers. */
let life: Lifecycle;
let states: SFNClient;
let datasetId: number;

beforeAll(async () => {
  life = await Lifecycle.start({ superviselyFixture: 'tutorial', annotators: 'on' });
  const { core, endpoint, supervisely: { token } } = life.engine;
  const config = { endpoint, region: 'us-east-1', credentials: { accessKeyId: core.root.accessKeyId, secretAccessKey: 'x' } };
  states = new SFNClient(config);
  await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: SECRET, SecretString: token }));
  await life.control('supervisely/labelers', {
    labelers: [{ secondsPerImage: 600, secondsToStart: 10 }], reviewers: [{ rejects: 0, finds: 0 }],
  });
  datasetId = (await server('datasets.add', { projectId: 5555, name: 'basket' })).id;
  await addImages(IMAGES);
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

async function addImages(count: number): Promise<void> {
  const [{ id: imageId }] = (await server('images.list', { datasetId: 10555 })).entities;
  const { total } = await server('images.list', { datasetId });
  await server('images.bulk.add', { datasetId, images: Array.from({ length: count }, (_, index) => ({ title: `${total + index + 1}.jpg`, imageId })) });
}

interface Job {
  readonly id: number;
  readonly labelerLogin: string;
  readonly status: string;
  readonly entities: ReadonlyArray<{ readonly id: number; readonly reviewStatus: string }>;
}

async function jobs(): Promise<Job[]> {
  const { entities } = await server('jobs.list', { teamId: 8, showDisabled: true });
  return Promise.all(entities.map(({ id }: { id: number }) => server('jobs.info', { id })));
}

/** Login -> how many images are theirs that are not done. */
async function left(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { labelerLogin, status, entities } of await jobs()) {
    if (status !== 'pending' && status !== 'in_progress') continue;
    counts[labelerLogin] = (counts[labelerLogin] ?? 0) + entities.filter(({ reviewStatus }) => reviewStatus === 'none').length;
  }
  return counts;
}

const LOGINS = ['labeler_1', 'labeler_2', 'labeler_3', 'labeler_4'];

function declare(stack: Stack, weights: Readonly<Record<string, number>>): void {
  const connection = new supervisely.Connection(stack, 'Server', {
    serverUrl: life.engine.supervisely.address, apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'Token', SECRET), allowPlainHttp: true,
  });
  const members = new Map(LOGINS.map((login) => [login, new supervisely.TeamMember(stack, login.replace('_', ''), { connection, teamId: 8, login })]));
  const fleet = new supervisely.JobFleet(stack, 'Fruit', {
    connection,
    title: 'Fruit',
    classes: ['lemon'],
    imageSets: [supervisely.ImageSet.fromDataset(supervisely.Dataset.fromDatasetId(datasetId))],
    labelers: Object.entries(weights).map(([login, weight]) => ({ labeler: members.get(login)!, weight })),
    removal: supervisely.JobRemoval.REMOVE,
  });
  fleet.node.addDependency(...members.values());
  new CfnOutput(stack, 'Machine', { value: fleet.stateMachine.stateMachineArn });
  new CfnOutput(stack, 'Record', { value: fleet.recordUri });
}

async function deploy(weights: Readonly<Record<string, number>>): Promise<Record<string, string>> {
  const { stacks: { Life: { status, reason, outputs } } } = await life.deploy((stack) => declare(stack, weights));
  expect([status, reason]).toEqual([expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/), undefined]);
  return outputs;
}

async function run(stateMachineArn: string): Promise<void> {
  const { executionArn } = await states.send(new StartExecutionCommand({ stateMachineArn }));
  await life.until('the execution to end', async () => {
    const { status, cause } = await states.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING' && status !== 'SUCCEEDED') throw new Error(`${status}: ${cause}`);
    return status === 'SUCCEEDED';
  });
}

async function labelers(uri: string): Promise<Array<{ login: string; weight: number; jobs: object[] }>> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  const { Body } = await life.s3.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body!.transformToString()).trim().split('\n').map((line) => JSON.parse(line));
}

test('whoever comes and goes, each image is labeled exactly once', async () => {
  await life.fault({ service: 'supervisely', operation: 'jobs.add', when: 'after', times: 1, error: { code: 'Internal Server Error', statusCode: 500 } });
  const { Record: record, Machine: machine } = await deploy({ labeler_1: 2, labeler_2: 1, labeler_3: 1 });
  // from now on people label only as long as the test lets time pass
  await life.control('clock', { paused: true });
  const first = await jobs();
  expect(first.map(({ labelerLogin, entities }) => [labelerLogin, entities.length]).sort()).toEqual([['labeler_1', 12], ['labeler_2', 6], ['labeler_3', 6]]);
  expect((await labelers(record)).map(({ login, weight, jobs: own }) => [login, weight, own.length])).toEqual([['labeler_1', 2, 1], ['labeler_2', 1, 1], ['labeler_3', 1, 1]]);

  await life.control('clock', { advanceSeconds: 2000 });
  const begun = await jobs();
  expect(begun.every(({ status, entities }) => status === 'in_progress' && entities.some(({ reviewStatus }) => reviewStatus === 'done'))).toBe(true);

  // one leaves: the others go on with what they have, and get what is left
  await life.fault({ service: 'supervisely', operation: 'jobs.stop', when: 'before', times: 1, error: { code: 'Too Many Requests', statusCode: 429, retryAfterSeconds: 1 } });
  const rest = Object.values(await left()).reduce((sum, one) => sum + one, 0);
  await deploy({ labeler_1: 2, labeler_2: 1 });
  const shared = await left();
  expect(Object.keys(shared).sort()).toEqual(['labeler_1', 'labeler_2']);
  expect(Math.abs(shared.labeler_2 - rest / 3)).toBeLessThan(1);

  // one joins: those who have too much for that give
  await deploy({ labeler_1: 1, labeler_2: 1, labeler_4: 2 });
  const now = await left();
  expect(Object.values(now).reduce((sum, one) => sum + one, 0)).toBe(rest);
  expect(Math.abs(now.labeler_4 - rest / 2)).toBeLessThan(1);

  await life.control('supervisely/labelers', { labelers: [{ secondsPerImage: 10, secondsToStart: 10 }] });
  await life.control('clock', { paused: false });
  const allDone = () => life.until('everybody to have labeled', async () => {
    await life.control('clock', { advanceSeconds: 300 });
    return Object.values(await left()).every((one) => one === 0);
  });
  await allDone();
  // images that come later
  await addImages(3);
  await run(machine);
  await allDone();
  const finished = (await jobs()).flatMap(({ entities }) => entities.filter(({ reviewStatus }) => ['done', 'accepted'].includes(reviewStatus)).map(({ id }) => id));
  expect(finished).toHaveLength(IMAGES + 3);
  expect(new Set(finished).size).toBe(IMAGES + 3);
  const activity = await server('teams.activity', { teamId: 8, filter: [{ field: 'type', operator: 'in', value: ['annotation_duration'] }], per_page: 500 });
  expect(activity.entities).toHaveLength(IMAGES + 3);

  const { stacks: { Life: gone } } = await life.destroy();
  expect([gone.status, gone.reason]).toEqual(['DELETE_COMPLETE', undefined]);
  expect(await jobs()).toEqual([]);
});

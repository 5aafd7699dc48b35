import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { Caller } from '../../../runtime/shared/supervisely/client';
import { NoValidToken, SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';
import { receive } from '../../../runtime/supervisely-completion-webhook/receive';
import { type CompletionWebhookEvent, handleCompletionWebhook } from '../../../runtime/supervisely-completion-webhook/register';
import { WEBHOOK_ACTIONS } from '../../../src/supervisely/private/completion-webhook-contract';
import { addLabelers, startSupervisely, type TestSupervisely } from '../../local/supervisely/supervisely-for-tests';

/** The webhook against the engine's server: what it registers is called, and what is called asks back. */
let server: TestSupervisely;
let caller: Caller;
let receiver: Server;
let receiverUrl: string;
let secret: string;
let announced: Array<[string, Record<string, unknown>]>;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  server = await startSupervisely();
  caller = { serverUrl: server.engine.supervisely.address, call: (method, body) => server.ok(method, body) };
  secret = 'unguessable';
  announced = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const event = {
        rawPath: request.url!, requestContext: { http: { method: request.method! } }, body: Buffer.concat(chunks).toString('utf8'), isBase64Encoded: false,
      } as LambdaFunctionURLEvent;
      const announce = async (type: string, detail: object) => { announced.push([type, detail as Record<string, unknown>]); };
      void receive(event, { caller, teamId: 8, path: async () => secret, announce })
        .then((answer) => response.writeHead((answer as { statusCode: number }).statusCode).end());
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  receiverUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});

afterEach(async () => {
  await server.stop();
  await new Promise((resolve) => receiver.close(resolve));
});

function deploy(RequestType: CompletionWebhookEvent['RequestType'], overrides: object = {}, id = '8/Hook', ports: object = {}) {
  const ResourceProperties = {
    ServiceToken: 't', ContractVersion: '1', Connection: { ServerUrl: 'https://labels.example.com', SecretArn: 'arn:token' }, TeamId: '8',
    ReceiverUrl: receiverUrl, PathSecretArn: 'arn:path', Actions: [...WEBHOOK_ACTIONS], RetriesCount: '5', RetriesDelaySeconds: '10', ...overrides,
  };
  const event = {
    RequestType, RequestId: 'r', StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/s/guid', LogicalResourceId: 'Hook', ResourceProperties,
    OldResourceProperties: ResourceProperties, ...(RequestType !== 'Create' && { PhysicalResourceId: id }),
  } as CompletionWebhookEvent;
  return handleCompletionWebhook(event, {
    connect: () => caller, readSecret: async () => secret, now: Date.now, remaining: () => 100_000, sleep: async () => undefined, ...ports,
  });
}

const webhooks = async () => (await server.ok('webhooks.list', { teamId: 8 })).entities as Array<{ id: number; url: string; action: string; meta: Record<string, unknown> }>;

test('registers one webhook for each action, and once', async () => {
  expect(await deploy('Create')).toEqual({ PhysicalResourceId: '8/Hook', Data: { TeamId: '8', WebhookCount: '3' } });
  await deploy('Create');
  expect((await webhooks()).map(({ url, action }) => [url, action])).toEqual(WEBHOOK_ACTIONS.map((action) => [`${receiverUrl}unguessable`, action]));
  expect((await webhooks())[0].meta).toMatchObject({ retriesCount: 5, retriesDelay: 10, followRedirect: false, rejectUnauthorized: true });
});

test('properties of another release are refused, but for a removal', async () => {
  await expect(deploy('Create', { ContractVersion: '2' })).rejects.toThrow('ContractVersion: expected "1", got "2": construct and handler are of different releases');
  expect(await webhooks()).toEqual([]);
  await deploy('Create');
  await deploy('Delete', { ContractVersion: '2' });
  expect(await webhooks()).toEqual([]);
});

test('changes what is there, and keeps ids', async () => {
  await deploy('Create');
  const ids = (await webhooks()).map(({ id }) => id);
  secret = 'another';
  await deploy('Update', { RetriesCount: '1' });
  expect((await webhooks()).map(({ id, url, meta }) => [id, url, meta.retriesCount])).toEqual(ids.map((id) => [id, `${receiverUrl}another`, 1]));
});

test('takes away a second one that a lost answer has made, and what is wanted no more', async () => {
  await deploy('Create');
  await server.ok('webhooks.add', { teamId: 8, url: `${receiverUrl}unguessable`, action: 'labeling_job.completed' });
  await deploy('Update', { Actions: ['labeling_job.completed'] });
  expect((await webhooks()).map(({ action }) => action)).toEqual(['labeling_job.completed']);
});

test('goes without a trace, and leaves those of others', async () => {
  await server.ok('webhooks.add', { teamId: 8, url: 'https://example.com/', action: 'labeling_job.completed' });
  await deploy('Create');
  await deploy('Delete');
  await deploy('Delete');
  expect((await webhooks()).map(({ url }) => url)).toEqual(['https://example.com/']);
});

test('a Delete of a Create that failed does nothing', async () => {
  await deploy('Create');
  expect(await deploy('Delete', {}, 'failed-to-create')).toEqual({ PhysicalResourceId: 'failed-to-create' });
  expect(await webhooks()).toHaveLength(3);
});

test.each<[string, Error]>([
  ['a token that was taken back', new NoValidToken('https://labels.example.com does not accept the API token')],
  ['a token without the right', new SuperviselyError('webhooks.list', 403, 'Forbidden')],
])('a Delete succeeds with %s, and says what is left', async (_, error) => {
  await deploy('Create');
  const refused = { ...caller, call: async () => Promise.reject(error) };
  caller = refused;
  expect(await deploy('Delete')).toEqual({ PhysicalResourceId: '8/Hook' });
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining('the server takes no token any more'));
  await expect(deploy('Update')).rejects.toThrow();
});

test('a Delete fails for a server that is out of reach: it is asked again', async () => {
  caller = { ...caller, call: async () => Promise.reject(new SuperviselyBusy('webhooks.list', 'connection refused')) };
  const asked = jest.fn(async () => undefined);
  await expect(deploy('Delete', {}, '8/Hook', { remaining: () => (asked.mock.calls.length > 2 ? 0 : 100_000), sleep: asked })).rejects.toThrow('connection refused');
});

test('fails for an unknown team, and says which there are', async () => {
  caller = { ...caller, call: async (method, body) => (method === 'teams.info' ? Promise.reject(absent()) : server.ok(method, body)) };
  await expect(deploy('Create', { TeamId: '99' })).rejects.toThrow('there is no team 99');
});

function absent(): Error {
  return new SuperviselyError('teams.info', 404, 'Not found');
}

test('a job that is completed becomes an event, with what the server says of it', async () => {
  await deploy('Create');
  const [labeler] = await addLabelers(server);
  const [{ id }] = await server.ok('jobs.add', { name: 'kiwis [labels-u1]', datasetId: 10555, userIds: [labeler], meta: { classes: ['kiwi'] } });
  await server.ok('jobs.set-status', { id, status: 'completed' });
  const end = Date.now() + 120_000;
  while (announced.length === 0 && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(announced).toEqual([['Supervisely Labeling Job Completed', expect.objectContaining({ jobId: id, teamId: 8, status: 'completed', jobName: 'labels', imagesCount: 6, userId: labeler })]]);
});

import { createServer, type Server } from 'node:http';
import { addLabelers, startSupervisely, type TestSupervisely } from './supervisely-for-tests';

let server: TestSupervisely;
let receiver: Server;
let url: string;
let received: Array<{ secret?: string; body: unknown }>;
let answers: number[];

beforeEach(async () => {
  server = await startSupervisely();
  await addLabelers(server);
  received = [];
  answers = [];
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      received.push({ secret: request.headers['x-secret'] as string, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(receiver.address() as { port: number }).port}/hook`;
});

afterEach(async () => {
  await server.stop();
  receiver.close();
});

const ACTION = 'labeling_job.completed';

async function completeJob(): Promise<void> {
  await server.ok('jobs.add', { name: 'a', datasetId: 10555, userIds: [101] });
  await server.ok('jobs.set-status', { id: 1, status: 'completed' });
  await server.engine.control('POST', 'clock', { advanceSeconds: 100 });
}

test('a completed job is told once, with the webhook\'s headers', async () => {
  await server.ok('webhooks.add', { teamId: 8, url, action: ACTION, meta: { headers: { 'x-secret': 's' } } });
  await server.ok('webhooks.add', { teamId: 8, url, action: 'labeling_queue.completed' });
  await completeJob();
  const data = { teamId: 8, projectId: 5555, datasetId: 10555, jobId: 1, labelingQueueId: null };
  expect(received).toEqual([{ secret: 's', body: { action: ACTION, data } }]);
});

test('it is told again until somebody takes it, as often as the webhook says', async () => {
  answers = [500, 500, 500, 500];
  await server.ok('webhooks.add', { teamId: 8, url, action: ACTION, meta: { retriesCount: 2, retriesDelay: 5 } });
  await completeJob();
  const { body: { deliveries } } = await server.engine.control('GET', 'supervisely/webhook-deliveries');
  expect(deliveries.map(({ statusCode }: { statusCode: number }) => statusCode)).toEqual([500, 500, 500]);
  expect(Date.parse(deliveries[1].time) - Date.parse(deliveries[0].time)).toBeGreaterThanOrEqual(5000);
});

test('list, info, update, test, remove', async () => {
  const { id } = await server.ok('webhooks.add', { teamId: 8, url, action: ACTION });
  expect(await server.ok('webhooks.update', { id, meta: { retriesCount: 1 } })).toEqual({ id });
  expect(await server.ok('webhooks.info', { id })).toMatchObject({ teamId: 8, url, action: ACTION, meta: { retriesCount: 1, retriesDelay: 10 } });
  expect(await server.ok('webhooks.test', { teamId: 8, id, payload: { hello: 1 } })).toEqual({ success: true, results: [{ id, statusCode: 200 }] });
  expect(received).toEqual([{ body: { hello: 1 } }]);
  await server.ok('webhooks.bulk.remove', { ids: [id] });
  expect(await server.ok('webhooks.list', { teamId: 8 })).toMatchObject({ total: 0 });
});

test('an unknown action is refused; other machines are not called', async () => {
  expect(await server.refused('webhooks.add', { teamId: 8, url, action: 'job.done' })).toContain('"action" must be one of "labeling_job.completed"');
  const { id } = await server.ok('webhooks.add', { teamId: 8, url: 'https://example.com/hook', action: ACTION });
  expect(await server.ok('webhooks.test', { teamId: 8, id })).toEqual({ success: false, results: [{ id, statusCode: 0 }] });
});

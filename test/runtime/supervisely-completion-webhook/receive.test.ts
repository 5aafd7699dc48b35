import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { Caller } from '../../../runtime/shared/supervisely/client';
import { SuperviselyBusy, SuperviselyError } from '../../../runtime/shared/supervisely/errors';
import { namedIn } from '../../../runtime/supervisely-completion-webhook/announcement';
import { receive } from '../../../runtime/supervisely-completion-webhook/receive';

const PATH = 'unguessable';
const JOB = {
  id: 5, teamId: 8, projectId: 5555, datasetId: 10555, name: 'kiwis [labels-0a1b2c-kiwis-01234567-0123456789ab-r1-u102]', labelingQueueId: null, userId: 102, reviewerId: null,
  status: 'completed', finishedAt: '2026-11-22T10:00:00.000Z', imagesCount: 3, acceptedImagesCount: 2, rejectedImagesCount: 1, disabled: false,
};
const QUEUE = { id: 9, teamId: 8, projectId: 5555, datasetId: 10555, name: 'queue', status: 'completed', finishedAt: '2026-11-22T10:00:00.000Z' };

interface Delivery {
  readonly body?: unknown;
  readonly path?: string;
  readonly method?: string;
  readonly server?: Readonly<Record<string, object | Error>>;
}

/** What the receiver answers, asks and announces. */
async function deliver({ body = { data: { jobId: 5 } }, path = PATH, method = 'POST', server = {} }: Delivery) {
  const asked: unknown[] = [];
  const announced: Array<[string, object]> = [];
  const caller: Caller = {
    serverUrl: 'https://labels.example.com',
    call: async <T>(name: string, about: object) => {
      asked.push([name, about]);
      const found = { 'jobs.info': JOB, 'labeling-queues.info': QUEUE, ...server }[name]!;
      if (found instanceof Error) throw found;
      return found as T;
    },
  };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const event = { rawPath: `/${path}`, requestContext: { http: { method } }, body: text, isBase64Encoded: false } as LambdaFunctionURLEvent;
  const answer = await receive(event, { caller, teamId: 8, path: async () => PATH, announce: async (type, detail) => { announced.push([type, detail]); } });
  return { answer, asked, announced };
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('announces a completed job as the server describes it', async () => {
  const { answer, asked, announced } = await deliver({});
  expect(answer).toEqual({ statusCode: 200 });
  expect(asked).toEqual([['jobs.info', { id: 5 }]]);
  expect(announced).toEqual([['Supervisely Labeling Job Completed', {
    serverUrl: 'https://labels.example.com', teamId: 8, projectId: 5555, datasetId: 10555, jobId: 5, name: JOB.name, jobName: 'labels-0a1b2c-kiwis-01234567-0123456789ab-r1',
    labelingQueueId: null, userId: 102, reviewerId: null, status: 'completed', finishedAt: '2026-11-22T10:00:00.000Z', imagesCount: 3, acceptedImagesCount: 2, rejectedImagesCount: 1,
  }]]);
});

test('announces a completed queue', async () => {
  const { announced } = await deliver({ body: { action: 'labeling_queue.completed', data: { labelingQueueId: 9, teamId: 8 } } });
  expect(announced).toEqual([['Supervisely Labeling Queue Completed', expect.objectContaining({ labelingQueueId: 9, name: 'queue', status: 'completed' })]]);
});

test('says which queue of the library it is', async () => {
  const record = 'fruits-0a1b2c-lemons-0123abcd-0123456789ab-r2';
  const server = { 'labeling-queues.info': { ...QUEUE, name: `Lemons [${record}]` } };
  const { announced } = await deliver({ server, body: { data: { labelingQueueId: 9 } } });
  expect(announced).toMatchObject([['Supervisely Labeling Queue Completed', { labelingQueueId: 9, queueName: record }]]);
});

test('believes nothing that a message says beside an id', async () => {
  const { announced } = await deliver({ body: { data: { jobId: 5, name: 'forged', acceptedImagesCount: 99, teamId: 1, status: 'stopped' } } });
  expect(JSON.stringify(announced)).not.toMatch(/forged|99/);
});

test.each<[string, Delivery['server']]>([
  ['is not completed', { 'jobs.info': { ...JOB, status: 'on_review' } }],
  ['belongs to another team', { 'jobs.info': { ...JOB, teamId: 7 } }],
  ['is not there', { 'jobs.info': new SuperviselyError('jobs.info', 404, 'Not found') }],
  ['is not to be seen', { 'jobs.info': new SuperviselyError('jobs.info', 403, 'Forbidden') }],
])('announces no job that %s', async (_, server) => {
  const { answer, announced } = await deliver({ server });
  expect(answer).toEqual({ statusCode: 200 });
  expect(announced).toEqual([]);
});

test('announces no queue that is not completed', async () => {
  const { announced } = await deliver({ body: { queueId: 9 }, server: { 'labeling-queues.info': { ...QUEUE, status: 'in_progress' } } });
  expect(announced).toEqual([]);
});

test.each(['wrong', '', `${PATH}/more`, `${PATH} `])('knows nobody who comes to %j, and asks nobody', async (path) => {
  const { answer, asked } = await deliver({ path });
  expect(answer).toEqual({ statusCode: 404 });
  expect(asked).toEqual([]);
});

test('takes messages only', async () => {
  expect((await deliver({ method: 'GET' })).answer).toEqual({ statusCode: 405 });
});

test.each([['no JSON', '{'], ['no message', ''], ['a list', '[1]'], ['no id', '{"data":{}}'], ['too much', JSON.stringify({ jobId: 5, more: 'x'.repeat(70_000) })]])('does not take %s', async (_, body) => {
  const { answer, asked } = await deliver({ body });
  expect(answer).toEqual({ statusCode: 400 });
  expect(asked).toEqual([]);
});

test('wants the message again when the server cannot be asked', async () => {
  const { answer, announced } = await deliver({ server: { 'jobs.info': new SuperviselyBusy('jobs.info', 'busy') } });
  expect(answer).toEqual({ statusCode: 503 });
  expect(announced).toEqual([]);
});

test('wants the message again when the bus does not take the event', async () => {
  const event = { rawPath: `/${PATH}`, requestContext: { http: { method: 'POST' } }, body: Buffer.from('{"jobId":5}').toString('base64'), isBase64Encoded: true } as LambdaFunctionURLEvent;
  const caller: Caller = { serverUrl: 'https://a', call: async <T>() => JOB as T };
  const announce = () => Promise.reject(new Error('no bus'));
  expect(await receive(event, { caller, teamId: 8, path: async () => PATH, announce })).toEqual({ statusCode: 503 });
});

test.each<[string, unknown, object | undefined]>([
  ['the engine\'s form', { action: 'labeling_job.completed', data: { jobId: 1, labelingQueueId: null } }, { jobId: 1 }],
  ['a job of a queue', { data: { jobId: 1, labelingQueueId: 2 } }, { jobId: 1 }],
  ['a flat form', { job_id: '7' }, { jobId: 7 }],
  ['a nested job', { payload: { job: { id: 3 } } }, { jobId: 3 }],
  ['a nested queue', { queue: { id: 4 } }, { labelingQueueId: 4 }],
  ['an id of something', { id: 4 }, undefined],
  ['a flag', { jobId: true }, undefined],
  ['half a job', { jobId: 1.5 }, undefined],
  ['nothing', null, undefined],
])('finds the id in %s', (_, message, named) => {
  expect(namedIn(message)).toEqual(named);
});

import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { LabelingJobSummary, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { listLabelingJobs } from '../../../../runtime/shared/listing/list-labeling-jobs';
import { leaveAnswersUnread } from '../../../../runtime/shared/listing/unread-answer';

type Answer = (request: Record<string, unknown>) => { status: number; body: string };
let answer: Answer;
let requests: Record<string, unknown>[];
let server: http.Server;
let plain: SageMakerClient;
let unread: SageMakerClient;

beforeAll(async () => {
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      requests.push(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>);
      const { status, body } = answer(requests.at(-1)!);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const config = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1,
  };
  plain = new SageMakerClient(config);
  unread = leaveAnswersUnread(new SageMakerClient(config));
});

beforeEach(() => {
  requests = [];
});

afterAll(() => {
  plain.destroy();
  unread.destroy();
  server.closeAllConnections();
  server.close();
});

async function list(client: SageMakerClient, filters = {}): Promise<LabelingJobSummary[]> {
  const jobs: LabelingJobSummary[] = [];
  for await (const job of listLabelingJobs(client, filters)) jobs.push(job);
  return jobs;
}

const job = (index: number, more = {}) => ({
  LabelingJobName: `job-${index}`, LabelingJobArn: `arn:${index}`, LabelingJobStatus: 'Failed', CreationTime: 1_700_000_000.123 + index,
  LastModifiedTime: 1_700_000_000, LabelCounters: { TotalLabeled: index }, WorkteamArn: 'arn:team', ...more,
});

test('reads what the SDK reads, whatever stands in the texts', async () => {
  const hostile = job(1, { FailureReason: '"CreationTime": 7, "NextToken": "x" \\" ünïcode 漢字', InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://b/k' } } } });
  answer = ({ NextToken }) => ({
    status: 200,
    body: JSON.stringify(NextToken ? { LabelingJobSummaryList: [job(2)] } : { NextToken: 'a "quoted" \\ token', LabelingJobSummaryList: [job(0), hostile] }, undefined, 1),
  });
  const expected = await list(plain);
  expect(await list(unread)).toEqual(expected);
  expect(expected.map(({ LabelingJobName }) => LabelingJobName)).toEqual(['job-0', 'job-1', 'job-2']);
  expect(expected[0].CreationTime).toEqual(new Date(1_700_000_000_123));
  expect(requests.map(({ NextToken }) => NextToken)).toEqual([undefined, 'a "quoted" \\ token', undefined, 'a "quoted" \\ token']);
});

test('no jobs are a list too', async () => {
  answer = () => ({ status: 200, body: '{"LabelingJobSummaryList":[]}' });
  expect(await list(unread)).toEqual([]);
});

test('throws the service\'s error', async () => {
  answer = () => ({ status: 400, body: '{"__type":"ValidationException","message":"wrong"}' });
  await expect(list(unread)).rejects.toMatchObject({ name: 'ValidationException', message: 'wrong' });
  expect(requests).toHaveLength(1);
});

test('waits for a throttle to pass, and tries each call again by itself only', async () => {
  answer = () => (requests.length < 3 ? { status: 400, body: '{"__type":"ThrottlingException","message":"Rate exceeded"}' }
    : { status: 200, body: JSON.stringify({ LabelingJobSummaryList: [job(0)] }) });
  expect(await list(unread)).toHaveLength(1);
  expect(requests).toHaveLength(3);
});

test('asks for nothing more when nobody takes any more', async () => {
  answer = ({ NextToken = '0' }) => ({ status: 200, body: JSON.stringify({ NextToken: `${Number(NextToken) + 1}`, LabelingJobSummaryList: [job(Number(NextToken))] }) });
  for await (const { LabelingJobName } of listLabelingJobs(unread, {})) if (LabelingJobName === 'job-1') break;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const asked = requests.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(requests).toHaveLength(asked);
});

test('refuses an order that cannot be split', async () => {
  await expect(list(unread, { SortBy: 'Name' })).rejects.toThrow('SortBy: expected CreationTime or nothing, got "Name"');
});

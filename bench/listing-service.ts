import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListingService } from './listing-server';

/** ListLabelingJobs in its wire form, with the filters and orders of creation time; takes S3's PUTs and multipart uploads too. */
const { jobs: count, latencyMs, arrival, throttle }: ListingService = JSON.parse(process.argv[2]);
const HOUR_MS = 3_600_000;
const times = Array.from({ length: count }, (_, index) => (arrival === 'steady' ? steady(index) : burst(index))).sort((a, b) => a - b);
const summaries = times.map((time, index) => JSON.stringify(summary(index, time)));
let calls = { answered: 0, throttled: 0 };
let tokens = throttle?.burst ?? 0;
let filledAt = performance.now();

interface ListRequest {
  readonly CreationTimeAfter?: number;
  readonly CreationTimeBefore?: number;
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly SortOrder?: string;
}

/** An hour apart on average, as unevenly as calls at an exchange. */
function steady(index: number): number {
  return Math.floor(1_500_000_000_000 + (index + 3 * random(index)) * HOUR_MS);
}

/** A thousand jobs within an hour, then none for a month. */
function burst(index: number): number {
  return Math.floor(1_500_000_000_000 + Math.floor(index / 1_000) * 720 * HOUR_MS + random(index) * HOUR_MS);
}

/** The same numbers in every run, from 0 to 1 and thickest at 0. */
function random(seed: number): number {
  const evenly = (Math.sin(seed * 12.9898) * 43_758.5453) % 1;
  return evenly * evenly;
}

function summary(index: number, time: number): object {
  const name = `bench-${String(index).padStart(7, '0')}`;
  return {
    LabelingJobName: name,
    LabelingJobArn: `arn:aws:sagemaker:us-east-1:123456789012:labeling-job/${name}`,
    CreationTime: time / 1_000,
    LastModifiedTime: (time + HOUR_MS) / 1_000,
    LabelingJobStatus: 'Completed',
    LabelCounters: { TotalLabeled: 20, HumanLabeled: 20, MachineLabeled: 0, FailedNonRetryableError: 0, Unlabeled: 0 },
    WorkteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/readers',
    PreHumanTaskLambdaArn: 'arn:aws:lambda:us-east-1:432418664414:function:PRE-TextMultiClass',
    InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: `s3://bench/${name}.manifest` } } },
  };
}

/** The first position from which on times are later (or not earlier) than this one. */
function position(time: number, isLater: (time: number, than: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isLater(times[middle], time)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function list(request: ListRequest): string {
  const { CreationTimeAfter: after, CreationTimeBefore: before, MaxResults: size = 10, NextToken, SortOrder } = request;
  const first = after === undefined ? 0 : position(after * 1_000, (a, b) => a > b);
  const end = before === undefined ? count : position(before * 1_000, (a, b) => a >= b);
  const given = Number(NextToken ?? 0);
  const until = Math.min(given + size, end - first);
  const page = SortOrder === 'Descending' ? summaries.slice(end - until, end - given).reverse() : summaries.slice(first + given, first + until);
  return `{"LabelingJobSummaryList":[${page.join()}]${first + until < end ? `,"NextToken":"${until}"` : ''}}`;
}

function isThrottled(): boolean {
  if (!throttle) return false;
  const now = performance.now();
  tokens = Math.min(throttle.burst, tokens + ((now - filledAt) * throttle.callsPerSecond) / 1_000);
  filledAt = now;
  if (tokens < 1) return true;
  tokens -= 1;
  return false;
}

function answerList(body: string, response: http.ServerResponse): void {
  const throttled = isThrottled();
  calls[throttled ? 'throttled' : 'answered'] += 1;
  const text = throttled ? '{"__type":"ThrottlingException","message":"Rate exceeded"}' : list(JSON.parse(body || '{}') as ListRequest);
  setTimeout(() => response.writeHead(throttled ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': text.length }).end(text), latencyMs);
}

function answerS3(request: http.IncomingMessage, response: http.ServerResponse): void {
  response.setHeader('etag', '"0"');
  if (request.url!.includes('uploads')) response.end('<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>');
  else if (request.method === 'POST') response.end('<CompleteMultipartUploadResult><ETag>"0"</ETag></CompleteMultipartUploadResult>');
  else response.end();
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  const isList = request.headers['x-amz-target'] !== undefined;
  request.on('data', (chunk: Buffer) => isList && chunks.push(chunk));
  request.on('end', () => (isList ? answerList(Buffer.concat(chunks).toString(), response) : answerS3(request, response)));
});
server.listen(0, '127.0.0.1', () => process.send!({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('message', () => {
  process.send!(calls);
  calls = { answered: 0, throttled: 0 };
});
process.on('disconnect', () => process.exit());

import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The job system and the object store of a fleet, in a process of their own: as much of Ground Truth and S3 as the fleet's handlers call,
 * every answer after `latencyMs`. Told by messages what has become of the jobs.
 */
type Fields = Record<string, unknown>;
interface Job { readonly request: Fields; readonly created: number; status: string; reason?: string; counters: Fields }

const PAGE = 100;
const jobs = new Map<string, Job>();
const objects = new Map<string, { body: Buffer; etag: string }>();
let calls: Record<string, number> = {};
let latencyMs = 0;
let writes = 0;
let clock = 1_700_000_000;

const OUTPUT = (job: Job, name: string) => `${(job.request.OutputConfig as Fields).S3OutputPath}/${name}/manifests/output/output.manifest`;
const ARN = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:labeling-job/${name}`;

function facts(name: string, job: Job): Fields {
  const { status, reason, counters, created } = job;
  return {
    LabelingJobName: name,
    LabelingJobArn: ARN(name),
    LabelingJobStatus: status,
    CreationTime: created,
    LastModifiedTime: created,
    LabelCounters: counters,
    ...(reason !== undefined && { FailureReason: reason }),
    // a job that has failed shows no output
    ...((status === 'Completed' || status === 'Stopped') && { LabelingJobOutput: { OutputDatasetS3Uri: OUTPUT(job, name) } }),
  };
}

const SAGEMAKER: Readonly<Record<string, (input: Fields) => Fields>> = {
  ListLabelingJobs: ({ NameContains, NextToken }) => {
    const names = [...jobs.keys()].filter((name) => name.includes(String(NameContains))).sort();
    // a token is a name, so that jobs which are made meanwhile move no others
    const next = names.findIndex((name) => name >= String(NextToken ?? ''));
    const from = next < 0 ? names.length : next;
    const page = names.slice(from, from + PAGE).map((name) => ({ ...facts(name, jobs.get(name)!), InputConfig: jobs.get(name)!.request.InputConfig }));
    return { LabelingJobSummaryList: page, ...(from + PAGE < names.length && { NextToken: names[from + PAGE] }) };
  },
  DescribeLabelingJob: ({ LabelingJobName }) => {
    const name = String(LabelingJobName);
    const job = jobs.get(name);
    return job ? { ...job.request, ...facts(name, job) } : { __type: 'ResourceNotFound' };
  },
  CreateLabelingJob: (request) => {
    const name = String(request.LabelingJobName);
    jobs.set(name, { request, created: clock++, status: 'InProgress', counters: { TotalLabeled: 0, HumanLabeled: 0, Unlabeled: 100 } });
    return { LabelingJobArn: ARN(name) };
  },
  StopLabelingJob: ({ LabelingJobName }) => {
    jobs.get(String(LabelingJobName))!.status = 'Stopping';
    return {};
  },
  AddTags: () => ({}),
  DeleteTags: () => ({}),
};

function count(call: string): void {
  calls[call] = (calls[call] ?? 0) + 1;
}

function answerS3(request: http.IncomingMessage, body: Buffer): { status: number; headers?: http.OutgoingHttpHeaders; body?: Buffer | string } {
  const { pathname, searchParams } = new URL(request.url!, 'http://s3');
  const key = decodeURIComponent(pathname);
  const found = objects.get(key);
  if (request.method === 'PUT') {
    const { 'if-match': match, 'if-none-match': none } = request.headers;
    if ((match !== undefined && match !== found?.etag) || (none !== undefined && found)) return { status: 412, body: '<Error><Code>PreconditionFailed</Code></Error>' };
    const etag = `"${++writes}"`;
    objects.set(key, { body, etag });
    return { status: 200, headers: { etag } };
  }
  if (request.method === 'POST') return { status: 200, body: '<DeleteResult/>' };
  if (searchParams.get('list-type') === '2') {
    const prefix = `${key.replace(/\/$/, '')}/${searchParams.get('prefix')}`;
    const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).map((name) => `<Contents><Key>${name.split('/').slice(2).join('/')}</Key></Contents>`);
    return { status: 200, body: `<ListBucketResult>${names.join('')}</ListBucketResult>` };
  }
  // what a job has left is there
  if (request.method === 'HEAD') return { status: 200, headers: { etag: '"0"' } };
  return found ? { status: 200, headers: { etag: found.etag }, body: found.body } : { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
}

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const target = String(request.headers['x-amz-target'] ?? '').split('.').at(-1)!;
    const body = Buffer.concat(chunks);
    setTimeout(() => {
      if (target) {
        count(target);
        const output = SAGEMAKER[target](JSON.parse(body.toString() || '{}'));
        response.writeHead('__type' in output ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(output));
        return;
      }
      count(`S3 ${request.method}`);
      const { status, headers, body: answer } = answerS3(request, body);
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(answer);
    }, latencyMs);
  });
});

/** `counts` asks for the calls since the last time; everything else arranges the scene. */
process.on('message', (message: { kind: string; latencyMs?: number; key?: string; body?: string }) => {
  if (message.kind === 'latency') latencyMs = message.latencyMs!;
  if (message.kind === 'object') objects.set(message.key!, { body: Buffer.from(message.body!), etag: `"${++writes}"` });
  if (message.kind === 'age') age();
  process.send!(calls);
  calls = {};
});

/** Of every ten jobs five go on, three are completed, one has failed for a passing reason, one was stopped by a person. */
function age(): void {
  const labeled = { TotalLabeled: 100, HumanLabeled: 100, Unlabeled: 0 };
  const half = { TotalLabeled: 50, HumanLabeled: 50, Unlabeled: 50 };
  [...jobs.values()].forEach((job, index) => {
    const place = index % 10;
    if (place >= 5 && place < 8) Object.assign(job, { status: 'Completed', counters: labeled });
    if (place === 8) Object.assign(job, { status: 'Failed', reason: 'InternalServerError: please try again', counters: half });
    if (place === 9) Object.assign(job, { status: 'Stopped', counters: half });
  });
}

server.listen(0, '127.0.0.1', () => process.send!({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
process.on('disconnect', () => process.exit(0));

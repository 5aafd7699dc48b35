import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

/** What one listing took: wall time, and the process's peak of memory above what it had when it began. */
export interface Run {
  readonly total: number;
  readonly ms: number;
  readonly mib: number;
}

/** A program that lists all jobs of the endpoint in its environment. */
export interface Client {
  readonly name: string;
  run(endpoint: string): Promise<Run>;
}

const ROOT = path.join(__dirname, '..');
const LISTING = path.join(os.tmpdir(), `listing-${process.pid}.js`);

/** The peak that Linux keeps for this very program: the one of getrusage begins with that of the process that started it. */
const MEASURED = `const peak = () => Number(/VmHWM:\\s*(\\d+)/.exec(require('node:fs').readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
async function measured(work) {
  const before = process.memoryUsage().rss / 2 ** 20;
  const started = performance.now();
  const total = await work();
  const ms = performance.now() - started;
  process.stdout.write(JSON.stringify({ total, ms, mib: peak() - before }));
}`;

/** As the library's functions have them in their environment. */
const HANDLER_OPTIONS = ['--max-semi-space-size=4'];

/** The listing that all handlers share. */
export const LIST: Client = node('listLabelingJobs', `
  const { listingClient, listLabelingJobs } = require(${JSON.stringify(LISTING)});
  measured(async () => {
    let total = 0;
    for await (const job of listLabelingJobs(listingClient(), {})) if (job.LabelingJobName) total += 1;
    return total;
  });`, HANDLER_OPTIONS);

/** What the shipped inventory does with all jobs, its record in S3 included. */
export const INVENTORY: Client = node('LabelingJobInventory', `
  const { onEvent } = require('./assets/labeling-job-inventory/index.js');
  const event = {
    RequestType: 'Create', RequestId: 'bench', StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/bench/0', LogicalResourceId: 'Bench',
    ResourceProperties: { ContractVersion: '1', RecordBucket: 'bench', RecordPrefix: 'bench/', Filters: {}, Pagination: {} },
  };
  console.log = console.info = () => {};
  const context = { getRemainingTimeInMillis: () => 800000 };
  measured(() => onEvent(event, context).then(({ Data }) => Number(Data.Total)));`, HANDLER_OPTIONS);

export const SDK: Client = node('@aws-sdk/client-sagemaker paginator', `
  const { SageMakerClient, paginateListLabelingJobs } = require('@aws-sdk/client-sagemaker');
  measured(async () => {
    let total = 0;
    // a client that gives up at a throttle would list nothing: it has all the tries that it needs
    const client = new SageMakerClient({ maxAttempts: 20 });
    for await (const page of paginateListLabelingJobs({ client, pageSize: 100 }, {})) total += page.LabelingJobSummaryList.length;
    return total;
  });`);

export const BOTO3: Client = {
  name: 'boto3 paginator',
  run: (endpoint) => output('python3', ['-c', `
import boto3, json, re, time
from botocore.config import Config
mib = lambda kind: int(re.search(kind + r':\\s*(\\d+)', open('/proc/self/status').read())[1]) / 1024
client = boto3.client('sagemaker', config=Config(retries={'max_attempts': 20}))
before, started, total = mib('VmRSS'), time.perf_counter(), 0
for page in client.get_paginator('list_labeling_jobs').paginate(PaginationConfig={'PageSize': 100}):
    total += len(page['LabelingJobSummaryList'])
print(json.dumps({'total': total, 'ms': (time.perf_counter() - started) * 1000, 'mib': mib('VmHWM') - before}))
`], endpoint),
};

/** Bundles the listing as the handlers are, until `removeListing`. */
export async function bundleListing(): Promise<void> {
  await build({
    stdin: {
      contents: 'export * from "./list-labeling-jobs"; export * from "./listing-client";', resolveDir: path.join(ROOT, 'runtime', 'shared', 'listing'), loader: 'ts',
    },
    outfile: LISTING,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
}

export function removeListing(): void {
  fs.rmSync(LISTING, { force: true });
}

export async function hasBoto3(): Promise<boolean> {
  return promisify(execFile)('python3', ['-c', 'import boto3']).then(() => true, () => false);
}

function node(name: string, code: string, options: readonly string[] = []): Client {
  return { name, run: (endpoint) => output(process.execPath, [...options, '-e', MEASURED + code], endpoint) };
}

async function output(file: string, args: string[], endpoint: string): Promise<Run> {
  const env = {
    ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDBENCH', AWS_SECRET_ACCESS_KEY: 'bench',
  };
  const { stdout } = await promisify(execFile)(file, args, { cwd: ROOT, env });
  return JSON.parse(stdout) as Run;
}

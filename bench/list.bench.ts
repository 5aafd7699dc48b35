import { execFile } from 'node:child_process';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from './benchmark';
import { startListingServer } from './listing-server';

const ROOT = path.join(__dirname, '..');
const BUNDLE = path.join(ROOT, 'assets', 'labeling-job-inventory', 'index.js');

/** What the shipped inventory does with all jobs, record included: its own event, timed inside the process. */
const OURS = `
  const { onEvent } = require(${JSON.stringify(BUNDLE)});
  const event = {
    RequestType: 'Create', RequestId: 'bench', StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/bench/0', LogicalResourceId: 'Bench',
    ResourceProperties: { ContractVersion: '1', RecordBucket: 'bench', RecordPrefix: 'bench/', Filters: {}, Pagination: {} },
  };
  console.log = console.info = () => {};
  const context = { getRemainingTimeInMillis: () => 800000 };
  timed(() => onEvent(event, context).then(({ Data }) => Number(Data.Total)));`;

/** The SDK's own paginator, pages of 100. */
const PEER = `
  const { SageMakerClient, paginateListLabelingJobs } = require('@aws-sdk/client-sagemaker');
  timed(async () => {
    let total = 0;
    for await (const page of paginateListLabelingJobs({ client: new SageMakerClient({}), pageSize: 100 }, {})) total += page.LabelingJobSummaryList.length;
    return total;
  });`;

const TIMED = `async function timed(work) {
  const started = performance.now();
  const total = await work();
  process.stdout.write(JSON.stringify({ total, ms: performance.now() - started }));
}`;

export async function* benchmark(): AsyncGenerator<Measurement> {
  for (const { n, latencyMs } of [{ n: 10_000, latencyMs: 0 }, { n: 10_000, latencyMs: 20 }, { n: 100_000, latencyMs: 0 }]) {
    const server = await startListingServer(n, latencyMs);
    try {
      const ours = await measure(OURS, n, server.endpoint);
      const peer = await measure(PEER, n, server.endpoint);
      yield { n, ours, peer, peerName: '@aws-sdk/client-sagemaker paginator (lists only)', unit: 'ms', latencyMs };
    } finally {
      server.stop();
    }
  }
}

async function measure(code: string, n: number, endpoint: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', TIMED + code], {
    cwd: ROOT,
    env: {
      ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDBENCH', AWS_SECRET_ACCESS_KEY: 'bench',
    },
  });
  const { total, ms } = JSON.parse(stdout);
  if (total !== n) throw new Error(`listed ${total} of ${n} jobs`);
  return ms;
}

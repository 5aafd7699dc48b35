import * as fs from 'node:fs';
import * as path from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeLabelingJobCommand, paginateListLabelingJobs, SageMakerClient } from '@aws-sdk/client-sagemaker';
import type { DescribeLabelingJobResponse, LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { SingleBar } from 'cli-progress';
import { DemoResult, printReport } from './demo-report';
import { chooseMails } from './mails';
import { deployAssembly } from '../../local/src/commands/deploy';
import { Engine } from '../../local/src/engine';
import { synthesiseExample } from '../synth';

/**
 * The quickstart from end to end on one laptop: synthesise, deploy on a fresh engine, let three simulated annotators of
 * differing accuracy label, and compare what was consolidated with the classes that the corpus knows. Progress goes to
 * stderr; `--json` prints one JSON document on stdout instead of the tables.
 */
const OUTPUT = path.join(__dirname, '..', '..', 'demo-output');
const ANNOTATORS = [
  { name: 'careful', accuracy: 0.97, secondsPerTask: 40 },
  { name: 'average', accuracy: 0.9, secondsPerTask: 25 },
  { name: 'hasty', accuracy: 0.75, secondsPerTask: 10 },
];
const ENDED = ['Completed', 'Failed', 'Stopped'];

async function main(): Promise<void> {
  const started = Date.now();
  const mails = chooseMails();
  const truth = writeFile('truth.jsonl', mails.map((mail) => JSON.stringify({ mail: mail.id, label: mail.label })).join('\n') + '\n');
  const assembly = await step('Synthesising examples/quickstart', () => synthesiseExample('quickstart'));
  const engine = await Engine.start({ iam: 'enforce' });
  try {
    const clients = clientsFor(engine);
    await tellAnnotators(engine.endpoint, mails);
    await step('Deploying it on a fresh local engine', () => deploy(engine.endpoint, assembly));
    const jobs: LabelingJobSummary[] = [];
    for await (const page of paginateListLabelingJobs({ client: clients.sagemaker }, {})) jobs.push(...page.LabelingJobSummaryList ?? []);
    const described = [];
    for (const job of jobs) described.push(await watch(clients.sagemaker, job.LabelingJobName!));
    const result = await collect(clients.s3, described, truth, started);
    if (process.argv.includes('--json')) console.log(JSON.stringify(result));
    else printReport(result, ANNOTATORS);
  } finally {
    await engine.stop();
  }
}

function clientsFor(engine: Engine): { sagemaker: SageMakerClient; s3: S3Client } {
  const config = {
    endpoint: engine.endpoint,
    region: engine.core.settings.region,
    credentials: { accessKeyId: engine.core.root.accessKeyId, secretAccessKey: 'demo' },
  };
  return { sagemaker: new SageMakerClient(config), s3: new S3Client({ ...config, forcePathStyle: true }) };
}

/** Deploys with a bar over the stack's resources. */
async function deploy(endpoint: string, assemblyDirectory: string): Promise<void> {
  const bar = progressBar('  resources [{bar}] {value}/{total} {resource}');
  const template = JSON.parse(fs.readFileSync(path.join(assemblyDirectory, 'SpamQuickstart.template.json'), 'utf8'));
  bar.start(Object.keys(template.Resources).length, 0, { resource: '' });
  try {
    const { stacks } = await deployAssembly({
      endpoint,
      assemblyDirectory,
      onEvent: ({ ResourceStatus, ResourceType, LogicalResourceId }) => {
        if (ResourceStatus === 'CREATE_COMPLETE' && ResourceType !== 'AWS::CloudFormation::Stack') bar.increment({ resource: LogicalResourceId });
      },
    });
    const failed = Object.entries(stacks).find(([, { status }]) => status !== 'CREATE_COMPLETE');
    if (failed) throw new Error(`${failed[0]} is ${failed[1].status}: ${failed[1].reason ?? 'no reason given'}`);
  } finally {
    bar.stop();
  }
}

function progressBar(format: string): SingleBar {
  return new SingleBar({ format, stream: process.stderr, barsize: 30, noTTYOutput: true, notTTYSchedule: 2_000 });
}

/** The annotators know the right answer and miss it as often as their accuracy says. */
async function tellAnnotators(endpoint: string, mails: ReturnType<typeof chooseMails>): Promise<void> {
  const response = await fetch(`${endpoint}/_local/annotators`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ annotators: ANNOTATORS, truth: mails.map((mail) => ({ source: mail.text, label: mail.label })) }),
  });
  if (!response.ok) throw new Error(`the engine refused the annotators: ${await response.text()}`);
}

/** Shows a job's counters until it ends. */
async function watch(sagemaker: SageMakerClient, name: string): Promise<DescribeLabelingJobResponse> {
  const bar = progressBar('  labeling  [{bar}] {value}/{total} mails, {status}');
  bar.start(chooseMails().length, 0, { status: '' });
  try {
    for (;;) {
      const job = await sagemaker.send(new DescribeLabelingJobCommand({ LabelingJobName: name }));
      bar.update(job.LabelCounters?.TotalLabeled ?? 0, { status: job.LabelingJobStatus });
      if (ENDED.includes(job.LabelingJobStatus!)) return job;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } finally {
    bar.stop();
  }
}

async function collect(s3: S3Client, jobs: DescribeLabelingJobResponse[], truth: string, started: number): Promise<DemoResult> {
  const [job] = jobs;
  if (!job) throw new Error('the deployment made no labeling job');
  if (job.LabelingJobStatus !== 'Completed') {
    throw new Error(`the job ${job.LabelingJobName} ended as ${job.LabelingJobStatus}: ${job.FailureReason ?? 'no reason given'}`);
  }
  const uri = job.LabelingJobOutput!.OutputDatasetS3Uri!;
  const inputManifest = writeFile('input.manifest', await download(s3, job.InputConfig!.DataSource!.S3DataSource!.ManifestS3Uri!));
  const output = await download(s3, uri);
  const outputManifest = writeFile('output.manifest', output);
  const lines = output.split('\n').filter(Boolean);
  return {
    jobs: jobs.map((each) => ({
      name: each.LabelingJobName!,
      arn: each.LabelingJobArn!,
      status: each.LabelingJobStatus!,
      counters: counters(each),
    })),
    outputManifest: { uri, lines: lines.length },
    accuracy: agreement(lines, fs.readFileSync(truth, 'utf8').split('\n').filter(Boolean), job.LabelAttributeName!),
    seconds: Math.round((Date.now() - started) / 100) / 10,
    files: { inputManifest, outputManifest, truth },
  };
}

function counters(job: DescribeLabelingJobResponse): { total: number; labeled: number; failed: number } {
  const { TotalLabeled: labeled = 0, FailedNonRetryableError: failed = 0, Unlabeled: unlabeled = 0 } = job.LabelCounters ?? {};
  return { total: labeled + failed + unlabeled, labeled, failed };
}

/** Share of the lines whose consolidated class is the corpus's own; both files are in manifest order. */
function agreement(output: string[], truth: string[], attribute: string): number {
  const right = output.filter((line, index) => JSON.parse(line)[`${attribute}-metadata`]?.['class-name'] === JSON.parse(truth[index]).label);
  return right.length / truth.length;
}

async function download(s3: S3Client, uri: string): Promise<string> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri)!;
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body!.transformToString();
}

function writeFile(name: string, content: string): string {
  fs.mkdirSync(OUTPUT, { recursive: true });
  const file = path.join(OUTPUT, name);
  fs.writeFileSync(file, content);
  return file;
}

async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  process.stderr.write(`${title}\n`);
  const result = await work();
  process.stderr.write(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  return result;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

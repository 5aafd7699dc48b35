import { ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from './benchmark';
import { fleetResourceId } from '../src/groundtruth/private/job-fleet-contract';
import { memberBase } from '../src/model/fleet/member-names';

const ROOT = path.join(__dirname, '..');
const BUNDLE = path.join(ROOT, 'assets', 'labeling-fleet', 'index.js');
const LATENCY_MS = 20;
const PAGE = 100;
const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const NAME_BASE = 'bench-0a1b2c-fleet';
const PATH = 'Bench/Fleet';

type Calls = Readonly<Record<string, number>>;
interface Run { readonly ms: number; readonly startMiB: number; readonly peakMiB: number }

/**
 * One reconcile of the shipped handler over a fleet of n jobs: a tenth has to be started, of the others half go on, three tenths are
 * completed, a tenth has failed for a passing reason and is resumed, a tenth was stopped by a person and is left.
 */
export async function* benchmark(): AsyncGenerator<Measurement> {
  for (const n of [100, 1_000, 10_000]) {
    const service = await startService();
    try {
      yield* measure(n, service);
    } finally {
      service.child.kill();
    }
  }
}

async function* measure(n: number, service: Service): AsyncGenerator<Measurement> {
  const present = Math.round(n * 0.9);
  await deploy(FIRST, present, service);
  await service.tell({ kind: 'age' });
  const failed = Math.floor(present / 10);
  await invoke('onEvent', event(SECOND, 'Update', await specify(SECOND, n, service)), service);
  await invoke('prepare', STEP, service);
  await service.tell({ kind: 'latency', latencyMs: LATENCY_MS });
  const run = await invoke('reconcile', STEP, service);
  const calls = await service.tell({ kind: 'counts' });
  const toJobs = sum(Object.entries(calls).filter(([call]) => !call.startsWith('S3 ')).map(([, count]) => count));
  // one listing, a start for each job that is missing or resumed, and a look at each failed one: only that says where its output is
  const bound = Math.ceil(present / PAGE) + (n - present) + failed + failed;
  // a run that leaves something out would look like a fast one
  if (toJobs < bound) throw new Error(`the reconcile of ${n} jobs made ${toJobs} calls, at least ${bound} are needed: it has not done its work`);
  console.error(`reconcile of ${n} jobs at ${LATENCY_MS} ms a call: ${(run.ms / 1000).toFixed(1)} s, peak ${run.peakMiB.toFixed(0)} MiB, `
    + `of which ${run.startMiB.toFixed(0)} before the first job; calls: ${Object.entries(calls).map(([call, count]) => `${call} ${count}`).join(', ')}`);
  yield { n, ours: toJobs, peer: bound, peerName: 'lower bound: pages of one listing + changes + describes', unit: 'calls', latencyMs: LATENCY_MS };
  yield { n, ours: run.ms / 1000, peer: (bound * LATENCY_MS) / 1000, peerName: 'that many calls one after another', unit: 's', latencyMs: LATENCY_MS };
  yield { n, ours: run.peakMiB, peer: run.startMiB, peerName: 'the process before its first job', unit: 'MiB', latencyMs: LATENCY_MS };
}

const FIRST = 'bench';
const SECOND = `${FIRST}-2`;
/** One name for the executions of both requests, as their names begin: nobody has to wait until the other's lease is over. */
const STEP = { stateBucket: 'state', prefix: `${GUID}/Fleet/`, execution: `${SECOND}-1` };

async function deploy(name: string, members: number, service: Service): Promise<void> {
  await invoke('onEvent', event(name, 'Create', await specify(name, members, service)), service);
  await invoke('prepare', STEP, service);
  await invoke('reconcile', STEP, service);
  await service.tell({ kind: 'counts' });
}

/** Puts a specification where the handlers read it. */
async function specify(name: string, members: number, service: Service): Promise<string> {
  const head = {
    format: 1,
    members,
    request: { RoleArn: 'arn:aws:iam::123456789012:role/execution', OutputConfig: { S3OutputPath: 's3://out/labels' }, HumanTaskConfig: { TaskTitle: 'Bench' } },
    identity: { LabelAttributeName: 'label', LabelCategories: 'sha256:0', TaskType: 'TextMultiClass' },
    revision: {},
    labelsOnlyUnlabeled: true,
    resume: { maxAttempts: 3, failed: 'TRANSIENT', stopped: 'LEAVE', aged: 'RESUME', incomplete: 'REPORT' },
    resultUri: 's3://out/result',
  };
  const lines = Array.from({ length: members }, (_, index) => member(`job-${index}`, head.identity)).sort((a, b) => (a.base < b.base ? -1 : 1));
  await service.tell({ kind: 'object', key: `/spec/${name}.jsonl`, body: [head, ...lines].map((line) => JSON.stringify(line)).join('\n') });
  return `s3://spec/${name}.jsonl`;
}

function member(key: string, identity: object) {
  const uri = `s3://in/${key}.manifest`;
  const base = memberBase(NAME_BASE, PATH, key);
  return { key, base, identity: { Input: uri, ...identity }, request: { InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: uri } } } } };
}

function event(RequestId: string, RequestType: 'Create' | 'Update', SpecUri: string): object {
  const properties = {
    ContractVersion: '1', StateBucket: 'state', NameBase: NAME_BASE, Path: PATH, SpecUri, Tokens: {}, Mode: 'ENFORCE', DesiredState: 'RUNNING', RemovalMode: 'STOP',
    StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Bench', TimeoutSeconds: '3300',
  };
  return {
    RequestType, RequestId, StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/Bench/${GUID}`, LogicalResourceId: 'Fleet', ResourceProperties: properties,
    ...(RequestType === 'Update' && { PhysicalResourceId: fleetResourceId(NAME_BASE, PATH), OldResourceProperties: properties }),
  };
}

interface Service {
  readonly child: ChildProcess;
  readonly endpoint: string;
  tell(message: object): Promise<Calls>;
}

async function startService(): Promise<Service> {
  const child = fork(require.resolve('./fleet-service'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const [{ endpoint }] = await once(child, 'message') as [{ endpoint: string }];
  return {
    child,
    endpoint,
    tell: async (message) => {
      child.send(message);
      return (await once(child, 'message') as [Calls])[0];
    },
  };
}

/** A handler of the bundle in a process of its own, as Lambda starts it. */
async function invoke(handler: string, input: object, { endpoint }: Service): Promise<Run> {
  const code = `
    const handlers = require(${JSON.stringify(BUNDLE)});
    console.log = console.info = () => {};
    const MIB = 1024;
    const startMiB = process.resourceUsage().maxRSS / MIB;
    const started = performance.now();
    handlers[${JSON.stringify(handler)}](JSON.parse(process.argv[1]), { awsRequestId: 'bench', getRemainingTimeInMillis: () => 840000 }).then(() => {
      process.stdout.write(JSON.stringify({ ms: performance.now() - started, startMiB, peakMiB: process.resourceUsage().maxRSS / MIB }));
      process.exit(0);
    }, (error) => { console.error(error); process.exit(1); });`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code, JSON.stringify(input)], {
    cwd: ROOT,
    env: { ...process.env, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIDBENCH', AWS_SECRET_ACCESS_KEY: 'bench' },
  });
  return JSON.parse(stdout) as Run;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

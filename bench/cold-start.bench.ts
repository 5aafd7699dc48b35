import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { Measurement } from './benchmark';
import { medianMs } from './benchmark';

const BUNDLES = ['labeling-job', 'labeling-job-inventory'];

/** Loading a shipped handler, against a process that loads the whole SageMaker client from node_modules. */
export async function* benchmark(): AsyncGenerator<Measurement> {
  const empty = await medianMs(9, () => load('0'));
  for (const name of BUNDLES) {
    const bundle = path.join(__dirname, '..', 'assets', name, 'index.js');
    const ours = await medianMs(9, () => load(`require(${JSON.stringify(bundle)})`)) - empty;
    const peer = await medianMs(9, () => load('require("@aws-sdk/client-sagemaker"); require("@aws-sdk/client-s3")')) - empty;
    yield { n: 1, ours, peer, peerName: `${name}: the SDK clients from node_modules`, unit: 'ms' };
  }
}

function load(code: string): void {
  execFileSync(process.execPath, ['-e', code], { cwd: path.join(__dirname, '..') });
}

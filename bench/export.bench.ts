import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Measurement } from './benchmark';

const LINES_PER_MEMBER = 100_000;
const SIZES = [100_000, 1_000_000];

/** Merging the labels of many jobs: wall time and peak memory, against a merge that keeps every line in a map. */
export async function* benchmark(): AsyncGenerator<Measurement> {
  for (const n of SIZES) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'export-bench-'));
    try {
      await writeDataset(folder, n);
      const [ours, peer] = ['ours', 'peer'].map((who) => measure(folder, n, who));
      yield { n, ours: ours.ms, peer: peer.ms, peerName: 'all lines in a map, by source', unit: 'ms' };
      yield { n, ours: ours.mib, peer: peer.mib, peerName: 'all lines in a map, by source', unit: 'MiB peak above start' };
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }
}

/** Each member has an input and two generations, which have labeled a half each. */
async function writeDataset(folder: string, n: number): Promise<void> {
  for (let member = 0; member < n / LINES_PER_MEMBER; member++) {
    for (const name of ['input', 'older', 'newer'] as const) {
      const file = fs.createWriteStream(path.join(folder, `${member}.${name}`));
      for (let line = 0; line < LINES_PER_MEMBER; line++) {
        if (!file.write(`${JSON.stringify(record(member * LINES_PER_MEMBER + line, name))}\n`)) await new Promise<void>((resolve) => file.once('drain', () => resolve()));
      }
      await new Promise<void>((resolve) => file.end(() => resolve()));
    }
  }
}

function record(index: number, file: 'input' | 'older' | 'newer'): object {
  const input = { source: `The text of object ${index}, as long as a short message may be`, ticket: index };
  const isLabeled = file === 'newer' || (file === 'older' && index % 2 === 0);
  return isLabeled ? { ...input, 'kind': index % 3, 'kind-metadata': { 'class-name': `class-${index % 3}`, 'confidence': 0.9, 'human-annotated': 'yes', 'type': 'groundtruth/text-classification' } } : input;
}

/** In a process of its own, so that the memory is nobody else's. */
function measure(folder: string, n: number, who: string): { readonly ms: number; readonly mib: number } {
  const args = ['--import', 'tsx', path.join(__dirname, 'export-merge.ts'), folder, String(n / LINES_PER_MEMBER), who];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as { ms: number; mib: number };
}

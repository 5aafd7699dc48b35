import * as fs from 'node:fs';
import * as path from 'node:path';
import { MemberMerge } from '../runtime/labels-export/merge-member';
import type { ExportFiles } from '../runtime/labels-export/ports';
import { linesOf } from '../runtime/shared/lines';

/** `export-merge <folder> <members> ours|peer`: merges, and prints milliseconds and the peak of memory above the start. */
const [folder, members, who] = process.argv.slice(2);

const lines = (uri: string) => linesOf(fs.createReadStream(uri));
const files = { lines } as Partial<ExportFiles> as ExportFiles;

async function* ours(): AsyncIterable<string> {
  for (let member = 0; member < Number(members); member++) {
    const file = (name: string) => path.join(folder, `${member}.${name}`);
    const outputs = ['newer', 'older'].map((name) => ({ job: name, uri: file(name), known: true }));
    yield* new MemberMerge({ number: member + 1, key: String(member), labelAttributeName: 'kind', inputUri: file('input'), outputs }, files).lines();
  }
}

/** What a script does: the last label of each object, in a map. */
async function* peer(): AsyncIterable<string> {
  const merged = new Map<string, string>();
  for (const name of ['input', 'older', 'newer']) {
    for (let member = 0; member < Number(members); member++) {
      for await (const line of lines(path.join(folder, `${member}.${name}`))) merged.set((JSON.parse(line) as { source: string }).source, line);
    }
  }
  yield* merged.values();
}

async function main(): Promise<void> {
  global.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  let count = 0;
  const started = performance.now();
  for await (const _ of who === 'ours' ? ours() : peer()) {
    if (++count % 1000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  }
  peak = Math.max(peak, process.resourceUsage().maxRSS * 1024);
  console.log(JSON.stringify({ ms: performance.now() - started, mib: (peak - before) / 2 ** 20, lines: count }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

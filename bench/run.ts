import * as fs from 'node:fs';
import type { Benchmark } from './benchmark';

/** `npm run bench -- [name]`: one JSON object a line, every benchmark or the named one. */
async function main(): Promise<void> {
  const wanted = process.argv[2];
  const names = fs.readdirSync(__dirname).filter((file) => file.endsWith('.bench.ts')).map((file) => file.replace('.bench.ts', ''));
  if (wanted && !names.includes(wanted)) throw new Error(`no benchmark "${wanted}"; there are ${names.join(', ')}`);
  for (const name of wanted ? [wanted] : names) {
    const { benchmark } = await import(`./${name}.bench`) as { benchmark: Benchmark };
    for await (const { n, ours, peer, ...row } of benchmark()) {
      console.log(JSON.stringify({ name, n, ours: round(ours), peer: round(peer), ratio: round(ours / peer), ...row }));
    }
  }
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

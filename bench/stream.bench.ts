import type { Measurement } from './benchmark';
import { DesiredState } from '../src';
import { disturb } from '../test/lifecycle/stream-disturbances';
import { StreamRun } from '../test/lifecycle/stream-run';

const PATIENCE_SECONDS = 3600;
const PER_SECOND = 20;

/**
 * A stream's life on the engine with the shipped functions: `--objects n` data objects under all disturbances, then `--steady s` virtual seconds of
 * 20 objects each. The peer of what was labeled once is what was published.
 */
export async function* benchmark(): AsyncGenerator<Measurement> {
  const objects = option('--objects', 1_000);
  const steady = option('--steady', 0);
  const run = await StreamRun.start({ desiredState: DesiredState.STOPPED }, { iam: 'off' });
  try {
    for await (const { name, ...counts } of disturb(run, objects, PATIENCE_SECONDS)) {
      yield row(name, counts.published, counts.labeledOnce, { ...counts, ...memoryOf(run) });
    }
    if (steady > 0) yield* measureSteady(run, steady);
  } finally {
    await run.stop();
  }
}

async function* measureSteady(run: StreamRun, seconds: number): AsyncGenerator<Measurement> {
  const before = await run.counts();
  const started = Date.now();
  for (let second = 0; second < seconds; second++) {
    await run.publish(PER_SECOND);
    await run.pass(1);
  }
  await run.labeled(undefined, PATIENCE_SECONDS);
  const counts = await run.counts();
  const published = counts.published - before.published;
  yield row('steady', published, counts.labeledOnce - before.labeledOnce, { ...counts, virtualSeconds: seconds, seconds: (Date.now() - started) / 1000, ...memoryOf(run) });
}

/** Of all calls of the stream's functions so far, in MB as Lambda reports them: a process keeps its peak. */
function memoryOf(run: StreamRun): object {
  const peaks = run.memory();
  return { peakAtFirst: peaks[0], peak: Math.max(...peaks) };
}

function row(name: string, published: number, labeledOnce: number, counts: object): Measurement {
  return { name: `stream: ${name}`, n: published, ours: labeledOnce, peer: published, peerName: 'different objects published', unit: 'objects', ...counts };
}

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

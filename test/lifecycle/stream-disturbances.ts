import { StreamCounts, StreamRun } from './stream-run';
import { DesiredState } from '../../src';

/** What goes wrong, or on, while so many objects come. */
export interface Disturbance {
  readonly name: string;
  /** Of all objects. */
  readonly share: number;
  readonly happens: (run: StreamRun, objects: number) => Promise<void>;
}

const SLOW_DOWN = { error: { code: 'SlowDown', statusCode: 503 }, when: 'before', times: 3 } as const;
const THROTTLED = { error: { code: 'ThrottlingException', statusCode: 400 }, when: 'before', times: 3 } as const;

/** One life of a stream, in order. The first begins without a job. */
export const DISTURBANCES: readonly Disturbance[] = [
  {
    name: 'slow start', share: 0.2, happens: async (run, objects) => {
      await run.publish(objects);
      await run.deploy({ desiredState: DesiredState.RUNNING });
    },
  },
  {
    name: 'first idle renewal', share: 0.15, happens: async (run, objects) => {
      await run.idle();
      await run.publish(objects);
    },
  },
  {
    name: 'second idle renewal', share: 0.15, happens: async (run, objects) => {
      await run.idle();
      await run.publish(objects);
    },
  },
  {
    name: 'replacement', share: 0.2, happens: async (run, objects) => {
      await run.publish(objects);
      await run.deploy({ title: 'Another title' });
    },
  },
  {
    name: 'throttles', share: 0.15, happens: async (run, objects) => {
      for (const functionName of await Promise.all([run.function('intake'), run.function('forward'), run.function('collect')])) {
        for (const operation of ['GetObject', 'PutObject', 'ListObjectsV2', 'DeleteObjects']) await run.life.fault({ service: 's3', operation, functionName, ...SLOW_DOWN });
      }
      const functionName = await run.function('forward');
      await run.life.fault({ service: 'sns', operation: 'PublishBatch', functionName, ...THROTTLED });
      await run.life.fault({ service: 'sagemaker', operation: 'DescribeLabelingJob', functionName, ...THROTTLED });
      await run.publish(objects);
    },
  },
  {
    name: 'forwarder killed', share: 0.15, happens: async (run, objects) => {
      const functionName = await run.function('forward');
      await run.life.fault({ service: 'sns', operation: 'PublishBatch', functionName, when: 'after', crash: true, times: 1 });
      await run.life.fault({ service: 's3', operation: 'DeleteObjects', functionName, when: 'before', crash: true, times: 1 });
      await run.publish(objects);
    },
  },
];

export interface DisturbedCounts extends StreamCounts {
  readonly name: string;
  readonly seconds: number;
}

/** Lets everything happen to a stream that comes to so many objects, and counts after each disturbance what came of its objects. */
export async function* disturb(run: StreamRun, objects: number, patienceSeconds: number): AsyncGenerator<DisturbedCounts> {
  let before: StreamCounts | undefined;
  for (const { name, share, happens } of DISTURBANCES) {
    const started = Date.now();
    await happens(run, Math.round(objects * share));
    await run.labeled(undefined, patienceSeconds).catch((error: Error) => console.error(`${name}: ${error.message}`));
    await run.life.clearFaults();
    const counts = await run.counts();
    yield { name, seconds: (Date.now() - started) / 1000, ...difference(counts, before) };
    before = counts;
  }
}

function difference(counts: StreamCounts, before: StreamCounts | undefined): StreamCounts {
  if (!before) return counts;
  return Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, value - before[name as keyof StreamCounts]])) as unknown as StreamCounts;
}

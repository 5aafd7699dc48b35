/** One measured pair: what the library needs, and what a peer needs for the same work in the same run. */
export interface Measurement {
  /** Where a benchmark answers more than one question; its own name otherwise. */
  readonly name?: string;
  readonly n: number;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly unit: string;
  /** Latency that the served peer and ours saw for each call. */
  readonly latencyMs?: number;
}

export type Benchmark = () => AsyncGenerator<Measurement>;

/** The median wall time of some runs, in milliseconds. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

import { CallRate } from '../../../src/model/listing/call-rate';
import { ListingWindows, PageRequest } from '../../../src/model/listing/listing-windows';
import type { ListedPage } from '../../../src/model/listing/page';

export interface SimulatedJob {
  readonly arn: string;
  readonly key: number;
}

/** Jobs with these keys, in order; ties in the order in which they were given. */
export function jobsAt(keys: readonly number[]): SimulatedJob[] {
  return keys.map((key, index) => ({ arn: `job-${index}`, key })).sort((a, b) => a.key - b.key);
}

/** The service's answer. Its tokens are positions, which is the worst that they can be: whatever comes in before shifts them. */
export function pageOf(jobs: readonly SimulatedJob[], size: number, { window, after, token }: PageRequest<SimulatedJob>): ListedPage<SimulatedJob> {
  const first = after === undefined ? 0 : firstAfter(jobs, after);
  const start = first + Number(token ?? 0);
  const page = window ? jobs.slice(start, start + size) : jobs.slice(-size).reverse();
  return { keys: page.map(({ key }) => key), jobs: () => page, nextToken: start + size < jobs.length ? String(start + size - first) : undefined };
}

function firstAfter(jobs: readonly SimulatedJob[], after: number): number {
  let [low, high] = [0, jobs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (jobs[middle].key > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

export interface Outcome {
  readonly arns: string[];
  readonly calls: number;
  /** Round trips that the listing took, if every call takes one. */
  readonly roundTrips: number;
  /** The most pages that were kept at once. */
  readonly mostKept: number;
}

/** Reads all jobs in rounds: as many calls as the rate allows, answered together, in an order of `shuffle`'s choice. */
export function readAll(jobs: () => readonly SimulatedJob[], size: number, shuffle: <T>(calls: T[]) => T[] = (calls) => calls): Outcome {
  const windows = new ListingWindows<SimulatedJob>(({ arn }) => arn);
  const rate = new CallRate(16);
  const arns: string[] = [];
  let [calls, roundTrips, read, taken, mostKept] = [0, 0, 0, 0, 0];
  while (!windows.isDone) {
    const asked: PageRequest<SimulatedJob>[] = [];
    for (let request; rate.wait(roundTrips, asked.length) === 0 && (request = windows.next());) asked.push(request);
    for (const request of shuffle(asked)) {
      windows.received(request, pageOf(jobs(), size, request));
      rate.succeeded(roundTrips, roundTrips);
      read += 1;
    }
    for (let next; (next = windows.take());) {
      arns.push(...next.jobs.map(({ arn }) => arn));
      taken += 1;
    }
    if (asked.length === 0 && !windows.isDone) throw new Error('nothing is asked for, and nothing is there');
    calls += asked.length;
    roundTrips += 1;
    mostKept = Math.max(mostKept, read - taken);
  }
  return { arns, calls, roundTrips, mostKept };
}

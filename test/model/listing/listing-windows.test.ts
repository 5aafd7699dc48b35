import { jobsAt, readAll } from './simulated-service';

const HOUR_MS = 3_600_000;

/** The same numbers in every run, evenly spread from 0 to 1. */
function random(seed: number): number {
  return Math.abs(Math.sin(seed * 12.9898) * 43_758.5453) % 1;
}

const ESTATES: Record<string, (index: number, of: number) => number> = {
  'one an hour': (index) => index * HOUR_MS,
  'one a millisecond': (index) => index,
  'unevenly over ten years': (index) => Math.floor(random(index) * 87_600 * HOUR_MS),
  'in ten bursts of an hour, a month apart': (index, of) => Math.floor(index / (of / 10)) * 720 * HOUR_MS + Math.floor(random(index) * HOUR_MS),
};

test.each([0, 1, 100, 101, 200, 300])('%i jobs take the calls of any paginator', (total) => {
  const jobs = jobsAt(Array.from({ length: total }, (_, index) => index * HOUR_MS));
  expect(readAll(() => jobs, 100).calls).toBe(Math.max(1, Math.ceil(total / 100)));
});

test.each(Object.entries(ESTATES))('100,000 jobs, %s: few calls more than pages, an eighth of the time, a bounded number of pages kept', (_, keyOf) => {
  const jobs = jobsAt(Array.from({ length: 100_000 }, (__, index) => keyOf(index, 100_000)));
  const { arns, calls, roundTrips, mostKept } = readAll(() => jobs, 100);
  expect(arns).toEqual(jobs.map(({ arn }) => arn));
  expect(calls).toBeLessThanOrEqual(1_100);
  expect(roundTrips).toBeLessThanOrEqual(125);
  expect(mostKept).toBeLessThanOrEqual(300);
});

test.each(Object.keys(ESTATES).slice(0, 3))('10,000 jobs, %s: at most a tenth more calls than pages', (estate) => {
  const jobs = jobsAt(Array.from({ length: 10_000 }, (_, index) => ESTATES[estate](index, 10_000)));
  const { calls, roundTrips } = readAll(() => jobs, 100);
  expect(calls).toBeLessThanOrEqual(110);
  expect(roundTrips).toBeLessThanOrEqual(20);
});

test('jobs that were all created at the same moment are read one page after the other', () => {
  const jobs = jobsAt(Array.from({ length: 10_000 }, () => HOUR_MS));
  const { arns, calls } = readAll(() => jobs, 100);
  expect(arns).toHaveLength(10_000);
  expect(calls).toBeLessThanOrEqual(102);
});

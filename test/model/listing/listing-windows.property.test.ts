import fc from 'fast-check';
import { jobsAt, readAll, SimulatedJob } from './simulated-service';

const DAY_MS = 86_400_000;
const START = 1_600_000_000_000;

/** Bursts of jobs, each with its own beginning, length and density, ties and whole seconds included. */
const burst = fc.record({
  start: fc.integer({ min: 0, max: 700 * DAY_MS }),
  length: fc.constantFrom(0, 1, 1_000, 3_600_000, 30 * DAY_MS),
  grain: fc.constantFrom(1, 1_000),
  places: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 120 }),
});
const keys = fc.array(burst, { maxLength: 8 }).map((bursts) => bursts.flatMap(({ start, length, grain, places }) => (
  places.map((place) => START + Math.floor((start + length * place) / grain) * grain)
)));
const sizes = fc.constantFrom(1, 2, 3, 7);

const arnsOf = (jobs: readonly SimulatedJob[]) => jobs.map(({ arn }) => arn);
const keysOf = (arns: readonly string[], jobs: readonly SimulatedJob[]) => {
  const byArn = new Map(jobs.map(({ arn, key }) => [arn, key]));
  return arns.map((arn) => byArn.get(arn)!);
};

test('whatever the times, the size of pages and the order of answers, each job comes once and in order', () => {
  fc.assert(fc.property(keys, sizes, fc.infiniteStream(fc.nat()), (times, size, numbers) => {
    const jobs = jobsAt(times);
    expect(readAll(() => jobs, size, shuffler(numbers)).arns).toEqual(arnsOf(jobs));
  }));
});

test('negative keys, as of a list with the newest first, are no different', () => {
  fc.assert(fc.property(keys, sizes, (times, size) => {
    const jobs = jobsAt(times.map((time) => -time));
    expect(readAll(() => jobs, size).arns).toEqual(arnsOf(jobs));
  }));
});

test('jobs that are created meanwhile come once or not at all, and disturb nothing', () => {
  fc.assert(fc.property(keys, fc.constantFrom(20, 30), fc.boolean(), fc.infiniteStream(fc.nat({ max: 5 })), (times, size, newestFirst, numbers) => {
    const before = jobsAt(newestFirst ? times.map((time) => -time) : times);
    let all = before;
    let now = START + 800 * DAY_MS;
    const growing = () => {
      const few = numbers.next().value as number;
      // fewer between two pages of a window than a page has, some at the same moment
      if (few < 3) now += few;
      const job = { arn: `new-${all.length}`, key: newestFirst ? -now : now };
      if (few < 2 && all.length < before.length + 50) all = newestFirst ? [job, ...all] : [...all, job];
      return all;
    };
    const { arns } = readAll(growing, size);
    expect(new Set(arns).size).toBe(arns.length);
    expect(arns.filter((arn) => arn.startsWith('job'))).toEqual(arnsOf(before));
    const listed = keysOf(arns, all);
    expect(listed).toEqual([...listed].sort((a, b) => a - b));
  }));
});

function shuffler(numbers: fc.Stream<number>): <T>(calls: T[]) => T[] {
  return (calls) => calls.map((call) => ({ call, place: numbers.next().value as number })).sort((a, b) => a.place - b.place).map(({ call }) => call);
}

import * as fc from 'fast-check';
import { FleetWorld } from './fleet-world';
import { isFinished } from '../../../../src/model/supervisely/fleet/fleet-job';

const PEOPLE = [101, 102, 103, 104];
const people = fc.subarray(PEOPLE, { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map((userId) => fc.record({ userId: fc.constant(userId), weight: fc.integer({ min: 1, max: 4 }) }))));
const sizes = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 3 });
const day = fc.record({
  people,
  labels: fc.array(fc.tuple(fc.nat(20), fc.nat(12)), { maxLength: 6 }),
  reviews: fc.array(fc.tuple(fc.nat(20), fc.nat(4), fc.constantFrom('on_review', 'completed', 'in_progress', 'review_completed')), { maxLength: 3 }),
  arrivals: fc.nat(7),
});

function setsOf(world: FleetWorld, counts: readonly number[]): void {
  world.sets = counts.map((count, set) => ({ datasetId: set + 1, imageIds: Array.from({ length: count }, (_, index) => set * 1000 + index + 1) }));
}

/** At any time. */
function neverTwice(world: FleetWorld): void {
  const atWork = world.atWork().flatMap(({ entities }) => entities.filter((image) => !isFinished(image)).map(({ id }) => id));
  expect(new Set(atWork).size).toBe(atWork.length);
}

/** What each of the labelers has of a set that is not done, beside the quota of it. */
function offQuota(world: FleetWorld, set: number): number[] {
  const holders = [...world.holders()].filter(([id]) => Math.floor(id / 1000) === set).map(([, userId]) => userId);
  const weights = world.labelers.reduce((sum, { weight }) => sum + weight, 0);
  return world.labelers.map(({ userId, weight }) => holders.filter((one) => one === userId).length - holders.length * weight / weights);
}

test('at first every image is given to one labeler, within one image of the weights in each set, and within two over all', () => {
  fc.assert(fc.property(people, sizes, (labelers, counts) => {
    const world = new FleetWorld();
    world.labelers = labelers;
    setsOf(world, counts);
    world.settle(() => neverTwice(world));
    expect([...world.holders().keys()].sort((a, b) => a - b)).toEqual(world.sets.flatMap(({ imageIds }) => imageIds));
    const off = counts.map((_, set) => offQuota(world, set));
    off.flat().forEach((one) => expect(Math.abs(one)).toBeLessThan(1));
    labelers.forEach((_, index) => expect(Math.abs(off.reduce((sum, one) => sum + one[index], 0))).toBeLessThan(2));
    expect(world.jobs.length).toBeLessThanOrEqual(labelers.length * counts.length);
    expect(world.plan().steps).toEqual([]);
  }));
});

test('whoever comes, goes, labels, rejects: each image is in one place, what is done stays done, and who stays keeps what is within their share', () => {
  fc.assert(fc.property(people, sizes, fc.array(day, { minLength: 1, maxLength: 6 }), (labelers, counts, days) => {
    const world = new FleetWorld();
    world.labelers = labelers;
    setsOf(world, counts);
    world.settle();
    for (const { people: next, labels, reviews, arrivals } of days) {
      const present = [...counts];
      labels.forEach(([job, images]) => world.jobs.length > 0 && world.label(world.jobs[job % world.jobs.length], images));
      reviews.forEach(([job, rejects, status]) => world.jobs.length > 0 && world.review(world.jobs[job % world.jobs.length], rejects, status as 'completed'));
      counts[0] = present[0] + arrivals;
      setsOf(world, counts);
      const before = { holders: world.holders(), finished: world.finished(), jobs: new Set(world.jobs) };
      const rejected = new Set(world.jobs.flatMap(({ entities }) => entities.filter(({ reviewStatus }) => reviewStatus === 'rejected').map(({ id }) => id)));
      const changed = JSON.stringify(world.labelers) !== JSON.stringify(next);
      world.labelers = next;
      world.settle(() => neverTwice(world));

      expect(world.plan().steps).toEqual([]);
      const { places } = world.plan();
      const everywhere = world.sets.flatMap(({ imageIds }) => imageIds);
      // given out, unless a person has completed its job with it
      expect(everywhere.filter((id) => places.of.get(id) === undefined || places.of.get(id)!.at === 'free')).toEqual([]);
      const fresh = world.jobs.filter((job) => !before.jobs.has(job));
      expect(fresh.flatMap(({ entities }) => entities).filter(({ id }) => before.finished.has(id))).toEqual([]);
      expect([...world.holders()].filter(([, userId]) => !next.some((one) => one.userId === userId))).toEqual([]);
      const now = world.holders();
      const moved = [...before.holders].filter(([id, userId]) => next.some((one) => one.userId === userId) && now.has(id) && now.get(id) !== userId);
      if (!changed) expect(moved).toEqual([]);
      counts.forEach((_, set) => {
        const off = offQuota(world, set);
        const hasRejected = [...now.keys()].some((id) => rejected.has(id) && Math.floor(id / 1000) === set);
        next.forEach(({ userId }, index) => {
          // rejected images go back to their labelers, whatever the weights say
          if (hasRejected) return;
          // only what is above somebody's share may move
          if (moved.some(([id, from]) => from === userId && Math.floor(id / 1000) === set)) expect(off[index]).toBeGreaterThan(-1);
          if (changed) expect(Math.abs(off[index])).toBeLessThan(1);
        });
      });
    }
  }), { numRuns: Number(process.env.RUNS ?? 60), endOnFailure: true });
});

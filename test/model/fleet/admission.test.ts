import fc from 'fast-check';
import { admit, freePlaces, withoutStarts } from '../../../src/model/fleet/admission';
import { NOTHING, Plan } from '../../../src/model/plan';

const START: Plan = { ...NOTHING, steps: [{ kind: 'create', generation: 1 }] };
const TAG: Plan = { ...NOTHING, steps: [{ kind: 'tag', name: 'x', set: {}, remove: [] }] };

const isStart = (plan: Plan) => plan.steps.some((step) => step.kind === 'create');

/** As a run does: members in their order, with the places that are left. */
function admitAll(plans: readonly Plan[], max: number | undefined, running: number): Plan[] {
  let free = freePlaces(max, running);
  return plans.map((plan) => {
    const admission = admit(plan, free);
    ({ free } = admission);
    expect(admission.waits).toBe(isStart(plan) && !isStart(admission.plan));
    return admission.plan;
  });
}

test('the first members start, the others wait for a place', () => {
  expect(admitAll([START, TAG, START, START], 3, 1).map(isStart)).toEqual([true, false, true, false]);
});

test('without a limit all start', () => {
  expect(admitAll([START, START], undefined, 99).every(isStart)).toBe(true);
});

test('a limit that was lowered below what runs stops nothing, and starts nothing', () => {
  expect(freePlaces(2, 5)).toBe(0);
  expect(admitAll([START, TAG], 2, 5)).toEqual([withoutStarts(START, 'a free place among the jobs that may be under way at once'), TAG]);
});

test('who waits is not settled, and keeps its other steps', () => {
  const both: Plan = { ...NOTHING, steps: [...TAG.steps, ...START.steps] };
  expect(admit(both, 0).plan).toEqual({ ...NOTHING, steps: TAG.steps, waitingFor: [expect.stringContaining('a free place')] });
});

test('never more at once than allowed, never fewer than possible, in the order of the members', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(START, TAG, NOTHING)), fc.nat(10), fc.nat(10), (plans, max, running) => {
    const started = admitAll(plans, max, running).map(isStart);
    const wanting = plans.map(isStart);
    const count = started.filter(Boolean).length;
    expect(count).toBe(Math.min(wanting.filter(Boolean).length, Math.max(0, max - running)));
    const firstWaiting = wanting.findIndex((wants, index) => wants && !started[index]);
    if (firstWaiting >= 0) expect(started.slice(firstWaiting).some(Boolean)).toBe(false);
  }));
});

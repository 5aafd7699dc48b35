import fc from 'fast-check';
import { NO_COUNTERS } from '../../../src/model/counters';
import { RunTally, Visit } from '../../../src/model/fleet/run-tally';
import { JobState } from '../../../src/model/job-state';
import { note, NOTHING, Step, wait } from '../../../src/model/plan';
import { job } from '../planner-fixtures';

const NOW = 100;
const nobody: Visit = { plan: NOTHING, own: [], done: [] };
const resumed: Step = { kind: 'create', generation: 2, resume: { name: 'x', read: 'output-manifest', objectsLeft: 1, conditions: {} } };

function tally(...visits: Visit[]) {
  const run = new RunTally(NOW);
  visits.forEach((visit) => run.add(visit));
  return run.summary();
}

test('counts members by the state of their newest job', () => {
  const members = [[], [job()], [job({ state: JobState.COMPLETED }), job()], [job({ state: undefined })]];
  const { states } = tally(...members.map((own) => ({ ...nobody, own })));
  expect(states).toEqual({ NotStarted: 1, Running: 1, Completed: 1, Unknown: 1 });
});

test('objects: labels of all generations, the rest as the newest has it', () => {
  const first = job({ counters: { ...NO_COUNTERS, totalLabeled: 4, unlabeled: 6 } });
  const second = job({ counters: { ...NO_COUNTERS, totalLabeled: 3, failedNonRetryableError: 1, unlabeled: 2 } });
  expect(tally({ ...nobody, own: [second, first] }, { ...nobody, objects: 5 }).objects).toEqual({ total: 15, labeled: 7, failed: 1, left: 7 });
});

test('what was done is counted by kind', () => {
  const done: Step[] = [{ kind: 'create', generation: 1 }, resumed, resumed, { kind: 'adopt', name: 'x' }, { kind: 'stop', name: 'x', why: 'x' }, { kind: 'tag', name: 'x', set: {}, remove: [] }];
  expect(tally({ ...nobody, done })).toMatchObject({ created: 1, resumed: 2, adopted: 1, stopped: 1 });
});

test('what is open, late and wrong', () => {
  const summary = tally(
    { ...nobody, plan: wait('x'), waitsForQuota: true }, { ...nobody, drifted: true, own: [job({ createdAt: 40 })] },
    { ...nobody, plan: { ...NOTHING, error: 'no' }, errors: ['and this'] }, { ...nobody, own: [job({ createdAt: 0, state: JobState.STOPPED })] },
  );
  expect(summary).toMatchObject({ waitingForQuota: 1, unsettled: 2, drifted: 1, oldestRunning: 60, errors: ['no', 'and this'] });
});

test('goes on from a summary: the same as in one go, and its size is bounded', () => {
  const visit = fc.record({
    plan: fc.constantFrom(NOTHING, wait('x'), note('one'), note('two'), { ...NOTHING, error: 'no' }),
    own: fc.constantFrom([], [job()], [job({ state: JobState.FAILED })]),
    done: fc.constantFrom<Step[]>([], [resumed]),
    objects: fc.nat(9),
  });
  fc.assert(fc.property(fc.array(visit, { maxLength: 120, size: 'max' }), fc.nat(120), (visits, cut) => {
    const first = new RunTally(NOW);
    visits.slice(0, cut).forEach((one) => first.add(one));
    const second = new RunTally(NOW, JSON.parse(JSON.stringify(first.summary())));
    visits.slice(cut).forEach((one) => second.add(one));
    expect(second.summary()).toEqual(tally(...visits));
    expect(second.summary().notes.length).toBeLessThanOrEqual(21);
    const notes = visits.flatMap(({ plan }) => plan.notes).length;
    if (notes > 20) expect(second.summary().notes.at(-1)).toBe(`and ${notes - 20} more`);
  }));
});

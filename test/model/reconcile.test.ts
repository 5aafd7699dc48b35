import { DAY, job, ledger } from './planner-fixtures';
import { NO_COUNTERS } from '../../src/model/counters';
import { JobState } from '../../src/model/job-state';
import { Ledger } from '../../src/model/ledger';
import { ActualJob } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';

type Expected = 'create' | 'keep' | 'wait' | 'stop' | 'resume' | 'report' | 'error';

/** The plan in the words of the table. */
function planFor(wanted: Ledger, jobs: readonly ActualJob[]): Expected {
  const plan = reconcile(wanted, jobs);
  if (plan.error !== undefined) return 'error';
  const [step] = plan.steps;
  if (step?.kind === 'create') return step.resume ? 'resume' : 'create';
  if (step?.kind === 'stop') return 'stop';
  if (plan.waitingFor.length > 0) return 'wait';
  return plan.notes.length > 0 ? 'report' : 'keep';
}

const SAME = ledger();
const OTHER_REVISION = ledger({ revision: '2' });
const STOPPED_BY_US = { stop: { at: 1, requestId: 'request', why: 'its settings change' } };

describe('the newest generation', () => {
  const HUNDRED = { ...NO_COUNTERS, totalLabeled: 10 };

  test.each<[string, Partial<ActualJob>, Expected, Expected]>([
    ['pending', { state: JobState.PENDING }, 'keep', 'wait'],
    ['running', {}, 'keep', 'stop'],
    ['in review', { state: JobState.IN_REVIEW }, 'keep', 'stop'],
    ['awaiting approval', { state: JobState.AWAITING_APPROVAL }, 'keep', 'stop'],
    ['stopping', { state: JobState.STOPPING }, 'wait', 'wait'],
    ['completed, all labeled', { state: JobState.COMPLETED, counters: HUNDRED }, 'keep', 'report'],
    ['completed, objects left', { state: JobState.COMPLETED }, 'report', 'report'],
    ['failed', { state: JobState.FAILED, failureReason: 'x' }, 'report', 'resume'],
    ['stopped by a person', { state: JobState.STOPPED }, 'report', 'resume'],
    ['stopped by age', { state: JobState.STOPPED, endedAt: 30 * DAY }, 'resume', 'resume'],
    ['stopped a moment before its age', { state: JobState.STOPPED, endedAt: 30 * DAY - 1 }, 'report', 'resume'],
    ['in an unknown state', { state: undefined }, 'error', 'error'],
  ])('%s', (_, changes, same, otherRevision) => {
    expect(planFor(SAME, [job(changes)])).toBe(same);
    expect(planFor(OTHER_REVISION, [job(changes)])).toBe(otherRevision);
  });

  test('none, and none in the ledger: create', () => {
    expect(reconcile(SAME, []).steps).toEqual([{ kind: 'create', generation: 1 }]);
  });

  test('none listed, ended in the ledger: as that record', () => {
    const end = { status: 'Completed', state: JobState.COMPLETED, counters: HUNDRED, createdAt: 0, endedAt: 1, outputPath: 's3://out' };
    expect(planFor(ledger({}, { end }), [])).toBe('keep');
  });

  test('none listed, accepted in the ledger: wait, never make another', () => {
    expect(planFor(ledger({}, {}), [])).toBe('wait');
  });

  test('none listed, intended in the ledger: make that one', () => {
    expect(reconcile(ledger({}, { arn: undefined }), []).steps).toEqual([{ kind: 'create', generation: 1 }]);
  });

  test('stopped by us: resume', () => {
    expect(planFor(ledger({}, STOPPED_BY_US), [job({ state: JobState.STOPPED })])).toBe('resume');
  });

  test('a condition is met: leave, whatever the revision', () => {
    const met = { request: { StoppingConditions: { MaxHumanLabeledObjectCount: 4 } } };
    expect(planFor(ledger(met), [job({ state: JobState.STOPPED })])).toBe('report');
    expect(planFor(ledger({ ...met, revision: '2' }), [job({ state: JobState.STOPPED })])).toBe('report');
  });
});

describe('another identity', () => {
  const other = job({ name: 'job-b-r1', identity: 'b', arn: 'arn:job-b-r1' });

  test.each<[string, Partial<ActualJob>, Expected]>([
    ['pending', { state: JobState.PENDING }, 'wait'],
    ['running', {}, 'stop'],
    ['stopping', { state: JobState.STOPPING }, 'wait'],
    ['completed', { state: JobState.COMPLETED }, 'create'],
    ['failed', { state: JobState.FAILED }, 'create'],
    ['stopped', { state: JobState.STOPPED }, 'create'],
    ['in an unknown state', { state: undefined }, 'error'],
  ])('%s', (_, changes, expected) => {
    expect(planFor(SAME, [{ ...other, ...changes }])).toBe(expected);
  });

  test('with labels that may not be given up is an error, and nothing is stopped', () => {
    expect(planFor(ledger({ mayReplaceLabels: false, replaces: 'job-b' }), [other])).toBe('error');
  });

  test('never runs beside the desired one, unless that was asked for', () => {
    expect(reconcile(ledger({ replaces: 'job-b' }), [other]).steps.map((step) => step.kind)).toEqual(['stop']);
    expect(reconcile(ledger({ replaces: 'job-b', overlap: true }), [other]).steps.map((step) => step.kind)).toEqual(['create']);
    expect(reconcile(ledger({ replaces: 'job-c', overlap: true }), [other]).steps.map((step) => step.kind)).toEqual(['stop']);
  });
});

describe('what the next generation reads', () => {
  const ended = { state: JobState.STOPPED };
  const untouched = { ...NO_COUNTERS, unlabeled: 10 };
  const stepFor = (changes: Partial<ActualJob>) => reconcile(OTHER_REVISION, [job({ ...ended, ...changes })]).steps[0];

  test.each<[string, Partial<ActualJob>, unknown]>([
    ['its output manifest', {}, { read: 'output-manifest', objectsLeft: 6 }],
    ['its own input, where it touched nothing',
      { counters: untouched, leftovers: { outputManifest: false, consolidatedAnnotations: false } }, { read: 'own-input', objectsLeft: 10 }],
  ])('%s', (_, changes, expected) => {
    expect(stepFor(changes)).toMatchObject({ kind: 'create', generation: 2, resume: expected });
  });

  test.each<[string, Partial<ActualJob>]>([
    ['there is no manifest and something was labeled', { leftovers: { outputManifest: false, consolidatedAnnotations: false } }],
    ['there is no manifest and something was consolidated', { counters: untouched, leftovers: { outputManifest: false, consolidatedAnnotations: true } }],
    ['there is no manifest and something has failed',
      { counters: { ...untouched, failedNonRetryableError: 1 }, leftovers: { outputManifest: false, consolidatedAnnotations: false } }],
    ['nobody has looked', { leftovers: undefined }],
    ['nothing is left', { counters: { ...NO_COUNTERS, totalLabeled: 10 } }],
  ])('nothing, and a report, where %s', (_, changes) => {
    expect(stepFor(changes)).toBeUndefined();
    expect(reconcile(OTHER_REVISION, [job({ ...ended, ...changes })]).notes.join()).toContain('is not resumed');
  });

  test('conditions run over all generations', () => {
    const wanted = ledger({ revision: '2', request: { StoppingConditions: { MaxHumanLabeledObjectCount: 10 } } });
    const jobs = [job({ ...ended }), job({ ...ended, name: 'job-a-r2', arn: 'arn:2', generation: 2, counters: { ...NO_COUNTERS, totalLabeled: 3, humanLabeled: 3, unlabeled: 3 } })];
    expect(reconcile(wanted, jobs).steps).toMatchObject([{ generation: 3, resume: { name: 'job-a-r2', conditions: { MaxHumanLabeledObjectCount: 3 } } }]);
  });
});

test('an older generation that still runs is stopped', () => {
  const plan = reconcile(SAME, [job(), job({ name: 'job-a-r2', arn: 'arn:2', generation: 2 })]);
  expect(plan.steps).toMatchObject([{ kind: 'stop', name: 'job-a-r1' }]);
});

test('says what is lost before it stops anything', () => {
  expect(reconcile(OTHER_REVISION, [job()]).notes).toEqual([
    'job-a-r1 is stopped (its settings change) with 6 objects unlabeled; answers that are not consolidated yet are lost',
  ]);
});

test('tags change in place: ours are set and removed, those of others are not seen', () => {
  const wanted = ledger({ tags: { team: 'post', new: 'y' } }, { tags: { team: 'mail', old: 'x' } });
  expect(reconcile(wanted, [job()]).steps).toEqual([{ kind: 'tag', name: 'job-a-r1', set: { team: 'post', new: 'y' }, remove: ['old'] }]);
});

test('what was deleted is not made again, whoever asks', () => {
  const buried = { ...ledger(), tombstones: [{ identity: 'a', requestId: 'the-delete', at: 0 }] };
  expect(reconcile(buried, [])).toMatchObject({ steps: [], error: 'job-a was deleted by request the-delete: nothing is created for it' });
});

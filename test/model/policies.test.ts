import { DAY, job, ledger } from './planner-fixtures';
import { NO_COUNTERS } from '../../src/model/counters';
import { JobState } from '../../src/model/job-state';
import { DesiredVersion, GenerationRecord } from '../../src/model/ledger';
import { ActualJob, Plan } from '../../src/model/plan';
import { needsLeftovers, reconcile } from '../../src/model/reconcile';
import { DEFAULT_RESUME_POLICY, ResumePolicy } from '../../src/model/resume-policy';
import { isTransientReason } from '../../src/model/transient-reason';

const TRANSIENT = 'InternalServerError: We encountered an internal error. Please try again.';
const LASTING = 'ClientError: the role may not read the input';

type Outcome = 'resume' | 'report' | 'nothing';

function outcome({ steps, notes }: Plan): Outcome {
  if (steps.some((step) => step.kind === 'create')) return 'resume';
  return notes.length > 0 ? 'report' : 'nothing';
}

const withPolicy = (policy: Partial<ResumePolicy>, more: Partial<DesiredVersion> = {}) => ledger({ resume: { ...DEFAULT_RESUME_POLICY, ...policy }, ...more });
const ended = (state: JobState, changes: Partial<ActualJob> = {}) => job({ state, ...changes });

test.each<[string, Partial<ResumePolicy>, Partial<ActualJob>, Outcome]>([
  ['a transient failure', {}, { state: JobState.FAILED, failureReason: TRANSIENT }, 'resume'],
  ['a lasting failure', {}, { state: JobState.FAILED, failureReason: LASTING }, 'report'],
  ['a failure without a reason', {}, { state: JobState.FAILED }, 'report'],
  ['a failure that is 30 days old has aged', {}, { state: JobState.FAILED, failureReason: LASTING, endedAt: 30 * DAY }, 'resume'],
  ['any failure, ALWAYS', { failed: 'ALWAYS' }, { state: JobState.FAILED, failureReason: LASTING }, 'resume'],
  ['a transient failure, NEVER', { failed: 'NEVER' }, { state: JobState.FAILED, failureReason: TRANSIENT }, 'report'],
  ['a person\'s stop', {}, { state: JobState.STOPPED }, 'report'],
  ['a person\'s stop, RESUME', { stopped: 'RESUME' }, { state: JobState.STOPPED }, 'resume'],
  ['age', {}, { state: JobState.STOPPED, endedAt: 30 * DAY }, 'resume'],
  ['age, LEAVE', { aged: 'LEAVE' }, { state: JobState.STOPPED, endedAt: 30 * DAY }, 'report'],
  ['completed with objects left', {}, { state: JobState.COMPLETED }, 'report'],
  ['completed with objects left, RETRY', { incomplete: 'RETRY' }, { state: JobState.COMPLETED }, 'resume'],
  ['completed with failed objects, RETRY', { incomplete: 'RETRY' },
    { state: JobState.COMPLETED, counters: { ...NO_COUNTERS, totalLabeled: 9, failedNonRetryableError: 1 } }, 'resume'],
  ['completed with nothing left, RETRY', { incomplete: 'RETRY' }, { state: JobState.COMPLETED, counters: { ...NO_COUNTERS, totalLabeled: 9 } }, 'nothing'],
  ['a failure, without attempts', { maxAttempts: 0 }, { state: JobState.FAILED, failureReason: TRANSIENT }, 'report'],
])('%s', (_, policy, changes, expected) => {
  expect(outcome(reconcile(withPolicy(policy), [job(changes)]))).toBe(expected);
});

test('a met condition is left, whatever the policies', () => {
  const all = withPolicy({ stopped: 'RESUME', incomplete: 'RETRY', failed: 'ALWAYS' }, { request: { StoppingConditions: { MaxHumanLabeledObjectCount: 4 } } });
  expect(outcome(reconcile(all, [ended(JobState.STOPPED)]))).toBe('report');
  expect(outcome(reconcile(all, [ended(JobState.COMPLETED)]))).toBe('report');
});

test('a condition is met by all generations together, not by a person who stopped the last one', () => {
  const wanted = withPolicy({ stopped: 'RESUME' }, { request: { StoppingConditions: { MaxHumanLabeledObjectCount: 6 } } });
  const second = ended(JobState.STOPPED, { name: 'job-a-r2', arn: 'arn:2', generation: 2, counters: { ...NO_COUNTERS, totalLabeled: 2, humanLabeled: 2, unlabeled: 4 } });
  expect(reconcile(wanted, [ended(JobState.STOPPED), second]).notes).toEqual(['job-a-r2 has met a stopping condition']);
});

describe('attempts', () => {
  const tries = (states: JobState[], changes: Partial<ActualJob> = {}) => states.map((state, index) => ended(state, {
    name: `job-a-r${index + 1}`, arn: `arn:${index + 1}`, generation: index + 1, failureReason: TRANSIENT, ...changes,
  }));
  const { FAILED, STOPPED, COMPLETED } = JobState;

  test.each<[string, JobState[], Outcome]>([
    ['three failures leave one more', [FAILED, FAILED, FAILED], 'resume'],
    ['four failures are all', [FAILED, FAILED, FAILED, FAILED], 'report'],
    ['whatever the kinds', [COMPLETED, STOPPED, COMPLETED, FAILED], 'report'],
  ])('%s', (_, states, expected) => {
    expect(outcome(reconcile(withPolicy({ incomplete: 'RETRY', stopped: 'RESUME' }), tries(states)))).toBe(expected);
  });

  test('the limit is reported with its count', () => {
    expect(reconcile(withPolicy({}), tries([FAILED, FAILED, FAILED, FAILED])).notes).toEqual([
      `job-a-r4 has failed: ${TRANSIENT}`, 'job-a-r4 is not resumed: 3 of 3 further attempts were made; change "attempt" to grant as many again',
    ]);
  });

  test('ageing is none, nor is a stop of ours, nor what was tried with other settings', () => {
    const aged = tries([STOPPED, STOPPED, STOPPED, STOPPED], { endedAt: 30 * DAY });
    expect(outcome(reconcile(withPolicy({}), aged))).toBe('resume');
    const others = tries([FAILED, FAILED, FAILED, FAILED]).map((one) => (one.generation < 4 ? { ...one, revision: '0' } : one));
    expect(outcome(reconcile(withPolicy({}), others))).toBe('resume');
    const stop = { at: 1, requestId: 'x', why: 'x' };
    const records: Array<Partial<GenerationRecord>> = [1, 2, 3, 4].map((generation) => ({ name: `job-a-r${generation}`, generation, stop }));
    expect(outcome(reconcile(ledger({}, ...records), tries([STOPPED, STOPPED, STOPPED, STOPPED])))).toBe('resume');
  });
});

describe('desired states', () => {
  test.each<[NonNullable<DesiredVersion['desiredState']>, JobState, string[], number]>([
    ['DRAINED', JobState.RUNNING, [], 0],
    ['DRAINED', JobState.STOPPED, [], 1],
    ['STOPPED', JobState.PENDING, [], 0],
    ['STOPPED', JobState.RUNNING, ['stop'], 1],
    ['STOPPED', JobState.COMPLETED, [], 1],
  ])('%s, %s', (desiredState, state, steps, notes) => {
    const plan = reconcile(withPolicy({ stopped: 'RESUME' }, { desiredState }), [job({ state })]);
    expect(plan.steps.map((step) => step.kind)).toEqual(steps);
    expect(plan.notes).toHaveLength(notes);
  });

  test('STOPPED waits for a pending job, which may not be stopped yet', () => {
    expect(reconcile(ledger({ desiredState: 'STOPPED' }), [job({ state: JobState.PENDING })]).waitingFor).toEqual(['job-a-r1 to start, before it is stopped']);
  });

  test('DRAINED and STOPPED start nothing, and say so', () => {
    for (const desiredState of ['DRAINED', 'STOPPED'] as const) {
      expect(reconcile(ledger({ desiredState }), [])).toMatchObject({ steps: [], notes: [`job-a is not started: its desired state is ${desiredState}`] });
    }
  });

  test('DRAINED lets a job with other settings go on', () => {
    expect(reconcile(ledger({ desiredState: 'DRAINED', revision: '2' }), [job()])).toMatchObject({ steps: [], waitingFor: [] });
  });
});

describe('adoption', () => {
  const ADOPTED: Partial<GenerationRecord> = { name: 'theirs', arn: 'arn:theirs', adopted: true };
  const theirs = (changes: Partial<ActualJob> = {}) => job({ name: 'theirs', arn: 'arn:theirs', ...changes });

  test('comes first where the ledger does not know the job, also after a crash', () => {
    expect(reconcile(ledger({ adopt: 'theirs' }), []).steps).toEqual([{ kind: 'adopt', name: 'theirs' }]);
    expect(reconcile(ledger({ adopt: 'theirs' }, { ...ADOPTED, arn: undefined }), []).steps).toEqual([{ kind: 'adopt', name: 'theirs' }]);
  });

  test('then the job is the first generation, and the next one is the second', () => {
    expect(reconcile(ledger({ adopt: 'theirs' }, ADOPTED), [theirs()])).toEqual({ steps: [], waitingFor: [], notes: [] });
    expect(reconcile(ledger({ adopt: 'theirs' }, ADOPTED), [theirs({ state: JobState.STOPPED })])).toMatchObject({ steps: [], notes: [expect.stringContaining('left as it is')] });
    const failed = theirs({ state: JobState.FAILED, failureReason: TRANSIENT });
    expect(reconcile(ledger({ adopt: 'theirs' }, ADOPTED), [failed]).steps).toMatchObject([{ kind: 'create', generation: 2, resume: { name: 'theirs' } }]);
  });

  test('is refused beside a job of our own', () => {
    expect(reconcile(ledger({ adopt: 'theirs' }, {}), [job()]).error).toMatch(/job-a has a job already, job-a-r1/);
  });

  test('counts as replaced by its identity, for its name says nothing', () => {
    const labeled = theirs({ identity: 'b' });
    expect(reconcile(ledger({ mayReplaceLabels: false, replaces: 'job-b' }, { ...ADOPTED, identity: 'b' }), [labeled]).error).toContain('theirs has 4 labeled objects');
  });

  test('is given back by a rollback, even after a crash and by whatever comes then, and never stopped', () => {
    const back = { kind: 'release', name: 'theirs', why: 'its adoption was taken back' };
    expect(reconcile(ledger({ returning: true }, { ...ADOPTED, identity: 'b' }), [theirs({ identity: 'b' })]).steps).toEqual([back]);
    expect(reconcile(ledger({}, { ...ADOPTED, identity: 'b', released: true }), [theirs({ identity: 'b' })]).steps).toEqual([back]);
    expect(reconcile(ledger({}, { ...ADOPTED, identity: 'b', released: true }), []).steps).toEqual([back]);
  });
});

test('only the job that would be followed is looked into', () => {
  const left = (changes: Partial<ActualJob>) => needsLeftovers(ledger(), [job({ leftovers: undefined, ...changes })])?.name;
  expect(left({ state: JobState.FAILED, failureReason: TRANSIENT })).toBe('job-a-r1');
  expect(left({ state: JobState.FAILED, failureReason: LASTING })).toBeUndefined();
  expect(left({ state: JobState.STOPPED })).toBeUndefined();
  expect(left({ state: JobState.RUNNING })).toBeUndefined();
});

test.each<[string | undefined, boolean]>([
  [TRANSIENT, true],
  ['InternalServiceException', true],
  ['Internal service error', true],
  ['ServiceUnavailable: try later', true],
  ['ThrottlingException: Rate exceeded', true],
  ['ClientError: the pre-annotation function answered TooManyRequestsException', true],
  ['CapacityError: Unable to provision requested compute capacity', true],
  [undefined, false],
  ['', false],
  ['ClientError: Access denied to the input manifest', false],
  ['ClientError: your function failed with an internal server error of its own', false],
  ['AlgorithmError: exit code 1', false],
])('the reason %j is transient: %p', (reason, expected) => {
  expect(isTransientReason(reason)).toBe(expected);
});

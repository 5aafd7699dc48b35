import { DAY, job, ledger } from './planner-fixtures';
import { NO_COUNTERS } from '../../src/model/counters';
import { JobState } from '../../src/model/job-state';
import { DesiredVersion, GenerationRecord } from '../../src/model/ledger';
import { ActualJob } from '../../src/model/plan';
import { needsLeftovers, reconcile } from '../../src/model/reconcile';
import { planRemoval } from '../../src/model/removal';
import { endedIdle } from '../../src/model/stream';

const INTAKE = { kind: 'INTAKE', bucket: 'store', prefix: '' } as const;
const TOPIC = { kind: 'TOPIC' } as const;

const wanted = (desired: Partial<DesiredVersion> = {}, record: Partial<GenerationRecord> = {}) => ledger({ stream: INTAKE, ...desired }, record);
const stopped = (changes: Partial<ActualJob> = {}) => job({ state: JobState.STOPPED, endedAt: 20 * DAY, stream: {}, ...changes });
const resumed = (...args: Parameters<typeof reconcile>) => reconcile(...args).steps.map((step) => (step.kind === 'create' ? step.resume?.read : step.kind));

test.each<[string, ActualJob['stream'], number, boolean]>([
  ['never given anything, for ten days', {}, 10 * DAY, true],
  ['never given anything, a moment less', {}, 10 * DAY - 1, false],
  ['given something ten days ago', { lastForwardedAt: 5 * DAY }, 15 * DAY, true],
  ['given something since', { lastForwardedAt: 5 * DAY + 1 }, 15 * DAY, false],
  ['something was given to an earlier one only', { lastForwardedAt: -3 * DAY }, 10 * DAY, true],
  ['messages were left in its queue', { savedTo: 's3://out/messages/' }, 30 * DAY, false],
])('idle: %s', (_, facts, endedAt, idle) => {
  expect(endedIdle(facts!, 0, endedAt)).toBe(idle);
});

describe('a stream whose job has ended', () => {
  test.each<[string, Partial<ActualJob>, string[]]>([
    ['by idleness', {}, ['nothing']],
    ['by somebody', { stream: { lastForwardedAt: 19 * DAY } }, []],
    ['by somebody, beyond the age of other jobs', { endedAt: 40 * DAY, stream: { lastForwardedAt: 39 * DAY } }, []],
    ['for a passing reason', { state: JobState.FAILED, failureReason: 'InternalServerError: x' }, ['nothing']],
    ['for a lasting reason', { state: JobState.FAILED, failureReason: 'ClientError: x' }, []],
    ['completed, which the guide does not know', { state: JobState.COMPLETED }, ['nothing']],
  ])('%s', (_, changes, read) => {
    expect(resumed(wanted(), [stopped(changes)])).toEqual(read);
    // whoever changes it wants it to go on
    expect(resumed(wanted({ revision: '2' }), [stopped(changes)])).toEqual(['nothing']);
  });

  test('goes on whether or not an object is left, and whatever its conditions say', () => {
    const counters = { ...NO_COUNTERS, totalLabeled: 10, humanLabeled: 10 };
    const conditions = { request: { StoppingConditions: { MaxHumanLabeledObjectCount: 5 } } };
    expect(resumed(wanted(conditions), [stopped({ counters })])).toEqual(['nothing']);
  });

  test.each(['DRAINED', 'STOPPED'] as const)('%s: it does not go on', (desiredState) => {
    expect(reconcile(wanted({ desiredState }), [stopped()])).toMatchObject({ steps: [], notes: [`job-a-r1 is not renewed: its desired state is ${desiredState}`] });
  });

  test('renewals are no failed tries', () => {
    const own = [1, 2, 3, 4, 5].map((generation) => stopped({ name: `job-a-r${generation}`, generation, stream: { lastForwardedAt: 2 * DAY } }));
    expect(resumed(wanted(), own)).toEqual(['nothing']);
  });

  test('its output is not looked at where the store knows all', () => {
    expect(needsLeftovers(wanted(), [stopped()])).toBeUndefined();
    expect(needsLeftovers(wanted({ stream: TOPIC }), [stopped()])?.name).toBe('job-a-r1');
  });

  test.each<[string, Partial<ActualJob>, string, number]>([
    ['an output manifest', {}, 'output-manifest', 0],
    ['nothing, untouched', { leftovers: { outputManifest: false, consolidatedAnnotations: false }, counters: { ...NO_COUNTERS } }, 'own-input', 0],
    ['nothing, with objects taken', { leftovers: { outputManifest: false, consolidatedAnnotations: false }, counters: { ...NO_COUNTERS, unlabeled: 3 } }, 'own-input', 1],
    ['answers, but no manifest', { leftovers: { outputManifest: false, consolidatedAnnotations: true } }, 'nothing', 1],
  ])('on a topic it left %s', (_, changes, read, reports) => {
    const plan = reconcile(wanted({ stream: TOPIC }), [stopped(changes)]);
    expect(resumed(wanted({ stream: TOPIC }), [stopped(changes)])).toEqual([read]);
    expect(plan.notes).toHaveLength(reports);
  });
});

describe('draining', () => {
  const running = (open?: boolean) => job({ stream: { open } });

  test.each<[string, boolean | undefined, string[]]>([['something is open', true, []], ['nothing is known', undefined, []], ['nothing is open', false, ['stop']]])('DRAINED, %s', (_, open, steps) => {
    const plan = reconcile(wanted({ desiredState: 'DRAINED' }), [running(open)]);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(steps);
    // no deployment waits for people
    if (open !== false) expect(plan.waitingFor).toEqual([]);
  });

  test('with other settings too', () => {
    expect(reconcile(wanted({ desiredState: 'DRAINED', revision: '2' }), [running(true)]).steps).toEqual([]);
  });

  test('removal waits for what is open, then stops', () => {
    const removal = { mode: 'DRAIN', drained: false, drainThen: 'RETAIN' } as const;
    expect(planRemoval([running(true)], removal)).toMatchObject({ steps: [], waitingFor: ['the open objects of job-a-r1'] });
    expect(planRemoval([running(false)], removal).steps).toMatchObject([{ kind: 'stop' }]);
    expect(planRemoval([running(true)], { ...removal, drained: true })).toMatchObject({ steps: [], waitingFor: [] });
    expect(planRemoval([stopped()], removal)).toMatchObject({ steps: [], waitingFor: [] });
  });
});

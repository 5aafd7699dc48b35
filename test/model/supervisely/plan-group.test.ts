import * as fc from 'fast-check';
import { emptyLedger } from '../../../src/model/ledger';
import { type GroupJob, groupStatus, hasReached } from '../../../src/model/supervisely/group-job';
import { accepted, labelersOfNothing, mark, placeTags } from '../../../src/model/supervisely/group-ledger';
import { parseRecordName, recordName, recordOfTitle } from '../../../src/model/supervisely/group-names';
import { workIdentity } from '../../../src/model/supervisely/group-spec';
import { describeStep } from '../../../src/model/supervisely/group-steps';
import { jobTitle } from '../../../src/model/supervisely/job-names';
import { JOB_STATUSES } from '../../../src/model/supervisely/limits';
import { type DesiredGroup, planGroup } from '../../../src/model/supervisely/plan-group';
import { planGroupRemoval } from '../../../src/model/supervisely/plan-group-removal';
import { DEFAULT_SUPERVISELY_RESUME_POLICY } from '../../../src/model/supervisely/resume-policy';

const ID = 'fruits-0a1b2c-lemons-0123abcd-0123456789ab';

const DESIRED: DesiredGroup = {
  id: ID, identity: '0123456789ab', revision: 'r', labelers: [101, 102], settingsHash: 's', customDataHash: 'c',
  resume: DEFAULT_SUPERVISELY_RESUME_POLICY, mayReplaceLabels: false, returning: false,
};

function job(changes: Partial<GroupJob> = {}): GroupJob {
  const { userId = 101, generation = 1 } = changes;
  return {
    name: recordName(ID, generation, userId), identity: DESIRED.identity, generation, userId, revision: 'r', requestId: 'q', jobId: userId * 10 + generation,
    status: 'pending', disabled: false, untouched: false, images: 3, finished: 1, accepted: 0, rejected: 0, left: [2, 3], stoppedByUs: false,
    marks: { settings: 's', customData: 'c' }, ...changes,
  };
}

const plan = (jobs: GroupJob[], desired: Partial<DesiredGroup> = {}) => planGroup({ ...DESIRED, ...desired }, jobs, []);
const steps = (jobs: GroupJob[], desired: Partial<DesiredGroup> = {}) => plan(jobs, desired).steps.map(describeStep);

test('a group as declared is left alone', () => {
  expect(plan([job(), job({ userId: 102 })])).toEqual({ steps: [], notes: [] });
});

test('jobs of a former identity and older ones end before anything begins', () => {
  const former = job({ identity: 'ffffffffffff', name: recordName(ID.replace(/[^-]+$/, 'ffffffffffff'), 1, 101), jobId: 5, finished: 0, untouched: true });
  expect(steps([former])).toEqual([`remove the job 5 of the user 101, which nobody has begun: replaced by ${ID}`]);
  expect(steps([job(), job({ generation: 2 })])).toEqual([`stop the job 1011 of the user 101: superseded by ${ID}-r2-u101`]);
});

test('images that are finished under another identity are not given up without a word', () => {
  const former = job({ identity: 'ffffffffffff' });
  expect(plan([former], { replaces: 'ffffffffffff' }).error).toContain('has 1 finished images');
  expect(plan([former], { replaces: 'ffffffffffff', mayReplaceLabels: true }).error).toBeUndefined();
  expect(plan([former], { replaces: 'ffffffffffff', returning: true }).error).toBeUndefined();
});

test.each([
  ['pending', 'in_progress', 'not yet'], ['on_review', 'in_progress', 'yes'], ['completed', 'on_review', 'yes'], ['stopped', 'completed', 'never'],
  ['completed', 'stopped', 'never'], ['in_progress', 'stopped', 'not yet'], ['review_completed', 'completed', 'not yet'],
] as const)('%s has reached %s: %s', (status, target, reached) => expect(hasReached(status, target)).toBe(reached));

test.each([
  [[], undefined], [['completed', 'in_progress', 'on_review'], 'in_progress'], [['completed', 'stopped'], 'stopped'], [['completed', 'completed'], 'completed'],
] as const)('a group of %p is %p', (statuses, status) => expect(groupStatus(statuses)).toBe(status));

test('names lead back to their records, whatever the title', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e9 }), (title, generation, userId) => {
    const name = recordName(ID, generation, userId);
    expect(recordOfTitle(jobTitle(title, { jobName: `${ID}-r${generation}`, userId }))).toBe(name);
    expect(parseRecordName(name)).toEqual({ id: ID, base: ID.slice(0, -13), identity: '0123456789ab', generation, userId });
  }));
  for (const foreign of ['Lemons', 'Lemons [x]', 'Lemons [a-r1-u5]', `Lemons [${ID}-r1]`, `[${ID}-r1-u5]`]) expect(recordOfTitle(foreign)).toBeUndefined();
});

test('who has nothing to label gets no job, but takes over what a leaver has left', () => {
  expect(plan([job({ userId: 102 })], { withoutImages: [101] })).toEqual({ steps: [], notes: [expect.stringContaining('the user 101 gets no job')] });
  const leaver = job({ userId: 103, status: 'stopped', stoppedByUs: true });
  expect(steps([job({ userId: 102 }), leaver], { withoutImages: [101] })).toEqual([`make job 1 of the user 101 for the 2 images that ${leaver.name} left`]);
});

test('the ledger tells for whom the same version has nothing to label', () => {
  const { identity, revision } = DESIRED;
  const record = { name: recordName(ID, 1, 101), identity, generation: 1, revision, requestId: 'q', intendedAt: 0, tags: placeTags({ teamId: 8, datasetId: 5 }) };
  const refused = mark({ ...emptyLedger({ stackId: 's', logicalId: 'l' }), generations: [record] }, record.name, { empty: 'true' });
  expect(labelersOfNothing(refused, DESIRED)).toEqual([101]);
  expect(labelersOfNothing({ generations: [record] }, DESIRED)).toEqual([]);
  expect(labelersOfNothing(refused, { identity, revision: 'other' })).toEqual([]);
  expect(labelersOfNothing(refused, { identity: 'ffffffffffff', revision })).toEqual([]);
  // a request of a writer who was given up came late, when there were images
  expect(labelersOfNothing(accepted(refused, { ...record, arn: '7' }, 0), DESIRED)).toEqual([]);
});

test('identity compares sets, and knows the stack', () => {
  const of = (work: object, guid = 'g') => workIdentity({ dataset: { id: 1 }, work }, guid);
  expect(of({ classes: ['a', 'b'], imageIds: [10, 9] })).toBe(of({ imageIds: [9, 10], classes: ['b', 'a'] }));
  expect(new Set([of({}), of({ classes: [] }), of({ tags: ['a'] }), of({ classes: ['a'] }), of({}, 'h'), of({ imagesRange: { start: 1 } })]).size).toBe(6);
});

test('every plan of a group comes to rest, and leaves nobody two jobs', () => {
  const some = fc.record({
    userId: fc.constantFrom(101, 102, 103), generation: fc.integer({ min: 1, max: 3 }), revision: fc.constantFrom('r', 'old'), status: fc.constantFrom(...JOB_STATUSES),
    disabled: fc.boolean(), untouched: fc.boolean(), stoppedByUs: fc.boolean(), left: fc.subarray([1, 2, 3]), finished: fc.nat(3),
  });
  const wanted = fc.record({
    labelers: fc.subarray([101, 102, 103]), withoutImages: fc.subarray([101, 102, 103]), desiredStatus: fc.constantFrom(undefined, ...JOB_STATUSES),
    resume: fc.record({ maxAttempts: fc.nat(2), stopped: fc.constantFrom('RESUME', 'LEAVE'), rejected: fc.constantFrom('RESTART', 'REPORT') }),
  });
  fc.assert(fc.property(fc.uniqueArray(some, { selector: ({ userId, generation }) => `${userId}/${generation}`, maxLength: 6 }), wanted, (found, changes) => {
    const desired = { ...DESIRED, ...changes } as DesiredGroup;
    let jobs = found.map((one) => job(one));
    for (let look = 0; look < 12; look++) {
      const { steps: todo } = planGroup(desired, jobs, []);
      if (todo.length === 0) break;
      expect(look).toBeLessThan(11);
      for (const one of todo) jobs = after(jobs, one);
    }
    const atWork = jobs.filter(({ status, disabled }) => !disabled && status !== 'stopped' && status !== 'completed').map(({ userId }) => userId);
    expect(new Set(atWork).size).toBe(atWork.length);
    expect(atWork.filter((userId) => !desired.labelers.includes(userId))).toEqual([]);

    function after(before: GroupJob[], one: ReturnType<typeof planGroup>['steps'][number]): GroupJob[] {
      if (one.kind === 'create') {
        const { userId, generation, from } = one;
        return [...before, job({ userId, generation, resumes: from?.name, left: from?.imageIds ?? [1, 2, 3], finished: 0, untouched: true })];
      }
      const change = (changed: Partial<GroupJob>) => before.map((other) => (other === one.job ? { ...other, ...changed } : other));
      switch (one.kind) {
        case 'discard': return before.filter((other) => other !== one.job);
        case 'stop': return change({ status: 'stopped', stoppedByUs: true, marks: { ...one.job.marks, ...(one.asDeclared && { status: 'stopped' }) } });
        case 'forget-status': return change({ marks: { ...one.job.marks, status: undefined } });
        case 'edit': return change({ marks: { ...one.job.marks, settings: 's', customData: 'c' } });
        case 'set-status': {
          const byPolicy = desired.desiredStatus === undefined && !one.job.stoppedByUs;
          const reopened = String(Number(one.job.marks.reopened ?? 0) + (byPolicy ? 1 : 0));
          return change({ status: one.status, stoppedByUs: false, marks: { ...one.job.marks, status: desired.desiredStatus, reopened } });
        }
      }
    }
  }), { numRuns: 500 });
});

test('a removal that drains waits only while there is time', () => {
  const jobs = [job({ marks: { deployed: 'true' } }), job({ userId: 102, status: 'completed' })];
  expect(planGroupRemoval(jobs, { mode: 'DRAIN', drained: false, drainThen: 'REMOVE' })).toMatchObject({ waitingFor: [jobs[0]], remove: [] });
  expect(planGroupRemoval(jobs, { mode: 'DRAIN', drained: true, drainThen: 'REMOVE' })).toMatchObject({ waitingFor: [], remove: jobs });
});

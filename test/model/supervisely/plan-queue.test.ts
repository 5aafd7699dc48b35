import * as fc from 'fast-check';
import { jobName } from '../../../src/model/groundtruth/names';
import { isAtWork, leftOf, type OwnQueue } from '../../../src/model/supervisely/own-queue';
import { type DesiredQueue, planQueue } from '../../../src/model/supervisely/plan-queue';
import { planQueueRemoval } from '../../../src/model/supervisely/plan-queue-removal';
import { queueTitle, recordOfQueue } from '../../../src/model/supervisely/queue-names';
import { peopleHash, queueIdentity } from '../../../src/model/supervisely/queue-spec';
import { describeQueueStep, type QueueStep } from '../../../src/model/supervisely/queue-steps';

const ID = 'fruits-0a1b2c-lemons-0123abcd-0123456789ab';
const DESIRED: DesiredQueue = { id: ID, identity: '0123456789ab', revision: 'r', people: 'p', attempt: '0', mayReplaceLabels: false, returning: false };

function queue(changes: Partial<OwnQueue> = {}): OwnQueue {
  const { generation = 1 } = changes;
  return {
    name: jobName(ID, generation), identity: DESIRED.identity, generation, revision: 'r', queueId: generation * 10, status: 'in_progress', disabled: false,
    title: `Lemons [${ID}-r${generation}]`,
    images: 6, pending: 2, inProgress: 1, annotated: 1, accepted: 2, left: [1, 2, 3], stoppedByUs: false, marks: { people: 'p', attempt: '0', deployed: 'true' }, ...changes,
  };
}

const plan = (queues: OwnQueue[], desired: Partial<DesiredQueue> = {}) => planQueue({ ...DESIRED, ...desired }, queues, []);
const steps = (queues: OwnQueue[], desired: Partial<DesiredQueue> = {}) => plan(queues, desired).steps.map(describeQueueStep);
const notes = (queues: OwnQueue[], desired: Partial<DesiredQueue> = {}) => plan(queues, desired).notes;

test('a queue as declared is left alone, and where there is none it is made', () => {
  expect(plan([queue()])).toEqual({ steps: [], notes: [] });
  expect(steps([])).toEqual(['make queue 1']);
  expect(plan([], { desiredStatus: 'stopped' })).toEqual({ steps: [], notes: ['no queue is made: the desired status is stopped'] });
});

test.each([['settings', { revision: 'other' }], ['people', { people: 'others' }], ['attempt', { attempt: '1' }]])(
  'other %s stop the queue, and a next one gets the images that nobody has finished', (_, changes) => {
    expect(steps([queue()], changes)).toEqual(['stop the queue 10: its settings or people change']);
    expect(steps([queue({ status: 'stopped', stoppedByUs: true })], changes)).toEqual([`make queue 2 for the 3 images that ${ID}-r1 left`]);
    expect(notes([queue({ pending: 0, inProgress: 0, left: [] })], changes)).toEqual(['the queue 10 has no image left to label: what has changed takes effect on no queue']);
  });

test('a queue whose ledger was lost is not replaced for what nobody knows of it', () => {
  expect(plan([queue({ revision: '', marks: {} })], { attempt: '3' })).toEqual({ steps: [], notes: [] });
});

test('queues of a former identity and older ones end before anything begins', () => {
  const former = queue({ identity: 'ffffffffffff', name: jobName(ID.replace(/[^-]+$/, 'ffffffffffff'), 1), queueId: 5, annotated: 0, accepted: 0 });
  expect(steps([former])).toEqual([`stop the queue 5: replaced by ${ID}`]);
  expect(steps([{ ...former, status: 'stopped' }])).toEqual(['make queue 1']);
  expect(steps([queue(), queue({ generation: 2 })])).toEqual([`stop the queue 10: superseded by ${ID}-r2`]);
});

test('images that wait for a review in a stopped queue are spoken of', () => {
  expect(notes([queue({ status: 'stopped' }), queue({ generation: 2 })]))
    .toEqual(['the queue 10 was stopped with 1 images that wait for their review, and is not taken up again']);
});

test('images that are labeled under another identity are not given up without a word', () => {
  const former = queue({ identity: 'ffffffffffff' });
  expect(plan([former], { replaces: 'ffffffffffff' }).error).toContain('queue 10 has 3 labeled images');
  expect(plan([former], { replaces: 'ffffffffffff', mayReplaceLabels: true }).error).toBeUndefined();
  expect(plan([former], { replaces: 'ffffffffffff', returning: true }).error).toBeUndefined();
});

test('a status is given once for each declaration', () => {
  expect(steps([queue()], { desiredStatus: 'completed' })).toEqual(['set the queue 10 to completed: as declared']);
  expect(steps([queue({ marks: { people: 'p', status: 'completed' } })], { desiredStatus: 'completed' })).toEqual([]);
  expect(steps([queue()], { desiredStatus: 'stopped' })).toEqual(['stop the queue 10: as declared']);
  expect(steps([queue({ status: 'stopped', stoppedByUs: true, marks: { status: 'stopped' } })], { desiredStatus: 'stopped' })).toEqual([]);
  expect(steps([queue({ marks: { status: 'on_review' } })])).toEqual(['leave the status of the queue 10 to people']);
  expect(steps([queue({ status: 'stopped', stoppedByUs: true, marks: { status: 'stopped' } })])).toEqual(['set the queue 10 to in_progress: its stop is taken back']);
});

test('what a person has ended stays so', () => {
  expect(notes([queue({ status: 'stopped' })])).toEqual(['the queue 10 was stopped outside of this stack and is left as it is, with 3 images left']);
  expect(notes([queue({ disabled: true })])).toEqual(['the queue 10 was archived outside of this stack and is left as it is, with 3 images left']);
  expect(plan([queue({ status: 'completed' })])).toEqual({ steps: [], notes: ['the queue 10 is completed with 3 images not done'] });
  expect(notes([queue({ status: 'completed' })], { revision: 'other' })[0]).toBe('the queue 10 is completed: what has changed takes effect on no queue');
  expect(steps([queue({ status: 'completed' })], { attempt: '1' })).toEqual([`make queue 2 for the 3 images that ${ID}-r1 left`]);
});

test('a queue that somebody has removed is not made again, unless another attempt is asked for', () => {
  const removed = [{ name: `${ID}-r2`, generation: 2, marks: { attempt: '0' } }];
  expect(planQueue(DESIRED, [queue({ status: 'stopped' })], removed).notes).toContainEqual(expect.stringContaining('was removed outside of this stack'));
  expect(planQueue({ ...DESIRED, attempt: '1' }, [], removed).steps).toEqual([{ kind: 'create', generation: 3 }]);
});

test.each([
  ['STOP', ['stop', 10]], ['COMPLETE', ['complete', 10]], ['RETAIN', []], ['DRAIN', ['waitingFor', 10]],
] as const)('a removal by %s', (mode, [list, id]) => {
  const removal = planQueueRemoval([queue(), queue({ status: 'completed', queueId: 7 })], { mode, drained: false, drainThen: 'STOP' });
  const touched = Object.entries(removal).flatMap(([name, queues]) => queues.map(({ queueId }: OwnQueue) => [name, queueId]));
  expect(touched).toEqual(list === undefined ? [] : [[list, id]]);
});

test('a queue of a deployment that never succeeded is stopped whatever is chosen', () => {
  const halfMade = queue({ status: 'pending', pending: 6, inProgress: 0, annotated: 0, accepted: 0, marks: {} });
  expect(planQueueRemoval([halfMade], { mode: 'RETAIN', drained: false, drainThen: 'STOP' }).stop).toEqual([halfMade]);
});

test('names lead back to their records, whatever the title', () => {
  fc.assert(fc.property(fc.string({ maxLength: 40 }), fc.integer({ min: 1, max: 1e6 }), (title, generation) => {
    expect(recordOfQueue(queueTitle(title, jobName(ID, generation)))).toMatchObject({ name: `${ID}-r${generation}`, id: ID, generation });
  }));
  expect(recordOfQueue(`Lemons [${ID}-r1-u7]`)).toBeUndefined();
  expect(recordOfQueue('Lemons')).toBeUndefined();
});

test('neither the order of people nor that of names makes another queue, but another life of the stack does', () => {
  expect(peopleHash({ labelers: [2, 1], reviewers: [3], qualityCheckers: [] })).toBe(peopleHash({ labelers: [1, 2], reviewers: [3], qualityCheckers: [] }));
  expect(peopleHash({ labelers: [1], reviewers: [3], qualityCheckers: [] })).not.toBe(peopleHash({ labelers: [1], reviewers: [], qualityCheckers: [3] }));
  const spec = { dataset: { id: 1 }, work: { classes: ['a', 'b'] } };
  expect(queueIdentity(spec, 'guid')).toBe(queueIdentity({ ...spec, work: { classes: ['b', 'a'] } }, 'guid'));
  expect(queueIdentity(spec, 'guid')).not.toBe(queueIdentity(spec, 'other'));
  expect(queueIdentity(spec, 'guid')).not.toBe(queueIdentity({ dataset: {}, collectionId: 1, work: spec.work }, 'guid'));
});

/** A server in three lines: what a step does to the queues. */
function apply(queues: readonly OwnQueue[], step: QueueStep, desired: DesiredQueue): OwnQueue[] {
  if (step.kind === 'create') {
    const images = step.from ? step.from.imageIds : [1, 2, 3, 4, 5, 6];
    const { revision, people, attempt, identity } = desired;
    const made = queue({
      generation: step.generation, identity, name: jobName(desired.id, step.generation), revision, status: 'pending', images: images.length, pending: images.length,
      inProgress: 0, annotated: 0, accepted: 0, left: images, resumes: step.from?.name, marks: { people, attempt },
    });
    return [...queues, { ...made, queueId: 100 + queues.length }];
  }
  return queues.map((one) => {
    if (one.queueId !== step.queue.queueId) return one;
    if (step.kind === 'stop') return { ...one, status: 'stopped', stoppedByUs: true, marks: { ...one.marks, ...(step.asDeclared && { status: 'stopped' }) } };
    return { ...one, ...(step.kind === 'set-status' && { status: step.status, stoppedByUs: false }), marks: { ...one.marks, status: desired.desiredStatus } };
  });
}

const status = fc.constantFrom('pending', 'in_progress', 'on_review', 'completed', 'stopped' as const);
const counts = fc.record({ pending: fc.nat(3), inProgress: fc.nat(3), annotated: fc.nat(3), accepted: fc.nat(3) });
const present = fc.record({
  status, stoppedByUs: fc.boolean(), disabled: fc.boolean(), revision: fc.constantFrom('r', 'other', ''), identity: fc.constantFrom(DESIRED.identity, 'ffffffffffff'), counts,
  people: fc.constantFrom('p', 'others', undefined), attempt: fc.constantFrom('0', '1', undefined),
});
const wanted = fc.record({ desiredStatus: fc.constantFrom(undefined, 'pending', 'in_progress', 'completed', 'stopped' as const), attempt: fc.constantFrom('0', '1') });

test('whatever there is: a few steps lead to rest, with at most one queue at work, and no image that is labeled is given out again', () => {
  fc.assert(fc.property(fc.array(present, { maxLength: 3 }), wanted, (found, want) => {
    const desired: DesiredQueue = { ...DESIRED, ...want };
    let queues = found.map(({ counts: how, people, attempt, ...rest }, index): OwnQueue => {
      const left = Array.from({ length: leftOf({ images: 0, ...how }) }, (_, image) => index * 100 + image);
      return queue({
        ...rest, ...how, images: how.pending + how.inProgress + how.annotated + how.accepted, generation: index + 1, queueId: index + 1, left,
        name: jobName(ID.replace(/[^-]+$/, rest.identity), index + 1), marks: { people, attempt },
      });
    });
    for (let round = 0; round < 6; round++) {
      const next = planQueue(desired, queues, []);
      if (next.steps.length === 0) break;
      for (const step of next.steps) {
        if (step.kind === 'create' && step.from) {
          const { name, imageIds } = step.from;
          expect(imageIds).toEqual(queues.find((one) => one.name === name)!.left);
          expect(imageIds.length).toBeGreaterThan(0);
        }
        queues = apply(queues, step, desired);
      }
      expect(queues.filter((one) => isAtWork(one)).length).toBeLessThanOrEqual(Math.max(1, found.filter((one) => isAtWork(one)).length));
    }
    expect(planQueue(desired, queues, []).steps).toEqual([]);
    expect(queues.filter(isAtWork).length).toBeLessThanOrEqual(1);
    if (want.desiredStatus === 'stopped') expect(queues.filter(isAtWork)).toEqual([]);
  }), { numRuns: 300 });
});

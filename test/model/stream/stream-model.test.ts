import { emptyLedger, GenerationRecord, Ledger } from '../../../src/model/ledger';
import { roomOf } from '../../../src/model/stream/job-room';
import { allObjectIds, objectId, parseObjectId } from '../../../src/model/stream/object-id';
import { readStoredRecord } from '../../../src/model/stream/stored-record';
import { streamJobs } from '../../../src/model/stream/stream-jobs';
import { readStreamState } from '../../../src/model/stream/stream-state';

const DIGEST = '0123456789abcdef'.repeat(4);

test('ids tell digest and attempt', () => {
  expect(allObjectIds(DIGEST, 3)).toEqual([DIGEST, `${DIGEST}.2`, `${DIGEST}.3`]);
  for (const attempt of [1, 2, 17]) expect(parseObjectId(objectId({ digest: DIGEST, attempt }))).toEqual({ digest: DIGEST, attempt });
  for (const id of ['', 'x', `${DIGEST}.0`, `${DIGEST}.`, DIGEST.toUpperCase(), `${DIGEST}0`, 7, undefined]) expect(parseObjectId(id)).toBeUndefined();
});

describe('room of a job for 10 objects with 3 workers each', () => {
  const job = { most: 10, workers: 3 };

  test.each([
    [0, false, 10, false], [9, false, 1, false], [10, false, 0, true],
    // once it was full, it waits until there are as many places as an object has workers
    [9, true, 0, true], [7, true, 0, true], [6, true, 4, false],
    [12, false, 0, true],
  ])('with %i open, full before: %s', (open, wasFull, objects, full) => {
    expect(roomOf(open, job, wasFull)).toEqual({ objects, full });
  });

  test('a job for fewer objects than an object has workers goes on when it is empty', () => {
    expect(roomOf(1, { most: 2, workers: 3 }, true).objects).toBe(0);
    expect(roomOf(0, { most: 2, workers: 3 }, true).objects).toBe(2);
  });
});

describe('the present job', () => {
  const generation = (number: number, more: Partial<GenerationRecord> = {}): GenerationRecord => ({
    name: `job-r${number}`, identity: 'i', generation: number, revision: 'v', requestId: 'q', intendedAt: 0, arn: `arn-${number}`, tags: {}, ...more,
  });
  const end = { status: 'Stopped' } as GenerationRecord['end'];
  const ledger = (generations: readonly GenerationRecord[], desired: Partial<Ledger['desired']> = {}): Ledger => ({
    ...emptyLedger({ stackId: 's', logicalId: 'l' }), generations, desired: { identity: 'i', ...desired } as Ledger['desired'],
  });

  test('is the newest generation of what is desired', () => {
    const { present, former, isRunningWanted } = streamJobs(ledger([generation(1, { end }), generation(2), generation(1, { name: 'other-r1', identity: 'j', end })]));
    expect([present?.name, former, isRunningWanted]).toEqual(['job-r2', [], true]);
  });

  test('others live on until they are known to have ended, save those that were given back', () => {
    const { former } = streamJobs(ledger([generation(1), generation(2), generation(9, { identity: 'j' }), generation(8, { identity: 'j', released: true })]));
    expect(former.map(({ name, identity }) => `${identity} ${name}`)).toEqual(['i job-r1', 'j job-r9']);
  });

  test.each([['no ledger', undefined], ['a resource that is deleted', { ...ledger([]), desired: undefined }], ['a drain', ledger([], { desiredState: 'DRAINED' })],
    ['a ledger that has moved', { ...ledger([]), movedTo: 'b' }]])('nothing is wanted with %s', (_, given) => {
    expect(streamJobs(given).isRunningWanted).toBe(false);
  });
});

test('what a newer release wrote is not guessed at', () => {
  expect(() => readStreamState('{"format":2}')).toThrow(/format 2: a newer release/);
  expect(() => readStoredRecord('{"format":2}')).toThrow(/format 2: a newer release/);
});

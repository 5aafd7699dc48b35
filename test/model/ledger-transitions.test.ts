import { JobState } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, Ledger, REMEMBERED_REQUESTS } from '../../src/model/ledger';
import { accept, bury, deleteScope, desire, intend, LEASE_GRACE_MS, learn, recordStop, releaseLease, standing, takeLease } from '../../src/model/ledger-transitions';

const EMPTY = emptyLedger({ stackId: 'stack', logicalId: 'job' });

function wanting(ledger: Ledger, identity: string, requestId: string, replaces?: string, relabel?: string): Ledger {
  const desired = { requestId, id: `job-${identity}`, identity, revision: '1', request: {}, tags: {}, replaces } as DesiredVersion;
  return desire(ledger, { id: requestId, type: 'Update', at: 0 }, desired, relabel);
}

function intending(ledger: Ledger, name: string): Ledger {
  return intend(ledger, { name, identity: 'a', generation: 1, revision: '1', requestId: '1', intendedAt: 0, tags: {} });
}

test('a request is new, then newest, then superseded, then forgotten', () => {
  let ledger = EMPTY;
  expect(standing(ledger, 'r0')).toBe('new');
  ledger = wanting(ledger, 'a', 'r0');
  expect(standing(ledger, 'r0')).toBe('newest');
  for (let count = 1; count < REMEMBERED_REQUESTS; count++) ledger = wanting(ledger, 'a', `r${count}`);
  expect(standing(ledger, 'r0')).toBe('superseded');
  expect(standing(wanting(ledger, 'a', 'last'), 'r0')).toBe('new');
});

test('relabel is recorded with an identity change, and only then', () => {
  const first = wanting(EMPTY, 'a', '1', undefined, 'x');
  expect(first.relabel).toBe('x');
  expect(wanting(first, 'a', '2', 'job-a', 'y').relabel).toBe('x');
  expect(wanting(first, 'b', '2', 'job-a', 'y').relabel).toBe('y');
});

test('only who desires an identity clears its tombstone', () => {
  const buried = bury(wanting(EMPTY, 'a', '1'), { id: '2', type: 'Delete', at: 7 }, { kind: 'everything' });
  expect(buried).toMatchObject({ desired: undefined, tombstones: [{ identity: 'a', requestId: '2', at: 7 }] });
  expect(wanting(buried, 'b', '3').tombstones).toHaveLength(1);
  expect(wanting(buried, 'a', '3').tombstones).toEqual([]);
});

test.each([
  ['its current id', 'job-b', 'b', { kind: 'everything' }],
  ['another id in our form', 'job-a', 'a', { kind: 'identity', identity: 'a' }],
  ['a former name of the live identity', 'renamed-b', 'b', { kind: 'nothing' }],
  ['an id that an Update came in with and replaced', 'foreign', undefined, { kind: 'nothing' }],
  ['any other id', 'invented-by-cloudformation', undefined, { kind: 'everything' }],
])('a Delete of %s', (_, id, identity, scope) => {
  const ledger = wanting(wanting(EMPTY, 'a', '1', 'foreign'), 'b', '2', 'job-a');
  expect(deleteScope(ledger, id, identity)).toEqual(scope);
});

test('an id that came back is no longer a replaced one', () => {
  const ledger = wanting(wanting(wanting(EMPTY, 'a', '1'), 'b', '2', 'job-a'), 'a', '3', 'job-b');
  expect(ledger.replacedIds).toEqual(['job-b']);
});

test('a lease excludes others until a minute after its holder\'s deadline', () => {
  const held = takeLease(EMPTY, 'first', 0, 1000)!;
  expect(takeLease(held, 'second', 1000 + LEASE_GRACE_MS - 1, 9000)).toBeUndefined();
  expect(takeLease(held, 'second', 1000 + LEASE_GRACE_MS, 9000)?.lease?.holder).toBe('second');
  expect(takeLease(held, 'first', 500, 2000)?.lease?.until).toBe(2000 + LEASE_GRACE_MS);
  expect(releaseLease(held, 'second')).toBe(held);
  expect(releaseLease(held, 'first').lease).toBeUndefined();
});

test('an intention may be renewed, an accepted job may not', () => {
  const intended = intending(EMPTY, 'job-a-r1');
  expect(intending(intended, 'job-a-r1').generations).toHaveLength(1);
  expect(() => intending(accept(intended, 'job-a-r1', { arn: 'arn' }), 'job-a-r1')).toThrow(/was accepted already/);
});

test('the first stop is remembered, a later one does not overwrite why', () => {
  const stopped = recordStop(intending(EMPTY, 'job-a-r1'), 'job-a-r1', { at: 1, requestId: '1', why: 'first' });
  expect(recordStop(stopped, 'job-a-r1', { at: 2, requestId: '2', why: 'second' })).toBe(stopped);
});

describe('learning from the service', () => {
  const seen = {
    name: 'job-a-r1',
    arn: 'arn',
    identity: 'a',
    generation: 1,
    revision: '7',
    requestId: 'r',
    status: 'InProgress',
    state: JobState.RUNNING,
    counters: { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 },
    createdAt: 1,
    endedAt: 2,
    outputPath: 's3://out',
  };

  test('an intention that was accepted before a crash has the revision of the job that is there', () => {
    expect(learn(intending(EMPTY, 'job-a-r1'), [seen]).generations).toMatchObject([{ arn: 'arn', revision: '7' }]);
  });

  test('a job that the ledger does not know is adopted', () => {
    expect(learn(EMPTY, [seen]).generations).toMatchObject([{ name: 'job-a-r1', arn: 'arn', tags: {} }]);
  });

  test('how a job ended is recorded once, and learning nothing new changes nothing', () => {
    const ended = learn(EMPTY, [{ ...seen, status: 'Stopped', state: JobState.STOPPED }]);
    expect(ended.generations[0].end).toMatchObject({ status: 'Stopped', state: JobState.STOPPED });
    expect(learn(ended, [{ ...seen, status: 'Completed', state: JobState.COMPLETED }])).toBe(ended);
  });
});

import * as fc from 'fast-check';
import { ownerIn, withOwner, withoutOwner } from '../../../src/model/supervisely/custom-data';
import { type FoundJob, twinsAmong } from '../../../src/model/supervisely/job-twins';
import { JOB_STATUSES } from '../../../src/model/supervisely/limits';

const jobs: fc.Arbitrary<FoundJob[]> = fc.uniqueArray(
  fc.record({ id: fc.integer({ min: 1 }), name: fc.constantFrom('a', 'b'), status: fc.constantFrom(...JOB_STATUSES) }), { selector: ({ id }) => id });

test('the first one made is kept, whatever order they are found in; only untouched ones are removed', () => {
  fc.assert(fc.property(jobs, (found) => {
    const { kept, removed, touched } = twinsAmong(found, 'a');
    const named = found.filter(({ name }) => name === 'a');
    expect(kept?.id).toBe(named.length === 0 ? undefined : Math.min(...named.map(({ id }) => id)));
    expect([...kept ? [kept] : [], ...removed, ...touched].map(({ id }) => id).sort()).toEqual(named.map(({ id }) => id).sort());
    expect(removed.every(({ status }) => status === 'pending')).toBe(true);
    expect(twinsAmong([...found].reverse(), 'a')).toEqual({ kept, removed, touched });
  }));
});

test('custom data stays the user\'s but for our key', () => {
  fc.assert(fc.property(fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.jsonValue()), (customData) => {
    const noted = withOwner(customData, { identity: 'x' });
    expect(ownerIn(noted)).toEqual({ identity: 'x' });
    expect(withoutOwner(noted)).toEqual(customData);
  }));
});

test('what is no note of ours is none', () => {
  expect([ownerIn(undefined), ownerIn({}), ownerIn(withOwner({}, [] as never))]).toEqual([undefined, undefined, undefined]);
});

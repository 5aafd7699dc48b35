import fc from 'fast-check';
import { canonicalJson, identityHash, revisionHash } from '../../../src/model/groundtruth/identity';
import golden from '../../fixtures/contracts/labeling-job-hashes-1.json';

test.each(golden.identities)('golden: the identity $hash of every release stays the same', ({ identity, stackGuid, hash }) => {
  expect(identityHash(identity, stackGuid)).toBe(hash);
});

test.each(golden.revisions)('golden: the revision $hash of every release stays the same', ({ revision, hash }) => {
  expect(revisionHash(revision)).toBe(hash);
});

const IDENTITY = golden.identities[0].identity;

test.each(['Input', 'LabelAttributeName', 'LabelCategories', 'TaskType'] as const)('%s is part of the identity', (member) => {
  expect(identityHash({ ...IDENTITY, [member]: 'other' }, 'guid')).not.toBe(identityHash(IDENTITY, 'guid'));
});

test('the stack is part of the identity: its names are burnt when it is deleted', () => {
  expect(identityHash(IDENTITY, 'guid')).not.toBe(identityHash(IDENTITY, 'another guid'));
});

test('what a later release adds to the properties does not change the identity', () => {
  expect(identityHash({ ...IDENTITY, Later: 'x' } as typeof IDENTITY, 'guid')).toBe(identityHash(IDENTITY, 'guid'));
});

test('the spelling of the revision does not matter, its values do', () => {
  expect(revisionHash('{ "b": [1, 2], "a": {"d": null, "c": "é"} }')).toBe(revisionHash('{"a":{"c":"\\u00e9","d":null},"b":[1,2]}'));
  expect(revisionHash('{"a":1}')).not.toBe(revisionHash('{"a":2}'));
});

test('canonical JSON keeps the value of any JSON', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const text = canonicalJson(value);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  }));
});

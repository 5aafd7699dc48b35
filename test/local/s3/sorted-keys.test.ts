import fc from 'fast-check';
import { compareKeys } from '../../../local/src/services/s3/key-order';
import { SortedKeys } from '../../../local/src/services/s3/sorted-keys';

const KEYS = fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 60 });

test('keys come in the order of their bytes from wherever one looks, whatever has gone meanwhile', () => {
  fc.assert(fc.property(KEYS, fc.array(fc.nat()), fc.string({ unit: 'binary', maxLength: 4 }), (keys, removals, start) => {
    const sorted = new SortedKeys();
    for (const key of keys) sorted.add(key);
    const gone = new Set(removals.map((at) => keys[at % keys.length]));
    for (const key of gone) sorted.delete(key);
    const left = keys.filter((key) => !gone.has(key)).sort(compareKeys);
    expect([...sorted.from(start)]).toEqual(left.filter((key) => compareKeys(key, start) >= 0));
    expect(sorted.isEmpty).toBe(left.length === 0);
  }));
});

test('chunks are split and go', () => {
  const keys = Array.from({ length: 5_000 }, (_, index) => `k${(index * 7919) % 5_000}`);
  const sorted = new SortedKeys();
  for (const key of keys) sorted.add(key);
  const ordered = [...keys].sort(compareKeys);
  expect([...sorted.from('')]).toEqual(ordered);
  expect([...sorted.from('k42')]).toEqual(ordered.slice(ordered.indexOf('k42')));
  for (const key of keys.slice(1)) sorted.delete(key);
  expect([...sorted.from('')]).toEqual([keys[0]]);
});

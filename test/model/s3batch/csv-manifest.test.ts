import * as fc from 'fast-check';
import { csvRows } from '../../../src/model/s3batch/completion-report';
import { decodeKey, encodeKey, manifestFields, manifestText, rowProblems } from '../../../src/model/s3batch/csv-manifest';

const keys = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });

test('any key comes back from a manifest as it was, without quotes in it', () => {
  fc.assert(fc.property(fc.array(keys, { minLength: 1, maxLength: 10 }), (all) => {
    const text = manifestText(all.map((key) => ({ bucket: 'mails', key })));
    expect(text).toMatch(/^[A-Za-z0-9\-._~%/,\n]+$/);
    const rows = csvRows(text);
    expect(rows.map(([, key]) => decodeKey(key))).toEqual(all);
    expect(rows.every(([bucket, , ...rest]) => bucket === 'mails' && rest.length === 0)).toBe(true);
  }));
});

test.each([
  ['photos/a b+c.jpg', 'photos/a%20b%2Bc.jpg'],
  ['"quoted", and\nbroken', '%22quoted%22%2C%20and%0Abroken'],
  ['100%', '100%25'],
  ['😀!\'()*', '%F0%9F%98%80%21%27%28%29%2A'],
])('%j stands as %s', (key, encoded) => {
  expect(encodeKey(key)).toBe(encoded);
});

test('a plus sign in a foreign manifest is a space, a broken escape is nothing', () => {
  expect([decodeKey('a+b'), decodeKey('100%')]).toEqual(['a b', undefined]);
});

test('versions are named for all objects or for none', () => {
  const rows = [{ bucket: 'mails', key: 'a', versionId: 'v1' }, { bucket: 'mails', key: 'b' }];
  expect(manifestFields(rows)).toEqual(['Bucket', 'Key', 'VersionId']);
  expect(manifestText(rows)).toBe('mails,a,v1\nmails,b,null\n');
  expect(manifestFields([rows[1]])).toEqual(['Bucket', 'Key']);
});

test.each([
  [[], 'the manifest has no rows, give at least one object'],
  [[{ bucket: 'Mails', key: 'a' }], 'row 1: \'Mails\' is no name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens'],
  [[{ bucket: 'mails', key: '' }], 'row 1: the key has 0 bytes, S3 takes 1 to 1024'],
  [[{ bucket: 'mails', key: 'ü'.repeat(513) }], 'row 1: the key has 1026 bytes, S3 takes 1 to 1024'],
  [[{ bucket: 'mails', key: '\ud800' }], 'row 1: the key "\\ud800" is not valid Unicode'],
  [[{ bucket: 'mails', key: 'a', versionId: '' }], 'row 1: the version id is empty: leave it out, or give \'null\' for an object without versions'],
  [[{ bucket: 'mails', key: 'a', versionId: 'v,1' }], 'row 1: \'v,1\' is no version id'],
  [[{ bucket: 'mails', key: 'a' }, { bucket: 'other', key: 'a' }], 'row 2: bucket \'other\' is not \'mails\' of row 1: all objects of a job lie in one bucket, make a job for each'],
])('%j is refused', (rows, problem) => {
  expect(rowProblems(rows)).toEqual([problem]);
});

test('rows that S3 takes have no problems', () => {
  expect(rowProblems([{ bucket: 'mails', key: 'ü'.repeat(512) }, { bucket: 'mails', key: 'a', versionId: 'null' }])).toEqual([]);
});

import { csvRecords } from '../../../runtime/shared/csv-records';
import { manifestLine, partOf, subject, taskRow } from '../../../src/model/s3batch/rest-rows';

async function records(...pieces: string[]): Promise<string[][]> {
  const all: string[][] = [];
  for await (const record of csvRecords((async function* () { for (const piece of pieces) yield Buffer.from(piece); })())) all.push(record);
  return all;
}

test('records may hold quotes and line breaks, wherever the bytes are cut', async () => {
  expect(await records('a,b\n"c\nd', '",e\n', '"x""y",z')).toEqual([['a', 'b'], ['c\nd', 'e'], ['x"y', 'z']]);
  await expect(records('a,"b\n')).rejects.toThrow(/never closed/);
});

test('rows are read by the names of their columns, and written as S3 wants them', () => {
  const row = taskRow(['x', 'data', 'a%20b', 'v1'], ['Ignore', 'Bucket', 'Key', 'VersionId']);
  expect(row).toEqual({ bucket: 'data', encodedKey: 'a%20b', versionId: 'v1' });
  expect(manifestLine(row, true)).toBe('data,a%20b,v1');
  expect(manifestLine({ bucket: 'data', encodedKey: '{"key":"a"}' }, false)).toBe('data,"{""key"":""a""}"');
  expect(manifestLine({ bucket: 'data', encodedKey: 'a' }, true)).toBe('data,a,null');
  expect(() => taskRow(['data'], ['Bucket'])).toThrow(/no key/);
});

test('one object is one subject however its key is encoded; versions count where the manifest names them', () => {
  const [plain, encoded] = [{ bucket: 'data', encodedKey: 'a+b', versionId: 'v1' }, { bucket: 'data', encodedKey: 'a%20b' }];
  expect(subject(plain, false)).toBe(subject(encoded, false));
  expect(subject(plain, true)).not.toBe(subject(encoded, true));
});

test('parts are about equally large, and a text is always in the same one', () => {
  const sizes = [0, 0, 0, 0];
  for (let index = 0; index < 4000; index++) sizes[partOf(`data\nkey-${index}\n`, 4)]++;
  for (const size of sizes) expect(size).toBeGreaterThan(800);
  expect(partOf('x', 4)).toBe(partOf('x', 4));
});

import fc from 'fast-check';
import { FakeDatasetObjects } from './fake-dataset-objects';
import type { DatasetRequest } from '../../../../runtime/labeling-fleet/dataset/interface';
import { prepareParts } from '../../../../runtime/labeling-fleet/dataset/prepare-parts';
import type { DatasetPart, DatasetShare } from '../../../../src/groundtruth/private/job-fleet-contract';

const RECORD = 's3://state/guid/Fleet/parts.jsonl';
const MANIFEST = 's3://data/all.manifest';
const line = (text: string | number) => JSON.stringify({ source: `${text}` });
const share = (key: string, weight: number): DatasetShare => ({ key, weight, request: {}, revision: {} });

function request(more: Partial<DatasetRequest['dataset']> = {}): DatasetRequest {
  const source = { kind: 'manifest', uri: MANIFEST, identity: MANIFEST } as const;
  return { dataset: { source, sourceKey: 'source', maxObjectsPerJob: 3, partsUri: 's3://data/parts', ...more }, recordUri: RECORD, excluded: [] };
}

async function prepare(objects: FakeDatasetObjects, asked = request()): Promise<readonly DatasetPart[]> {
  const result = await prepareParts(asked, objects, () => false);
  if (result.state !== 'ready') throw new Error('not ready');
  return result.parts;
}

function withManifest(...lines: string[]): FakeDatasetObjects {
  const objects = new FakeDatasetObjects();
  objects.files.set(MANIFEST, lines);
  return objects;
}

test('parts are balanced, ordered and hold every line once', async () => {
  const objects = withManifest(...[1, 2, 3, 4, 5, 6, 7].map(line));
  const parts = await prepare(objects);
  expect(parts.map(({ key, objects: count }) => [key, count])).toEqual([['part-00001', 2], ['part-00002', 2], ['part-00003', 3]]);
  expect(parts.flatMap(({ uri }) => objects.files.get(uri)!)).toEqual(objects.files.get(MANIFEST));
  expect(parts[0]).toMatchObject({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), uri: expect.stringMatching(/^s3:\/\/data\/parts\/[0-9a-f]{16}\/part-00001\.manifest$/) });
});

test('shares get what they weigh, and places go on through them', async () => {
  const objects = withManifest(...[1, 2, 3, 4, 5, 6, 7, 8].map(line));
  const parts = await prepare(objects, request({ shares: [share('berlin', 1), share('riga', 3)] }));
  expect(parts.map(({ key, share: whose, objects: count }) => [key, whose, count]))
    .toEqual([['berlin-00001', 'berlin', 2], ['riga-00002', 'riga', 3], ['riga-00003', 'riga', 3]]);
});

test('a known manifest is not read or written again, whatever its rules say now', async () => {
  const objects = withManifest(line(1), line(2), line(3), line(4));
  const first = await prepare(objects);
  const { length } = objects.writes;
  expect(await prepare(objects, request({ maxObjectsPerJob: 1 }))).toEqual(first);
  expect(objects.writes).toHaveLength(length);
  objects.files.delete(MANIFEST);
  expect(await prepare(objects)).toEqual(first);
});

test('a manifest that goes on gets new parts for what is new', async () => {
  const objects = withManifest(line(1), line(2));
  const first = await prepare(objects);
  objects.files.get(MANIFEST)!.push(line(3), line(2));
  const second = await prepare(objects);
  expect(second.slice(0, 1)).toEqual(first);
  expect(second.slice(1).map(({ key, objects: count }) => [key, count])).toEqual([['part-00002', 2]]);
  expect(objects.files.get(second[1].uri)).toEqual([line(3), line(2)]);
});

test('a return to a former dataset finds the parts it had', async () => {
  const objects = withManifest(line(1), line(2));
  const small = await prepare(objects);
  objects.files.get(MANIFEST)!.push(line(3));
  const grown = await prepare(objects);
  objects.files.set(MANIFEST, [line('other')]);
  const other = await prepare(objects);
  expect(other[0].digest).not.toBe(small[0].digest);
  for (const [lines, parts] of [[[1, 2], small], [[1, 2, 3], grown]] as const) {
    objects.files.set(MANIFEST, lines.map(line));
    expect(await prepare(objects)).toEqual(parts);
    expect(await prepare(objects)).toEqual(parts);
  }
});

test.each([
  ['no JSON', '{"source":', /line 2 is not JSON/],
  ['another key', '{"source-ref":"s3://b/k"}', /line 2 has no 'source', got the keys \["source-ref"\]/],
  ['both keys', '{"source":"a","source-ref":"s3://b/k"}', /line 2 has 'source' and 'source-ref', give 'source' alone/],
  ['an empty line', '', /line 2 is not JSON/],
  ['a long value', line('x'.repeat(20_001)), /line 2: the value of "source" has 20001 characters/],
])('%s is refused with its line before anything is written', async (_, bad, message) => {
  const objects = withManifest(line(1), bad, line(3));
  await expect(prepare(objects)).rejects.toThrow(message);
  expect(objects.writes).toEqual([]);
});

test('many bad lines are cut short', async () => {
  await expect(prepare(withManifest(...Array(50).fill('no')))).rejects.toThrow(/line 1 .*line 3 [^;]*; and more$/);
});

test.each([[[], /is empty, give at least one line/], [undefined, /does not exist/]])('a manifest of %j is refused', async (lines, message) => {
  const objects = new FakeDatasetObjects();
  if (lines) objects.files.set(MANIFEST, lines);
  await expect(prepare(objects)).rejects.toThrow(message);
});

test('a share with parts has to stay', async () => {
  const objects = withManifest(line(1), line(2));
  await prepare(objects, request({ shares: [share('berlin', 1), share('riga', 1)] }));
  await expect(prepare(objects, request({ shares: [share('riga', 1)] }))).rejects.toThrow(/the share "berlin" has the part berlin-00001 and must stay, got the shares \["riga"\]/);
});

test('whenever it crashes or its time is over, a repeated run makes the same parts', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.nat(3), { minLength: 1, maxLength: 20 }), fc.array(fc.nat(3), { maxLength: 8 }), fc.array(fc.nat(3), { maxLength: 5 }),
    fc.integer({ min: 1, max: 5 }), fc.boolean(),
    async (start, growth, stops, maxObjectsPerJob, isShared) => {
      const asked = request({ maxObjectsPerJob, ...(isShared && { shares: [share('a', 1), share('b', 2)] }) });
      const calm = withManifest();
      const troubled = withManifest();
      for (const lines of [start, growth]) {
        for (const objects of [calm, troubled]) objects.files.get(MANIFEST)!.push(...lines.map(line));
        const expected = await prepare(calm, asked);
        for (const stop of stops) {
          troubled.writesLeft = stop;
          let asks = 0;
          await prepareParts(asked, troubled, () => asks++ >= stop).catch(() => undefined);
        }
        troubled.writesLeft = Infinity;
        expect(await prepare(troubled, asked)).toEqual(expected);
        expect(expected.flatMap(({ uri }) => troubled.files.get(uri)!)).toEqual(troubled.files.get(MANIFEST));
        expect(Math.max(...expected.map(({ objects }) => objects))).toBeLessThanOrEqual(maxObjectsPerJob);
      }
    },
  ));
});

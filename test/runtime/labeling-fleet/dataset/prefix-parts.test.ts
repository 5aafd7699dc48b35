import fc from 'fast-check';
import { FakeDatasetObjects } from './fake-dataset-objects';
import type { DatasetRequest } from '../../../../runtime/labeling-fleet/dataset/interface';
import { prepareParts } from '../../../../runtime/labeling-fleet/dataset/prepare-parts';
import type { DatasetPart, DatasetSpec } from '../../../../src/groundtruth/private/job-fleet-contract';

const RECORD = 's3://state/guid/Fleet/parts.jsonl';
type Source = Extract<DatasetSpec['source'], { kind: 'prefix' }>;

function request(source: Partial<Source> = {}, more: Partial<DatasetRequest['dataset']> = {}): DatasetRequest {
  return {
    dataset: {
      source: { kind: 'prefix', bucket: 'data', prefix: 'in/', growth: 'INCREMENTS', ...source },
      sourceKey: 'source-ref',
      maxObjectsPerJob: 2,
      partsUri: 's3://data/in/parts',
      ...more,
    },
    recordUri: RECORD,
    excluded: ['s3://data/in/out/'],
  };
}

function withKeys(...keys: string[]): FakeDatasetObjects {
  const objects = new FakeDatasetObjects();
  add(objects, ...keys);
  return objects;
}

function add(objects: FakeDatasetObjects, ...keys: string[]): void {
  for (const key of keys) objects.data.set(`s3://data/${key}`, 1);
}

async function prepare(objects: FakeDatasetObjects, asked = request()): Promise<readonly DatasetPart[]> {
  const result = await prepareParts(asked, objects, () => false);
  if (result.state !== 'ready') throw new Error('not ready');
  return result.parts;
}

function keysOf(objects: FakeDatasetObjects, parts: readonly DatasetPart[]): string[] {
  return parts.flatMap(({ uri }) => objects.files.get(uri)!).map((line) => JSON.parse(line)['source-ref'].replace('s3://data/', ''));
}

test('data alone is listed: no markers, nothing empty, no results, and what the suffixes select', async () => {
  const objects = withKeys('in/a.png', 'in/b.JPG', 'in/c.txt', 'in/folder/', 'in/out/x.png', 'in/parts/y.png', 'other/z.png');
  objects.data.set('s3://data/in/empty.png', 0);
  expect(keysOf(objects, await prepare(objects, request({ suffixes: ['.png', '.jpg'] })))).toEqual(['in/a.png', 'in/b.JPG']);
});

test('a snapshot stays whatever comes, and is not listed again', async () => {
  const objects = withKeys('in/b', 'in/c');
  const asked = request({ growth: 'SNAPSHOT' });
  const parts = await prepare(objects, asked);
  add(objects, 'in/a', 'in/d');
  expect(await prepare(objects, asked)).toEqual(parts);
  expect(objects.lists).toBe(1);
});

test('increments make new parts of what is new alone', async () => {
  const objects = withKeys('in/b', 'in/d', 'in/f');
  const first = await prepare(objects);
  add(objects, 'in/a', 'in/c', 'in/e');
  objects.data.delete('s3://data/in/b');
  const second = await prepare(objects);
  add(objects, 'in/b', 'in/g');
  const third = await prepare(objects);
  expect(third.slice(0, second.length)).toEqual(second);
  expect(second.slice(0, first.length)).toEqual(first);
  expect(keysOf(objects, third)).toEqual(['in/b', 'in/d', 'in/f', 'in/a', 'in/c', 'in/e', 'in/g']);
  expect(third.at(-1)!.key).toBe('part-00005');
});

test('a snapshot becomes one that grows, and what it has is not labeled again', async () => {
  const objects = withKeys('in/b', 'in/d');
  const first = await prepare(objects, request({ growth: 'SNAPSHOT', suffixes: ['b', 'd'] }));
  add(objects, 'in/a');
  expect(keysOf(objects, await prepare(objects))).toEqual(['in/b', 'in/d', 'in/a']);
  expect(await prepare(objects, request({ growth: 'SNAPSHOT', suffixes: ['b', 'd'] }))).toHaveLength(first.length + 1);
});

test('other suffixes of a snapshot are another dataset', async () => {
  const objects = withKeys('in/a.png', 'in/b.jpg');
  const asked = (suffix: string) => request({ growth: 'SNAPSHOT', suffixes: [suffix] });
  const png = await prepare(objects, asked('.png'));
  expect(keysOf(objects, await prepare(objects, asked('.jpg')))).toEqual(['in/b.jpg']);
  expect(await prepare(objects, asked('.png'))).toEqual(png);
});

test('nothing to list: a snapshot is refused, increments wait', async () => {
  const objects = withKeys();
  await expect(prepare(objects, request({ growth: 'SNAPSHOT', suffixes: ['.png'] }))).rejects.toThrow(/under s3:\/\/data\/in\/ there is no object that ends in \.png/);
  expect(await prepare(objects)).toEqual([]);
  expect(objects.writes).toEqual([]);
});

test.each([
  [request({ prefix: 'in/out/x/' }), /the prefix s3:\/\/data\/in\/out\/x\/ lies in s3:\/\/data\/in\/out\/, where results go/],
  [request({}, { sourceKey: 'source' }), /a prefix gives lines with 'source-ref', the task type takes 'source'/],
])('a dataset that cannot be one is refused', async (asked, message) => {
  await expect(prepare(withKeys('in/out/x/a'), asked)).rejects.toThrow(message);
});

test('a listing goes on where the time was over', async () => {
  const keys = Array.from({ length: 2500 }, (_, index) => `in/${String(index).padStart(5, '0')}`);
  const objects = withKeys(...keys);
  const asked = request({}, { maxObjectsPerJob: 2000 });
  expect(await prepareParts(asked, objects, () => true)).toEqual({ state: 'again' });
  expect(await prepareParts(asked, objects, () => true)).toEqual({ state: 'again' });
  add(objects, 'in/00000a', 'in/99999');
  const parts = await prepare(objects, asked);
  // what came before the place where the listing goes on is seen by the next one
  expect(keysOf(objects, parts)).toEqual([...keys, 'in/99999']);
  expect(keysOf(objects, await prepare(objects, asked)).slice(-1)).toEqual(['in/00000a']);
  expect([...objects.files.keys()].filter((uri) => uri.includes('/scan-'))).toEqual([]);
});

test('whatever comes and whenever it crashes, every object is in one part once', async () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\uffee', ' ', '"', '+', '%'), minLength: 1, maxLength: 3 });
  await fc.assert(fc.asyncProperty(
    fc.array(fc.record({
      keys: fc.array(key, { maxLength: 6 }), crashes: fc.array(fc.nat(4), { maxLength: 3 }), max: fc.integer({ min: 1, max: 4 }),
    }), { maxLength: 5 }),
    async (rounds) => {
      const objects = withKeys();
      const all = new Set<string>();
      let before: readonly DatasetPart[] = [];
      for (const { keys, crashes, max } of rounds) {
        const asked = request({}, { maxObjectsPerJob: max, partsUri: 's3://other/parts' });
        for (const each of keys) all.add(`in/${each}`);
        add(objects, ...keys.map((each) => `in/${each}`));
        for (const crash of crashes) {
          objects.writesLeft = crash;
          await prepareParts(asked, objects, () => false).catch(() => undefined);
        }
        objects.writesLeft = Infinity;
        const parts = await prepare(objects, asked);
        expect(parts.slice(0, before.length)).toEqual(before);
        expect(keysOf(objects, parts).sort()).toEqual([...all].sort());
        before = parts;
      }
    },
  ));
});

test('a record that has moved to another state bucket finds what lies beside it there', async () => {
  const objects = withKeys('in/b');
  await prepare(objects);
  add(objects, 'in/a');
  await prepare(objects);
  for (const [uri, lines] of [...objects.files].filter(([each]) => each.startsWith('s3://state/'))) {
    objects.files.delete(uri);
    objects.files.set(uri.replace('s3://state/', 's3://other/'), lines);
  }
  add(objects, 'in/c');
  const parts = await prepare(objects, { ...request(), recordUri: RECORD.replace('s3://state/', 's3://other/') });
  expect(keysOf(objects, parts)).toEqual(['in/b', 'in/a', 'in/c']);
});

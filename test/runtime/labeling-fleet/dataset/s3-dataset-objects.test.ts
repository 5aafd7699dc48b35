import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { prepareParts } from '../../../../runtime/labeling-fleet/dataset/prepare-parts';
import { S3DatasetObjects } from '../../../../runtime/labeling-fleet/dataset/s3-dataset-objects';
import { startEngine, TestEngine } from '../../../local/engine-for-tests';

let engine: TestEngine;
let s3: S3Client;
let objects: S3DatasetObjects;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
  objects = new S3DatasetObjects(s3);
  for (const Bucket of ['data', 'state']) await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await engine.stop();
});

async function put(key: string, Body = 'x'): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body }));
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const ODD = ['odd/a b+c.png', 'odd/100%.png', 'odd/"quoted"\\.png', 'odd/\u0001\t\n.png', 'odd/é.png', 'odd/\uffee.png', 'odd/😀.png', 'odd/a/?#[].png'];

test('keys of every kind arrive in the manifest as they are, in S3\'s order', async () => {
  for (const key of ODD) await put(key);
  const result = await prepareParts({
    dataset: {
      source: { kind: 'prefix', bucket: 'data', prefix: 'odd/', growth: 'INCREMENTS' },
      sourceKey: 'source-ref',
      maxObjectsPerJob: 100,
      partsUri: 's3://state/parts',
    },
    recordUri: 's3://state/guid/Fleet/parts.jsonl',
    excluded: [],
  }, objects, () => false);
  if (result.state !== 'ready') throw new Error('not ready');
  const uris = (await all(objects.lines(result.parts[0].uri))).map((line) => JSON.parse(line)['source-ref']);
  expect(uris).toEqual([...ODD].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).map((key) => `s3://data/${key}`));
});

test('a listing of several pages is whole, and goes on after a key', async () => {
  const keys = Array.from({ length: 1205 }, (_, index) => `many/${String(index).padStart(4, '0')}`);
  for (const Key of keys) await engine.core.call('s3', 'PutObject', { Bucket: 'data', Key, Body: 'x' });
  expect((await all(objects.list('data', 'many/'))).map(({ key }) => key)).toEqual(keys);
  expect((await all(objects.list('data', 'many/', 'many/1200'))).map(({ key }) => key)).toEqual(keys.slice(1201));
});

test('lines are those of one version', async () => {
  await put('lines', 'a\r\n"\u2028"\n\nb');
  const etag = await objects.version('s3://data/lines');
  expect(await all(objects.lines('s3://data/lines', etag))).toEqual(['a', '"\u2028"', '', 'b']);
  await put('lines', 'other');
  await expect(all(objects.lines('s3://data/lines', etag))).rejects.toThrow('s3://data/lines was changed while it was read: deploy again');
});

test('a version is known by its ETag, and removed for good', async () => {
  await put('gone', 'x');
  expect(await objects.version('s3://data/gone')).toMatch(/^".+"$/);
  await objects.remove('s3://data/gone');
  expect(await objects.version('s3://data/gone')).toBeUndefined();
});

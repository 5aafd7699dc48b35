import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { S3ExportFiles } from '../../../runtime/labels-export/s3-files';
import { startEngine, TestEngine } from '../../local/engine-for-tests';

const MIB = 1024 * 1024;
let engine: TestEngine;
let s3: S3Client;
let files: S3ExportFiles;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3Client({ ...engine.clientConfig, forcePathStyle: true });
  files = new S3ExportFiles(s3);
  await s3.send(new CreateBucketCommand({ Bucket: 'result' }));
});
afterAll(async () => {
  s3.destroy();
  await engine.stop();
});

async function put(name: string, text: string): Promise<string> {
  const uri = `s3://result/parts and more/${name}`;
  await files.write(uri, 'text/plain', (async function* () { yield text; })());
  return uri;
}

async function read(key: string): Promise<{ text: string; type?: string }> {
  const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: 'result', Key: key }));
  return { text: await Body!.transformToString(), type: ContentType };
}

test.each([
  ['small ones', [0, 1, 100, 0]], ['none', []], ['a large one', [6 * MIB]], ['all kinds', [10, 6 * MIB, 3, 0, 5 * MIB - 1, 7, 12 * MIB, 2]],
])('%s are joined in order', async (name, sizes) => {
  const texts = sizes.map((size, index) => String.fromCharCode(97 + index).repeat(size));
  const uris = await Promise.all(texts.map((text, index) => put(`${name}-${index}+é`, text)));
  await files.join('s3://result/joined', 'text/csv', 'head\r\n', uris);
  const { text, type } = await read('joined');
  expect(type).toBe('text/csv');
  expect(text === `head\r\n${texts.join('')}`).toBe(true);
});

test('a join that fails leaves the former object, and no upload', async () => {
  await files.join('s3://result/kept', 'text/csv', 'before', []);
  const large = await put('large', 'x'.repeat(6 * MIB));
  await expect(files.join('s3://result/kept', 'text/csv', '', [large, 's3://result/missing'])).rejects.toThrow();
  expect((await read('kept')).text).toBe('before');
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'result' }))).Uploads).toBeUndefined();
});

test('a folder is listed and removed, odd keys too', async () => {
  const uris = await Promise.all(['a b', 'c+d', 'e%'].map((name) => put(`odd/${name}`, 'x')));
  const listed: string[] = [];
  for await (const uri of files.list('s3://result/parts and more/odd/')) listed.push(uri);
  expect(listed).toEqual(uris);
  await files.remove(listed);
  for await (const uri of files.list('s3://result/parts and more/odd/')) throw new Error(`${uri} is there`);
  await files.remove([]);
});

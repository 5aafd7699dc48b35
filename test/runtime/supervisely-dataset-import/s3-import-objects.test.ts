import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { S3ImportObjects } from '../../../runtime/supervisely-dataset-import/s3-import-objects';

const s3 = mockClient(S3Client);
const objects = new S3ImportObjects(new S3Client({ region: 'us-east-1' }));

beforeEach(() => s3.reset());

async function linesFrom(offset: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of objects.linesFrom('s3://b/k', offset)) lines.push(line);
  return lines;
}

test('an import that broke off after its last batch finds no lines, which S3 calls a wrong range', async () => {
  s3.on(GetObjectCommand, { Range: 'bytes=4-' }).rejects(Object.assign(new Error('not satisfiable'), { name: 'InvalidRange', $metadata: { httpStatusCode: 416 } }));
  expect(await linesFrom(4)).toEqual([]);
});

test('lines begin at a byte', async () => {
  s3.on(GetObjectCommand, { Range: 'bytes=2-' }).callsFake(() => ({ Body: Readable.from([Buffer.from('b\n')]), ContentLength: 2, ETag: '"1"' }));
  expect(await linesFrom(2)).toEqual(['b']);
});

test('all else that goes wrong is told', async () => {
  s3.on(GetObjectCommand).rejects(Object.assign(new Error('gone'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } }));
  await expect(linesFrom(0)).rejects.toThrow('gone');
});

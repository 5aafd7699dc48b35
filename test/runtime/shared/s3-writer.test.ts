import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, PutObjectCommand, S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { writeCsvManifest } from '../../../runtime/shared/batch-manifest-writer';
import { writeLines } from '../../../runtime/shared/s3-writer';

const s3 = mockClient(S3Client);
const client = new S3Client({ region: 'us-east-1' });
const AT = { bucket: 'b', key: 'k' };
const BYTES = 1024 * 1024;
const MEGABYTE = 'x'.repeat(BYTES - 1);

beforeEach(() => {
  s3.reset();
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'upload' });
  s3.on(AbortMultipartUploadCommand).resolves({});
  s3.on(UploadPartCommand).callsFake(({ PartNumber }) => ({ ETag: `"${PartNumber}"` }));
});

async function* lines(count: number, line: string, failAt = Infinity): AsyncIterable<string> {
  for (let index = 0; index < count; index++) {
    if (index === failAt) throw new Error('the source failed');
    yield line;
  }
}

test('a small object is one put', async () => {
  await writeLines(client, AT, 'text/plain', lines(2, 'é'));
  expect(s3.calls()).toHaveLength(1);
  const { input } = s3.commandCalls(PutObjectCommand)[0].args[0];
  expect(input).toMatchObject({ Bucket: 'b', Key: 'k', ContentType: 'text/plain' });
  expect(String(input.Body)).toBe('é\né\n');
});

test('a large object is a multipart upload of parts of 5 MiB, in one buffer', async () => {
  const sent: string[] = [];
  s3.on(UploadPartCommand).callsFake(({ Body, PartNumber }) => {
    sent.push(String(Body));
    return { ETag: `"${PartNumber}"` };
  });
  const all = ['a', 'b', 'c'].map((letter) => letter.repeat(4 * BYTES));
  await writeLines(client, AT, 'text/plain', from(all));
  expect(sent.map((part) => part.length / BYTES)).toEqual([5, 5, expect.closeTo(2, 4)]);
  expect(sent.join('') === all.map((line) => `${line}\n`).join('')).toBe(true);
  expect(s3.commandCalls(CompleteMultipartUploadCommand)[0].args[0].input.MultipartUpload?.Parts).toEqual([
    { PartNumber: 1, ETag: '"1"' }, { PartNumber: 2, ETag: '"2"' }, { PartNumber: 3, ETag: '"3"' },
  ]);
});

test('nothing is left of an upload whose source fails', async () => {
  await expect(writeLines(client, AT, 'text/plain', lines(20, MEGABYTE, 10))).rejects.toThrow('the source failed');
  expect(s3.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
  expect(s3.commandCalls(CompleteMultipartUploadCommand)).toHaveLength(0);
});

async function* from(all: readonly string[]): AsyncIterable<string> {
  yield* all;
}

test('a manifest of a batch job is encrypted so that S3 can read it, in one put and in parts', async () => {
  await writeCsvManifest(client, AT, lines(1, 'data,a'));
  await writeCsvManifest(client, AT, lines(7, MEGABYTE));
  const kind = { ContentType: 'text/csv', ServerSideEncryption: 'AES256' };
  expect(s3.commandCalls(PutObjectCommand)[0].args[0].input).toMatchObject(kind);
  expect(s3.commandCalls(CreateMultipartUploadCommand)[0].args[0].input).toMatchObject(kind);
});

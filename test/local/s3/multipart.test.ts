import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let s3: S3.S3Client;
const Bucket = 'multipart';
const FIVE_MB = 5 * 1024 ** 2;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true });
  await s3.send(new S3.CreateBucketCommand({ Bucket }));
});

afterAll(() => engine.stop());

interface Upload {
  Bucket: string;
  Key: string;
  UploadId: string;
}

async function begin(Key: string, options: Partial<S3.CreateMultipartUploadCommandInput> = {}): Promise<Upload> {
  const { UploadId } = await s3.send(new S3.CreateMultipartUploadCommand({ Bucket, Key, ...options }));
  return { Bucket, Key, UploadId: UploadId! };
}

async function part(upload: Upload, PartNumber: number, Body: Buffer, options = {}): Promise<S3.CompletedPart> {
  const { ETag } = await s3.send(new S3.UploadPartCommand({ ...upload, PartNumber, Body, ...options }));
  return { PartNumber, ETag };
}

function complete(upload: Upload, Parts: S3.CompletedPart[], options = {}): Promise<S3.CompleteMultipartUploadCommandOutput> {
  return s3.send(new S3.CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, ...options }));
}

function refused(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'not refused', (error: Error) => error.name);
}

test('parts make one object, in the order of their numbers', async () => {
  const upload = await begin('whole', { ContentType: 'text/plain', Metadata: { a: 'b' } });
  const last = await part(upload, 7, Buffer.from('end'));
  const first = await part(upload, 2, Buffer.alloc(FIVE_MB, 'x'));
  const { ETag } = await complete(upload, [first, last]);
  expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
  const head = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'whole' }));
  expect(head).toMatchObject({ ContentLength: FIVE_MB + 3, ContentType: 'text/plain', Metadata: { a: 'b' } });
  const second = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'whole', PartNumber: 2 }));
  expect(await second.Body!.transformToString()).toBe('end');
  expect(second.PartsCount).toBe(2);
});

test('the checksum is that of the parts\' checksums', async () => {
  const upload = await begin('composite', { ChecksumAlgorithm: 'SHA256' });
  expect(await refused(part(upload, 1, Buffer.alloc(1), { ChecksumAlgorithm: 'CRC32' }))).toBe('InvalidRequest');
  const options = { ChecksumAlgorithm: 'SHA256' };
  const parts = [await part(upload, 1, Buffer.alloc(FIVE_MB), options), await part(upload, 2, Buffer.from('2'), options)];
  expect(await complete(upload, parts)).toMatchObject({ ChecksumType: 'COMPOSITE', ChecksumSHA256: expect.stringMatching(/-2$/) });
});

test('parts that are small, wrong, absent or out of order are refused, and the upload goes on', async () => {
  const upload = await begin('refused');
  const [one, two, three] = [await part(upload, 1, Buffer.alloc(FIVE_MB)), await part(upload, 2, Buffer.from('small')), await part(upload, 3, Buffer.from('end'))];
  expect(await refused(complete(upload, [one, two, three]))).toBe('EntityTooSmall');
  expect(await refused(complete(upload, [three, one]))).toBe('InvalidPartOrder');
  expect(await refused(complete(upload, [{ PartNumber: 9, ETag: one.ETag }]))).toBe('InvalidPart');
  expect(await refused(complete(upload, [{ PartNumber: 1, ETag: '"0"' }]))).toBe('InvalidPart');
  expect(await refused(s3.send(new S3.UploadPartCommand({ ...upload, PartNumber: 10_001, Body: '' })))).toBe('InvalidArgument');
  await complete(upload, [one, three]);
  expect(await refused(complete(upload, [one, three]))).toBe('NoSuchUpload');
});

test('a condition holds at completion', async () => {
  const upload = await begin('condition');
  const parts = [await part(upload, 1, Buffer.from('x'))];
  await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'condition', Body: 'x' }));
  expect(await refused(complete(upload, parts, { IfNoneMatch: '*' }))).toBe('PreconditionFailed');
});

test('uploads and their parts are listed, and end by being aborted', async () => {
  const upload = await begin('aborted');
  for (const number of [3, 1, 2]) await part(upload, number, Buffer.from(String(number)));
  const page = await s3.send(new S3.ListPartsCommand({ ...upload, MaxParts: 2 }));
  expect(page.Parts!.map(({ PartNumber }) => PartNumber)).toEqual([1, 2]);
  expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
  const { Uploads } = await s3.send(new S3.ListMultipartUploadsCommand({ Bucket, Prefix: 'aborted' }));
  expect(Uploads!.map(({ UploadId }) => UploadId)).toEqual([upload.UploadId]);
  await s3.send(new S3.AbortMultipartUploadCommand(upload));
  expect(await refused(s3.send(new S3.ListPartsCommand(upload)))).toBe('NoSuchUpload');
});

test('a part may be copied from an object', async () => {
  await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }));
  const upload = await begin('copied');
  const { CopyPartResult } = await s3.send(new S3.UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: 'bytes=2-4' }));
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult!.ETag }]);
  expect(await (await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'copied' }))).Body!.transformToString()).toBe('234');
});

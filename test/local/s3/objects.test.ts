import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let s3: S3.S3Client;
const Bucket = 'objects';

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true });
  await s3.send(new S3.CreateBucketCommand({ Bucket }));
});

afterAll(() => engine.stop());

async function text(command: S3.GetObjectCommand): Promise<string> {
  return (await s3.send(command)).Body!.transformToString();
}

function put(Key: string, Body: string | Buffer, options: Partial<S3.PutObjectCommandInput> = {}): Promise<S3.PutObjectCommandOutput> {
  return s3.send(new S3.PutObjectCommand({ Bucket, Key, Body, ...options }));
}

async function refused(promise: Promise<unknown>): Promise<{ name: string; status: number | undefined }> {
  const error = await promise.then(() => { throw new Error('it was not refused'); }, (reason: S3.S3ServiceException) => reason);
  return { name: error.name, status: error.$metadata?.httpStatusCode };
}

describe('an object', () => {
  test.each(['plain', 'a/b c/ü+%41?#&=', 'dots/../up', 'double//slash', '\u{1f600}/\u2028'])('comes back under the key %j', async (Key) => {
    await put(Key, `content of ${Key}`);
    expect(await text(new S3.GetObjectCommand({ Bucket, Key }))).toBe(`content of ${Key}`);
    expect((await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: Key }))).Contents!.map((item) => item.Key)).toEqual([Key]);
  });

  test('keeps its headers and metadata', async () => {
    await put('headers', 'x', { ContentType: 'text/plain', CacheControl: 'no-store', ContentEncoding: 'gzip', Metadata: { Some: 'thing' }, Tagging: 'a=b&c=d' });
    expect(await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'headers' }))).toMatchObject({
      ContentLength: 1, ContentType: 'text/plain', CacheControl: 'no-store', ContentEncoding: 'gzip', Metadata: { some: 'thing' }, ServerSideEncryption: 'AES256',
    });
    expect((await s3.send(new S3.GetObjectTaggingCommand({ Bucket, Key: 'headers' }))).TagSet).toEqual([{ Key: 'a', Value: 'b' }, { Key: 'c', Value: 'd' }]);
  });

  test('that is large goes through a file, in process it is a Buffer', async () => {
    const content = Buffer.alloc(3_000_001, 'abcdefg');
    await put('large', content);
    const { Body } = await engine.core.call<{ Body: Buffer }>('s3', 'GetObject', { Bucket, Key: 'large' });
    expect(Buffer.compare(Body, content)).toBe(0);
    expect(await text(new S3.GetObjectCommand({ Bucket, Key: 'large', Range: 'bytes=3000000-' }))).toBe(content.subarray(3_000_000).toString());
  });

  test('that is absent is NoSuchKey, and its HEAD a bare 404', async () => {
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'absent' })))).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await refused(s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'absent' })))).toEqual({ name: 'NotFound', status: 404 });
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'x' })))).toEqual({ name: 'NoSuchBucket', status: 404 });
  });

  test('is deleted once or twice without complaint', async () => {
    await put('gone', '');
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await put('gone-1', '');
    const { Deleted } = await s3.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'gone-1' }, { Key: 'never' }] } }));
    expect(Deleted!.map(({ Key }) => Key)).toEqual(['gone-1', 'never']);
  });
});

describe('ranges', () => {
  beforeAll(() => put('range', '0123456789'));

  test.each([['bytes=2-4', '234', 'bytes 2-4/10'], ['bytes=7-', '789', 'bytes 7-9/10'], ['bytes=-2', '89', 'bytes 8-9/10'], ['bytes=8-99', '89', 'bytes 8-9/10']])(
    '%s', async (Range, content, ContentRange) => {
      const answer = await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'range', Range }));
      expect(answer).toMatchObject({ ContentRange, ContentLength: content.length, $metadata: { httpStatusCode: 206 } });
      expect(await answer.Body!.transformToString()).toBe(content);
    });

  test('beyond the end is not satisfiable', async () => {
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=10-' })))).toEqual({ name: 'InvalidRange', status: 416 });
  });

  test('that make no sense are ignored', async () => {
    expect(await text(new S3.GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=4-2' }))).toBe('0123456789');
  });
});

describe('conditions', () => {
  test('of a write: only where nothing is, only over what was read', async () => {
    const { ETag } = await put('ledger', '1', { IfNoneMatch: '*' });
    expect(await refused(put('ledger', '2', { IfNoneMatch: '*' }))).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await refused(put('ledger', '2', { IfMatch: '"0"' }))).toEqual({ name: 'PreconditionFailed', status: 412 });
    expect(await refused(put('no-ledger', '2', { IfMatch: ETag }))).toEqual({ name: 'NoSuchKey', status: 404 });
    await put('ledger', '2', { IfMatch: ETag });
    expect(await text(new S3.GetObjectCommand({ Bucket, Key: 'ledger' }))).toBe('2');
    expect(await refused(put('ledger', '3', { IfNoneMatch: '"x"' }))).toEqual({ name: 'NotImplemented', status: 501 });
  });

  test('of two writers that saw the same version, one wins', async () => {
    const { ETag } = await put('race', '1');
    const outcomes = await Promise.allSettled([put('race', '2', { IfMatch: ETag }), put('race', '3', { IfMatch: ETag })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('of a read', async () => {
    const { ETag } = await put('read', '1');
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'read', IfNoneMatch: ETag })))).toMatchObject({ status: 304 });
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'read', IfMatch: '"0"' })))).toEqual({ name: 'PreconditionFailed', status: 412 });
  });

  test('of a deletion', async () => {
    const { ETag } = await put('conditional-delete', '1');
    expect(await refused(s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'conditional-delete', IfMatch: '"0"' })))).toMatchObject({ status: 412 });
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'conditional-delete', IfMatch: ETag }));
  });
});

describe('digests', () => {
  test.each([['CRC32', 'y/Q5Jg=='], ['CRC32C', '4waSgw=='], ['SHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='], ['SHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='], ['CRC64NVME', 'rosUhgp5mIg=']] as const)(
    '%s of 123456789 is computed and kept', async (ChecksumAlgorithm, value) => {
      await put('digest', '123456789', { ChecksumAlgorithm });
      const head = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'digest', ChecksumMode: 'ENABLED' }));
      expect(head).toMatchObject({ [`Checksum${ChecksumAlgorithm}`]: value, ChecksumType: 'FULL_OBJECT' });
    });

  test('that are wrong refuse the content', async () => {
    expect(await refused(put('bad', '123456789', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }))).toEqual({ name: 'BadDigest', status: 400 });
    expect(await refused(put('bad', '123456789', { ContentMD5: Buffer.alloc(16).toString('base64') }))).toEqual({ name: 'BadDigest', status: 400 });
    expect(await refused(put('bad', '123456789', { ContentMD5: 'eA==' }))).toEqual({ name: 'InvalidDigest', status: 400 });
  });
});

describe('a copy', () => {
  test('takes content, metadata and tags along unless told otherwise', async () => {
    await put('source ü', 'content', { Metadata: { a: 'b' }, ContentType: 'text/plain', Tagging: 'a=b' });
    const CopySource = `${Bucket}/${encodeURIComponent('source ü')}`;
    await s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
    expect(await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({ Metadata: { a: 'b' }, ContentType: 'text/plain', TagCount: 1 });
    await s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource, Metadata: { c: 'd' }, MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE' }));
    const replaced = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'copy' }));
    expect(replaced).toMatchObject({ Metadata: { c: 'd' }, ContentType: 'binary/octet-stream' });
    expect(replaced.TagCount).toBeUndefined();
  });

  test('of nothing, onto itself, or under a failed condition is refused', async () => {
    const copy = (options: Partial<S3.CopyObjectCommandInput>) =>
      refused(s3.send(new S3.CopyObjectCommand({ Bucket, Key: 'onto', CopySource: `${Bucket}/onto`, ...options })));
    await put('onto', '1');
    expect(await copy({ CopySource: `${Bucket}/absent` })).toEqual({ name: 'NoSuchKey', status: 404 });
    expect(await copy({})).toEqual({ name: 'InvalidRequest', status: 400 });
    expect(await copy({ Key: 'other', CopySourceIfMatch: '"0"' })).toEqual({ name: 'PreconditionFailed', status: 412 });
  });
});

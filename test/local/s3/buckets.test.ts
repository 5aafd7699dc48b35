import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let s3: S3.S3Client;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true });
});

afterAll(() => engine.stop());

async function create(Bucket: string): Promise<string> {
  await s3.send(new S3.CreateBucketCommand({ Bucket }));
  return Bucket;
}

async function refused(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'not refused', (error: Error) => error.name);
}

describe('a bucket', () => {
  test.each(['A', 'ab', 'a..b', '1.2.3.4', 'xn--a', 'a-', 'a_b', 'x'.repeat(64)])('is not called %s', async (Bucket) => {
    expect(await refused(engine.core.call('s3', 'CreateBucket', { Bucket }))).toBe('InvalidBucketName');
  });

  test('may be created twice in us-east-1, and nowhere else', async () => {
    await create('twice');
    await create('twice');
    const elsewhere = await startEngine({ region: 'eu-west-1' });
    const input = { Bucket: 'twice', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } };
    await elsewhere.core.call('s3', 'CreateBucket', input);
    expect(await refused(elsewhere.core.call('s3', 'CreateBucket', input))).toBe('BucketAlreadyOwnedByYou');
    expect(await refused(elsewhere.core.call('s3', 'CreateBucket', { Bucket: 'without' }))).toBe('IllegalLocationConstraintException');
    await elsewhere.stop();
  });

  test('goes only when it is empty', async () => {
    const Bucket = await create('full');
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'x', Body: 'x' }));
    expect(await refused(s3.send(new S3.DeleteBucketCommand({ Bucket })))).toBe('BucketNotEmpty');
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'x' }));
    await s3.send(new S3.DeleteBucketCommand({ Bucket }));
    expect(await refused(s3.send(new S3.HeadBucketCommand({ Bucket })))).toBe('NotFound');
  });

  test('of somebody else is not touched', async () => {
    const Bucket = await create('expected');
    expect(await refused(s3.send(new S3.ListObjectsV2Command({ Bucket, ExpectedBucketOwner: '999999999999' })))).toBe('AccessDenied');
  });
});

describe('listing', () => {
  const Bucket = 'listing';
  const KEYS = ['a', 'b/1', 'b/2', 'b/c/3', 'd', 'é', '\uffee', '\u{1f600}'];

  beforeAll(async () => {
    await create(Bucket);
    for (const Key of [...KEYS].reverse()) await s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: 'x' }));
  });

  test('is in the order of UTF-8 bytes', async () => {
    expect((await s3.send(new S3.ListObjectsV2Command({ Bucket }))).Contents!.map(({ Key }) => Key)).toEqual(KEYS);
  });

  test.each([1, 2, 3])('by %d gives everything once, prefixes rolled up', async (MaxKeys) => {
    const seen: Array<string | undefined> = [];
    for await (const page of S3.paginateListObjectsV2({ client: s3 }, { Bucket, Delimiter: '/', MaxKeys })) {
      expect((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0)).toBe(page.KeyCount);
      seen.push(...page.Contents?.map(({ Key }) => Key) ?? [], ...page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? []);
    }
    expect(seen.sort()).toEqual(['a', 'b/', 'd', ...KEYS.slice(5)].sort());
  });

  test('starts after a key, within a prefix', async () => {
    const { Contents } = await s3.send(new S3.ListObjectsV2Command({ Bucket, Prefix: 'b/', StartAfter: 'b/1' }));
    expect(Contents!.map(({ Key }) => Key)).toEqual(['b/2', 'b/c/3']);
  });

  test('of the first version gives a marker', async () => {
    const first = await s3.send(new S3.ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'b/' });
    const next = await s3.send(new S3.ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 1, Marker: first.NextMarker }));
    expect(next.Contents!.map(({ Key }) => Key)).toEqual(['d']);
  });

  test('with encoded keys', async () => {
    const { Contents } = await s3.send(new S3.ListObjectsV2Command({ Bucket, EncodingType: 'url', Prefix: 'é' }));
    expect(Contents![0].Key).toBe('%C3%A9');
  });

  test('refuses tokens it has not given', async () => {
    expect(await refused(s3.send(new S3.ListObjectsV2Command({ Bucket, ContinuationToken: '!' })))).toBe('InvalidArgument');
  });
});

describe('versions', () => {
  const Bucket = 'versions';

  beforeAll(async () => {
    await create(Bucket);
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'k', Body: 'null' }));
    await s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  });

  test('are kept, marked as deleted, read and removed one by one', async () => {
    const { VersionId: second } = await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'k', Body: 'second' }));
    const { VersionId: marker, DeleteMarker } = await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'k' }));
    expect(DeleteMarker).toBe(true);
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'k' })))).toBe('NoSuchKey');
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'k', VersionId: marker })))).toBe('MethodNotAllowed');
    expect(await refused(s3.send(new S3.GetObjectCommand({ Bucket, Key: 'k', VersionId: 'none' })))).toBe('NoSuchVersion');
    const listed = await s3.send(new S3.ListObjectVersionsCommand({ Bucket }));
    expect(listed.Versions!.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([[second, false], ['null', false]]);
    expect(listed.DeleteMarkers!.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([[marker, true]]);
    await s3.send(new S3.DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker }));
    expect(await (await s3.send(new S3.GetObjectCommand({ Bucket, Key: 'k' }))).Body!.transformToString()).toBe('second');
  });

  test('are listed page by page', async () => {
    for (let number = 0; number < 4; number++) await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'many', Body: 'x' }));
    const seen: Array<string | undefined> = [];
    let markers: Partial<S3.ListObjectVersionsCommandInput> = {};
    for (let more = true; more;) {
      const page = await s3.send(new S3.ListObjectVersionsCommand({ Bucket, Prefix: 'many', MaxKeys: 3, ...markers }));
      seen.push(...page.Versions!.map(({ VersionId }) => VersionId));
      more = page.IsTruncated!;
      markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
  });

  test('stop being made when versioning is suspended', async () => {
    await s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }));
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 's', Body: '1' }));
    const { VersionId } = await s3.send(new S3.PutObjectCommand({ Bucket, Key: 's', Body: '2' }));
    expect(VersionId).toBe('null');
    expect((await s3.send(new S3.ListObjectVersionsCommand({ Bucket, Prefix: 's' }))).Versions).toHaveLength(1);
  });
});

describe('settings', () => {
  const Bucket = 'settings';

  beforeAll(() => create(Bucket));

  test('are absent with S3\'s own error, and what was put is got', async () => {
    expect(await refused(s3.send(new S3.GetBucketCorsCommand({ Bucket })))).toBe('NoSuchCORSConfiguration');
    expect(await refused(s3.send(new S3.GetBucketPolicyCommand({ Bucket })))).toBe('NoSuchBucketPolicy');
    expect(await refused(s3.send(new S3.GetBucketTaggingCommand({ Bucket })))).toBe('NoSuchTagSet');
    const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://*.example.com'], AllowedHeaders: ['*'], MaxAgeSeconds: 3000 }];
    await s3.send(new S3.PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
    expect((await s3.send(new S3.GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
  });

  test('that S3 would refuse are refused', async () => {
    const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::other/*' }] });
    expect(await refused(s3.send(new S3.PutBucketPolicyCommand({ Bucket, Policy })))).toBe('MalformedPolicy');
    const CORSConfiguration = { CORSRules: [{ AllowedMethods: ['PATCH'], AllowedOrigins: ['*'] }] };
    expect(await refused(s3.send(new S3.PutBucketCorsCommand({ Bucket, CORSConfiguration })))).toBe('InvalidRequest');
    const TagSet = [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }];
    expect(await refused(s3.send(new S3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } })))).toBe('InvalidTag');
  });

  test('of CORS answer browsers', async () => {
    const preflight = (origin: string) => fetch(`${engine.endpoint}/${Bucket}/key`, {
      method: 'OPTIONS', headers: { 'Origin': origin, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'x-a, x-b' },
    });
    const allowed = await preflight('https://app.example.com');
    expect([allowed.status, allowed.headers.get('access-control-allow-origin'), allowed.headers.get('access-control-allow-headers')])
      .toEqual([200, 'https://app.example.com', 'x-a, x-b']);
    expect((await preflight('https://evil.org')).status).toBe(403);
  });

  test('of encryption decide what objects say of themselves', async () => {
    const ApplyServerSideEncryptionByDefault = { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/mine' };
    const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault }] };
    await s3.send(new S3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }));
    expect(await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/mine' });
  });
});

describe('addresses', () => {
  test('in virtual-hosted style', async () => {
    const Bucket = await create('virtual.host');
    await s3.send(new S3.PutObjectCommand({ Bucket, Key: 'a/b', Body: 'virtual' }));
    const { port } = new URL(engine.endpoint);
    const http = await import('node:http');
    const body = await new Promise<string>((resolve, reject) => {
      http.get({ host: '127.0.0.1', port, path: '/a/b', headers: { Host: `${Bucket}.localhost:${port}` } }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      }).on('error', reject);
    });
    expect(body).toBe('virtual');
  });

  test('presigned, without any header', async () => {
    const address = `${engine.endpoint}/virtual.host/signed?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=key%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=0`;
    expect((await fetch(address, { method: 'PUT', body: 'signed' })).status).toBe(200);
    expect(await (await fetch(address)).text()).toBe('signed');
  });
});

import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

const Bucket = 'data';
const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

let engine: TestEngine;
let s3: S3.S3Client;

beforeEach(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true });
  await s3.send(new S3.CreateBucketCommand({ Bucket }));
});

afterEach(() => engine.stop());

const put = (Key: string, options: Partial<S3.PutObjectCommandInput> = {}) => s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: 'x', ...options }));

describe('archived objects', () => {
  const restore = (Key: string, RestoreRequest: S3.RestoreRequest = { Days: 1 }) => s3.send(new S3.RestoreObjectCommand({ Bucket, Key, RestoreRequest }));
  const read = (Key: string) => s3.send(new S3.GetObjectCommand({ Bucket, Key })).then(({ Body }) => Body!.transformToString());

  beforeEach(() => engine.control('POST', 'clock', { paused: true }));

  test('are read only while a restored copy is there', async () => {
    await put('ice', { StorageClass: 'GLACIER' });
    expect(await refusal(read('ice'))).toBe('InvalidObjectState');
    await restore('ice', { Days: 1, GlacierJobParameters: { Tier: 'Expedited' } });
    expect(await refusal(restore('ice'))).toBe('RestoreAlreadyInProgress');
    expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'ice' }))).Restore).toBe('ongoing-request="true"');
    await engine.control('POST', 'clock', { advanceSeconds: 301 });
    expect(await read('ice')).toBe('x');
    await restore('ice', { Days: 30 });
    await engine.control('POST', 'clock', { advanceSeconds: 20 * 24 * 3600 });
    expect(await read('ice')).toBe('x');
    await engine.control('POST', 'clock', { advanceSeconds: 12 * 24 * 3600 });
    expect(await refusal(read('ice'))).toBe('InvalidObjectState');
  });

  test('are restored for days, by a way that their class knows', async () => {
    await put('ice', { StorageClass: 'DEEP_ARCHIVE' });
    await put('warm');
    expect(await refusal(restore('warm'))).toBe('InvalidObjectState');
    expect(await refusal(restore('ice', {}))).toBe('InvalidArgument');
    expect(await refusal(restore('ice', { Days: 1, Tier: 'Expedited' }))).toBe('InvalidArgument');
  });
});

describe('access control lists', () => {
  const grants = async (Key: string) => {
    const { Grants } = await s3.send(new S3.GetObjectAclCommand({ Bucket, Key }));
    return Grants!.map(({ Permission, Grantee }) => [Permission, Grantee!.Type]);
  };

  test('are refused where the bucket\'s owner owns all, but for those without effect', async () => {
    await put('k', { ACL: 'bucket-owner-full-control' });
    expect(await refusal(put('k', { ACL: 'public-read' }))).toBe('AccessControlListNotSupported');
    expect(await refusal(put('k', { GrantRead: 'id="abc"' }))).toBe('AccessControlListNotSupported');
    expect(await refusal(s3.send(new S3.PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'public-read' })))).toBe('AccessControlListNotSupported');
    expect(await grants('k')).toEqual([['FULL_CONTROL', 'CanonicalUser']]);
  });

  test('are kept elsewhere', async () => {
    await s3.send(new S3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }));
    await put('k', { GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers", emailAddress="a@b.c"' });
    expect(await grants('k')).toEqual([['FULL_CONTROL', 'CanonicalUser'], ['READ', 'Group'], ['READ', 'AmazonCustomerByEmail']]);
    await s3.send(new S3.PutObjectAclCommand({ Bucket, Key: 'k', ACL: 'private' }));
    expect(await grants('k')).toEqual([['FULL_CONTROL', 'CanonicalUser']]);
    expect(await refusal(s3.send(new S3.PutObjectAclCommand({ Bucket, Key: 'k' })))).toBe('MissingSecurityHeader');
    expect(await refusal(put('k', { GrantRead: 'somebody' }))).toBe('InvalidArgument');
  });
});

test('the encryption of an object is updated without a new version', async () => {
  await put('k');
  const before = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'k' }));
  await s3.send(new S3.UpdateObjectEncryptionCommand({ Bucket, Key: 'k', ObjectEncryption: { SSEKMS: { KMSKeyArn: KEY_ARN } } }));
  const after = await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'k' }));
  expect([after.ServerSideEncryption, after.SSEKMSKeyId, after.ETag, after.LastModified]).toEqual(['aws:kms', KEY_ARN, before.ETag, before.LastModified]);
  const foreign = { SSEKMS: { KMSKeyArn: KEY_ARN.replace('123456789012', '999999999999') } };
  expect(await refusal(s3.send(new S3.UpdateObjectEncryptionCommand({ Bucket, Key: 'k', ObjectEncryption: foreign })))).toBe('AccessDenied');
});

test('replication is configured between versioned buckets', async () => {
  const rule = (bucket: string): S3.ReplicationRule => ({ Status: 'Enabled', Destination: { Bucket: `arn:aws:s3:::${bucket}` }, Filter: { Prefix: '' }, Priority: 1 });
  const configure = (bucket: string) => s3.send(new S3.PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role: 'arn:aws:iam::123456789012:role/r', Rules: [rule(bucket)] } }));
  const version = (name: string) => s3.send(new S3.PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new S3.CreateBucketCommand({ Bucket: 'replicas' }));
  expect(await refusal(configure('replicas'))).toBe('InvalidRequest');
  await version(Bucket);
  expect(await refusal(configure('replicas'))).toBe('InvalidRequest');
  expect(await refusal(configure('nowhere'))).toBe('InvalidRequest');
  await version('replicas');
  await configure('replicas');
  const { ReplicationConfiguration } = await s3.send(new S3.GetBucketReplicationCommand({ Bucket }));
  expect(ReplicationConfiguration!.Rules).toEqual([{ ...rule('replicas'), ID: expect.any(String) }]);
  await s3.send(new S3.DeleteBucketReplicationCommand({ Bucket }));
  expect(await refusal(s3.send(new S3.GetBucketReplicationCommand({ Bucket })))).toBe('ReplicationConfigurationNotFoundError');
});

import type { JobDescriptor, JobOperation } from '@aws-sdk/client-s3-control';
import { AccountId, batchFixture, type Fixture } from './batch-for-tests';
import { startEngine, type TestEngine } from '../engine-for-tests';

const KEYS = ['a b+c,"é\n%😀.txt', 'folder/plain'];
const ENCODED = ['a%20b%2Bc%2C%22%C3%A9%0A%25%F0%9F%98%80.txt', 'folder/plain'];
const KEY_ARN = `arn:aws:kms:us-east-1:${AccountId}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

let engine: TestEngine;
let batch: Fixture;

beforeEach(async () => {
  engine = await startEngine();
  batch = await batchFixture(engine);
});

afterEach(() => engine.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests know what they ask for
const s3 = (operation: string, input: object) => engine.core.call<any>('s3', operation, input);
const head = (Key: string, Bucket = 'data') => s3('HeadObject', { Bucket, Key });

/** Objects in `data`; a job on them. */
async function onObjects(operation: JobOperation, put: object = {}): Promise<JobDescriptor> {
  for (const key of KEYS) await batch.put('data', key, 'content', put);
  const job = await batch.run(operation, { Manifest: await batch.manifest(ENCODED.map((key) => ['data', key])) });
  expect(job).toMatchObject({ Status: 'Complete', ProgressSummary: { TotalNumberOfTasks: 2 } });
  return job;
}

async function succeeds(job: Promise<JobDescriptor>): Promise<JobDescriptor> {
  const done = await job;
  if (done.ProgressSummary!.NumberOfTasksFailed! > 0) throw new Error((await batch.report(done)).failed!.join('\n'));
  return done;
}

/** HTTP status and code of the failed tasks. */
async function failures(job: Promise<JobDescriptor>): Promise<string[]> {
  const { failed = [] } = await batch.report(await job);
  return failed.map((row) => row.split(',').slice(4, 6).join(' '));
}

async function tagsOf(Key: string, Bucket = 'data'): Promise<object> {
  return (await s3('GetObjectTagging', { Bucket, Key })).TagSet as object;
}

test('tags are replaced', async () => {
  await succeeds(onObjects({ S3PutObjectTagging: { TagSet: [{ Key: 'new', Value: '2' }] } }, { Tagging: 'old=1' }));
  for (const key of KEYS) expect(await tagsOf(key)).toEqual([{ Key: 'new', Value: '2' }]);
});

test('tags are removed', async () => {
  await succeeds(onObjects({ S3DeleteObjectTagging: {} }, { Tagging: 'old=1' }));
  for (const key of KEYS) expect(await tagsOf(key)).toEqual([]);
});

test('what S3 itself fails at is tried again', async () => {
  await engine.control('POST', 'faults', { service: 's3', operation: 'DeleteObjectTagging', when: 'before', error: { code: 'SlowDown', statusCode: 503 }, times: 3 });
  await succeeds(onObjects({ S3DeleteObjectTagging: {} }, { Tagging: 'old=1' }));
  await engine.control('POST', 'faults', { service: 's3', operation: 'DeleteObjectTagging', when: 'before', error: { code: 'SlowDown', statusCode: 503 }, times: 6 });
  expect(await failures(onObjects({ S3DeleteObjectTagging: {} }))).toEqual(Array(2).fill('503 SlowDown'));
});

describe('a role', () => {
  const trust = (Service: string) => engine.core.call('iam', 'CreateRole', {
    RoleName: 'batch',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] }),
  });

  test('that trusts S3 Batch Operations runs the job and makes its calls', async () => {
    await trust('batchoperations.s3.amazonaws.com');
    const { JobId } = await succeeds(onObjects({ S3DeleteObjectTagging: {} }));
    const { body } = await engine.control('GET', 'calls');
    const callers = (body.calls as Array<{ operation: string; callerArn: string }>)
      .filter(({ operation }) => operation === 'DeleteObjectTagging').map(({ callerArn }) => callerArn);
    expect(callers).toEqual(Array(2).fill(`arn:aws:sts::${AccountId}:assumed-role/batch/s3-batch-operations_${JobId}`));
  });

  test('that trusts somebody else fails the job', async () => {
    await trust('lambda.amazonaws.com');
    await batch.put('data', 'k', 'x');
    const job = await batch.run({ S3DeleteObjectTagging: {} }, { Manifest: await batch.manifest([['data', 'k']]) });
    expect(job).toMatchObject({ Status: 'Failed', FailureReasons: [{ FailureCode: 'AccessDenied', FailureReason: expect.stringContaining('batchoperations.s3.amazonaws.com') }] });
  });
});

describe('copies', () => {
  const TargetResource = 'arn:aws:s3:::target';

  beforeEach(() => batch.bucket('target'));

  test('take everything along', async () => {
    await succeeds(onObjects({ S3PutObjectCopy: { TargetResource } }, { Tagging: 'old=1', Metadata: { kind: 'x' }, ContentType: 'text/plain' }));
    for (const key of KEYS) {
      expect(await head(key, 'target')).toMatchObject({ Metadata: { kind: 'x' }, ContentType: 'text/plain', ContentLength: 7 });
      expect(await tagsOf(key, 'target')).toEqual([{ Key: 'old', Value: '1' }]);
    }
  });

  test('get what the operation gives them', async () => {
    await succeeds(onObjects({
      S3PutObjectCopy: {
        TargetResource,
        TargetKeyPrefix: 'in',
        NewObjectMetadata: { ContentType: 'text/csv', CacheControl: 'no-cache', HttpExpiresDate: new Date('2030-01-01T00:00:00Z'), UserMetadata: { kind: 'y' } },
        NewObjectTagging: [{ Key: 'a b', Value: 'c=d+e' }],
        StorageClass: 'STANDARD_IA',
        SSEAwsKmsKeyId: KEY_ARN,
        BucketKeyEnabled: true,
        RedirectLocation: '/elsewhere',
        ChecksumAlgorithm: 'SHA256',
      },
    }, { Metadata: { kind: 'x' } }));
    expect(await tagsOf(`in/${KEYS[0]}`, 'target')).toEqual([{ Key: 'a b', Value: 'c=d+e' }]);
    expect(await s3('HeadObject', { Bucket: 'target', Key: `in/${KEYS[0]}`, ChecksumMode: 'ENABLED' })).toMatchObject({
      ContentType: 'text/csv',
      CacheControl: 'no-cache',
      Expires: 'Tue, 01 Jan 2030 00:00:00 GMT',
      Metadata: { kind: 'y' },
      StorageClass: 'STANDARD_IA',
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: KEY_ARN,
      BucketKeyEnabled: true,
      WebsiteRedirectLocation: '/elsewhere',
      ChecksumSHA256: expect.any(String),
    });
  });

  test('lose their tags when there are none to give', async () => {
    await succeeds(onObjects({ S3PutObjectCopy: { TargetResource, NewObjectTagging: [] } }, { Tagging: 'old=1' }));
    expect(await tagsOf(KEYS[0], 'target')).toEqual([]);
  });

  test('are made of objects that changed in time', async () => {
    const long = new Date('2020-01-01T00:00:00Z');
    expect(await failures(onObjects({ S3PutObjectCopy: { TargetResource, UnModifiedSinceConstraint: long } }))).toEqual(Array(2).fill('412 PreconditionFailed'));
    await succeeds(onObjects({ S3PutObjectCopy: { TargetResource, ModifiedSinceConstraint: long } }));
  });

  test('of archived objects fail until they are restored', async () => {
    const copy = { S3PutObjectCopy: { TargetResource } };
    expect(await failures(onObjects(copy, { StorageClass: 'GLACIER' }))).toEqual(Array(2).fill('403 ObjectNotInActiveTierError'));
    const Manifest = await batch.manifest(ENCODED.map((key) => ['data', key]));
    await succeeds(batch.run({ S3InitiateRestoreObject: { ExpirationInDays: 2, GlacierJobTier: 'BULK' } }, { Manifest }));
    await engine.control('POST', 'clock', { advanceSeconds: 12 * 3600 });
    await succeeds(batch.run(copy, { Manifest }));
    // the copy is in the class that the operation names, or none
    expect((await head(KEYS[0], 'target')).StorageClass).toBeUndefined();
  });

  test('to a bucket that is not there fail', async () => {
    expect(await failures(onObjects({ S3PutObjectCopy: { TargetResource: 'arn:aws:s3:::nowhere' } }))).toEqual(Array(2).fill('404 NoSuchBucket'));
  });

  test('are locked and shared', async () => {
    await batch.bucket('locked', { ObjectLockEnabledForBucket: true, ObjectOwnership: 'ObjectWriter' });
    const until = new Date('2040-01-01T00:00:00Z');
    await succeeds(onObjects({
      S3PutObjectCopy: {
        TargetResource: 'arn:aws:s3:::locked',
        ObjectLockMode: 'GOVERNANCE',
        ObjectLockRetainUntilDate: until,
        ObjectLockLegalHoldStatus: 'ON',
        AccessControlGrants: [
          { Grantee: { TypeIdentifier: 'uri', Identifier: 'http://acs.amazonaws.com/groups/global/AllUsers' }, Permission: 'READ' },
          { Grantee: { TypeIdentifier: 'id', Identifier: 'abc' }, Permission: 'READ' },
        ],
      },
    }));
    expect(await head(KEYS[1], 'locked')).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: 'ON' });
    const { Grants } = await s3('GetObjectAcl', { Bucket: 'locked', Key: KEYS[1] });
    expect((Grants as Array<{ Grantee: { URI?: string; ID?: string } }>).slice(1).map(({ Grantee }) => Grantee.URI ?? Grantee.ID))
      .toEqual(['http://acs.amazonaws.com/groups/global/AllUsers', 'abc']);
  });
});

describe('access control lists', () => {
  const canned: JobOperation = { S3PutObjectAcl: { AccessControlPolicy: { CannedAccessControlList: 'public-read' } } };

  test('are set where the bucket has them', async () => {
    await s3('PutBucketOwnershipControls', { Bucket: 'data', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } });
    await succeeds(onObjects(canned));
    const acl = await s3('GetObjectAcl', { Bucket: 'data', Key: KEYS[0] });
    expect(acl.Grants).toMatchObject([{ Permission: 'FULL_CONTROL' }, { Permission: 'READ', Grantee: { Type: 'Group' } }]);
    const AccessControlList = { Owner: { ID: acl.Owner.ID as string }, Grants: [{ Grantee: { TypeIdentifier: 'id' as const, Identifier: 'abc' }, Permission: 'READ_ACP' as const }] };
    await succeeds(onObjects({ S3PutObjectAcl: { AccessControlPolicy: { AccessControlList } } }));
    expect((await s3('GetObjectAcl', { Bucket: 'data', Key: KEYS[0] })).Grants[1]).toEqual({ Grantee: { Type: 'CanonicalUser', ID: 'abc' }, Permission: 'READ_ACP' });
  });

  test('fail where the bucket has none', async () => {
    expect(await failures(onObjects(canned))).toEqual(Array(2).fill('400 AccessControlListNotSupported'));
  });
});

describe('restores', () => {
  const restore: JobOperation = { S3InitiateRestoreObject: { ExpirationInDays: 3, GlacierJobTier: 'STANDARD' } };

  test('succeed when they are under way, and end by themselves', async () => {
    // what is restored stays away from the clock's jumps until it is asked for
    await engine.control('POST', 'clock', { paused: true });
    for (const key of KEYS) await batch.put('data', key, 'content', { StorageClass: 'DEEP_ARCHIVE' });
    const jobId = await batch.create(restore, { Manifest: await batch.manifest(ENCODED.map((key) => ['data', key])) });
    await engine.control('POST', 'clock', { advanceSeconds: 20 });
    expect((await batch.describe(jobId)).ProgressSummary).toMatchObject({ NumberOfTasksSucceeded: 2 });
    expect((await head(KEYS[0])).Restore).toBe('ongoing-request="true"');
    await expect(batch.text('data', KEYS[0])).rejects.toThrow('not valid for the object\'s storage class');
    await engine.control('POST', 'clock', { advanceSeconds: 12 * 3600 });
    expect((await head(KEYS[0])).Restore).toMatch(/^ongoing-request="false", expiry-date="\w{3}, \d\d \w{3} \d{4} 00:00:00 GMT"$/);
    expect(await batch.text('data', KEYS[0])).toBe('content');
    await engine.control('POST', 'clock', { advanceSeconds: 5 * 24 * 3600 });
    expect((await head(KEYS[0])).Restore).toBeUndefined();
    await expect(batch.text('data', KEYS[0])).rejects.toThrow('not valid for the object\'s storage class');
  });

  test('of what is not archived fail', async () => {
    expect(await failures(onObjects(restore))).toEqual(Array(2).fill('403 InvalidObjectState'));
  });
});

describe('object lock', () => {
  const RetainUntilDate = new Date('2040-01-01T00:00:00Z');

  test('holds and retentions are set in buckets that have it', async () => {
    await batch.bucket('locked', { ObjectLockEnabledForBucket: true });
    await batch.put('locked', 'one', '1');
    const Manifest = await batch.manifest([['locked', 'one']]);
    await succeeds(batch.run({ S3PutObjectLegalHold: { LegalHold: { Status: 'ON' } } }, { Manifest }));
    await succeeds(batch.run({ S3PutObjectRetention: { Retention: { Mode: 'GOVERNANCE', RetainUntilDate } } }, { Manifest }));
    expect(await s3('GetObjectLegalHold', { Bucket: 'locked', Key: 'one' })).toEqual({ LegalHold: { Status: 'ON' } });
    expect(await s3('GetObjectRetention', { Bucket: 'locked', Key: 'one' })).toEqual({ Retention: { Mode: 'GOVERNANCE', RetainUntilDate } });
    const shorter = { Retention: { Mode: 'GOVERNANCE' as const, RetainUntilDate: new Date('2039-01-01T00:00:00Z') } };
    expect(await failures(batch.run({ S3PutObjectRetention: shorter }, { Manifest }))).toEqual(['403 AccessDenied']);
    await succeeds(batch.run({ S3PutObjectRetention: { ...shorter, BypassGovernanceRetention: true } }, { Manifest }));
    await succeeds(batch.run({ S3PutObjectRetention: { Retention: {}, BypassGovernanceRetention: true } }, { Manifest }));
    expect((await head('one', 'locked')).ObjectLockMode).toBeUndefined();
  });

  test('fails in buckets that have it not', async () => {
    expect(await failures(onObjects({ S3PutObjectLegalHold: { LegalHold: { Status: 'ON' } } }))).toEqual(Array(2).fill('400 InvalidRequest'));
  });
});

describe('replication', () => {
  test('brings objects that are there already to the other bucket, versions and all', async () => {
    for (const Bucket of ['data', 'replicas']) {
      if (Bucket !== 'data') await batch.bucket(Bucket);
      await s3('PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Enabled' } });
    }
    const Rules = [{ Status: 'Enabled', Priority: 1, Filter: { Prefix: 'folder/' }, Destination: { Bucket: 'arn:aws:s3:::replicas', StorageClass: 'STANDARD_IA' }, DeleteMarkerReplication: { Status: 'Disabled' } }];
    await s3('PutBucketReplication', { Bucket: 'data', ReplicationConfiguration: { Role: 'arn:aws:iam::123456789012:role/r', Rules } });
    const job = await onObjects({ S3ReplicateObject: {} }, { Tagging: 'a=1' });
    expect(job.ProgressSummary).toMatchObject({ NumberOfTasksSucceeded: 1, NumberOfTasksFailed: 1 });
    const source = await head('folder/plain');
    expect(source.ReplicationStatus).toBe('COMPLETED');
    expect(await head('folder/plain', 'replicas')).toMatchObject({ ReplicationStatus: 'REPLICA', VersionId: source.VersionId, StorageClass: 'STANDARD_IA' });
  });

  test('needs a configuration', async () => {
    expect(await failures(onObjects({ S3ReplicateObject: {} }))).toEqual(Array(2).fill('404 ReplicationConfigurationNotFoundError'));
  });
});

test('checksums stand in the report', async () => {
  const job = await succeeds(onObjects({ S3ComputeObjectChecksum: { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } }, { StorageClass: 'GLACIER' }));
  const [row] = (await batch.report(job)).succeeded!;
  expect(JSON.parse(row.slice(row.indexOf('"') + 1, -1).replaceAll('""', '"'))).toEqual({
    checksum_base64: '/sUwqQ==', etag: '9a0364b9e99bb480dd25e1f0284c8555', checksumAlgorithm: 'CRC32', checksumType: 'FULL_OBJECT', checksum_hex: 'FEC530A9',
  });
});

test('the encryption of objects is changed in place', async () => {
  await succeeds(onObjects({ S3UpdateObjectEncryption: { ObjectEncryption: { SSEKMS: { KMSKeyArn: KEY_ARN, BucketKeyEnabled: true } } } }));
  for (const key of KEYS) expect(await head(key)).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN, BucketKeyEnabled: true });
});

import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { refusal } from '../refusals';

const Bucket = 'locked';
const FUTURE = new Date('2040-01-01T00:00:00Z');
const LATER = new Date('2041-01-01T00:00:00Z');

let engine: TestEngine;
let s3: S3.S3Client;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true });
  await s3.send(new S3.CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await s3.send(new S3.CreateBucketCommand({ Bucket: 'plain' }));
});

afterAll(() => engine.stop());

const put = (Key: string, options: Partial<S3.PutObjectCommandInput> = {}) => s3.send(new S3.PutObjectCommand({ Bucket, Key, Body: 'x', ...options }));
const retain = (Key: string, Retention: S3.ObjectLockRetention, BypassGovernanceRetention?: boolean) =>
  s3.send(new S3.PutObjectRetentionCommand({ Bucket, Key, Retention, BypassGovernanceRetention }));
const remove = (Key: string, VersionId: string | undefined, BypassGovernanceRetention?: boolean) =>
  s3.send(new S3.DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }));

test('a legal hold keeps a version until it is taken off', async () => {
  const { VersionId } = await put('held');
  expect(await refusal(s3.send(new S3.GetObjectLegalHoldCommand({ Bucket, Key: 'held' })))).toBe('NoSuchObjectLockConfiguration');
  await s3.send(new S3.PutObjectLegalHoldCommand({ Bucket, Key: 'held', LegalHold: { Status: 'ON' } }));
  expect((await s3.send(new S3.GetObjectLegalHoldCommand({ Bucket, Key: 'held' }))).LegalHold).toEqual({ Status: 'ON' });
  expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'held' }))).ObjectLockLegalHoldStatus).toBe('ON');
  expect(await refusal(remove('held', VersionId, true))).toBe('AccessDenied');
  // a marker hides it all the same
  expect((await remove('held', undefined)).DeleteMarker).toBe(true);
  await s3.send(new S3.PutObjectLegalHoldCommand({ Bucket, Key: 'held', VersionId, LegalHold: { Status: 'OFF' } }));
  await remove('held', VersionId);
});

test('governance gives way to who may pass it by, compliance to nobody', async () => {
  const { VersionId } = await put('kept', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: FUTURE });
  expect(await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'kept' }))).toMatchObject({ ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: FUTURE });
  expect(await refusal(remove('kept', VersionId))).toBe('AccessDenied');
  expect(await refusal(retain('kept', {}))).toBe('AccessDenied');
  await retain('kept', { Mode: 'GOVERNANCE', RetainUntilDate: LATER });
  await retain('kept', { Mode: 'COMPLIANCE', RetainUntilDate: FUTURE }, true);
  expect(await refusal(retain('kept', { Mode: 'GOVERNANCE', RetainUntilDate: LATER }, true))).toBe('AccessDenied');
  expect(await refusal(remove('kept', VersionId, true))).toBe('AccessDenied');
  await retain('kept', { Mode: 'COMPLIANCE', RetainUntilDate: LATER });
  expect((await s3.send(new S3.GetObjectRetentionCommand({ Bucket, Key: 'kept' }))).Retention).toEqual({ Mode: 'COMPLIANCE', RetainUntilDate: LATER });
});

test('dates lie ahead, and come with a mode', async () => {
  const past = new Date('2020-01-01T00:00:00Z');
  expect(await refusal(put('late', { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: past }))).toBe('InvalidArgument');
  expect(await refusal(put('half', { ObjectLockMode: 'GOVERNANCE' }))).toBe('InvalidArgument');
  await put('now');
  expect(await refusal(retain('now', { Mode: 'GOVERNANCE', RetainUntilDate: past }))).toBe('InvalidArgument');
  expect(await refusal(retain('now', { Mode: 'GOVERNANCE' }))).toBe('MalformedXML');
});

test('a default retention holds for new objects', async () => {
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule: { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 2 } } };
  await s3.send(new S3.PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  expect((await s3.send(new S3.GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration).toEqual(ObjectLockConfiguration);
  const { VersionId } = await put('default');
  expect((await s3.send(new S3.HeadObjectCommand({ Bucket, Key: 'default' }))).ObjectLockMode).toBe('GOVERNANCE');
  await engine.control('POST', 'clock', { advanceSeconds: 2 * 24 * 3600 + 1 });
  await remove('default', VersionId);
});

test('buckets without a lock have none of it', async () => {
  await s3.send(new S3.PutObjectCommand({ Bucket: 'plain', Key: 'k', Body: 'x' }));
  const hold = new S3.PutObjectLegalHoldCommand({ Bucket: 'plain', Key: 'k', LegalHold: { Status: 'ON' } });
  expect(await refusal(s3.send(hold))).toBe('InvalidRequest');
  expect(await refusal(put('k', { Bucket: 'plain', ObjectLockLegalHoldStatus: 'ON' }))).toBe('InvalidRequest');
  expect(await refusal(s3.send(new S3.GetObjectLockConfigurationCommand({ Bucket: 'plain' })))).toBe('ObjectLockConfigurationNotFoundError');
  const lock = new S3.PutObjectLockConfigurationCommand({ Bucket: 'plain', ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } });
  expect(await refusal(s3.send(lock))).toBe('InvalidBucketState');
  const suspend = new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } });
  expect(await refusal(s3.send(suspend))).toBe('InvalidBucketState');
});

import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { images, rights, synthJob } from './fixtures';
import { OPERATION_CASES, targetOf } from './operations';
import model from '../../local/src/models/s3control.json';
import { constraintError } from '../../local/src/wire/constraint-errors';
import { violations } from '../../local/src/wire/constraints';
import { loadModel } from '../../local/src/wire/model';
import { s3batch } from '../../src';
import { OPERATION_NAMES } from '../../src/model/s3batch/operations';
import { newStack } from '../groundtruth/fixtures';

const {
  AclGrantee, AclPermission, CannedAccessControlList, ChecksumAlgorithm, ChecksumType, InvocationSchemaVersion, LegalHoldStatus, MetadataDirective, Operation,
  SseAlgorithm, StorageClass,
} = s3batch;

/** What every role may do besides. */
const COMMON = {
  '<LabelingState59B5A6A3.Arn>/<?>/JobB9D00F9F/manifests/*': ['s3:GetObject', 's3:GetObjectVersion'],
  '<BatchReportsA5EC7759.Arn>/reports/job-*': ['s3:PutObject'],
};

describe.each(OPERATION_CASES.map((each) => [each.title, each] as const))('%s', (_, { name, make, parameters, rights: expected }) => {
  const { request, statements } = synthJob((stack) => ({ operation: make(stack) }));

  test('stands in the request', () => {
    expect(request.Operation).toEqual({ [name]: parameters });
  });

  test('is what the service\'s model allows', () => {
    const found = violations(loadModel('s3control'), loadModel('s3control').shapes.JobOperation, dated(request.Operation));
    expect(found.map((each) => constraintError('s3control', [each]).message)).toEqual([]);
  });

  test('gives the role its own rights, and no others', () => {
    expect(rights(statements)).toEqual({ ...COMMON, ...expected });
  });
});

/** Times as SDKs have them, and names as they are at deployment. */
function dated(value: any): any {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : value.replace('<AWS::Partition>', 'aws');
  if (Array.isArray(value)) return value.map(dated);
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, dated(member)])) : value;
}

test('all operations are there', () => {
  expect([...new Set(OPERATION_CASES.map(({ name }) => name))].sort()).toEqual([...OPERATION_NAMES].sort());
});

test('every field of every operation can be set', () => {
  const shapes = model.shapes as unknown as Record<string, { type: string; members?: Record<string, { shape: string }>; member?: { shape: string } }>;
  const fields = (name: string, path: string): string[] => {
    const { type, members, member } = shapes[name];
    if (type === 'list') return fields(member!.shape, path);
    return type === 'structure' && Object.keys(members!).length > 0
      ? Object.entries(members!).flatMap(([key, { shape }]) => fields(shape, `${path}.${key}`)) : [path];
  };
  const set = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return value.flatMap((each) => set(each, path));
    if (typeof value !== 'object' || value === null || path.endsWith('.UserArguments') || path.endsWith('.UserMetadata')) return [path];
    return Object.keys(value).length === 0 ? [path] : Object.entries(value).flatMap(([key, member]) => set(member, `${path}.${key}`));
  };
  const used = new Set(OPERATION_CASES.flatMap(({ name, parameters }) => set({ [name]: parameters }, '')));
  expect(fields('JobOperation', '').filter((field) => !used.has(field))).toEqual([]);
});

test('a version of an object needs rights to versions, where the manifest names some', () => {
  const { statements } = synthJob((stack) => ({
    operation: Operation.copyObjects({ targetBucket: targetOf(stack) }), manifest: s3batch.Manifest.fromRows(images(stack), [{ key: 'a', versionId: 'v' }]),
  }));
  expect(rights(statements)['<Images2D38C313.Arn>/*']).toEqual(expect.arrayContaining(['s3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging']));
});

test('the keys of both buckets may be used, each for its side', () => {
  const { statements, template } = synthJob((stack) => {
    const source = new s3.Bucket(stack, 'Secret', { encryption: s3.BucketEncryption.KMS });
    const target = new s3.Bucket(stack, 'Target', { encryption: s3.BucketEncryption.KMS });
    return { manifest: s3batch.Manifest.fromRows(source, [{ key: 'a' }]), operation: Operation.copyObjects({ targetBucket: target }) };
  });
  const [secret, target] = ['Secret', 'Target'].map((id) => Object.keys(template.findResources('AWS::KMS::Key')).find((name) => name.startsWith(id))!);
  expect(rights(statements)).toMatchObject({ [`<${secret}.Arn>`]: ['kms:Decrypt'], [`<${target}.Arn>`]: ['kms:GenerateDataKey'] });
});

const stack = newStack();
const target = targetOf(stack);
const express = s3.Bucket.fromBucketAttributes(stack, 'Express', {
  bucketName: 'fast--use1-az4--x-s3', bucketArn: 'arn:aws:s3express:us-east-1:111122223333:bucket/fast--use1-az4--x-s3',
});
const fn = lambda.Function.fromFunctionArn(stack, 'Fn', 'arn:aws:lambda:us-east-1:111122223333:function:f');
const copy = (options: Partial<s3batch.CopyObjectsOptions>) => () => Operation.copyObjects({ targetBucket: target, ...options });
const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 'v']));

test.each<[string, () => unknown, string]>([
  ['two access control lists', copy({
    cannedAccessControlList: CannedAccessControlList.PRIVATE, accessControlGrants: [{ grantee: AclGrantee.uri('u'), permission: AclPermission.READ }],
  }), "'cannedAccessControlList' and 'accessControlGrants' exclude each other"],
  ['a grant to write', copy({ accessControlGrants: [{ grantee: AclGrantee.uri('u'), permission: AclPermission.WRITE }] }), 'AclPermission.WRITE'],
  ['an empty grantee', () => AclGrantee.uri(''), "'identifier' must have 1 to 1024 characters, got 0"],
  ['an empty prefix', copy({ targetKeyPrefix: '' }), "'targetKeyPrefix' must have 1 to 1024 characters, got 0"],
  ['eleven tags', copy({ newObjectTagging: eleven }), "'newObjectTagging' must hold at most 10 tags, an object has no more, got 11"],
  ['a tag of other characters', copy({ newObjectTagging: { 'a?': 'b' } }), 'got "a?"'],
  ['a tag of AWS\'s own', copy({ newObjectTagging: { 'aws:a': 'b' } }), "must not have keys that begin with 'aws:'"],
  ['a redirect to nowhere', copy({ redirectLocation: 'other' }), "'redirectLocation' must begin with '/', 'http://' or 'https://', got \"other\""],
  ['a lock without an end', copy({ objectLockMode: s3.ObjectLockMode.COMPLIANCE }), "'objectLockRetainUntilDate' is missing"],
  ['an end without a lock', copy({ objectLockRetainUntilDate: new Date() }), "'objectLockMode' is missing"],
  ['metadata that is not used', copy({ metadataDirective: MetadataDirective.COPY, newObjectMetadata: { contentType: 'a' } }), "'metadataDirective' is COPY"],
  ['too much metadata', copy({ newObjectMetadata: { userMetadata: { a: 'x'.repeat(1024), b: 'x'.repeat(1024) } } }), 'must have at most 2048 bytes in all, got 2050'],
  ['a name of metadata with a space', copy({ newObjectMetadata: { userMetadata: { 'a b': '' } } }), 'must have names of letters, digits and hyphens, got "a b"'],
  ['S3\'s keys and another one', copy({ newObjectMetadata: { sseAlgorithm: SseAlgorithm.AES256 }, encryptionKey: new kms.Key(stack, 'K') }), "'encryptionKey' and 'SseAlgorithm.AES256'"],
  ['S3\'s keys and a bucket key', copy({ newObjectMetadata: { sseAlgorithm: SseAlgorithm.AES256 }, bucketKeyEnabled: true }), "'bucketKeyEnabled' and 'SseAlgorithm.AES256'"],
  ['times that exclude each other', copy({ modifiedSinceConstraint: new Date(2), unModifiedSinceConstraint: new Date(1) }), 'or nothing is ever copied'],
  ['a storage class of a directory bucket', copy({ targetBucket: express, storageClass: StorageClass.STANDARD }), "'storageClass' is not supported by directory buckets"],
  ['tags in a directory bucket', copy({ targetBucket: express, newObjectTagging: { a: 'b' } }), "'newObjectTagging' must be empty"],
  ['KMS without a key in a directory bucket', copy({ targetBucket: express, newObjectMetadata: { sseAlgorithm: SseAlgorithm.KMS } }), "'encryptionKey' is missing"],
  ['arguments of the first form', () => Operation.invokeFunction({ function: fn, invocationSchemaVersion: InvocationSchemaVersion.V1_0, userArguments: { a: 'b' } }), 'needs InvocationSchemaVersion.V2_0, got V1_0'],
  ['no arguments', () => Operation.invokeFunction({ function: fn, userArguments: {} }), "'userArguments' must hold 1 to 10 texts, got 0"],
  ['eleven arguments', () => Operation.invokeFunction({ function: fn, userArguments: eleven }), "'userArguments' must hold 1 to 10 texts, got 11"],
  ['a long argument', () => Operation.invokeFunction({ function: fn, userArguments: { a: 'x'.repeat(1025) } }), "'userArguments.a' must have 0 to 1024 characters, got 1025"],
  ['what is no function', () => Operation.invokeFunction({ function: { ...fn, functionArn: 'arn:aws:lambda:us-east-1:111122223333:layer:l' } as lambda.IFunction }), "'function' must have the ARN of a function"],
  ['half a day', () => Operation.restore({ expiration: Duration.hours(12) }), "'expiration' must be whole days from 1, got 12 hours"],
  ['no day', () => Operation.restore({ expiration: Duration.days(0) }), "'expiration' must be whole days from 1"],
  ['no list', () => Operation.replaceAcl({}), "'cannedAccessControlList' or 'accessControlList' is missing"],
  ['both lists', () => Operation.replaceAcl({ cannedAccessControlList: CannedAccessControlList.PRIVATE, accessControlList: { ownerId: 'a' } }), 'exclude each other'],
  ['an owner without an id', () => Operation.replaceAcl({ accessControlList: { ownerId: '' } }), "'accessControlList.ownerId' must have 1 to 1024 characters, got 0"],
  ['eleven tags for all', () => Operation.replaceTags({ tags: eleven }), "'tags' must hold at most 10 tags"],
  ['retention without an end', () => Operation.retention({ mode: s3.ObjectLockMode.COMPLIANCE }), "'retainUntilDate' is missing"],
  ['a checksum of parts that there is not', () => Operation.computeChecksum({ checksumAlgorithm: ChecksumAlgorithm.MD5, checksumType: ChecksumType.COMPOSITE }), "'checksumType' must be FULL_OBJECT for MD5"],
  ['a checksum of parts by default', () => Operation.computeChecksum({ checksumType: ChecksumType.COMPOSITE }), 'only CRC32, CRC32C, SHA1, SHA256'],
  ['an alias', () => Operation.updateEncryption({ encryptionKey: aliasKey(stack) }), "'encryptionKey' must be a key by its ARN"],
])('fails for %s', (_, make, message) => {
  expect(make).toThrow(message);
});

function aliasKey(scope: Stack): kms.IKey {
  return { ...kms.Key.fromKeyArn(scope, 'B', 'arn:aws:kms:us-east-1:111122223333:key/b'), keyArn: 'arn:aws:kms:us-east-1:111122223333:alias/a' } as kms.IKey;
}

test.each<[string, Partial<s3batch.CopyObjectsOptions>]>([
  ['a prefix', { targetKeyPrefix: 'copies' }],
  ['another storage class', { storageClass: StorageClass.GLACIER_IR }],
  ['other metadata', { newObjectMetadata: { contentType: 'a' } }],
])('objects may be copied within their bucket with %s', (_, options) => {
  expect(() => synthJob((each) => ({ operation: Operation.copyObjects({ targetBucket: images(each), ...options }) }))).not.toThrow();
});

test('fails for a copy of objects to themselves', () => {
  expect(() => synthJob((each) => ({ operation: Operation.copyObjects({ targetBucket: images(each) }) }))).toThrow('S3 does not copy an object to itself');
});

describe('objects of a directory bucket', () => {
  const onExpress = (make: (scope: Stack) => s3batch.Operation) => () => synthJob((each) => ({
    operation: make(each),
    manifest: s3batch.Manifest.fromRows(s3.Bucket.fromBucketAttributes(each, 'Express', {
      bucketName: 'fast--use1-az4--x-s3', bucketArn: 'arn:aws:s3express:us-east-1:111122223333:bucket/fast--use1-az4--x-s3',
    }), [{ key: 'a' }]),
  }));

  test.each<[string, (scope: Stack) => s3batch.Operation]>([
    ['tags', () => Operation.deleteTags()],
    ['access control lists', () => Operation.replaceAcl({ cannedAccessControlList: CannedAccessControlList.PRIVATE })],
    ['archives', () => Operation.restore()],
    ['legal holds', () => Operation.legalHold({ status: LegalHoldStatus.ON })],
    ['replication', () => Operation.replicate()],
  ])('have no %s', (_, make) => {
    expect(onExpress(make)).toThrow("'operation' must be one that directory buckets know");
  });

  test('come to functions in the second form only', () => {
    const invoke = (invocationSchemaVersion?: s3batch.InvocationSchemaVersion) => onExpress((each) => Operation.invokeFunction({
      function: lambda.Function.fromFunctionArn(each, 'Fn', 'arn:aws:lambda:us-east-1:111122223333:function:f'), invocationSchemaVersion,
    }));
    expect(invoke()).toThrow("'invocationSchemaVersion' must be V2_0");
    expect(invoke(InvocationSchemaVersion.V2_0)).not.toThrow();
  });

  test('are read within a session', () => {
    const { statements } = onExpress((each) => Operation.copyObjects({ targetBucket: targetOf(each) }))();
    expect(rights(statements)).toMatchObject({ 'arn:aws:s3express:us-east-1:111122223333:bucket/fast--use1-az4--x-s3': ['s3express:CreateSession'] });
  });
});

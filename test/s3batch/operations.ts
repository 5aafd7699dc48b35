import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { s3batch } from '../../src';
import { OperationName } from '../../src/model/s3batch/operations';

const {
  AclGrantee, AclPermission, CannedAccessControlList, ChecksumAlgorithm, ChecksumType, GlacierJobTier, InvocationSchemaVersion, LegalHoldStatus,
  MetadataDirective, Operation, SseAlgorithm, StorageClass,
} = s3batch;

const KEY_ARN = 'arn:aws:kms:us-east-1:111122223333:key/k';
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:111122223333:function:f';

export const targetOf = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Target', 'copies');
const keyOf = (stack: Stack) => kms.Key.fromKeyArn(stack, 'NewKey', KEY_ARN);

/** An operation with values in its fields, and what stands in the request for it. */
export interface OperationCase {
  readonly title: string;
  readonly name: OperationName;
  readonly make: (stack: Stack) => s3batch.Operation;
  readonly parameters: Record<string, unknown>;
  /** What the role may do because of it, by resource. */
  readonly rights: Record<string, string[]>;
}

const OBJECTS = '<Images2D38C313.Arn>/*';
const BUCKET = '<Images2D38C313.Arn>';
const READ = { [OBJECTS]: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging'], [BUCKET]: ['s3:ListBucket'] };
const WRITE = ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging'];
const GRANTEES = [
  { grantee: AclGrantee.canonicalUser('abc', 'Anna'), permission: AclPermission.READ },
  { grantee: AclGrantee.emailAddress('a@example.com'), permission: AclPermission.WRITE_ACP },
  { grantee: AclGrantee.uri('http://acs.amazonaws.com/groups/s3/LogDelivery'), permission: AclPermission.FULL_CONTROL },
];
const GRANTS = [
  { Grantee: { TypeIdentifier: 'id', Identifier: 'abc', DisplayName: 'Anna' }, Permission: 'READ' },
  { Grantee: { TypeIdentifier: 'emailAddress', Identifier: 'a@example.com' }, Permission: 'WRITE_ACP' },
  { Grantee: { TypeIdentifier: 'uri', Identifier: 'http://acs.amazonaws.com/groups/s3/LogDelivery' }, Permission: 'FULL_CONTROL' },
];

/** Every operation; together they use every field of the service's model. */
export const OPERATION_CASES: readonly OperationCase[] = [
  {
    title: 'invokeFunction',
    name: 'LambdaInvoke',
    make: (stack) => Operation.invokeFunction({
      function: lambda.Function.fromFunctionArn(stack, 'Fn', FUNCTION_ARN),
      invocationSchemaVersion: InvocationSchemaVersion.V2_0,
      userArguments: { size: '64', empty: '' },
    }),
    parameters: { FunctionArn: FUNCTION_ARN, InvocationSchemaVersion: '2.0', UserArguments: { size: '64', empty: '' } },
    rights: { [FUNCTION_ARN]: ['lambda:InvokeFunction'] },
  },
  {
    title: 'copyObjects, to nothing but another bucket',
    name: 'S3PutObjectCopy',
    make: (stack) => Operation.copyObjects({ targetBucket: targetOf(stack) }),
    parameters: { TargetResource: 'arn:<AWS::Partition>:s3:::copies' },
    rights: { ...READ, 'arn:<AWS::Partition>:s3:::copies/*': WRITE },
  },
  {
    title: 'copyObjects, with grants, new metadata, tags and a lock',
    name: 'S3PutObjectCopy',
    make: (stack) => Operation.copyObjects({
      targetBucket: targetOf(stack),
      targetKeyPrefix: 'thumbs',
      accessControlGrants: GRANTEES,
      metadataDirective: MetadataDirective.REPLACE,
      modifiedSinceConstraint: new Date('2026-01-01T00:00:00Z'),
      unModifiedSinceConstraint: new Date('2026-06-01T00:00:00Z'),
      newObjectMetadata: {
        cacheControl: 'max-age=60',
        contentDisposition: 'inline',
        contentEncoding: 'gzip',
        contentLanguage: 'de',
        contentType: 'image/png',
        httpExpiresDate: new Date('2027-01-01T00:00:00Z'),
        userMetadata: { camera: '7' },
        contentLength: 1,
        contentMd5: 'x',
        requesterCharged: false,
        sseAlgorithm: SseAlgorithm.KMS,
      },
      newObjectTagging: { team: 'vision', a: '' },
      redirectLocation: '/other',
      requesterPays: true,
      storageClass: StorageClass.GLACIER_IR,
      encryptionKey: keyOf(stack),
      objectLockLegalHoldStatus: LegalHoldStatus.ON,
      objectLockMode: s3.ObjectLockMode.GOVERNANCE,
      objectLockRetainUntilDate: new Date('2030-01-01T00:00:00Z'),
      bucketKeyEnabled: true,
      checksumAlgorithm: ChecksumAlgorithm.SHA256,
    }),
    parameters: {
      TargetResource: 'arn:<AWS::Partition>:s3:::copies',
      TargetKeyPrefix: 'thumbs',
      AccessControlGrants: GRANTS,
      MetadataDirective: 'REPLACE',
      ModifiedSinceConstraint: '2026-01-01T00:00:00.000Z',
      UnModifiedSinceConstraint: '2026-06-01T00:00:00.000Z',
      NewObjectMetadata: {
        CacheControl: 'max-age=60',
        ContentDisposition: 'inline',
        ContentEncoding: 'gzip',
        ContentLanguage: 'de',
        ContentType: 'image/png',
        HttpExpiresDate: '2027-01-01T00:00:00.000Z',
        UserMetadata: { camera: '7' },
        ContentLength: 1,
        ContentMD5: 'x',
        RequesterCharged: false,
        SSEAlgorithm: 'KMS',
      },
      NewObjectTagging: [{ Key: 'a', Value: '' }, { Key: 'team', Value: 'vision' }],
      RedirectLocation: '/other',
      RequesterPays: true,
      StorageClass: 'GLACIER_IR',
      SSEAwsKmsKeyId: KEY_ARN,
      ObjectLockLegalHoldStatus: 'ON',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: '2030-01-01T00:00:00.000Z',
      BucketKeyEnabled: true,
      ChecksumAlgorithm: 'SHA256',
    },
    rights: {
      ...READ,
      'arn:<AWS::Partition>:s3:::copies/thumbs/*': [...WRITE, 's3:PutObjectLegalHold', 's3:PutObjectRetention'],
      [KEY_ARN]: ['kms:GenerateDataKey'],
    },
  },
  {
    title: 'copyObjects, with a named list and without tags',
    name: 'S3PutObjectCopy',
    make: (stack) => Operation.copyObjects({
      targetBucket: targetOf(stack), cannedAccessControlList: CannedAccessControlList.BUCKET_OWNER_READ, newObjectTagging: {},
    }),
    parameters: { TargetResource: 'arn:<AWS::Partition>:s3:::copies', CannedAccessControlList: 'bucket-owner-read', NewObjectTagging: [] },
    rights: { ...READ, 'arn:<AWS::Partition>:s3:::copies/*': WRITE },
  },
  {
    title: 'replaceAcl, by name',
    name: 'S3PutObjectAcl',
    make: () => Operation.replaceAcl({ cannedAccessControlList: CannedAccessControlList.PRIVATE }),
    parameters: { AccessControlPolicy: { CannedAccessControlList: 'private' } },
    rights: { [OBJECTS]: ['s3:PutObjectAcl'] },
  },
  {
    title: 'replaceAcl, entry by entry',
    name: 'S3PutObjectAcl',
    make: () => Operation.replaceAcl({ accessControlList: { ownerId: 'me', ownerDisplayName: 'Me', grants: GRANTEES } }),
    parameters: { AccessControlPolicy: { AccessControlList: { Owner: { ID: 'me', DisplayName: 'Me' }, Grants: GRANTS } } },
    rights: { [OBJECTS]: ['s3:PutObjectAcl'] },
  },
  {
    title: 'replaceTags',
    name: 'S3PutObjectTagging',
    make: () => Operation.replaceTags({ tags: { team: 'vision', a: '1' } }),
    parameters: { TagSet: [{ Key: 'a', Value: '1' }, { Key: 'team', Value: 'vision' }] },
    rights: { [OBJECTS]: ['s3:PutObjectTagging'] },
  },
  {
    title: 'replaceTags, by none',
    name: 'S3PutObjectTagging',
    make: () => Operation.replaceTags({ tags: {} }),
    parameters: { TagSet: [] },
    rights: { [OBJECTS]: ['s3:PutObjectTagging'] },
  },
  { title: 'deleteTags', name: 'S3DeleteObjectTagging', make: () => Operation.deleteTags(), parameters: {}, rights: { [OBJECTS]: ['s3:DeleteObjectTagging'] } },
  {
    title: 'restore, for a time',
    name: 'S3InitiateRestoreObject',
    make: () => Operation.restore({ expiration: Duration.days(7), glacierJobTier: GlacierJobTier.BULK }),
    parameters: { ExpirationInDays: 7, GlacierJobTier: 'BULK' },
    rights: { [OBJECTS]: ['s3:RestoreObject'] },
  },
  {
    title: 'restore, from archive tiers',
    name: 'S3InitiateRestoreObject',
    make: () => Operation.restore(),
    parameters: {},
    rights: { [OBJECTS]: ['s3:RestoreObject'] },
  },
  {
    title: 'legalHold',
    name: 'S3PutObjectLegalHold',
    make: () => Operation.legalHold({ status: LegalHoldStatus.OFF }),
    parameters: { LegalHold: { Status: 'OFF' } },
    rights: { [OBJECTS]: ['s3:PutObjectLegalHold'], [BUCKET]: ['s3:GetBucketObjectLockConfiguration'] },
  },
  {
    title: 'retention',
    name: 'S3PutObjectRetention',
    make: () => Operation.retention({ mode: s3.ObjectLockMode.COMPLIANCE, retainUntilDate: new Date('2030-01-01T00:00:00Z'), bypassGovernanceRetention: true }),
    parameters: { BypassGovernanceRetention: true, Retention: { Mode: 'COMPLIANCE', RetainUntilDate: '2030-01-01T00:00:00.000Z' } },
    rights: { [OBJECTS]: ['s3:PutObjectRetention', 's3:BypassGovernanceRetention'], [BUCKET]: ['s3:GetBucketObjectLockConfiguration'] },
  },
  {
    title: 'retention, taken away',
    name: 'S3PutObjectRetention',
    make: () => Operation.retention({}),
    parameters: { Retention: {} },
    rights: { [OBJECTS]: ['s3:PutObjectRetention'], [BUCKET]: ['s3:GetBucketObjectLockConfiguration'] },
  },
  { title: 'replicate', name: 'S3ReplicateObject', make: () => Operation.replicate(), parameters: {}, rights: { [OBJECTS]: ['s3:InitiateReplication'] } },
  {
    title: 'computeChecksum',
    name: 'S3ComputeObjectChecksum',
    make: () => Operation.computeChecksum({ checksumAlgorithm: ChecksumAlgorithm.SHA256, checksumType: ChecksumType.COMPOSITE }),
    parameters: { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
    rights: { [OBJECTS]: ['s3:GetObject'] },
  },
  {
    title: 'updateEncryption',
    name: 'S3UpdateObjectEncryption',
    make: (stack) => Operation.updateEncryption({ encryptionKey: keyOf(stack), bucketKeyEnabled: true }),
    parameters: { ObjectEncryption: { SSEKMS: { KMSKeyArn: KEY_ARN, BucketKeyEnabled: true } } },
    rights: { [OBJECTS]: ['s3:PutObject', 's3:UpdateObjectEncryption'], [KEY_ARN]: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'] },
  },
];

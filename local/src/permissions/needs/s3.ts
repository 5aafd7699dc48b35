import type { Input, NeedsTable } from './table';
import type { Need } from '../policy';

/** S3 has one partition-wide name for a bucket; the partition is filled in by the caller. */
const bucketArn = ({ Bucket }: Input): string => `arn:aws:s3:::${Bucket}`;
const objectArn = ({ Bucket, Key }: Input): string => `arn:aws:s3:::${Bucket}/${Key}`;

const onBucket = (action: string) => (input: Input): Need[] => [{ action: `s3:${action}`, resource: bucketArn(input) }];
const onObject = (action: string) => (input: Input): Need[] => [{ action: `s3:${action}`, resource: objectArn(input) }];
/** Of a version, another action. */
const onVersion = (action: string, versionAction: string) => (input: Input): Need[] =>
  [{ action: `s3:${input.VersionId === undefined ? action : versionAction}`, resource: objectArn(input) }];

const listing = (action: string) => (input: Input): Need[] => [{
  action: `s3:${action}`,
  resource: bucketArn(input),
  keys: {
    's3:prefix': [input.Prefix ?? ''],
    ...(input.Delimiter !== undefined && { 's3:delimiter': [input.Delimiter] }),
    ...(input.MaxKeys !== undefined && { 's3:max-keys': [String(input.MaxKeys)] }),
  },
}];

/** What comes along with an object that is written. */
function writing(input: Input): Need[] {
  const resource = objectArn(input);
  const retention = input.ObjectLockMode !== undefined || input.ObjectLockRetainUntilDate !== undefined;
  return [
    { action: 's3:PutObject', resource, keys: encryptionKeys(input) },
    ...(input.Tagging ? [{ action: 's3:PutObjectTagging', resource }] : []),
    ...(input.ACL && input.ACL !== 'bucket-owner-full-control' ? [{ action: 's3:PutObjectAcl', resource }] : []),
    ...(retention ? [{ action: 's3:PutObjectRetention', resource }] : []),
    ...(input.ObjectLockLegalHoldStatus !== undefined ? [{ action: 's3:PutObjectLegalHold', resource }] : []),
  ];
}

function encryptionKeys(input: Input): Record<string, string[]> {
  return {
    ...(input.ServerSideEncryption !== undefined && { 's3:x-amz-server-side-encryption': [input.ServerSideEncryption] }),
    ...(input.SSEKMSKeyId !== undefined && { 's3:x-amz-server-side-encryption-aws-kms-key-id': [input.SSEKMSKeyId] }),
  };
}

function copying(input: Input): Need[] {
  const [, path, versionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(input.CopySource as string)!;
  // what looks like a version may be a part of an encoded key, which may hold line breaks too
  const source = `arn:aws:s3:::${decodeURIComponent(path)}`;
  const version = versionId === undefined ? '' : 'Version';
  return [
    { action: `s3:GetObject${version}`, resource: source },
    // an object's tags go along unless others are given
    ...(input.TaggingDirective === 'REPLACE' ? [] : [{ action: `s3:GetObject${version}Tagging`, resource: source }]),
    ...writing(input),
  ];
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
export const S3_NEEDS: NeedsTable = {
  AbortMultipartUpload: onObject('AbortMultipartUpload'),
  CompleteMultipartUpload: onObject('PutObject'),
  CopyObject: copying,
  CreateMultipartUpload: writing,
  DeleteObject: onVersion('DeleteObject', 'DeleteObjectVersion'),
  DeleteObjects: ({ Bucket, Delete }) => Delete.Objects.map(({ Key, VersionId }: Input) =>
    ({ action: VersionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion', resource: objectArn({ Bucket, Key }) })),
  DeleteObjectTagging: onVersion('DeleteObjectTagging', 'DeleteObjectVersionTagging'),
  GetBucketReplication: onBucket('GetReplicationConfiguration'),
  GetBucketEncryption: onBucket('GetEncryptionConfiguration'),
  GetObject: onVersion('GetObject', 'GetObjectVersion'),
  GetObjectAcl: onVersion('GetObjectAcl', 'GetObjectVersionAcl'),
  GetObjectAttributes: (input) => [...onVersion('GetObject', 'GetObjectVersion')(input), ...onVersion('GetObjectAttributes', 'GetObjectVersionAttributes')(input)],
  GetObjectTagging: onVersion('GetObjectTagging', 'GetObjectVersionTagging'),
  HeadBucket: onBucket('ListBucket'),
  HeadObject: onVersion('GetObject', 'GetObjectVersion'),
  ListMultipartUploads: onBucket('ListBucketMultipartUploads'),
  ListObjects: listing('ListBucket'),
  ListObjectsV2: listing('ListBucket'),
  ListObjectVersions: listing('ListBucketVersions'),
  ListParts: onObject('ListMultipartUploadParts'),
  PutBucketNotificationConfiguration: onBucket('PutBucketNotification'),
  GetBucketNotificationConfiguration: onBucket('GetBucketNotification'),
  GetObjectLockConfiguration: onBucket('GetBucketObjectLockConfiguration'),
  PutObject: writing,
  PutObjectAcl: onVersion('PutObjectAcl', 'PutObjectVersionAcl'),
  PutObjectLegalHold: onObject('PutObjectLegalHold'),
  PutObjectRetention: (input) => [
    ...onObject('PutObjectRetention')(input),
    ...(input.BypassGovernanceRetention ? onObject('BypassGovernanceRetention')(input) : []),
  ],
  PutObjectTagging: onVersion('PutObjectTagging', 'PutObjectVersionTagging'),
  RestoreObject: onObject('RestoreObject'),
  UpdateObjectEncryption: onObject('UpdateObjectEncryption'),
  UploadPart: onObject('PutObject'),
  UploadPartCopy: (input) => [...copying(input).filter(({ action }) => action.startsWith('s3:GetObject') && !action.includes('Tagging')), ...onObject('PutObject')(input)],
};

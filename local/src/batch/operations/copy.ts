import type { S3CopyObjectOperation, S3ObjectMetadata, S3Tag } from '@aws-sdk/client-s3-control';
import { grantHeaders } from './acl';
import { eachObject, type ObjectAddress, type OperationContext } from './object-call';
import type { TaskOperation } from '../task';

export function copyObject(operation: S3CopyObjectOperation, { core, caller }: OperationContext): TaskOperation {
  const options = copyOptions(operation);
  const Bucket = operation.TargetResource!.replace(/^arn:[^:]+:s3:::/, '');
  return eachObject(async (address) => void await core.call('s3', 'CopyObject', {
    ...options, Bucket, Key: targetKey(operation.TargetKeyPrefix, address.Key), CopySource: copySource(address),
  }, caller));
}

/** The prefix is a folder: `Folder1` gives `Folder1/key`. */
function targetKey(prefix: string | undefined, key: string): string {
  if (prefix === undefined) return key;
  return prefix.endsWith('/') ? prefix + key : `${prefix}/${key}`;
}

function copySource({ Bucket, Key, VersionId }: ObjectAddress): string {
  const key = Key.split('/').map(encodeURIComponent).join('/');
  return `${Bucket}/${key}${VersionId === undefined ? '' : `?versionId=${encodeURIComponent(VersionId)}`}`;
}

/** What CopyObject is told for every object alike. */
function copyOptions(operation: S3CopyObjectOperation): object {
  const { AccessControlGrants: grants = [], NewObjectTagging: tags } = operation;
  return {
    ACL: operation.CannedAccessControlList,
    ...grantHeaders(grants),
    ...metadataOptions(operation),
    ...(tags && { TaggingDirective: 'REPLACE', Tagging: taggingHeader(tags) }),
    ...encryptionOptions(operation),
    StorageClass: operation.StorageClass,
    WebsiteRedirectLocation: operation.RedirectLocation,
    CopySourceIfModifiedSince: operation.ModifiedSinceConstraint,
    CopySourceIfUnmodifiedSince: operation.UnModifiedSinceConstraint,
    ObjectLockLegalHoldStatus: operation.ObjectLockLegalHoldStatus,
    ObjectLockMode: operation.ObjectLockMode,
    ObjectLockRetainUntilDate: operation.ObjectLockRetainUntilDate,
    ChecksumAlgorithm: operation.ChecksumAlgorithm,
    ...(operation.RequesterPays && { RequestPayer: 'requester' }),
  };
}

/** New metadata replaces the source's unless the directive says to copy. */
function metadataOptions({ MetadataDirective, NewObjectMetadata: metadata }: S3CopyObjectOperation): object {
  const directive = MetadataDirective ?? (hasContent(metadata) ? 'REPLACE' : 'COPY');
  if (directive === 'COPY') return { MetadataDirective: 'COPY' };
  const { CacheControl, ContentDisposition, ContentEncoding, ContentLanguage, ContentType, HttpExpiresDate, UserMetadata = {} } = metadata ?? {};
  return {
    MetadataDirective: 'REPLACE',
    CacheControl,
    ContentDisposition,
    ContentEncoding,
    ContentLanguage,
    ContentType,
    Expires: HttpExpiresDate?.toUTCString(),
    Metadata: UserMetadata,
  };
}

/** The encryption of the copy is asked for beside the metadata: alone it replaces nothing. */
function hasContent(metadata: S3ObjectMetadata | undefined): boolean {
  if (metadata === undefined) return false;
  const { SSEAlgorithm, ...others } = metadata;
  return SSEAlgorithm === undefined || Object.keys(others).length > 0;
}

function encryptionOptions({ SSEAwsKmsKeyId, NewObjectMetadata, BucketKeyEnabled }: S3CopyObjectOperation): object {
  const algorithm = SSEAwsKmsKeyId === undefined ? NewObjectMetadata?.SSEAlgorithm : 'KMS';
  return {
    ...(algorithm && { ServerSideEncryption: algorithm === 'KMS' ? 'aws:kms' : algorithm }),
    ...(SSEAwsKmsKeyId !== undefined && { SSEKMSKeyId: SSEAwsKmsKeyId }),
    BucketKeyEnabled,
  };
}

function taggingHeader(tags: readonly S3Tag[]): string {
  return new URLSearchParams(tags.map(({ Key, Value }): [string, string] => [Key!, Value!])).toString();
}

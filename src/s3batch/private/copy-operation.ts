import { isDirectoryBucket } from './directory-bucket';
import { define, JobObjects, Members, OperationDefinition } from './operation-definition';
import { bothProblems, keyTokenProblems, lengthProblems, objectTagProblems, pairProblems, tagSet } from './value-problems';
import { LIMITS } from '../../model/s3batch/limits';
import { OperationOption } from '../../model/s3batch/operations';
import { isKnown } from '../../private/tokens';
import { CopyObjectsOptions, ObjectMetadataOptions } from '../copy-objects-options';
import { AclPermission } from '../object-acl';
import { LegalHoldStatus, MetadataDirective, SseAlgorithm } from '../object-attributes';

export function copyOperation(options: CopyObjectsOptions): OperationDefinition {
  const { targetBucket, targetKeyPrefix: prefix } = options;
  return define('Operation.copyObjects', copyProblems(options), {
    name: 'S3PutObjectCopy',
    parameters: copyParameters(options),
    options: lockOptions(options),
    // the prefix is a folder, with or without its slash
    target: { bucket: targetBucket, keys: prefix === undefined ? '*' : isKnown(prefix) && prefix.endsWith('/') ? `${prefix}*` : `${prefix}/*` },
    encryptionKey: options.encryptionKey,
    problemsWith: (objects) => selfCopyProblems(options, objects),
  });
}

function copyParameters(options: CopyObjectsOptions): Members {
  return {
    TargetResource: options.targetBucket.bucketArn,
    CannedAccessControlList: options.cannedAccessControlList,
    AccessControlGrants: options.accessControlGrants?.map(({ grantee, permission }) => ({ Grantee: grantee._render(), Permission: permission })),
    MetadataDirective: options.metadataDirective,
    ModifiedSinceConstraint: options.modifiedSinceConstraint?.toISOString(),
    NewObjectMetadata: options.newObjectMetadata && metadataMembers(options.newObjectMetadata),
    NewObjectTagging: options.newObjectTagging && tagSet(options.newObjectTagging),
    RedirectLocation: options.redirectLocation,
    RequesterPays: options.requesterPays,
    StorageClass: options.storageClass,
    UnModifiedSinceConstraint: options.unModifiedSinceConstraint?.toISOString(),
    SSEAwsKmsKeyId: options.encryptionKey?.keyArn,
    TargetKeyPrefix: options.targetKeyPrefix,
    ObjectLockLegalHoldStatus: options.objectLockLegalHoldStatus,
    ObjectLockMode: options.objectLockMode,
    ObjectLockRetainUntilDate: options.objectLockRetainUntilDate?.toISOString(),
    BucketKeyEnabled: options.bucketKeyEnabled,
    ChecksumAlgorithm: options.checksumAlgorithm,
  };
}

function metadataMembers(metadata: ObjectMetadataOptions): Members {
  return {
    CacheControl: metadata.cacheControl,
    ContentDisposition: metadata.contentDisposition,
    ContentEncoding: metadata.contentEncoding,
    ContentLanguage: metadata.contentLanguage,
    UserMetadata: metadata.userMetadata,
    ContentLength: metadata.contentLength,
    ContentMD5: metadata.contentMd5,
    ContentType: metadata.contentType,
    HttpExpiresDate: metadata.httpExpiresDate?.toISOString(),
    RequesterCharged: metadata.requesterCharged,
    SSEAlgorithm: metadata.sseAlgorithm,
  };
}

function lockOptions(options: CopyObjectsOptions): OperationOption[] {
  return [
    ...(options.objectLockLegalHoldStatus === LegalHoldStatus.ON ? ['legalHold' as const] : []),
    ...(options.objectLockMode !== undefined ? ['retention' as const] : []),
  ];
}

function copyProblems(options: CopyObjectsOptions): string[] {
  return [
    ...lengthProblems('targetKeyPrefix', options.targetKeyPrefix, LIMITS.targetKeyPrefixLength),
    ...lengthProblems('targetBucket.bucketArn', options.targetBucket.bucketArn, LIMITS.bucketArnLength),
    ...redirectProblems(options.redirectLocation),
    ...objectTagProblems('newObjectTagging', options.newObjectTagging),
    ...aclProblems(options),
    ...metadataProblems(options),
    ...encryptionProblems(options),
    ...timeProblems(options),
    ...pairProblems('objectLockMode', options.objectLockMode !== undefined, 'objectLockRetainUntilDate', options.objectLockRetainUntilDate !== undefined),
    ...(isDirectoryBucket(options.targetBucket) ? directoryProblems(options) : []),
  ];
}

function redirectProblems(location: string | undefined): string[] {
  if (!isKnown(location)) return [];
  const problems = lengthProblems('redirectLocation', location, LIMITS.redirectLocationLength);
  return /^(\/|https?:\/\/)/.test(location) ? problems
    : [...problems, `'redirectLocation' must begin with '/', 'http://' or 'https://', got ${JSON.stringify(location)}`];
}

function aclProblems({ cannedAccessControlList: canned, accessControlGrants: grants = [] }: CopyObjectsOptions): string[] {
  return [
    ...bothProblems('cannedAccessControlList', 'accessControlGrants', canned !== undefined && grants.length > 0, 'give one of them'),
    ...(grants.some(({ permission }) => permission === AclPermission.WRITE)
      ? ['\'accessControlGrants\' must not hold AclPermission.WRITE: copying an object knows no such grant, use READ, READ_ACP, WRITE_ACP or FULL_CONTROL'] : []),
  ];
}

function metadataProblems({ metadataDirective, newObjectMetadata }: CopyObjectsOptions): string[] {
  if (!newObjectMetadata) return [];
  const { sseAlgorithm, userMetadata = {}, httpExpiresDate, contentLength, requesterCharged, ...headers } = newObjectMetadata;
  const entries = Object.entries(userMetadata);
  const bytes = entries.flat().filter(isKnown).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const replaces = Object.values({ httpExpiresDate, contentLength, requesterCharged, ...headers }).some((value) => value !== undefined) || entries.length > 0;
  return [
    ...Object.entries(headers).flatMap(([name, value]) => lengthProblems(`newObjectMetadata.${name}`, value, LIMITS.metadataLength)),
    ...keyTokenProblems('newObjectMetadata.userMetadata', userMetadata),
    ...entries.flatMap(([name, value]) => [
      ...(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || !isKnown(name) ? []
        : [`'newObjectMetadata.userMetadata' must have names of letters, digits and hyphens, got ${JSON.stringify(name)}`]),
      ...lengthProblems(`newObjectMetadata.userMetadata.${name}`, value, LIMITS.metadataLength, 0),
    ]),
    ...(bytes > LIMITS.userMetadataBytes ? [`'newObjectMetadata.userMetadata' must have at most ${LIMITS.userMetadataBytes} bytes in all, got ${bytes}`] : []),
    ...(replaces && metadataDirective === MetadataDirective.COPY
      ? ['\'metadataDirective\' is COPY, which leaves \'newObjectMetadata\' unused: use REPLACE, or leave the metadata out'] : []),
  ];
}

function encryptionProblems({ encryptionKey, bucketKeyEnabled, newObjectMetadata }: CopyObjectsOptions): string[] {
  if (newObjectMetadata?.sseAlgorithm !== SseAlgorithm.AES256) return [];
  const remedy = 'use SseAlgorithm.KMS, or leave one of them out';
  return [
    ...bothProblems('encryptionKey', 'SseAlgorithm.AES256', encryptionKey !== undefined, remedy),
    ...bothProblems('bucketKeyEnabled', 'SseAlgorithm.AES256', bucketKeyEnabled === true, remedy),
  ];
}

function timeProblems({ modifiedSinceConstraint: since, unModifiedSinceConstraint: until }: CopyObjectsOptions): string[] {
  return since && until && since.getTime() >= until.getTime()
    ? [`'modifiedSinceConstraint' ${since.toISOString()} must be earlier than 'unModifiedSinceConstraint' ${until.toISOString()}, or nothing is ever copied`] : [];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_S3CopyObjectOperation.html */
function directoryProblems(options: CopyObjectsOptions): string[] {
  const unsupported = [
    'cannedAccessControlList', 'accessControlGrants', 'redirectLocation', 'requesterPays', 'storageClass', 'objectLockLegalHoldStatus', 'objectLockMode', 'bucketKeyEnabled',
  ] as const;
  const { newObjectTagging, newObjectMetadata, encryptionKey } = options;
  return [
    ...unsupported.filter((name) => options[name]).map((name) => `'${name}' is not supported by directory buckets, leave it out for this target bucket`),
    ...(Object.keys(newObjectTagging ?? {}).length > 0 ? ['\'newObjectTagging\' must be empty, directory buckets have no tags: give {} if the sources may have some'] : []),
    ...(newObjectMetadata?.sseAlgorithm === SseAlgorithm.KMS && !encryptionKey ? ['\'encryptionKey\' is missing, SseAlgorithm.KMS needs it for a directory bucket'] : []),
  ];
}

/** S3 refuses to copy an object to itself unless something about it changes. */
function selfCopyProblems(options: CopyObjectsOptions, { bucket }: JobObjects): string[] {
  const { targetBucket, targetKeyPrefix, modifiedSinceConstraint, unModifiedSinceConstraint, requesterPays, cannedAccessControlList, ...changes } = options;
  const same = targetBucket === bucket || (isKnown(bucket.bucketName) && targetBucket.bucketName === bucket.bucketName);
  return same && targetKeyPrefix === undefined && Object.values(changes).every((value) => value === undefined)
    ? ['\'targetBucket\' is the bucket of the objects, and S3 does not copy an object to itself: give targetKeyPrefix, or something that changes, such as storageClass'] : [];
}

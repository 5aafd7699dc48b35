import { define, Members, OperationDefinition } from './operation-definition';
import { bothProblems, days, keyArnProblems, lengthProblems, objectTagProblems, pairProblems, tagSet } from './value-problems';
import { LIMITS } from '../../model/s3batch/limits';
import { COMPOSITE_ALGORITHMS } from '../../model/s3batch/operations';
import { isKnown } from '../../private/tokens';
import { AccessControlListOptions } from '../object-acl';
import { ChecksumType } from '../object-attributes';
import {
  ComputeChecksumOptions, LegalHoldOptions, ReplaceAclOptions, ReplaceTagsOptions, RestoreOptions, RetentionOptions, UpdateEncryptionOptions,
} from '../operation-options';

export function replaceTagsOperation({ tags }: ReplaceTagsOptions): OperationDefinition {
  return define('Operation.replaceTags', objectTagProblems('tags', tags), { name: 'S3PutObjectTagging', parameters: { TagSet: tagSet(tags) } });
}

export function restoreOperation({ expiration, glacierJobTier }: RestoreOptions): OperationDefinition {
  const problems: string[] = [];
  const expirationInDays = days('expiration', expiration, problems);
  if (isKnown(expirationInDays) && (!Number.isInteger(expirationInDays) || expirationInDays < LIMITS.restoreDays.min)) {
    problems.push(`'expiration' must be whole days from ${LIMITS.restoreDays.min}, got ${expiration!.toHumanString()}: leave it out for the archive tiers of Intelligent-Tiering`);
  }
  return define('Operation.restore', problems, {
    name: 'S3InitiateRestoreObject', parameters: { ExpirationInDays: expirationInDays, GlacierJobTier: glacierJobTier },
  });
}

export function replaceAclOperation({ cannedAccessControlList: canned, accessControlList: list }: ReplaceAclOptions): OperationDefinition {
  const problems = [
    ...bothProblems('cannedAccessControlList', 'accessControlList', canned !== undefined && list !== undefined, 'give one of them'),
    ...(canned === undefined && list === undefined ? ['\'cannedAccessControlList\' or \'accessControlList\' is missing: give one of them'] : []),
    ...lengthProblems('accessControlList.ownerId', list?.ownerId, LIMITS.granteeLength),
    ...lengthProblems('accessControlList.ownerDisplayName', list?.ownerDisplayName, LIMITS.granteeLength),
  ];
  return define('Operation.replaceAcl', problems, {
    name: 'S3PutObjectAcl',
    parameters: { AccessControlPolicy: { CannedAccessControlList: canned, AccessControlList: list && listMembers(list) } },
  });
}

function listMembers({ ownerId, ownerDisplayName, grants = [] }: AccessControlListOptions): Members {
  return {
    Owner: { ID: ownerId, DisplayName: ownerDisplayName },
    Grants: grants.map(({ grantee, permission }) => ({ Grantee: grantee._render(), Permission: permission })),
  };
}

export function legalHoldOperation({ status }: LegalHoldOptions): OperationDefinition {
  return { name: 'S3PutObjectLegalHold', parameters: { LegalHold: { Status: status } } };
}

export function retentionOperation({ mode, retainUntilDate, bypassGovernanceRetention: bypass }: RetentionOptions): OperationDefinition {
  const problems = pairProblems('mode', mode !== undefined, 'retainUntilDate', retainUntilDate !== undefined);
  return define('Operation.retention', problems, {
    name: 'S3PutObjectRetention',
    parameters: { BypassGovernanceRetention: bypass, Retention: { Mode: mode, RetainUntilDate: retainUntilDate?.toISOString() } },
    options: bypass ? ['bypassGovernanceRetention'] : [],
  });
}

export function computeChecksumOperation({ checksumAlgorithm: algorithm, checksumType: type }: ComputeChecksumOptions): OperationDefinition {
  const composite = type === ChecksumType.COMPOSITE && !COMPOSITE_ALGORITHMS.includes(algorithm ?? '');
  const problems = composite
    ? [`'checksumType' must be FULL_OBJECT for ${algorithm ?? 'S3\'s default algorithm'}: only ${COMPOSITE_ALGORITHMS.join(', ')} have checksums of parts`] : [];
  return define('Operation.computeChecksum', problems, {
    name: 'S3ComputeObjectChecksum', parameters: { ChecksumAlgorithm: algorithm, ChecksumType: type },
  });
}

export function updateEncryptionOperation({ encryptionKey, bucketKeyEnabled }: UpdateEncryptionOptions): OperationDefinition {
  return define('Operation.updateEncryption', keyArnProblems('encryptionKey', encryptionKey), {
    name: 'S3UpdateObjectEncryption',
    parameters: { ObjectEncryption: { SSEKMS: { KMSKeyArn: encryptionKey.keyArn, BucketKeyEnabled: bucketKeyEnabled } } },
    encryptionKey,
  });
}

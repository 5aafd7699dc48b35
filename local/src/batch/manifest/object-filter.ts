import type { JobManifestGeneratorFilter, ObjectEncryptionFilter } from '@aws-sdk/client-s3-control';
import type { ListedObject } from './listed-objects';

/** What a listing does not tell of an object. */
export interface ObjectFacts {
  readonly ServerSideEncryption?: string;
  readonly SSEKMSKeyId?: string;
  readonly BucketKeyEnabled?: boolean;
  readonly ReplicationStatus?: string;
}

/** What a listing decides already. */
export function matchesListing(object: ListedObject, filter: JobManifestGeneratorFilter): boolean {
  const { CreatedAfter, CreatedBefore, ObjectSizeGreaterThanBytes: above, ObjectSizeLessThanBytes: below, MatchAnyStorageClass: classes } = filter;
  return (CreatedAfter === undefined || object.lastModified > CreatedAfter)
    && (CreatedBefore === undefined || object.lastModified < CreatedBefore)
    && (above === undefined || object.size > above)
    && (below === undefined || object.size < below)
    && (classes === undefined || classes.length === 0 || classes.some((name) => name === object.storageClass))
    && matchesName(object.key, filter.KeyNameConstraint);
}

function matchesName(key: string, constraint: JobManifestGeneratorFilter['KeyNameConstraint'] = {}): boolean {
  const { MatchAnyPrefix, MatchAnySuffix, MatchAnySubstring } = constraint;
  return any(MatchAnyPrefix, (text) => key.startsWith(text))
    && any(MatchAnySuffix, (text) => key.endsWith(text))
    && any(MatchAnySubstring, (text) => key.includes(text));
}

function any(texts: readonly string[] | undefined, holds: (text: string) => boolean): boolean {
  return texts === undefined || texts.length === 0 || texts.some(holds);
}

export function needsFacts({ MatchAnyObjectEncryption: encryption, ObjectReplicationStatuses: statuses }: JobManifestGeneratorFilter): boolean {
  return encryption !== undefined || (statuses ?? []).length > 0;
}

export function matchesFacts(facts: ObjectFacts, filter: JobManifestGeneratorFilter): boolean {
  const { MatchAnyObjectEncryption: encryption, ObjectReplicationStatuses: statuses = [] } = filter;
  return (encryption === undefined || encryption.some((wanted) => isEncrypted(facts, wanted)))
    && (statuses.length === 0 || statuses.some((status) => status === (facts.ReplicationStatus ?? 'NONE')));
}

function isEncrypted({ ServerSideEncryption: algorithm, SSEKMSKeyId: key, BucketKeyEnabled }: ObjectFacts, filter: ObjectEncryptionFilter): boolean {
  const isKey = (wanted: string | undefined) => wanted === undefined || wanted === key;
  if (filter.SSES3) return algorithm === 'AES256';
  if (filter.SSEKMS) {
    const { KmsKeyArn, BucketKeyEnabled: withBucketKey } = filter.SSEKMS;
    return algorithm === 'aws:kms' && isKey(KmsKeyArn) && (withBucketKey === undefined || withBucketKey === (BucketKeyEnabled ?? false));
  }
  if (filter.DSSEKMS) return algorithm === 'aws:kms:dsse' && isKey(filter.DSSEKMS.KmsKeyArn);
  if (filter.NOTSSE) return algorithm === undefined;
  // SSE-C: the engine keeps no such objects
  return false;
}

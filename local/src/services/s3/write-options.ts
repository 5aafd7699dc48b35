import { requestedGrants } from './acl';
import type { Bucket, ObjectVersion, Tag } from './bucket';
import { s3Error } from './errors';
import { lockOptions } from './object-lock';
import { parseTagging } from './tag-rules';

type Input = Readonly<Record<string, unknown>>;

const CONTENT_HEADERS = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType', 'Expires', 'WebsiteRedirectLocation'];
const METADATA_LIMIT = 2048;
const KEY_LIMIT = 1024;
const REFUSED = ['SSECustomerAlgorithm', 'WriteOffsetBytes'];

/** The parts of an object that a write's options decide. */
export type DescribedObject = Pick<ObjectVersion, 'headers' | 'metadata' | 'storageClass' | 'tags' | 'retention' | 'legalHold' | 'grants'>;

export function describeObject(bucket: Bucket, input: Input): DescribedObject {
  checkKey(input.Key as string);
  for (const option of REFUSED) {
    if (input[option] !== undefined) throw s3Error('NotImplemented', {}, `the local engine does not serve ${option} of S3 objects`);
  }
  return {
    headers: { ContentType: 'binary/octet-stream', ...contentHeaders(input), ...encryption(bucket, input) },
    metadata: checkedMetadata((input.Metadata ?? {}) as Record<string, string>),
    storageClass: (input.StorageClass as string | undefined) ?? 'STANDARD',
    tags: taggingHeader(input.Tagging as string | undefined),
    grants: requestedGrants(bucket, input),
    ...lockOptions(input),
  };
}

function checkKey(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > KEY_LIMIT) throw s3Error('KeyTooLongError', { Size: size, MaxSizeAllowed: KEY_LIMIT });
}

function contentHeaders(input: Input): Record<string, unknown> {
  const given = Object.fromEntries(CONTENT_HEADERS.filter((name) => input[name] !== undefined).map((name) => [name, input[name]]));
  // `aws-chunked` is how the content travelled, not what it is
  const codings = String(given.ContentEncoding ?? '').split(',').map((coding) => coding.trim()).filter((coding) => coding !== '' && coding !== 'aws-chunked');
  delete given.ContentEncoding;
  return codings.length > 0 ? { ...given, ContentEncoding: codings.join(',') } : given;
}

interface EncryptionRule {
  readonly ApplyServerSideEncryptionByDefault?: { readonly SSEAlgorithm: string; readonly KMSMasterKeyID?: string };
  readonly BucketKeyEnabled?: boolean;
}

/** As asked for, else the bucket's default, else S3's. */
function encryption(bucket: Bucket, input: Input): Record<string, unknown> {
  const [rule] = (bucket.settings.get('encryption') as { Rules?: EncryptionRule[] } | undefined)?.Rules ?? [];
  const byDefault = rule?.ApplyServerSideEncryptionByDefault;
  const ServerSideEncryption = input.ServerSideEncryption ?? byDefault?.SSEAlgorithm ?? 'AES256';
  if (ServerSideEncryption === 'AES256') return { ServerSideEncryption };
  const BucketKeyEnabled = input.BucketKeyEnabled ?? rule?.BucketKeyEnabled;
  return {
    ServerSideEncryption,
    SSEKMSKeyId: input.SSEKMSKeyId ?? byDefault?.KMSMasterKeyID ?? 'alias/aws/s3',
    ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled }),
  };
}

function checkedMetadata(metadata: Record<string, string>): Record<string, string> {
  const size = Object.entries(metadata).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > METADATA_LIMIT) throw s3Error('MetadataTooLarge', { Size: size, MaxSizeAllowed: METADATA_LIMIT });
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]));
}

function taggingHeader(header: string | undefined): readonly Tag[] {
  return header === undefined ? [] : parseTagging(header);
}

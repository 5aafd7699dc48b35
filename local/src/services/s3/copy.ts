import { isArchived } from './archive';
import type { Bucket, ObjectVersion } from './bucket';
import { type BucketStore, quoted, shownVersion } from './bucket-store';
import { digest, requestedAlgorithm } from './checksums';
import { checkCopySource, checkWrite } from './conditions';
import { s3Error } from './errors';
import type { ObjectEvents } from './events';
import { writeResult } from './objects';
import { describeObject } from './write-options';
import type { Operation, RequestContext } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const COPY_LIMIT = 5 * 1024 ** 3;

export interface CopySource {
  readonly bucket: Bucket;
  readonly version: ObjectVersion;
}

/** `bucket/key?versionId=…`, percent-encoded, with or without a slash before it. */
export function copySource(store: BucketStore, input: Input): CopySource {
  const [, path, versionId] = /^\/?(.*?)(?:\?versionId=(.*))?$/s.exec(input.CopySource as string)!;
  const [name, ...key] = decoded(path).split('/');
  if (name === '' || key.join('/') === '') throw s3Error('InvalidArgument', { ArgumentName: 'x-amz-copy-source' }, 'Invalid copy source object key');
  const bucket = store.bucket(name);
  const version = store.object(bucket, key.join('/'), versionId);
  checkCopySource(version, input);
  if (isArchived(version, store.now())) throw s3Error('ObjectNotInActiveTierError');
  return { bucket, version };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    throw s3Error('InvalidArgument', { ArgumentName: 'x-amz-copy-source' }, 'Invalid copy source encoding.');
  }
}

export function copyOperations(store: BucketStore, events: ObjectEvents): Record<string, Operation> {
  return { CopyObject: (input: Input, context) => copyObject(store, events, input, context) };
}

function copyObject(store: BucketStore, events: ObjectEvents, input: Input, context: RequestContext): object {
  const target = store.bucket(input.Bucket);
  const source = copySource(store, input);
  const { bytes, etag } = source.version;
  if (bytes.length > COPY_LIMIT) {
    throw s3Error('InvalidRequest', {}, `The specified copy source is larger than the maximum allowable size for a copy source: ${COPY_LIMIT}`);
  }
  const given = describeObject(target, input);
  if (source.bucket === target && source.version.key === input.Key && changesNothing(input)) {
    throw s3Error('InvalidRequest', {}, 'This copy request is illegal because it is trying to copy an object to itself without changing the object\'s metadata, storage class, website redirect location or encryption attributes.');
  }
  checkWrite(target.current(input.Key), input.Key, input);
  const checksums = copiedChecksums(source.version, input);
  const keepsMetadata = input.MetadataDirective !== 'REPLACE';
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = given.headers as Record<string, unknown>;
  const version = store.write(target, {
    ...given,
    key: input.Key,
    bytes,
    // parts are not copied: the copy is one piece, whose entity tag is that of its content
    etag: source.version.partSizes ? digest('MD5', bytes).toString('hex') : etag,
    checksums,
    ...(keepsMetadata && {
      headers: { ...source.version.headers, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled },
      metadata: source.version.metadata,
    }),
    tags: input.TaggingDirective === 'REPLACE' ? given.tags : source.version.tags,
  });
  events.emit('ObjectCreated:Copy', target, version, context);
  return {
    ...writeResult(target, version),
    CopySourceVersionId: shownVersion(source.bucket, source.version.versionId),
    CopyObjectResult: { ETag: quoted(version.etag), LastModified: new Date(version.lastModified), ...checksums },
  };
}

function changesNothing(input: Input): boolean {
  return input.MetadataDirective !== 'REPLACE'
    && ['StorageClass', 'WebsiteRedirectLocation', 'ServerSideEncryption', 'SSEKMSKeyId', 'TaggingDirective'].every((name) => input[name] === undefined)
    && !/\?versionId=/.test(input.CopySource as string);
}

/** A copy keeps its source's checksum, unless another is asked for or the source's is that of its parts. */
function copiedChecksums(source: ObjectVersion, input: Input): Readonly<Record<string, string>> {
  const kept = requestedAlgorithm(source.checksums) ?? 'CRC64NVME';
  const algorithm = (input.ChecksumAlgorithm as string | undefined) ?? kept;
  if (algorithm === kept && source.checksums.ChecksumType === 'FULL_OBJECT') return source.checksums;
  return { [`Checksum${algorithm}`]: digest(algorithm, source.bytes).toString('base64'), ChecksumType: 'FULL_OBJECT' };
}

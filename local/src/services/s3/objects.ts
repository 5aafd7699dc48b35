import { checkReadable, restoreHeader } from './archive';
import type { Bucket, ObjectVersion } from './bucket';
import { type BucketStore, quoted, shownVersion } from './bucket-store';
import { md5Hex, requestedAlgorithm, verifiedChecksums } from './checksums';
import { checkDelete, checkRead, checkWrite } from './conditions';
import { s3Error } from './errors';
import type { ObjectEvents } from './events';
import { checkDeletion, lockHeaders } from './object-lock';
import { type ByteRange, parseRange, partRange } from './ranges';
import { describeObject } from './write-options';
import { type Bytes, sliceBytes } from '../../core/bytes';
import type { Operation, RequestContext } from '../../core/service';

const SINGLE_PUT_LIMIT = 5 * 1024 ** 3;
const EMPTY = Buffer.alloc(0);

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function objectOperations(store: BucketStore, events: ObjectEvents): Record<string, Operation> {
  return {
    PutObject: (input, context) => putObject(store, events, input, context),
    GetObject: (input: Input) => {
      const { bucket, version, range } = read(store, input);
      checkReadable(version, store.now());
      return { ...described(store, bucket, version, input, range), Body: range ? sliceBytes(version.bytes, range.start, range.end) : version.bytes };
    },
    HeadObject: (input: Input) => {
      const { bucket, version, range } = read(store, input);
      return described(store, bucket, version, input, range);
    },
    DeleteObject: (input: Input, context) => deleteObject(store, events, input, context),
    DeleteObjects: (input: Input, context) => deleteObjects(store, events, input, context),
    GetObjectAttributes: (input: Input) => attributes(store, input),
  };
}

function putObject(store: BucketStore, events: ObjectEvents, input: Input, context: RequestContext): object {
  const bucket = store.bucket(input.Bucket);
  const bytes: Bytes = input.Body ?? EMPTY;
  if (bytes.length > SINGLE_PUT_LIMIT) throw s3Error('EntityTooLarge', { ProposedSize: bytes.length, MaxSizeAllowed: SINGLE_PUT_LIMIT });
  const description = describeObject(bucket, input);
  const checksums = verifiedChecksums(input, bytes, context.headers);
  checkWrite(bucket.current(input.Key), input.Key, input);
  const version = store.write(bucket, { key: input.Key, bytes, etag: md5Hex(bytes), checksums, ...description });
  events.emit('ObjectCreated:Put', bucket, version, context);
  return { ...writeResult(bucket, version), ...checksums };
}

/** What the answers to all writes have in common. */
export function writeResult(bucket: Bucket, version: ObjectVersion): Record<string, unknown> {
  const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = version.headers;
  return {
    ETag: quoted(version.etag), VersionId: shownVersion(bucket, version.versionId), ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled,
  };
}

function read(store: BucketStore, input: Input): { bucket: Bucket; version: ObjectVersion; range?: ByteRange } {
  const bucket = store.bucket(input.Bucket);
  const version = store.object(bucket, input.Key, input.VersionId);
  checkRead(version, input);
  const { length } = version.bytes;
  if (input.PartNumber !== undefined && input.Range !== undefined) throw s3Error('InvalidRequest', {}, 'Cannot specify both Range header and partNumber query parameter');
  if (input.PartNumber !== undefined) return { bucket, version, range: partRange(input.PartNumber, length, version.partSizes) };
  return { bucket, version, range: input.Range === undefined ? undefined : parseRange(input.Range, length) };
}

const OVERRIDES = ['CacheControl', 'ContentDisposition', 'ContentEncoding', 'ContentLanguage', 'ContentType', 'Expires'];

function described(store: BucketStore, bucket: Bucket, version: ObjectVersion, input: Input, range: ByteRange | undefined): Record<string, unknown> {
  const size = version.bytes.length;
  const overrides = Object.fromEntries(OVERRIDES.filter((name) => input[`Response${name}`] !== undefined).map((name) => [name, input[`Response${name}`]]));
  return {
    ...version.headers,
    ...overrides,
    ...(input.ChecksumMode === 'ENABLED' && !range && version.checksums),
    AcceptRanges: 'bytes',
    ContentLength: range ? range.end - range.start : size,
    ...(range && size > 0 && { ContentRange: `bytes ${range.start}-${range.end - 1}/${size}` }),
    ETag: quoted(version.etag),
    LastModified: new Date(version.lastModified),
    Metadata: version.metadata,
    ...(input.PartNumber !== undefined && version.partSizes && { PartsCount: version.partSizes.length }),
    ...lockHeaders(version),
    ...restoreHeader(version, store.now()),
    ReplicationStatus: version.replicationStatus,
    ...(version.storageClass !== 'STANDARD' && { StorageClass: version.storageClass }),
    ...(version.tags.length > 0 && { TagCount: version.tags.length }),
    VersionId: shownVersion(bucket, version.versionId),
  };
}

function deleteObject(store: BucketStore, events: ObjectEvents, input: Input, context: RequestContext): object {
  const bucket = store.bucket(input.Bucket);
  checkDelete(input.VersionId === undefined ? bucket.current(input.Key) : bucket.version(input.Key, input.VersionId), input.Key, input);
  if (input.VersionId !== undefined) return removeVersion(store, bucket, events, input, context);
  if (bucket.versioning === undefined) {
    const version = bucket.current(input.Key);
    if (version) {
      bucket.remove(input.Key, version.versionId);
      events.emit('ObjectRemoved:Delete', bucket, version, context);
    }
    return {};
  }
  const marker = store.write(bucket, {
    key: input.Key, bytes: EMPTY, etag: '', checksums: {}, headers: {}, metadata: {}, storageClass: 'STANDARD', tags: [], isDeleteMarker: true,
  });
  events.emit('ObjectRemoved:DeleteMarkerCreated', bucket, marker, context);
  return { DeleteMarker: true, VersionId: marker.versionId };
}

function removeVersion(store: BucketStore, bucket: Bucket, events: ObjectEvents, input: Input, context: RequestContext): object {
  const version = bucket.version(input.Key, input.VersionId);
  if (version) {
    checkDeletion(version, input.BypassGovernanceRetention, store.now());
    bucket.remove(input.Key, input.VersionId);
    events.emit('ObjectRemoved:Delete', bucket, version, context);
  }
  return { VersionId: input.VersionId, ...(version?.isDeleteMarker && { DeleteMarker: true }) };
}

const DELETE_LIMIT = 1000;

function deleteObjects(store: BucketStore, events: ObjectEvents, input: Input, context: RequestContext): object {
  const { Objects, Quiet } = input.Delete;
  store.bucket(input.Bucket);
  if (Objects.length === 0 || Objects.length > DELETE_LIMIT) throw s3Error('MalformedXML');
  const Deleted: object[] = [];
  const Errors: object[] = [];
  for (const { Key, VersionId, ETag } of Objects) {
    try {
      const result = deleteObject(store, events, {
        Bucket: input.Bucket, Key, VersionId, IfMatch: ETag, BypassGovernanceRetention: input.BypassGovernanceRetention,
      }, context) as Record<string, unknown>;
      if (!Quiet) Deleted.push(deleted(Key, VersionId, result));
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === undefined) throw error;
      Errors.push({ Key, VersionId, Code: code, Message: message });
    }
  }
  return { ...(Deleted.length > 0 && { Deleted }), ...(Errors.length > 0 && { Errors }) };
}

function deleted(Key: string, VersionId: string | undefined, { DeleteMarker, VersionId: marked }: Record<string, unknown>): object {
  return { Key, VersionId, ...(DeleteMarker === true && { DeleteMarker, DeleteMarkerVersionId: marked }) };
}

function attributes(store: BucketStore, input: Input): object {
  const { bucket, version } = read(store, input);
  const all: Record<string, unknown> = {
    ETag: version.etag,
    Checksum: version.checksums,
    ObjectSize: version.bytes.length,
    StorageClass: version.storageClass,
    ...(version.partSizes && { ObjectParts: { TotalPartsCount: version.partSizes.length } }),
  };
  const asked = Object.fromEntries((input.ObjectAttributes as string[]).filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
  return { ...asked, LastModified: new Date(version.lastModified), VersionId: shownVersion(bucket, version.versionId) };
}

/** The algorithm of an object's own checksum. */
export function algorithmOf(version: ObjectVersion): string | undefined {
  return requestedAlgorithm(version.checksums);
}

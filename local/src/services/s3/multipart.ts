import type { Bucket } from './bucket';
import { type BucketStore, quoted, shownVersion } from './bucket-store';
import { requestedAlgorithm, verifiedChecksums, md5Hex } from './checksums';
import { checkWrite } from './conditions';
import { copySource } from './copy';
import { s3Error } from './errors';
import type { ObjectEvents } from './events';
import { joinBytes } from './join-bytes';
import { listParts, listUploads } from './multipart-listing';
import { checkParts, multipartEtag, type Part, type Upload, uploadChecksums } from './multipart-upload';
import { writeResult } from './objects';
import { parseRange } from './ranges';
import { describeObject } from './write-options';
import type { Bytes } from '../../core/bytes';
import { sliceBytes } from '../../core/bytes';
import type { Operation, RequestContext } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const LAST_PART_NUMBER = 10_000;
const PART_LIMIT = 5 * 1024 ** 3;
const EMPTY = Buffer.alloc(0);

export function multipartOperations(store: BucketStore, events: ObjectEvents): Record<string, Operation> {
  const uploads = new Map<string, Upload>();

  function upload({ Bucket: name, Key, UploadId }: Input): Upload {
    store.bucket(name);
    const found = uploads.get(UploadId as string);
    if (!found || found.bucket.name !== name || found.key !== Key) throw s3Error('NoSuchUpload', { UploadId });
    return found;
  }

  return {
    CreateMultipartUpload: (input: Input) => {
      const bucket = store.bucket(input.Bucket);
      const created = createUpload(store, bucket, input);
      uploads.set(created.id, created);
      const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled } = created.description.headers as Record<string, unknown>;
      return {
        Bucket: bucket.name,
        Key: input.Key,
        UploadId: created.id,
        ServerSideEncryption,
        SSEKMSKeyId,
        BucketKeyEnabled,
        ChecksumAlgorithm: created.algorithm,
        ChecksumType: created.algorithm && created.checksumType,
      };
    },
    UploadPart: (input: Input, { headers }) => {
      const to = upload(input);
      const part = addPart(store, to, input.PartNumber, input.Body ?? EMPTY, withAlgorithm(to, input), headers);
      return { ETag: quoted(part.etag), ...part.checksums, ...encryptionOf(to) };
    },
    UploadPartCopy: (input: Input) => {
      const to = upload(input);
      const source = copySource(store, input);
      const part = addPart(store, to, input.PartNumber, sourceBytes(source.version.bytes, input.CopySourceRange), withAlgorithm(to, {}), {});
      return {
        CopySourceVersionId: shownVersion(source.bucket, source.version.versionId),
        CopyPartResult: { ETag: quoted(part.etag), LastModified: new Date(part.lastModified), ...part.checksums },
        ...encryptionOf(to),
      };
    },
    CompleteMultipartUpload: (input: Input, context) => {
      const result = complete(store, events, upload(input), input, context);
      uploads.delete(input.UploadId as string);
      return result;
    },
    AbortMultipartUpload: (input: Input) => {
      upload(input);
      uploads.delete(input.UploadId as string);
      return {};
    },
    ListParts: (input: Input) => listParts(store, upload(input), input),
    ListMultipartUploads: (input: Input) => listUploads(store, store.bucket(input.Bucket), [...uploads.values()], input),
  };
}

function createUpload(store: BucketStore, bucket: Bucket, input: Input): Upload {
  const algorithm = input.ChecksumAlgorithm as string | undefined;
  const byDefault = algorithm === 'CRC64NVME' || algorithm === undefined ? 'FULL_OBJECT' : 'COMPOSITE';
  const checksumType = (input.ChecksumType ?? byDefault) as Upload['checksumType'];
  if ((algorithm?.startsWith('SHA') && checksumType === 'FULL_OBJECT') || (algorithm === 'CRC64NVME' && checksumType === 'COMPOSITE')) {
    throw s3Error('InvalidRequest', {}, `The ${checksumType} checksum type cannot be used with the ${algorithm?.toLowerCase()} checksum algorithm.`);
  }
  return {
    id: store.newId(64),
    bucket,
    key: input.Key,
    initiated: store.now(),
    description: describeObject(bucket, input),
    algorithm,
    checksumType,
    parts: new Map(),
  };
}

/** A part is checked by the upload's algorithm, which its client need not repeat. */
function withAlgorithm(to: Upload, input: Input): Input {
  const sent = requestedAlgorithm(input);
  if (to.algorithm !== undefined && sent !== undefined && sent !== to.algorithm) {
    throw s3Error('InvalidRequest', {}, `Checksum Type mismatch occurred, expected checksum Type: ${to.algorithm.toLowerCase()}, actual checksum Type: ${sent.toLowerCase()}`);
  }
  return to.algorithm === undefined ? input : { ChecksumAlgorithm: to.algorithm, ...input };
}

function addPart(store: BucketStore, to: Upload, number: number, bytes: Bytes, input: Input, headers: Readonly<Record<string, string>>): Part {
  if (number < 1 || number > LAST_PART_NUMBER) {
    throw s3Error('InvalidArgument', { ArgumentName: 'partNumber', ArgumentValue: number }, `Part number must be an integer between 1 and ${LAST_PART_NUMBER}, inclusive`);
  }
  if (bytes.length > PART_LIMIT) throw s3Error('EntityTooLarge', { ProposedSize: bytes.length, MaxSizeAllowed: PART_LIMIT });
  const { ChecksumType: _, ...checksums } = verifiedChecksums(input, bytes, headers);
  const part = { number, bytes, etag: md5Hex(bytes), checksums, lastModified: store.now() };
  to.parts.set(number, part);
  return part;
}

function sourceBytes(bytes: Bytes, range: string | undefined): Bytes {
  if (range === undefined) return bytes;
  const parsed = /^bytes=\d+-\d+$/.test(range) ? parseRange(range, bytes.length) : undefined;
  if (!parsed) {
    throw s3Error('InvalidArgument', { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: range }, 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy');
  }
  return sliceBytes(bytes, parsed.start, parsed.end);
}

function encryptionOf({ description: { headers } }: Upload): object {
  return { ServerSideEncryption: headers.ServerSideEncryption, SSEKMSKeyId: headers.SSEKMSKeyId, BucketKeyEnabled: headers.BucketKeyEnabled };
}

function complete(store: BucketStore, events: ObjectEvents, from: Upload, input: Input, context: RequestContext): object {
  const { bucket, key } = from;
  const parts = checkParts(from, input.MultipartUpload?.Parts ?? []);
  const bytes = joinBytes(parts.map((part) => part.bytes), store.core.settings.workDirectory);
  const checksums = uploadChecksums(from, parts, bytes, input);
  checkWrite(bucket.current(key), key, input);
  const version = store.write(bucket, {
    ...from.description, key, bytes, etag: multipartEtag(parts), checksums, partSizes: parts.map((part) => part.bytes.length),
  });
  events.emit('ObjectCreated:CompleteMultipartUpload', bucket, version, context);
  const location = `${store.core.endpoint}/${bucket.name}/${encodeURIComponent(key).replaceAll('%2F', '/')}`;
  return { ...writeResult(bucket, version), ...checksums, Bucket: bucket.name, Key: key, Location: location };
}

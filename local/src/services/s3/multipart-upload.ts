import { createHash } from 'node:crypto';
import type { Bucket } from './bucket';
import { compositeChecksum, digest } from './checksums';
import { s3Error } from './errors';
import type { DescribedObject } from './write-options';
import type { Bytes } from '../../core/bytes';

export interface Part {
  readonly number: number;
  readonly bytes: Bytes;
  readonly etag: string;
  readonly checksums: Readonly<Record<string, string>>;
  readonly lastModified: number;
}

export interface Upload {
  readonly id: string;
  readonly bucket: Bucket;
  readonly key: string;
  readonly initiated: number;
  readonly description: DescribedObject;
  readonly algorithm: string | undefined;
  readonly checksumType: 'COMPOSITE' | 'FULL_OBJECT';
  readonly parts: Map<number, Part>;
}

/** A part as CompleteMultipartUpload names it. */
type NamedPart = Readonly<Record<string, unknown>> & { readonly PartNumber?: number; readonly ETag?: string };

const SMALLEST_PART = 5 * 1024 ** 2;

/** The parts named, which must be there as named, in ascending order, and large enough but for the last. */
export function checkParts(upload: Upload, named: readonly NamedPart[]): Part[] {
  if (named.length === 0) throw s3Error('MalformedXML');
  const parts = named.map((name, index) => {
    if (index > 0 && Number(name.PartNumber) <= Number(named[index - 1].PartNumber)) throw s3Error('InvalidPartOrder', { UploadId: upload.id });
    const part = upload.parts.get(Number(name.PartNumber));
    if (!part || unquoted(name.ETag) !== part.etag || !checksumsMatch(name, part)) {
      throw s3Error('InvalidPart', { UploadId: upload.id, PartNumber: name.PartNumber, ETag: name.ETag });
    }
    return part;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.bytes.length < SMALLEST_PART) {
      throw s3Error('EntityTooSmall', { ProposedSize: part.bytes.length, MinSizeAllowed: SMALLEST_PART, PartNumber: part.number, ETag: part.etag });
    }
  }
  return parts;
}

function unquoted(etag: string | undefined): string | undefined {
  return etag?.replace(/^"(.*)"$/, '$1');
}

function checksumsMatch(named: NamedPart, part: Part): boolean {
  return Object.entries(part.checksums).every(([name, value]) => named[name] === undefined || named[name] === value);
}

/** The digest of the parts' digests, and their number. */
export function multipartEtag(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const part of parts) hash.update(Buffer.from(part.etag, 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}

/** The whole object's checksum, compared with what the client says it should be. */
export function uploadChecksums(upload: Upload, parts: readonly Part[], bytes: Bytes,
  input: Readonly<Record<string, unknown>>): Record<string, string> {
  const algorithm = upload.algorithm ?? 'CRC64NVME';
  const member = `Checksum${algorithm}`;
  const checksum = upload.checksumType === 'COMPOSITE'
    ? compositeChecksum(algorithm, parts.map((part) => part.checksums[member]))
    : digest(algorithm, bytes).toString('base64');
  if (input[member] !== undefined && (input[member] as string).replace(/-\d+$/, '') !== checksum.replace(/-\d+$/, '')) {
    throw s3Error('BadDigest', {}, `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`);
  }
  if (input.MpuObjectSize !== undefined && Number(input.MpuObjectSize) !== bytes.length) {
    throw s3Error('InvalidRequest', {}, 'The provided \'x-amz-mp-object-size\' header value does not match what was computed.');
  }
  return { [member]: checksum, ChecksumType: upload.checksumType };
}

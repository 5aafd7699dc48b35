import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { crc32, crc32c, crc64nvme } from './crc';
import { s3Error } from './errors';
import { type Bytes, FileBytes } from '../../core/bytes';

type Digest = (chunks: Iterable<Uint8Array>) => Buffer;

function hashed(algorithm: string): Digest {
  return (chunks) => {
    const hash = createHash(algorithm);
    for (const chunk of chunks) hash.update(chunk);
    return hash.digest();
  };
}

/** The algorithms served, by the name that clients give; `Checksum<name>` is the member of inputs and outputs. */
const ALGORITHMS: Readonly<Record<string, Digest>> = {
  CRC32: crc32,
  CRC32C: crc32c,
  CRC64NVME: crc64nvme,
  SHA1: hashed('sha1'),
  SHA256: hashed('sha256'),
  SHA512: hashed('sha512'),
  MD5: hashed('md5'),
};

/** What S3 computes when the client names no algorithm. */
const DEFAULT_ALGORITHM = 'CRC64NVME';
const CHUNK = 1024 * 1024;

/** The content in pieces: a file is never in memory as a whole. */
export function* chunksOf(bytes: Bytes): Generator<Uint8Array> {
  if (!(bytes instanceof FileBytes)) {
    yield bytes;
    return;
  }
  const file = fs.openSync(bytes.path, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK);
    for (let done = 0; done < bytes.length;) {
      const read = fs.readSync(file, buffer, 0, Math.min(CHUNK, bytes.length - done), bytes.start + done);
      if (read === 0) throw new Error(`${bytes.path} is shorter than it was`);
      done += read;
      yield buffer.subarray(0, read);
    }
  } finally {
    fs.closeSync(file);
  }
}

export function digest(algorithm: string, bytes: Bytes): Buffer {
  const compute = ALGORITHMS[algorithm];
  if (!compute) throw s3Error('NotImplemented', {}, `the local engine does not compute ${algorithm} checksums`);
  return compute(chunksOf(bytes));
}

export function md5Hex(bytes: Bytes): string {
  return digest('MD5', bytes).toString('hex');
}

/** The checksum of an algorithm over the parts' checksums: `COMPOSITE`. */
export function compositeChecksum(algorithm: string, parts: readonly string[]): string {
  const all = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
  return `${digest(algorithm, all).toString('base64')}-${parts.length}`;
}

type Input = Readonly<Record<string, unknown>>;

/** The algorithm whose checksum the client sends, or asks for. */
export function requestedAlgorithm(input: Input): string | undefined {
  const sent = Object.keys(input).find((name) => /^Checksum(?!Algorithm$|Type$|Mode$)/.test(name));
  return sent?.slice('Checksum'.length) ?? input.ChecksumAlgorithm as string | undefined;
}

/** Checks every digest that the client sends with its content, and says which checksum the object keeps. */
export function verifiedChecksums(input: Input, bytes: Bytes, headers: Readonly<Record<string, string>>): Record<string, string> {
  verifyMd5(input.ContentMD5 as string | undefined, bytes);
  verifyPayloadHash(headers['x-amz-content-sha256'], bytes);
  const algorithm = requestedAlgorithm(input) ?? DEFAULT_ALGORITHM;
  const computed = digest(algorithm, bytes).toString('base64');
  const sent = input[`Checksum${algorithm}`] as string | undefined;
  if (sent !== undefined && Buffer.from(sent, 'base64').length !== Buffer.from(computed, 'base64').length) {
    throw s3Error('InvalidRequest', {}, `Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  }
  if (sent !== undefined && sent !== computed) {
    throw s3Error('BadDigest', {}, `The ${algorithm} you specified did not match the calculated checksum.`);
  }
  return { [`Checksum${algorithm}`]: computed, ChecksumType: 'FULL_OBJECT' };
}

export function verifyMd5(sent: string | undefined, bytes: Bytes): void {
  if (sent === undefined) return;
  const given = Buffer.from(sent, 'base64');
  if (given.length !== 16) throw s3Error('InvalidDigest', { 'Content-MD5': sent });
  const computed = digest('MD5', bytes);
  if (!given.equals(computed)) throw s3Error('BadDigest', { ExpectedDigest: sent, CalculatedDigest: computed.toString('base64') });
}

function verifyPayloadHash(sent: string | undefined, bytes: Bytes): void {
  if (!sent || !/^[0-9a-f]{64}$/.test(sent)) return;
  const computed = digest('SHA256', bytes).toString('hex');
  if (sent !== computed) {
    throw s3Error('XAmzContentSHA256Mismatch', { ClientComputedContentSHA256: sent, S3ComputedContentSHA256: computed });
  }
}

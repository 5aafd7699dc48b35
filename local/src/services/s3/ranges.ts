import { s3Error } from './errors';

/** First byte, and the byte after the last. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** A `Range` header's bytes; undefined for one that S3 ignores (several ranges, or no range at all). */
export function parseRange(header: string, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first, last] = match;
  if (first === '') {
    const length = Number(last);
    if (length === 0 || size === 0) throw unsatisfiable(header, size);
    return { start: Math.max(0, size - length), end: size };
  }
  if (last !== '' && Number(last) < Number(first)) return undefined;
  if (Number(first) >= size) throw unsatisfiable(header, size);
  return { start: Number(first), end: last === '' ? size : Math.min(size, Number(last) + 1) };
}

function unsatisfiable(header: string, size: number): Error {
  return s3Error('InvalidRange', { RangeRequested: header, ActualObjectSize: size, headers: { 'content-range': `bytes */${size}` } });
}

/** The bytes of one part of an object that came in parts; any other object is its own first part. */
export function partRange(partNumber: number, size: number, partSizes: readonly number[] | undefined): ByteRange {
  const sizes = partSizes ?? [size];
  if (partNumber < 1 || partNumber > sizes.length) throw s3Error('InvalidPartNumber', { PartNumberRequested: partNumber, ActualPartCount: sizes.length });
  const start = sizes.slice(0, partNumber - 1).reduce((sum, part) => sum + part, 0);
  return { start, end: start + sizes[partNumber - 1] };
}

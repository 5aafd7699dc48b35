import type { ObjectVersion } from './bucket';
import { s3Error } from './errors';

interface ReadConditions {
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
  readonly IfModifiedSince?: Date;
  readonly IfUnmodifiedSince?: Date;
}

function matches(condition: string, etag: string): boolean {
  return condition.split(',').some((candidate) => {
    const tag = candidate.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
    return tag === '*' || tag === etag;
  });
}

/** Whole seconds: dates on the wire know no less. */
function seconds(time: number): number {
  return Math.floor(time / 1000);
}

/** Conditions of a read, in the order of RFC 9110: entity tags outrank dates. */
export function checkRead(version: ObjectVersion, input: ReadConditions): void {
  const modified = seconds(version.lastModified);
  if (input.IfMatch !== undefined) {
    if (!matches(input.IfMatch, version.etag)) throw s3Error('PreconditionFailed', { Condition: 'If-Match' });
  } else if (input.IfUnmodifiedSince && modified > seconds(input.IfUnmodifiedSince.getTime())) {
    throw s3Error('PreconditionFailed', { Condition: 'If-Unmodified-Since' });
  }
  const headers = { 'etag': `"${version.etag}"`, 'last-modified': new Date(version.lastModified).toUTCString() };
  if (input.IfNoneMatch !== undefined) {
    if (matches(input.IfNoneMatch, version.etag)) throw s3Error('NotModified', { headers });
  } else if (input.IfModifiedSince && modified <= seconds(input.IfModifiedSince.getTime())) {
    throw s3Error('NotModified', { headers });
  }
}

/** The same for the source of a copy, where "not modified" is a failed condition. */
export function checkCopySource(version: ObjectVersion, input: Readonly<Record<string, unknown>>): void {
  const conditions = Object.fromEntries(['IfMatch', 'IfNoneMatch', 'IfModifiedSince', 'IfUnmodifiedSince']
    .map((name) => [name, input[`CopySource${name}`]])) as ReadConditions;
  try {
    checkRead(version, conditions);
  } catch (error) {
    if ((error as { code: string }).code !== 'NotModified') throw error;
    throw s3Error('PreconditionFailed', { Condition: conditions.IfNoneMatch ? 'x-amz-copy-source-If-None-Match' : 'x-amz-copy-source-If-Modified-Since' });
  }
}

/** Conditions of a write: `If-None-Match: *` wants no object there, `If-Match` wants that very one. */
export function checkWrite(current: ObjectVersion | undefined, key: string, { IfMatch, IfNoneMatch }: ReadConditions): void {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch.trim() !== '*') throw s3Error('NotImplemented', { Header: 'If-None-Match', additionalMessage: 'We don\'t accept the provided value of If-None-Match header for this API' });
    if (current) throw s3Error('PreconditionFailed', { Condition: 'If-None-Match' });
  }
  if (IfMatch !== undefined) checkIfMatch(current, key, IfMatch);
}

function checkIfMatch(current: ObjectVersion | undefined, key: string, condition: string): void {
  if (!current) throw s3Error('NoSuchKey', { Key: key });
  if (!matches(condition, current.etag)) throw s3Error('PreconditionFailed', { Condition: 'If-Match' });
}

interface DeleteConditions {
  readonly IfMatch?: string;
  readonly IfMatchSize?: number;
  readonly IfMatchLastModifiedTime?: Date;
}

export function checkDelete(current: ObjectVersion | undefined, key: string, input: DeleteConditions): void {
  if (input.IfMatch !== undefined) checkIfMatch(current, key, input.IfMatch);
  if (input.IfMatchSize !== undefined || input.IfMatchLastModifiedTime !== undefined) {
    throw s3Error('NotImplemented', { Header: 'x-amz-if-match-size' });
  }
}

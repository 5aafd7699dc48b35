import type { Bucket, ObjectVersion } from './bucket';
import { type BucketStore, quoted } from './bucket-store';
import { s3Error } from './errors';
import { algorithmOf } from './objects';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const PAGE_LIMIT = 1000;
/** After every key of a prefix: no key has this character. */
const AFTER = '\u{10ffff}';

interface Page {
  readonly keys: string[];
  readonly prefixes: string[];
  /** The last key or prefix given, if there is more. */
  readonly last?: string;
}

export function listingOperations(store: BucketStore): Record<string, Operation> {
  return {
    ListObjectsV2: (input: Input) => listObjectsV2(store, input),
    ListObjects: (input: Input) => listObjects(store, input),
  };
}

export function pageSize(name: string, given: number | undefined): number {
  if (given !== undefined && given < 0) {
    throw s3Error('InvalidArgument', { ArgumentName: name, ArgumentValue: given }, `Argument ${name} must be an integer between 0 and 2147483647`);
  }
  return Math.min(given ?? PAGE_LIMIT, PAGE_LIMIT);
}

/** Keys in order, those that share a prefix up to the delimiter rolled up; each key or prefix counts as one. */
export function pageOf(bucket: Bucket, isListed: (key: string) => boolean, { Prefix = '', Delimiter = '' }: Input, after: string, limit: number): Page {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let last: string | undefined;
  for (const { key, group } of keysAndGroups(bucket, after > Prefix ? after : Prefix, Prefix, Delimiter)) {
    const isPassed = key === after || group === after;
    if (isPassed || !(group === undefined ? isListed(key) : hasListed(bucket, group, isListed))) continue;
    if (keys.length + prefixes.length === limit) return { keys, prefixes, last };
    if (group === undefined) keys.push(key);
    else prefixes.push(group);
    last = group ?? key;
  }
  return { keys, prefixes };
}

/** The keys of a prefix; of those that are rolled up, the first of each group. */
export function* keysAndGroups(bucket: Bucket, start: string, prefix: string, delimiter: string): Generator<{ readonly key: string; readonly group?: string }> {
  for (let from: string | undefined = start; from !== undefined;) {
    let next: string | undefined;
    for (const key of bucket.keysFrom(from)) {
      if (!key.startsWith(prefix)) return;
      const group = groupOf(key, prefix, delimiter);
      yield { key, group };
      if (group === undefined) continue;
      next = group + AFTER;
      break;
    }
    from = next;
  }
}

function hasListed(bucket: Bucket, group: string, isListed: (key: string) => boolean): boolean {
  for (const key of bucket.keysFrom(group)) {
    if (!key.startsWith(group)) return false;
    if (isListed(key)) return true;
  }
  return false;
}

/** What a key is rolled up to: all up to the first delimiter after the prefix. */
export function groupOf(key: string, prefix: string, delimiter: string): string | undefined {
  const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
}

export function encoder({ EncodingType }: Input): (text: string) => string {
  if (EncodingType === undefined) return (text) => text;
  // slashes and the like stay as they are
  return (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function contents(store: BucketStore, version: ObjectVersion, encode: (text: string) => string, withOwner: boolean): object {
  const algorithm = algorithmOf(version);
  return {
    Key: encode(version.key),
    LastModified: new Date(version.lastModified),
    ETag: quoted(version.etag),
    ...(algorithm && { ChecksumAlgorithm: [algorithm], ChecksumType: version.checksums.ChecksumType }),
    Size: version.bytes.length,
    StorageClass: version.storageClass,
    ...(withOwner && { Owner: store.owner }),
  };
}

function listObjectsV2(store: BucketStore, input: Input): object {
  const bucket = store.bucket(input.Bucket);
  const limit = pageSize('max-keys', input.MaxKeys);
  const after = input.ContinuationToken === undefined ? input.StartAfter ?? '' : decodeToken(input.ContinuationToken);
  const encode = encoder(input);
  const page = pageOf(bucket, (key) => bucket.current(key) !== undefined, input, after, limit);
  return {
    ...common(store, bucket, input, page, limit, input.FetchOwner === true),
    KeyCount: page.keys.length + page.prefixes.length,
    ContinuationToken: input.ContinuationToken,
    ...(input.StartAfter !== undefined && { StartAfter: encode(input.StartAfter) }),
    ...(page.last !== undefined && { NextContinuationToken: Buffer.from(page.last).toString('base64') }),
  };
}

function listObjects(store: BucketStore, input: Input): object {
  const bucket = store.bucket(input.Bucket);
  const limit = pageSize('max-keys', input.MaxKeys);
  const encode = encoder(input);
  const page = pageOf(bucket, (key) => bucket.current(key) !== undefined, input, input.Marker ?? '', limit);
  return {
    ...common(store, bucket, input, page, limit, true),
    Marker: encode(input.Marker ?? ''),
    // without a delimiter the last key is the next marker
    ...(page.last !== undefined && input.Delimiter && { NextMarker: encode(page.last) }),
  };
}

function common(store: BucketStore, bucket: Bucket, input: Input, page: Page, limit: number, withOwner: boolean): object {
  const encode = encoder(input);
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    ...(input.Delimiter && { Delimiter: encode(input.Delimiter) }),
    MaxKeys: limit,
    EncodingType: input.EncodingType,
    IsTruncated: page.last !== undefined,
    ...(page.keys.length > 0 && { Contents: page.keys.map((key) => contents(store, bucket.current(key)!, encode, withOwner)) }),
    ...(page.prefixes.length > 0 && { CommonPrefixes: page.prefixes.map((prefix) => ({ Prefix: encode(prefix) })) }),
  };
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (Buffer.from(text).toString('base64') !== token) {
    throw s3Error('InvalidArgument', { ArgumentName: 'continuation-token' }, 'The continuation token provided is incorrect');
  }
  return text;
}

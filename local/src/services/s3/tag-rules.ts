import type { Tag } from './bucket';
import { s3Error } from './errors';

const OBJECT_TAGS = 10;
const BUCKET_TAGS = 50;
const TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** `a=1&b=2`, the form of a header. */
export function parseTagging(header: string): Tag[] {
  return checkTags([...new URLSearchParams(header)].map(([Key, Value]) => ({ Key, Value })), OBJECT_TAGS);
}

export function checkObjectTags(tags: readonly Tag[]): Tag[] {
  return checkTags(tags, OBJECT_TAGS);
}

export function checkBucketTags(tags: readonly Tag[]): Tag[] {
  return checkTags(tags, BUCKET_TAGS);
}

function checkTags(tags: readonly Tag[], limit: number): Tag[] {
  if (tags.length > limit) {
    throw s3Error(limit === OBJECT_TAGS ? 'InvalidRequest' : 'InvalidTag', {}, limit === OBJECT_TAGS
      ? `Object tags cannot be greater than ${limit}` : `Bucket tag count cannot be greater than ${limit}`);
  }
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) {
    throw s3Error('InvalidTag', {}, 'Cannot provide multiple Tags with the same key');
  }
  for (const { Key, Value } of tags) {
    if (Key.length < 1 || Key.length > 128 || !TEXT.test(Key)) throw s3Error('InvalidTag', { TagKey: Key }, 'The TagKey you have provided is invalid');
    if (Value.length > 256 || !TEXT.test(Value)) throw s3Error('InvalidTag', { TagValue: Value }, 'The TagValue you have provided is invalid');
    if (Key.startsWith('aws:')) throw s3Error('InvalidTag', { TagKey: Key }, 'System tags cannot be added/updated by requester');
  }
  return [...tags];
}

import type { S3Tag } from '@aws-sdk/client-s3-control';
import { badRequest } from '../errors';

const MOST_OBJECT_TAGS = 10;

export function checkObjectTags(member: string, tags: readonly S3Tag[]): void {
  if (tags.length > MOST_OBJECT_TAGS) throw badRequest(`${member}: an object has at most ${MOST_OBJECT_TAGS} tags, got ${tags.length}`);
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw badRequest(`${member}: tag keys must be unique`);
}

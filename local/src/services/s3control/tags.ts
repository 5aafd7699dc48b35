import type { S3Tag } from '@aws-sdk/client-s3-control';
import { badRequest, tooManyTags } from './errors';
import type { ServiceError } from '../../core/service';

const MOST_TAGS = 50;

/** Keys are unique, and not AWS's own; `tooMany` makes the error of the operation that sets them. */
export function checkJobTags(tags: readonly S3Tag[], tooMany: (message: string) => ServiceError = tooManyTags): readonly S3Tag[] {
  if (tags.length > MOST_TAGS) throw tooMany(`A job can have at most ${MOST_TAGS} tags, got ${tags.length}`);
  const seen = new Set<string>();
  for (const { Key } of tags) {
    if (seen.has(Key!)) throw badRequest(`Tag keys must be unique, '${Key}' is given twice`);
    if (Key!.toLowerCase().startsWith('aws:')) throw badRequest(`Tag keys must not begin with 'aws:', got '${Key}'`);
    seen.add(Key!);
  }
  return tags;
}

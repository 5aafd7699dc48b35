import type { Tag } from './bucket';
import { type BucketStore, shownVersion } from './bucket-store';
import { s3Error } from './errors';
import type { ObjectEvents } from './events';
import { checkBucketTags, checkObjectTags } from './tag-rules';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function taggingOperations(store: BucketStore, events: ObjectEvents): Record<string, Operation> {
  const setTags = (input: Input, tags: readonly Tag[]): { VersionId?: string } => {
    const bucket = store.bucket(input.Bucket);
    const version = store.object(bucket, input.Key, input.VersionId);
    version.tags = tags;
    return { VersionId: shownVersion(bucket, version.versionId) };
  };
  const emit = (name: 'ObjectTagging:Put' | 'ObjectTagging:Delete'): Operation => (input: Input, context) => {
    const result = setTags(input, name === 'ObjectTagging:Put' ? checkObjectTags(input.Tagging.TagSet) : []);
    const bucket = store.bucket(input.Bucket);
    events.emit(name, bucket, store.object(bucket, input.Key, input.VersionId), context);
    return result;
  };
  return {
    PutObjectTagging: emit('ObjectTagging:Put'),
    DeleteObjectTagging: emit('ObjectTagging:Delete'),
    GetObjectTagging: (input: Input) => {
      const bucket = store.bucket(input.Bucket);
      const version = store.object(bucket, input.Key, input.VersionId);
      return { TagSet: version.tags, VersionId: shownVersion(bucket, version.versionId) };
    },
    PutBucketTagging: (input: Input) => {
      store.bucket(input.Bucket).settings.set('tagging', { TagSet: checkBucketTags(input.Tagging.TagSet) });
      return {};
    },
    GetBucketTagging: (input: Input) => {
      const tagging = store.bucket(input.Bucket).settings.get('tagging');
      if (!tagging) throw s3Error('NoSuchTagSet', { BucketName: input.Bucket });
      return tagging;
    },
    DeleteBucketTagging: (input: Input) => {
      store.bucket(input.Bucket).settings.delete('tagging');
      return {};
    },
  };
}

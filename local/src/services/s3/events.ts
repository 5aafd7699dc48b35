import type { RequestContext } from '../../core/service';
import type { Bucket, ObjectVersion } from './bucket';

export type EventName = 'ObjectCreated:Put' | 'ObjectCreated:Copy' | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete' | 'ObjectRemoved:DeleteMarkerCreated' | 'ObjectTagging:Put' | 'ObjectTagging:Delete';

/** Told of every change of an object. */
export interface ObjectEvents {
  emit(name: EventName, bucket: Bucket, version: ObjectVersion, context: RequestContext): void;
}

import type { Bucket, ObjectVersion } from './bucket';
import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import type { ObjectEvents } from './events';
import type { Operation, RequestContext } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const HOUR = 3600 * 1000;
const DAY = 24 * HOUR;

/** How long a restore takes at most, as documented. */
const RESTORE_MS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  GLACIER: { Expedited: HOUR / 12, Standard: 5 * HOUR, Bulk: 12 * HOUR },
  DEEP_ARCHIVE: { Standard: 12 * HOUR, Bulk: 48 * HOUR },
};

/** Archived content cannot be read while no restored copy of it is there. */
export function isArchived({ storageClass, restore }: ObjectVersion, now: number): boolean {
  return storageClass in RESTORE_MS && !(restore?.expires !== undefined && restore.expires > now);
}

export function archiveOperations(store: BucketStore, events: ObjectEvents): Record<string, Operation> {
  return { RestoreObject: (input: Input, context) => restoreObject(store, events, input, context) };
}

function restoreObject(store: BucketStore, events: ObjectEvents, input: Input, context: RequestContext): object {
  const bucket = store.bucket(input.Bucket);
  const version = store.object(bucket, input.Key, input.VersionId);
  const { Days, GlacierJobParameters, Tier } = input.RestoreRequest ?? {};
  const tiers = RESTORE_MS[version.storageClass];
  if (!tiers) throw s3Error('InvalidObjectState', { StorageClass: version.storageClass }, 'Restore is not allowed for the object\'s current storage class');
  if (input.RestoreRequest?.Type !== undefined) throw s3Error('NotImplemented', {}, 'the local engine does not serve S3 Select');
  if (!(Days >= 1)) throw s3Error('InvalidArgument', { ArgumentName: 'Days', ArgumentValue: Days }, 'Days must be at least 1');
  const duration = tiers[GlacierJobParameters?.Tier ?? Tier ?? 'Standard'];
  if (duration === undefined) throw s3Error('InvalidArgument', {}, 'Expedited retrievals are not available for the storage class DEEP_ARCHIVE');
  if (version.restore?.isOngoing) throw s3Error('RestoreAlreadyInProgress');
  // a copy that is there is only kept longer
  if (!isArchived(version, store.now())) {
    version.restore = restored(store.now(), Days);
    return {};
  }
  version.restore = { isOngoing: true };
  events.emit('ObjectRestore:Post', bucket, version, context);
  store.core.clock.schedule(duration, 'work', `restore of ${bucket.name}/${version.key}`, () => finish(store, events, bucket, version, Days, context));
  return {};
}

function finish(store: BucketStore, events: ObjectEvents, bucket: Bucket, version: ObjectVersion, days: number, context: RequestContext): void {
  // deleted meanwhile
  if (bucket.version(version.key, version.versionId) !== version) return;
  version.restore = restored(store.now(), days);
  events.emit('ObjectRestore:Completed', bucket, version, context);
}

/** The copy goes at the midnight that follows its last day. */
function restored(now: number, days: number): ObjectVersion['restore'] {
  return { isOngoing: false, expires: Math.ceil((now + days * DAY) / DAY) * DAY };
}

/** As HeadObject says it. */
export function restoreHeader({ restore }: ObjectVersion, now: number): Record<string, unknown> {
  if (restore?.isOngoing) return { Restore: 'ongoing-request="true"' };
  if (restore?.expires === undefined || restore.expires <= now) return {};
  return { Restore: `ongoing-request="false", expiry-date="${new Date(restore.expires).toUTCString()}"` };
}

export function checkReadable(version: ObjectVersion, now: number): void {
  if (isArchived(version, now)) throw s3Error('InvalidObjectState', { StorageClass: version.storageClass });
}

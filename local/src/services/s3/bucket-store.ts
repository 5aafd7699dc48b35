import { createHash } from 'node:crypto';
import { Bucket, NULL_VERSION, type ObjectVersion } from './bucket';
import { s3Error } from './errors';
import { lockOf } from './object-lock';
import type { EngineCore } from '../../core/engine';
import { randomId } from '../../core/random';

export type NewVersion = Omit<ObjectVersion, 'versionId' | 'lastModified' | 'isDeleteMarker'> & { isDeleteMarker?: boolean };

/** All buckets of the account, and what S3 makes up: version ids, the owner. */
export class BucketStore {
  readonly buckets = new Map<string, Bucket>();
  private readonly random: () => number;

  constructor(readonly core: EngineCore) {
    this.random = core.random('s3');
  }

  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
    return bucket;
  }

  /** The version asked for, or the current object: reads of what is not there, or is marked as deleted, fail as S3's do. */
  object(bucket: Bucket, key: string, versionId?: string): ObjectVersion {
    const version = versionId === undefined ? bucket.newest(key) : bucket.version(key, versionId);
    if (!version) {
      if (versionId === undefined) throw s3Error('NoSuchKey', { Key: key });
      throw s3Error('NoSuchVersion', { Key: key, VersionId: versionId });
    }
    if (version.isDeleteMarker) {
      const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
      if (versionId === undefined) throw s3Error('NoSuchKey', { Key: key, headers });
      throw s3Error('MethodNotAllowed', { Method: 'GET', ResourceType: 'DeleteMarker', headers: { ...headers, allow: 'DELETE' } });
    }
    return version;
  }

  /** Adds the object's newest version, with the id and time (in whole seconds) that are S3's to give. */
  write(bucket: Bucket, object: NewVersion): ObjectVersion {
    const versionId = bucket.versioning === 'Enabled' ? this.newId(32) : NULL_VERSION;
    const lock = lockOf(bucket, object, this.now());
    const version = { isDeleteMarker: false, ...object, ...lock, versionId, lastModified: Math.floor(this.now() / 1000) * 1000 };
    bucket.add(version);
    return version;
  }

  newId(length: number): string {
    return randomId(this.random, '', length);
  }

  now(): number {
    return this.core.clock.now();
  }

  get owner(): { ID: string } {
    return { ID: createHash('sha256').update(this.core.settings.accountId).digest('hex') };
  }
}

/** The version id in an answer: unversioned buckets give none. */
export function shownVersion(bucket: Bucket, versionId: string): string | undefined {
  return bucket.versioning === undefined ? undefined : versionId;
}

export function quoted(etag: string): string {
  return `"${etag}"`;
}

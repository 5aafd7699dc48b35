import { SortedKeys } from './sorted-keys';
import type { Bytes } from '../../core/bytes';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface Retention {
  readonly mode: 'COMPLIANCE' | 'GOVERNANCE';
  readonly until: number;
}

export interface Grant {
  readonly Grantee: { readonly Type: string; readonly ID?: string; readonly URI?: string; readonly EmailAddress?: string };
  readonly Permission: string;
}

/** One version of an object, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` where the bucket is not versioned. */
  readonly versionId: string;
  readonly lastModified: number;
  readonly isDeleteMarker: boolean;
  readonly bytes: Bytes;
  readonly etag: string;
  /** Content headers and the like as given, by their names in GetObject's output. */
  headers: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksums: Readonly<Record<string, string>>;
  readonly storageClass: string;
  /** Sizes of the parts of a multipart upload. */
  readonly partSizes?: readonly number[];
  tags: readonly Tag[];
  retention?: Retention;
  legalHold?: 'ON' | 'OFF';
  /** Grants beyond the owner's control. */
  grants?: readonly Grant[];
  /** A copy of archived content: on its way, or there until it expires. */
  restore?: { readonly isOngoing: boolean; readonly expires?: number };
  replicationStatus?: 'COMPLETED' | 'FAILED' | 'REPLICA';
}

export type Versioning = 'Enabled' | 'Suspended';

export const NULL_VERSION = 'null';

/** A bucket's objects in S3's order, every key with its versions from the newest on. */
export class Bucket {
  versioning: Versioning | undefined;
  /** Configurations as they were put, by name. */
  readonly settings = new Map<string, unknown>();
  private readonly versions = new Map<string, ObjectVersion[]>();
  private readonly keys = new SortedKeys();

  constructor(readonly name: string, readonly region: string, readonly created: number) {}

  get isEmpty(): boolean {
    return this.keys.isEmpty;
  }

  /** Every key that has any version, delete markers included, from the first that is not before `start`. */
  keysFrom(start: string): Iterable<string> {
    return this.keys.from(start);
  }

  versionsOf(key: string): readonly ObjectVersion[] {
    return this.versions.get(key) ?? [];
  }

  /** What an unversioned read finds; a delete marker is found, too. */
  newest(key: string): ObjectVersion | undefined {
    return this.versions.get(key)?.[0];
  }

  /** The object as everybody sees it. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.newest(key);
    return newest?.isDeleteMarker ? undefined : newest;
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.versions.get(key)?.find((candidate) => candidate.versionId === versionId);
  }

  /** The newest from now on; another of the same version id (`null`) goes. */
  add(version: ObjectVersion): void {
    const others = this.versionsOf(version.key).filter(({ versionId }) => versionId !== version.versionId);
    if (!this.versions.has(version.key)) this.keys.add(version.key);
    this.versions.set(version.key, [version, ...others]);
  }

  remove(key: string, versionId: string): void {
    const left = this.versionsOf(key).filter((candidate) => candidate.versionId !== versionId);
    if (left.length > 0) {
      this.versions.set(key, left);
    } else if (this.versions.delete(key)) {
      this.keys.delete(key);
    }
  }
}

import type { EngineCore } from '../../core/engine';
import type { Caller } from '../../core/service';

export interface ListedObject {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
  readonly lastModified: Date;
  readonly size: number;
  readonly storageClass: string;
}

interface VersionsPage {
  readonly Versions?: ReadonlyArray<{ Key: string; VersionId: string; IsLatest: boolean; LastModified: Date; Size: number; StorageClass: string }>;
  readonly IsTruncated: boolean;
  readonly NextKeyMarker?: string;
  readonly NextVersionIdMarker?: string;
}

/** Every version of every object under a prefix, page by page; delete markers are left out. */
export async function* listedObjects(core: EngineCore, caller: Caller, bucket: string, prefix: string | undefined): AsyncGenerator<ListedObject> {
  let page: VersionsPage | undefined;
  do {
    page = await core.call<VersionsPage>('s3', 'ListObjectVersions', {
      Bucket: bucket, Prefix: prefix, KeyMarker: page?.NextKeyMarker, VersionIdMarker: page?.NextVersionIdMarker,
    }, caller);
    for (const { Key, VersionId, IsLatest, LastModified, Size, StorageClass } of page.Versions ?? []) {
      yield { key: Key, versionId: VersionId, isLatest: IsLatest, lastModified: LastModified, size: Size, storageClass: StorageClass };
    }
  } while (page.IsTruncated);
}

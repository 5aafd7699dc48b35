import type { Bucket, ObjectVersion } from './bucket';
import { type BucketStore, quoted } from './bucket-store';
import { s3Error } from './errors';
import { encoder, keysAndGroups, pageSize } from './listing';
import { isLocking } from './object-lock';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function versionOperations(store: BucketStore): Record<string, Operation> {
  return {
    PutBucketVersioning: ({ Bucket: name, VersioningConfiguration: { Status, MFADelete } }: Input) => {
      if (MFADelete === 'Enabled') throw s3Error('NotImplemented', {}, 'the local engine does not serve MFA delete');
      if (Status === undefined) throw s3Error('MalformedXML');
      const bucket = store.bucket(name);
      if (Status === 'Suspended' && isLocking(bucket)) throw s3Error('InvalidBucketState', {}, 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.');
      bucket.versioning = Status;
      return {};
    },
    GetBucketVersioning: ({ Bucket: name }: Input) => ({ Status: store.bucket(name).versioning }),
    ListObjectVersions: (input: Input) => listVersions(store, input),
  };
}

interface Entry {
  readonly version?: ObjectVersion;
  readonly prefix?: string;
}

/** Versions in the order of keys, the newest of a key first; delete markers count like versions. */
function listVersions(store: BucketStore, input: Input): object {
  const bucket = store.bucket(input.Bucket);
  if (input.VersionIdMarker !== undefined && input.KeyMarker === undefined) {
    throw s3Error('InvalidArgument', { ArgumentName: 'version-id-marker' }, 'A version-id marker cannot be specified without a key marker.');
  }
  const limit = pageSize('max-keys', input.MaxKeys);
  const encode = encoder(input);
  const entries: Entry[] = [];
  let isTruncated = false;
  for (const entry of entriesOf(bucket, input)) {
    isTruncated = entries.length === limit;
    if (isTruncated) break;
    entries.push(entry);
  }
  const versions = entries.flatMap(({ version }) => version ?? []);
  const last = entries[entries.length - 1];
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    ...(input.Delimiter && { Delimiter: encode(input.Delimiter) }),
    KeyMarker: encode(input.KeyMarker ?? ''),
    VersionIdMarker: input.VersionIdMarker ?? '',
    MaxKeys: limit,
    EncodingType: input.EncodingType,
    IsTruncated: isTruncated,
    ...(isTruncated && last && { NextKeyMarker: encode(last.prefix ?? last.version!.key), NextVersionIdMarker: last.version?.versionId }),
    ...nonEmpty('Versions', versions.filter(({ isDeleteMarker }) => !isDeleteMarker).map((version) => shown(store, bucket, version, encode))),
    ...nonEmpty('DeleteMarkers', versions.filter(({ isDeleteMarker }) => isDeleteMarker).map((version) => shown(store, bucket, version, encode))),
    ...nonEmpty('CommonPrefixes', entries.flatMap(({ prefix }) => prefix === undefined ? [] : [{ Prefix: encode(prefix) }])),
  };
}

function* entriesOf(bucket: Bucket, input: Input): Generator<Entry> {
  const { Prefix = '', Delimiter = '', KeyMarker = '', VersionIdMarker } = input as Record<string, string | undefined>;
  for (const { key, group } of keysAndGroups(bucket, KeyMarker > Prefix ? KeyMarker : Prefix, Prefix, Delimiter)) {
    if (group === undefined) {
      for (const version of key === KeyMarker ? versionsAfter(bucket.versionsOf(key), VersionIdMarker) : bucket.versionsOf(key)) yield { version };
    } else if (group !== KeyMarker) {
      yield { prefix: group };
    }
  }
}

/** The versions of the marked key that are still to be given: without a version marker, none. */
function versionsAfter(versions: readonly ObjectVersion[], marker: string | undefined): readonly ObjectVersion[] {
  return marker === undefined ? [] : versions.slice(versions.findIndex(({ versionId }) => versionId === marker) + 1);
}

function shown(store: BucketStore, bucket: Bucket, version: ObjectVersion, encode: (text: string) => string): object {
  const facts = {
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: bucket.newest(version.key) === version,
    LastModified: new Date(version.lastModified),
    Owner: store.owner,
  };
  return version.isDeleteMarker ? facts : { ...facts, ETag: quoted(version.etag), Size: version.bytes.length, StorageClass: version.storageClass };
}

function nonEmpty(name: string, items: object[]): object {
  return items.length > 0 ? { [name]: items } : {};
}

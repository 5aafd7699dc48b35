import type { Bucket } from './bucket';
import { type BucketStore, quoted } from './bucket-store';
import { compareKeys } from './key-order';
import { encoder, groupOf, pageSize } from './listing';
import type { Upload } from './multipart-upload';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

export function listParts(store: BucketStore, upload: Upload, input: Input): object {
  const limit = pageSize('max-parts', input.MaxParts);
  const marker = (input.PartNumberMarker as number | undefined) ?? 0;
  const parts = [...upload.parts.values()].filter(({ number }) => number > Number(marker)).sort((left, right) => left.number - right.number);
  const page = parts.slice(0, limit);
  return {
    Bucket: upload.bucket.name,
    Key: upload.key,
    UploadId: upload.id,
    PartNumberMarker: marker,
    NextPartNumberMarker: page[page.length - 1]?.number ?? 0,
    MaxParts: limit,
    IsTruncated: page.length < parts.length,
    Parts: page.map(({ number, bytes, etag, checksums, lastModified }) => ({
      PartNumber: number, Size: bytes.length, ETag: quoted(etag), LastModified: new Date(lastModified), ...checksums,
    })),
    Initiator: store.owner,
    Owner: store.owner,
    StorageClass: upload.description.storageClass,
    ...(upload.algorithm && { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType }),
  };
}

export function listUploads(store: BucketStore, bucket: Bucket, all: readonly Upload[], input: Input): object {
  const { Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker = '' } = input as Record<string, string | undefined>;
  const limit = pageSize('max-uploads', input.MaxUploads);
  const encode = encoder(input);
  const found = all.filter((upload) => upload.bucket === bucket && upload.key.startsWith(Prefix))
    .filter(({ key, id }) => key > KeyMarker || (key === KeyMarker && UploadIdMarker !== '' && id > UploadIdMarker))
    .sort((left, right) => compareKeys(left.key, right.key) || left.initiated - right.initiated || compareKeys(left.id, right.id));
  const grouped = found.filter(({ key }) => groupOf(key, Prefix, Delimiter) === undefined);
  const prefixes = [...new Set(found.flatMap(({ key }) => groupOf(key, Prefix, Delimiter) ?? []))];
  const page = grouped.slice(0, limit);
  const last = page[page.length - 1];
  const isTruncated = page.length < grouped.length;
  return {
    Bucket: bucket.name,
    Prefix: encode(Prefix),
    ...(Delimiter && { Delimiter: encode(Delimiter) }),
    KeyMarker: encode(KeyMarker),
    UploadIdMarker,
    MaxUploads: limit,
    EncodingType: input.EncodingType,
    IsTruncated: isTruncated,
    ...(isTruncated && last && { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.id }),
    Uploads: page.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.id,
      Initiated: new Date(upload.initiated),
      Initiator: store.owner,
      Owner: store.owner,
      StorageClass: upload.description.storageClass,
      ...(upload.algorithm && { ChecksumAlgorithm: upload.algorithm, ChecksumType: upload.checksumType }),
    })),
    ...(prefixes.length > 0 && { CommonPrefixes: prefixes.map((prefix) => ({ Prefix: encode(prefix) })) }),
  };
}

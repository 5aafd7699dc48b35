import * as path from 'path';
import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { ManifestDefinition } from './manifest-definition';
import { readManifest } from './manifest-statements';
import { encodeKey, rowProblems } from '../../model/s3batch/csv-manifest';
import { contentAsset, contentDigest, readText } from '../../private/content-asset';
import { refuse } from '../../private/errors';
import { isKnown, tokenProblems } from '../../private/tokens';
import { AssetManifestOptions, ManifestField, ManifestRow, ObjectManifestOptions } from '../manifest-options';
import { csvContent, fieldProblems } from './csv-content';
import { lengthProblems } from './value-problems';
import { LIMITS } from '../../model/s3batch/limits';

const CSV = 'S3BatchOperations_CSV_20180820';
/** Stands for a bucket's name that only the deployment knows. */
const SOME_BUCKET = 'some-bucket';

/** Rows in code. Their bucket's name is mostly known at deployment only, so the handler writes the manifest from them. */
export function rowsManifest(bucket: s3.IBucket, rows: readonly ManifestRow[]): ManifestDefinition {
  refuse('Manifest.fromRows', [
    ...tokenProblems('rows', rows.flatMap(({ key, versionId }) => [key, versionId]), 'they are written to a file; put a manifest into a bucket and refer to it there'),
    ...rowProblems(rows.map((row) => ({ ...row, bucket: isKnown(bucket.bucketName) ? bucket.bucketName : SOME_BUCKET }))),
    ...versionProblems(rows),
    ...repetitionProblems(rows),
  ]);
  const versions = rows.some(({ versionId }) => versionId !== undefined);
  const text = rows.map(({ key, versionId }) => `${encodeKey(key)}${versions ? `,${versionId}` : ''}\n`).join('');
  return {
    objects: () => ({ bucket, versions, generated: false }),
    bind: (scope) => {
      const asset = contentAsset(scope, 'Manifest', text, '.csv');
      return {
        identity: `${contentDigest(text)} ${bucket.bucketName}`,
        manifest: {
          Format: CSV,
          Fields: versions ? [ManifestField.KEY, ManifestField.VERSION_ID] : [ManifestField.KEY],
          Bucket: asset.s3BucketName,
          Key: asset.s3ObjectKey,
          RowsBucket: bucket.bucketName,
        },
        location: { bucket: asset.bucket, keys: '*.csv' },
        statements: [],
      };
    },
  };
}

function versionProblems(rows: readonly ManifestRow[]): string[] {
  const without = rows.findIndex(({ versionId }) => versionId === undefined);
  const versioned = rows.findIndex(({ versionId }) => versionId !== undefined);
  return without >= 0 && versioned >= 0
    ? [`row ${versioned + 1} has a versionId and row ${without + 1} has none: give all rows one or none, 'null' for an object that was written without versioning`] : [];
}

function repetitionProblems(rows: readonly ManifestRow[]): string[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ key, versionId }, index) => {
    const name = JSON.stringify([key, versionId]);
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    return before === undefined ? [] : [`row ${index + 1} names the same object as row ${before + 1}, S3 would work on it twice: leave it out`];
  });
}

/** A CSV file on disk. */
export function assetManifest(file: string, options: AssetManifestOptions): ManifestDefinition {
  const content = assetContent('Manifest.fromAsset', file, options);
  return csvManifest(content, options.sourceBucket, path.extname(file), (scope) => new assets.Asset(scope, 'Manifest', { path: file }));
}

/** A CSV manifest as its author wrote it. */
export interface AssetContent {
  readonly text: string;
  readonly fields: readonly ManifestField[];
  readonly bucketName: string;
}

/** What a CSV file holds; `factory` is who asks. */
export function assetContent(factory: string, file: string, options: AssetManifestOptions): AssetContent {
  refuse(factory, tokenProblems('file', [file], 'the file is read at synthesis'));
  const text = readText(factory, file);
  const { problems, bucketName, fields } = csvContent(text, options.fields);
  refuse(`${factory}(${JSON.stringify(file)})`, [...problems, ...namedBucketProblems(bucketName, options.sourceBucket)]);
  return { text, fields, bucketName };
}

/** A CSV manifest whose content synthesis knows. */
export function csvManifest(
  { text, fields, bucketName }: AssetContent, sourceBucket: s3.IBucket | undefined, extension: string, newAsset: (scope: Construct) => assets.Asset,
): ManifestDefinition {
  return {
    objects: (scope) => ({ bucket: sourceBucket ?? namedBucket(scope, bucketName), versions: fields.includes(ManifestField.VERSION_ID), generated: false }),
    bind: (scope) => {
      const asset = newAsset(scope);
      const location = { bucket: asset.bucket, keys: `*${extension}` };
      return {
        identity: contentDigest(text),
        // CDK's bootstrap encrypts the bucket of assets by AWS KMS, where S3 Batch Operations reads no CSV manifest
        manifest: { Format: CSV, Fields: fields, Bucket: asset.s3BucketName, Key: asset.s3ObjectKey, Copied: 'true' },
        location,
        statements: [],
      };
    },
  };
}

function namedBucketProblems(name: string, bucket: s3.IBucket | undefined): string[] {
  return bucket && isKnown(bucket.bucketName) && bucket.bucketName !== name ? [`'sourceBucket' is ${bucket.bucketName}, the rows name ${name}`] : [];
}

/** The bucket of that name, once a job. */
function namedBucket(scope: Construct, bucketName: string): s3.IBucket {
  const existing = scope.node.tryFindChild('Source') as unknown as s3.IBucket | undefined;
  if (existing) return existing;
  if (!bucketName.endsWith('--x-s3')) return s3.Bucket.fromBucketName(scope, 'Source', bucketName);
  const bucketArn = Stack.of(scope).formatArn({ service: 's3express', resource: 'bucket', resourceName: bucketName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
  return s3.Bucket.fromBucketAttributes(scope, 'Source', { bucketName, bucketArn });
}

/** A CSV manifest that is in a bucket when the job is made. */
export function objectManifest(bucket: s3.IBucket, key: string, options: ObjectManifestOptions): ManifestDefinition {
  const { fields = [ManifestField.BUCKET, ManifestField.KEY], sourceBucket = bucket, etag, versionId } = options;
  refuse('Manifest.fromObject', [...fieldProblems(fields), ...objectProblems(key, options)]);
  return {
    objects: () => ({ bucket: sourceBucket, versions: fields.includes(ManifestField.VERSION_ID), generated: false }),
    bind: (scope) => {
      if (bucket.encryptionKey) {
        Annotations.of(scope).addWarningV2('cdk-labeling-workflows:manifestEncryption',
          'the bucket of the CSV manifest encrypts with a key of AWS KMS, and S3 Batch Operations reads such manifests only of inventory reports: encrypt the manifest by SSE-S3');
      }
      const location = { bucket, keys: key };
      return {
        identity: declaredObject(bucket, key, options),
        manifest: { Format: CSV, Fields: fields, Bucket: bucket.bucketName, Key: key, ETag: etag, VersionId: versionId },
        location,
        statements: readManifest(location),
      };
    },
  };
}

/** The object as it was declared. */
export function declaredObject(bucket: s3.IBucket, key: string, { etag, versionId }: { readonly etag?: string; readonly versionId?: string }): string {
  return [bucket.s3UrlForObject(key), ...versionId === undefined ? [] : [`versionId=${versionId}`], ...etag === undefined ? [] : [`etag=${etag}`]].join(' ');
}

export function objectProblems(key: string, { etag, versionId }: { readonly etag?: string; readonly versionId?: string }): string[] {
  return [
    ...lengthProblems('key', key, LIMITS.keyBytes),
    ...lengthProblems('etag', etag, LIMITS.manifestETagLength),
    ...lengthProblems('versionId', versionId, LIMITS.manifestVersionIdLength),
  ];
}

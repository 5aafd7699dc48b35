import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { declaredObject, objectProblems } from './csv-manifests';
import { directoryBucketProblems } from './directory-bucket';
import { ManifestDefinition, ObjectPattern } from './manifest-definition';
import { readManifest, writeStatements } from './manifest-statements';
import { Members } from './operation-definition';
import { accountProblems, folderProblems, lengthProblems, rangeProblems } from './value-problems';
import { LIMITS } from '../../model/s3batch/limits';
import { GENERATOR_ACTIONS, REPLICATION_FILTER_ACTIONS } from '../../model/s3batch/operations';
import { refuse } from '../../private/errors';
import { isKnown } from '../../private/tokens';
import { GeneratedManifestOptions, InventoryManifestOptions, ManifestFilterOptions, ManifestOutputOptions } from '../manifest-options';

/** Folder of a generated manifest in the bucket of the report. */
const DEFAULT_MANIFEST_PREFIX = 'manifests';

/** A report of S3 Inventory, by its manifest.json. */
export function inventoryManifest(bucket: s3.IBucket, key: string, options: InventoryManifestOptions): ManifestDefinition {
  const { sourceBucket, etag, versionId } = options;
  const named = !isKnown(key) || key.endsWith('manifest.json');
  refuse('Manifest.fromInventory', [
    ...(named ? [] : [`'key' must be that of the report's manifest.json, got ${JSON.stringify(key)}`]),
    ...objectProblems(key, options),
  ]);
  return {
    // whether a report has versions is its own configuration's business
    objects: () => ({ bucket: sourceBucket, versions: true, generated: false }),
    bind: () => {
      const location = { bucket, keys: inventoryKeys(key) };
      return {
        identity: declaredObject(bucket, key, options),
        manifest: { Format: 'S3InventoryReport_CSV_20161130', Bucket: bucket.bucketName, Key: key, ETag: etag, VersionId: versionId },
        location,
        statements: readManifest(location, ['kms:Decrypt', 'kms:GenerateDataKey']),
      };
    },
  };
}

/** The list's own files lie beside the folder that holds its manifest.json. */
function inventoryKeys(key: string): string {
  return isKnown(key) ? [...key.split('/').slice(0, -2), '*'].join('/') : '*';
}

/** A list that S3 makes when the job begins. */
export function generatedManifest(options: GeneratedManifestOptions): ManifestDefinition {
  refuse('Manifest.generated', generatorProblems(options));
  const { sourceBucket, filter = {} } = options;
  return {
    // versions are named where the bucket has some
    objects: () => ({ bucket: sourceBucket, versions: true, generated: true }),
    bind: (scope, { report }) => {
      const output = options.output ?? (report && { bucket: report, manifestPrefix: DEFAULT_MANIFEST_PREFIX });
      const location = output && outputLocation(output);
      return {
        identity: Stack.of(scope).toJsonString(generatorMembers(options, options.output)),
        generator: generatorMembers(options, output),
        location,
        statements: [
          new iam.PolicyStatement({
            actions: [...GENERATOR_ACTIONS, ...(filter.eligibleForReplication === undefined ? [] : REPLICATION_FILTER_ACTIONS)],
            resources: [sourceBucket.bucketArn],
          }),
          ...(location ? [...readManifest(location), ...writeStatements(location)] : []),
        ],
      };
    },
  };
}

function outputLocation({ bucket, manifestPrefix, manifestEncryption }: ManifestOutputOptions): ObjectPattern {
  return { bucket, keys: manifestPrefix === undefined ? 'job-*' : `${manifestPrefix}/*`, key: manifestEncryption?._key };
}

function generatorMembers({ sourceBucket, expectedBucketOwner, filter }: GeneratedManifestOptions, output: ManifestOutputOptions | undefined): Members {
  return {
    ExpectedBucketOwner: expectedBucketOwner,
    SourceBucket: sourceBucket.bucketArn,
    EnableManifestOutput: output !== undefined,
    ManifestOutputLocation: output && {
      ExpectedManifestBucketOwner: output.expectedManifestBucketOwner,
      Bucket: output.bucket.bucketArn,
      ManifestPrefix: output.manifestPrefix,
      ManifestEncryption: output.manifestEncryption?._members,
      ManifestFormat: 'S3InventoryReport_CSV_20211130',
    },
    Filter: filter && filterMembers(filter),
  };
}

function filterMembers(filter: ManifestFilterOptions): Members {
  const names = {
    MatchAnyPrefix: listed(filter.matchAnyPrefix), MatchAnySuffix: listed(filter.matchAnySuffix), MatchAnySubstring: listed(filter.matchAnySubstring),
  };
  return {
    EligibleForReplication: filter.eligibleForReplication,
    CreatedAfter: filter.createdAfter?.toISOString(),
    CreatedBefore: filter.createdBefore?.toISOString(),
    ObjectReplicationStatuses: filter.objectReplicationStatuses,
    KeyNameConstraint: Object.values(names).some((name) => name !== undefined) ? names : undefined,
    ObjectSizeGreaterThanBytes: filter.objectSizeGreaterThanBytes,
    ObjectSizeLessThanBytes: filter.objectSizeLessThanBytes,
    MatchAnyStorageClass: filter.matchAnyStorageClass,
    MatchAnyObjectEncryption: filter.matchAnyObjectEncryption && [filter.matchAnyObjectEncryption._members],
  };
}

/** S3 takes lists, of one text each. */
function listed(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text];
}

function generatorProblems({ sourceBucket, filter = {}, output, expectedBucketOwner }: GeneratedManifestOptions): string[] {
  return [
    ...directoryBucketProblems('sourceBucket', sourceBucket),
    ...accountProblems('expectedBucketOwner', expectedBucketOwner),
    ...directoryBucketProblems('output.bucket', output?.bucket),
    ...folderProblems('output.manifestPrefix', output?.manifestPrefix, LIMITS.manifestPrefixLength),
    ...accountProblems('output.expectedManifestBucketOwner', output?.expectedManifestBucketOwner),
    ...filterProblems(filter),
  ];
}

function filterProblems(filter: ManifestFilterOptions): string[] {
  const { createdAfter, createdBefore, objectSizeGreaterThanBytes: above, objectSizeLessThanBytes: below } = filter;
  const bytes = { min: 0, max: Number.MAX_SAFE_INTEGER };
  const problems = [
    ...lengthProblems('filter.matchAnyPrefix', filter.matchAnyPrefix, LIMITS.nameFilterLength),
    ...lengthProblems('filter.matchAnySuffix', filter.matchAnySuffix, LIMITS.nameFilterLength),
    ...lengthProblems('filter.matchAnySubstring', filter.matchAnySubstring, LIMITS.nameFilterLength),
    ...rangeProblems('filter.objectSizeGreaterThanBytes', above, bytes),
    ...rangeProblems('filter.objectSizeLessThanBytes', below, bytes),
  ];
  if (createdAfter && createdBefore && createdAfter.getTime() >= createdBefore.getTime()) {
    problems.push(`'filter.createdAfter' ${createdAfter.toISOString()} must be earlier than 'filter.createdBefore' ${createdBefore.toISOString()}, or no object is listed`);
  }
  if (isKnown(above) && isKnown(below) && below - above < 2) {
    problems.push(`'filter.objectSizeGreaterThanBytes' ${above} and 'filter.objectSizeLessThanBytes' ${below} leave no size between them`);
  }
  return problems;
}

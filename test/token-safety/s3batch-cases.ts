import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Case, TokenCases, Tokens } from './cases';
import { groundtruth, LabelingInput, s3batch } from '../../src';
import { jobProps as labelingJobProps } from '../groundtruth/fixtures';
import { images, jobProps } from '../s3batch/fixtures';

const {
  AclGrantee, AclPermission, BatchJob, BatchJobInventory, CompletionReport, DataPreparation, FleetJobs, JobFleet, LabeledObjectTags, Manifest,
  ObjectEncryptionFilter, Operation, PreparedData,
} = s3batch;

const job = (props: (token: Tokens, stack: Stack) => Partial<s3batch.BatchJobProps>): Case => (stack, token) =>
  new BatchJob(stack, 'Job', jobProps(stack, props(token, stack)));
const fleet = (props: (token: Tokens, manifest: s3batch.Manifest) => Partial<s3batch.JobFleetProps>): Case => (stack, token) => {
  const { operation: deleteTags, manifest } = jobProps(stack);
  return new JobFleet(stack, 'Fleet', { operation: deleteTags, jobs: { a: { manifest } }, ...props(token, manifest) });
};
const list = (props: (token: Tokens) => s3batch.BatchJobInventoryProps): Case => (stack, token) => new BatchJobInventory(stack, 'List', props(token));
const operation = (make: (token: Tokens, stack: Stack) => s3batch.Operation): Case => job((token, stack) => ({ operation: make(token, stack) }));
const target = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Target', 'copies');
const copy = (options: (token: Tokens) => Partial<s3batch.CopyObjectsOptions>): Case =>
  operation((token, stack) => Operation.copyObjects({ targetBucket: target(stack), ...options(token) }));
const metadata = (options: (token: Tokens) => s3batch.ObjectMetadataOptions): Case => copy((token) => ({ newObjectMetadata: options(token) }));
const generated = (options: (token: Tokens, stack: Stack) => Partial<s3batch.GeneratedManifestOptions>): Case =>
  job((token, stack) => ({ manifest: Manifest.generated({ sourceBucket: images(stack), ...options(token, stack) }) }));
const filter = (options: (token: Tokens) => s3batch.ManifestFilterOptions): Case => generated((token) => ({ filter: options(token) }));
const report = (options: (token: Tokens) => s3batch.CompletionReportOptions): Case => job((token) => ({ report: CompletionReport.allTasks(options(token)) }));
const acl = (options: (token: Tokens) => Partial<s3batch.AccessControlListOptions>): Case =>
  operation((token) => Operation.replaceAcl({ accessControlList: { ownerId: 'me', ...options(token) } }));
const object = (options: (token: Tokens) => s3batch.ObjectManifestOptions): Case =>
  job((token, stack) => ({ manifest: Manifest.fromObject(images(stack), 'a.csv', options(token)) }));
const prepared = (props: (token: Tokens) => Partial<s3batch.PreparedDataProps>): Case => (stack, token) => new PreparedData(stack, 'Prepared', {
  input: LabelingInput.fromRecords([{ 'source-ref': 's3://images/a.jpg' }]), steps: [DataPreparation.copy()], ...props(token),
});

/** Every property of the submodule's public structs that can be a token. */
export const S3BATCH_PROPERTY_CASES: Readonly<Record<string, TokenCases>> = {
  's3batch.BatchJobInventoryOptions.maxItems': { renders: list((t) => ({ maxItems: t.number })) },
  's3batch.BatchJobInventoryOptions.pageSize': { renders: list((t) => ({ pageSize: t.number })) },
  's3batch.BatchJobInventoryOptions.startingToken': { renders: list((t) => ({ startingToken: t.text })) },
  's3batch.BatchJobInventoryOptions.recordPrefix': { renders: list((t) => ({ recordPrefix: t.text })) },
  's3batch.BatchJobRunOptions.priority': { renders: job((t) => ({ priority: t.number })) },
  's3batch.BatchJobRunOptions.description': { renders: job((t) => ({ description: t.text })) },
  's3batch.BatchJobRunOptions.maxFailedTasks': { renders: job((t) => ({ waitForCompletion: true, maxFailedTasks: t.number })) },
  's3batch.BatchJobRunOptions.maxFailedPercentage': { renders: job((t) => ({ waitForCompletion: true, maxFailedPercentage: t.number })) },
  's3batch.BatchJobRunOptions.timeout': { renders: job((t) => ({ timeout: t.seconds })), refused: job((t) => ({ timeout: t.minutes })) },
  's3batch.BatchJobRunOptions.attempt': { renders: job((t) => ({ attempt: t.number })) },
  's3batch.BatchJobRunOptions.rerun': { renders: job((t) => ({ rerun: t.text })) },
  's3batch.CompletionReportOptions.prefix': { renders: report((t) => ({ prefix: t.text })) },
  's3batch.CompletionReportOptions.expectedBucketOwner': { renders: report((t) => ({ expectedBucketOwner: t.text })) },
  's3batch.ObjectMetadataOptions.cacheControl': { renders: metadata((t) => ({ cacheControl: t.text })) },
  's3batch.ObjectMetadataOptions.contentDisposition': { renders: metadata((t) => ({ contentDisposition: t.text })) },
  's3batch.ObjectMetadataOptions.contentEncoding': { renders: metadata((t) => ({ contentEncoding: t.text })) },
  's3batch.ObjectMetadataOptions.contentLanguage': { renders: metadata((t) => ({ contentLanguage: t.text })) },
  's3batch.ObjectMetadataOptions.contentType': { renders: metadata((t) => ({ contentType: t.text })) },
  's3batch.ObjectMetadataOptions.contentLength': { renders: metadata((t) => ({ contentLength: t.number })) },
  's3batch.ObjectMetadataOptions.contentMd5': { renders: metadata((t) => ({ contentMd5: t.text })) },
  's3batch.CopyObjectsOptions.targetKeyPrefix': { renders: copy((t) => ({ targetKeyPrefix: t.text })) },
  's3batch.CopyObjectsOptions.redirectLocation': { renders: copy((t) => ({ redirectLocation: t.text })) },
  's3batch.CopyPreparationOptions.targetKeyPrefix': {
    renders: prepared((t) => ({ steps: [DataPreparation.copy({ targetKeyPrefix: t.text })] })),
  },
  's3batch.LabeledObjectTagsProps.outputPrefix': {
    renders: (stack, t) => new LabeledObjectTags(stack, 'Tags', {
      job: new groundtruth.LabelingJob(stack, 'Labels', labelingJobProps(stack)), tags: { a: 'b' }, outputPrefix: t.text,
    }),
  },
  's3batch.PrefixJobsOptions.prefixes': {
    refused: (stack, t) => FleetJobs.fromPrefixes('old', { sourceBucket: images(stack), prefixes: t.list }),
  },
  's3batch.SplitManifestOptions.maxRowsPerJob': {
    refused: (stack, t) => FleetJobs.fromRows('cats', images(stack), [{ key: 'a' }], { maxRowsPerJob: t.number }),
  },
  's3batch.ManifestObjectOptions.etag': { renders: object((t) => ({ etag: t.text })) },
  's3batch.ManifestObjectOptions.versionId': { renders: object((t) => ({ versionId: t.text })) },
  's3batch.ManifestOutputOptions.manifestPrefix': { renders: generated((t, stack) => ({ output: { bucket: target(stack), manifestPrefix: t.text } })) },
  's3batch.ManifestOutputOptions.expectedManifestBucketOwner': {
    renders: generated((t, stack) => ({ output: { bucket: target(stack), expectedManifestBucketOwner: t.text } })),
  },
  's3batch.ManifestFilterOptions.matchAnyPrefix': { renders: filter((t) => ({ matchAnyPrefix: t.text })) },
  's3batch.ManifestFilterOptions.matchAnySuffix': { renders: filter((t) => ({ matchAnySuffix: t.text })) },
  's3batch.ManifestFilterOptions.matchAnySubstring': { renders: filter((t) => ({ matchAnySubstring: t.text })) },
  's3batch.ManifestFilterOptions.objectSizeGreaterThanBytes': { renders: filter((t) => ({ objectSizeGreaterThanBytes: t.number })) },
  's3batch.ManifestFilterOptions.objectSizeLessThanBytes': { renders: filter((t) => ({ objectSizeLessThanBytes: t.number })) },
  's3batch.GeneratedManifestOptions.expectedBucketOwner': { renders: generated((t) => ({ expectedBucketOwner: t.text })) },
  's3batch.AccessControlListOptions.ownerId': { renders: acl((t) => ({ ownerId: t.text })) },
  's3batch.AccessControlListOptions.ownerDisplayName': { renders: acl((t) => ({ ownerDisplayName: t.text })) },
  's3batch.RestoreOptions.expiration': {
    renders: operation((t) => Operation.restore({ expiration: Duration.days(t.number) })),
    refused: operation((t) => Operation.restore({ expiration: t.seconds })),
  },
  's3batch.PreparedDataProps.priority': { renders: prepared((t) => ({ priority: t.number })) },
  's3batch.PreparedDataProps.attempt': { renders: prepared((t) => ({ attempt: t.number })) },
};

const invoke = (userArguments: (token: Tokens) => Record<string, string>): Case => operation((token, stack) => Operation.invokeFunction({
  function: lambda.Function.fromFunctionName(stack, 'Fn', 'f'), userArguments: userArguments(token),
}));

/** The same for parameters of factories, and for maps. */
export const S3BATCH_FACTORY_CASES: Readonly<Record<string, TokenCases>> = {
  'Operation.invokeFunction, an argument': { renders: invoke((t) => ({ size: t.text })), refused: invoke((t) => ({ [t.text]: 'a' })) },
  'Operation.copyObjects, a tag': { renders: copy((t) => ({ newObjectTagging: { team: t.text } })) },
  'Operation.copyObjects, metadata': {
    renders: metadata((t) => ({ userMetadata: { camera: t.text } })), refused: metadata((t) => ({ userMetadata: { [t.text]: 'a' } })),
  },
  'Operation.replaceTags, a tag': { renders: operation((t) => Operation.replaceTags({ tags: { [t.text]: t.text } })) },
  'Operation.updateEncryption, a key': {
    renders: operation((t, stack) => Operation.updateEncryption({ encryptionKey: kms.Key.fromKeyArn(stack, 'K', `arn:aws:kms:us-east-1:111122223333:key/${t.text}`) })),
  },
  'AclGrantee.canonicalUser': {
    renders: acl((t) => ({ grants: [{ grantee: AclGrantee.canonicalUser(t.text, t.text), permission: AclPermission.READ }] })),
  },
  'ObjectEncryptionFilter.dsseKms': {
    renders: (stack, t) => filter(() => ({
      matchAnyObjectEncryption: ObjectEncryptionFilter.dsseKms(kms.Key.fromKeyArn(stack, 'K', `arn:aws:kms:us-east-1:111122223333:key/${t.text}`)),
    }))(stack, t),
  },
  'Manifest.fromRows, a key': { refused: (stack, t) => Manifest.fromRows(images(stack), [{ key: t.text }]) },
  'Manifest.fromRows, a version': { refused: (stack, t) => Manifest.fromRows(images(stack), [{ key: 'a', versionId: t.text }]) },
  'Manifest.fromRows, a bucket': { renders: job((t, stack) => ({ manifest: Manifest.fromRows(s3.Bucket.fromBucketName(stack, 'In', t.text), [{ key: 'a' }]) })) },
  'Manifest.fromAsset': { refused: (_, t) => Manifest.fromAsset(t.text) },
  'FleetJobs.fromPrefixes, a prefix': {
    refused: (stack, t) => FleetJobs.fromPrefixes('old', { sourceBucket: images(stack), prefixes: ['a/', t.text] }),
  },
  'FleetJobs.fromAsset': { refused: (_, t) => FleetJobs.fromAsset('cats', t.text, { maxRowsPerJob: 1 }) },
  'JobFleet, a key': { refused: fleet((t, manifest) => ({ jobs: { [t.text]: { manifest } } })) },
  'JobFleet, what its jobs have in common': { renders: fleet((t) => ({ priority: t.number, description: t.text })) },
  'Manifest.fromObject, a key': { renders: job((t, stack) => ({ manifest: Manifest.fromObject(images(stack), t.text) })) },
  'Manifest.fromInventory, a key': {
    renders: job((t, stack) => ({ manifest: Manifest.fromInventory(target(stack), t.text, { sourceBucket: images(stack) }) })),
  },
  'BatchJob.fromBatchJobId': {
    renders: (stack, t) => BatchJob.fromBatchJobId(stack, 'Old', t.text).grantDescribe(new lambda.Function(stack, 'Fn', {
      runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromInline('x'),
    })),
  },
};

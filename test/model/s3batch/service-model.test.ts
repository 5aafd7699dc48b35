import * as fc from 'fast-check';
import model from '../../../local/src/models/s3control.json';
import { jobState } from '../../../src/model/job-state';
import { LIMITS, PATTERNS } from '../../../src/model/s3batch/limits';
import { OBJECT_ACTIONS, OPERATION_NAMES } from '../../../src/model/s3batch/operations';

/** The library's numbers against the service's public model, which the engine was generated from. */
interface Shape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: string[];
  readonly members?: Record<string, { shape: string }>;
}

const shape = (name: string): Shape => (model.shapes as unknown as Record<string, Shape>)[name];
const memberOf = (structure: string, member: string): Shape => shape(shape(structure).members![member].shape);

test.each([
  ['CreateJobRequest', 'Description', LIMITS.descriptionLength],
  ['CreateJobRequest', 'ClientRequestToken', LIMITS.clientRequestTokenLength],
  ['CreateJobRequest', 'Priority', LIMITS.priority.max],
  ['CreateJobRequest', 'RoleArn', LIMITS.roleArnLength],
  ['S3Tag', 'Key', LIMITS.tagKeyLength],
  ['S3Tag', 'Value', LIMITS.tagValueLength],
  ['LambdaInvokeOperation', 'FunctionArn', LIMITS.functionArnLength],
  ['LambdaInvokeOperation', 'UserArguments', LIMITS.userArguments.max],
  ['S3CopyObjectOperation', 'TargetResource', LIMITS.bucketArnLength],
  ['S3CopyObjectOperation', 'TargetKeyPrefix', LIMITS.targetKeyPrefixLength],
  ['S3CopyObjectOperation', 'RedirectLocation', LIMITS.redirectLocationLength],
  ['S3CopyObjectOperation', 'SSEAwsKmsKeyId', LIMITS.kmsKeyArnLength],
  ['SSEKMSEncryption', 'KeyId', LIMITS.kmsKeyArnLength],
  ['JobReport', 'Bucket', LIMITS.bucketArnLength],
  ['JobReport', 'Prefix', LIMITS.reportPrefixLength],
  ['S3ManifestOutputLocation', 'ManifestPrefix', LIMITS.manifestPrefixLength],
  ['S3JobManifestGenerator', 'SourceBucket', LIMITS.bucketArnLength],
  ['JobManifestLocation', 'ObjectArn', LIMITS.manifestArnLength],
  ['UpdateJobStatusRequest', 'StatusUpdateReason', LIMITS.statusUpdateReasonLength],
  ['ListJobsRequest', 'MaxResults', LIMITS.listPageSize.max],
  ['ListJobsRequest', 'NextToken', LIMITS.nextTokenLength],
])('%s.%s allows at most %d', (structure, member, limit) => {
  expect(memberOf(structure, member).max).toBe(limit);
});

test.each([
  ['NonEmptyMaxLength64String', LIMITS.userArgumentKeyLength],
  ['MaxLength1024String', LIMITS.userArgumentValueLength],
  ['NonEmptyMaxLength1024String', LIMITS.nameFilterLength],
])('%s allows at most %d', (name, limit) => {
  expect(shape(name).max).toBe(limit);
});

test.each([
  ['AccountId', PATTERNS.accountId],
  ['JobId', PATTERNS.jobId],
  ['IAMRoleArn', PATTERNS.roleArn],
  ['S3BucketArnString', PATTERNS.bucketArn],
  ['TagKeyString', PATTERNS.tag],
])('the pattern of %s decides as the service\'s does', (name, ours) => {
  const theirs = new RegExp(`^(?:${shape(name).pattern!.replace(/\\-\\_/, '\\-_')})$`, 'u');
  const text = fc.oneof(
    fc.stringMatching(/^arn:aws:(iam::\d{12}:role\/|s3:::)[a-z/]{0,5}$/),
    fc.stringMatching(/^[a-zA-Z0-9 \-_.:/=+@ß€]{0,20}$/),
    fc.string({ unit: 'grapheme', maxLength: 10 }),
  );
  fc.assert(fc.property(text, (value) => ours.test(value) === theirs.test(value)));
});

test('the operations are the service\'s, and each has its actions', () => {
  expect([...OPERATION_NAMES]).toEqual(shape('OperationName').enum);
  expect(Object.keys(OBJECT_ACTIONS)).toEqual(Object.keys(shape('JobOperation').members!));
});

test.each(shape('JobStatus').enum!)('the service\'s state %s is mapped to a common one', (status) => {
  expect(jobState('s3batch', status)).toBeDefined();
});

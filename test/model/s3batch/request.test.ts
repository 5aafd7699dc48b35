import { constraintError } from '../../../local/src/wire/constraint-errors';
import { violations } from '../../../local/src/wire/constraints';
import { loadModel } from '../../../local/src/wire/model';
import { type BatchJobRequestInput, batchJobRequest, manifestMember, type ManifestObject } from '../../../src/model/s3batch/request';

const INPUT: BatchJobRequestInput = {
  operation: 'S3DeleteObjectTagging',
  parameters: {},
  report: { bucketArn: 'arn:aws:s3:::reports', prefix: 'out', expectedBucketOwner: '123456789012' },
  roleArn: 'arn:aws:iam::123456789012:role/batch',
  confirmationRequired: false,
};

const MANIFEST: ManifestObject = {
  format: 'S3BatchOperations_CSV_20180820', fields: ['Bucket', 'Key'], objectArn: 'arn:aws:s3:::mails/manifest.csv', etag: '"60e460c9d1046e73f7dde5043ac3ae85"',
};

/** What the service's model has against a request, completed by what only the deployment knows. */
function problems(request: object): string | undefined {
  const model = loadModel('s3control');
  const found = violations(model, model.shapes.CreateJobRequest, { AccountId: '123456789012', ClientRequestToken: 't', ...request });
  return found.length > 0 ? constraintError('s3control', found).message : undefined;
}

test('a job on a manifest', () => {
  const request = { ...batchJobRequest(INPUT), Manifest: manifestMember(MANIFEST), Priority: 10 };
  expect(request).toEqual({
    ConfirmationRequired: false,
    Operation: { S3DeleteObjectTagging: {} },
    Report: {
      Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'AllTasks', Prefix: 'out', ExpectedBucketOwner: '123456789012',
    },
    Manifest: {
      Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] },
      Location: { ObjectArn: 'arn:aws:s3:::mails/manifest.csv', ETag: '60e460c9d1046e73f7dde5043ac3ae85' },
    },
    Priority: 10,
    RoleArn: 'arn:aws:iam::123456789012:role/batch',
  });
  expect(problems(request)).toBeUndefined();
});

test('a job on what a generator finds, without a report', () => {
  const generator = { SourceBucket: 'arn:aws:s3:::mails', EnableManifestOutput: false };
  const request = batchJobRequest({ ...INPUT, generator, report: undefined });
  expect(request).toMatchObject({ ManifestGenerator: { S3JobManifestGenerator: generator }, Report: { Enabled: false } });
  expect(problems({ ...request, Priority: 0 })).toBeUndefined();
});

test('an inventory report names its own columns, a manifest may be a version', () => {
  const manifest = manifestMember({ format: 'S3InventoryReport_CSV_20161130', objectArn: 'arn:aws:s3:::inv/manifest.json', objectVersionId: 'v1', etag: 'e' });
  const request = { ...batchJobRequest({ ...INPUT, report: { bucketArn: 'arn:aws:s3:::reports', failedTasksOnly: true } }), Manifest: manifest, Priority: 1 };
  expect(request).toMatchObject({ Manifest: { Spec: { Format: 'S3InventoryReport_CSV_20161130' }, Location: { ObjectVersionId: 'v1', ETag: 'e' } } });
  expect(request).toHaveProperty('Report', { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'FailedTasksOnly' });
  expect(problems(request)).toBeUndefined();
});

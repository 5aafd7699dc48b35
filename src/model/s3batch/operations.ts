/** The operations of S3 Batch Operations, as ListJobs names them. */
export const OPERATION_NAMES = [
  'LambdaInvoke', 'S3PutObjectCopy', 'S3PutObjectAcl', 'S3PutObjectTagging', 'S3DeleteObjectTagging', 'S3InitiateRestoreObject', 'S3PutObjectLegalHold',
  'S3PutObjectRetention', 'S3ReplicateObject', 'S3ComputeObjectChecksum', 'S3UpdateObjectEncryption',
] as const;

export type OperationName = typeof OPERATION_NAMES[number];

/** What a job's role may do to each object; `version` stands in where the manifest names versions. */
export interface ObjectActions {
  readonly source: readonly string[];
  readonly version: readonly string[];
  /** On the source bucket itself. */
  readonly bucket: readonly string[];
  /** On the objects that a copy makes. */
  readonly target: readonly string[];
}

const NONE: ObjectActions = { source: [], version: [], bucket: [], target: [] };

/**
 * The actions on objects that each operation needs, and no more; reading the manifest and writing the report come on top.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
 */
export const OBJECT_ACTIONS: Readonly<Record<OperationName, ObjectActions>> = {
  // invokes a function: lambda:InvokeFunction is granted on that
  LambdaInvoke: NONE,
  S3PutObjectCopy: {
    source: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging'],
    version: ['s3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    bucket: ['s3:ListBucket'],
    target: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging'],
  },
  S3PutObjectAcl: { ...NONE, source: ['s3:PutObjectAcl'], version: ['s3:PutObjectVersionAcl'] },
  S3PutObjectTagging: { ...NONE, source: ['s3:PutObjectTagging'], version: ['s3:PutObjectVersionTagging'] },
  S3DeleteObjectTagging: { ...NONE, source: ['s3:DeleteObjectTagging'], version: ['s3:DeleteObjectVersionTagging'] },
  S3InitiateRestoreObject: { ...NONE, source: ['s3:RestoreObject'] },
  S3PutObjectLegalHold: { ...NONE, source: ['s3:PutObjectLegalHold'], bucket: ['s3:GetBucketObjectLockConfiguration'] },
  S3PutObjectRetention: { ...NONE, source: ['s3:PutObjectRetention'], bucket: ['s3:GetBucketObjectLockConfiguration'] },
  S3ReplicateObject: { ...NONE, source: ['s3:InitiateReplication'], bucket: ['s3:GetReplicationConfiguration', 's3:PutInventoryConfiguration'] },
  S3ComputeObjectChecksum: { ...NONE, source: ['s3:GetObject'], version: ['s3:GetObjectVersion'] },
  S3UpdateObjectEncryption: { ...NONE, source: ['s3:UpdateObjectEncryption'] },
};

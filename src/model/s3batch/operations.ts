/** The operations of S3 Batch Operations, as ListJobs names them. */
export const OPERATION_NAMES = [
  'LambdaInvoke', 'S3PutObjectCopy', 'S3PutObjectAcl', 'S3PutObjectTagging', 'S3DeleteObjectTagging', 'S3InitiateRestoreObject', 'S3PutObjectLegalHold',
  'S3PutObjectRetention', 'S3ReplicateObject', 'S3ComputeObjectChecksum', 'S3UpdateObjectEncryption',
] as const;

export type OperationName = typeof OPERATION_NAMES[number];

/** What a job's role may do to each object. */
export interface ObjectActions {
  readonly source: readonly string[];
  /** On versions of the objects, where the manifest names versions. */
  readonly version: readonly string[];
  /** On the source bucket itself. */
  readonly bucket: readonly string[];
  /** On the source bucket itself, where S3 generates the manifest. */
  readonly generated: readonly string[];
  /** On the objects that a copy makes. */
  readonly target: readonly string[];
  /** With the keys that encrypt the objects now, and with those that shall. */
  readonly sourceKey: readonly string[];
  readonly targetKey: readonly string[];
}

const NONE: ObjectActions = { source: [], version: [], bucket: [], generated: [], target: [], sourceKey: [], targetKey: [] };

/**
 * The actions on objects that each operation needs, and no more; reading the manifest and writing the report come on top.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-iam-role-policies.html
 */
export const OBJECT_ACTIONS: Readonly<Record<OperationName, ObjectActions>> = {
  // invokes a function: lambda:InvokeFunction is granted on that
  LambdaInvoke: NONE,
  S3PutObjectCopy: {
    ...NONE,
    source: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging'],
    version: ['s3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
    bucket: ['s3:ListBucket'],
    target: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectTagging'],
    sourceKey: ['kms:Decrypt'],
    targetKey: ['kms:GenerateDataKey'],
  },
  S3PutObjectAcl: { ...NONE, source: ['s3:PutObjectAcl'], version: ['s3:PutObjectVersionAcl'] },
  S3PutObjectTagging: { ...NONE, source: ['s3:PutObjectTagging'], version: ['s3:PutObjectVersionTagging'] },
  S3DeleteObjectTagging: { ...NONE, source: ['s3:DeleteObjectTagging'], version: ['s3:DeleteObjectVersionTagging'] },
  S3InitiateRestoreObject: { ...NONE, source: ['s3:RestoreObject'] },
  S3PutObjectLegalHold: { ...NONE, source: ['s3:PutObjectLegalHold'], bucket: ['s3:GetBucketObjectLockConfiguration'] },
  S3PutObjectRetention: { ...NONE, source: ['s3:PutObjectRetention'], bucket: ['s3:GetBucketObjectLockConfiguration'] },
  S3ReplicateObject: { ...NONE, source: ['s3:InitiateReplication'], generated: ['s3:GetReplicationConfiguration'] },
  S3ComputeObjectChecksum: { ...NONE, source: ['s3:GetObject'], version: ['s3:GetObjectVersion'], sourceKey: ['kms:Decrypt'] },
  S3UpdateObjectEncryption: {
    ...NONE,
    source: ['s3:PutObject', 's3:UpdateObjectEncryption'],
    sourceKey: ['kms:Decrypt', 'kms:ReEncrypt*'],
    targetKey: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
  },
};

/** Actions on objects that some options of operations need besides: on those that a copy makes, else on the manifest's. */
export const OPTION_ACTIONS = {
  legalHold: ['s3:PutObjectLegalHold'],
  retention: ['s3:PutObjectRetention'],
  bypassGovernanceRetention: ['s3:BypassGovernanceRetention'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OperationOption = keyof typeof OPTION_ACTIONS;

/** What S3 needs to generate a manifest, on the bucket whose objects it lists. */
export const GENERATOR_ACTIONS = ['s3:PutInventoryConfiguration'] as const;

/** What a filter by eligibility for replication needs, on the same bucket. */
export const REPLICATION_FILTER_ACTIONS = ['s3:GetReplicationConfiguration'] as const;

/** Directory buckets know none of what these change. */
export const GENERAL_PURPOSE_ONLY: ReadonlySet<OperationName> = new Set<OperationName>([
  'S3PutObjectAcl', 'S3PutObjectTagging', 'S3DeleteObjectTagging', 'S3InitiateRestoreObject', 'S3PutObjectLegalHold', 'S3PutObjectRetention', 'S3ReplicateObject',
  'S3UpdateObjectEncryption',
]);

/** Algorithms whose checksums of an object's parts make a checksum of the object. */
export const COMPOSITE_ALGORITHMS: readonly string[] = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'];

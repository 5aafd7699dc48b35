/**
 * Every number of S3 Batch Operations that the library checks, once. The source of each stands beside it:
 * API = S3 Control's public model, UG = the Amazon S3 User Guide.
 */
export const LIMITS = {
  /** API: Description of CreateJob. */
  descriptionLength: 256,
  /** API: ClientRequestToken. */
  clientRequestTokenLength: 64,
  /** API: JobPriority; the higher runs first. */
  priority: { min: 0, max: 2_147_483_647 },
  /** API: IAMRoleArn. */
  roleArnLength: 2_048,
  /** UG: tags of a job. API: S3Tag. */
  jobTags: 50,
  tagKeyLength: 128,
  tagValueLength: 256,
  /** UG, object-tagging: tags of an object, so also of a tagging or copy operation. */
  objectTags: 10,
  /** API: FunctionArn of LambdaInvoke. */
  functionArnLength: 1_024,
  /** API: UserArguments, for schema 2.0 alone. */
  userArguments: { min: 1, max: 10 },
  userArgumentKeyLength: 64,
  userArgumentValueLength: 1_024,
  /** API: bucket ARNs of TargetResource, Report and SourceBucket. */
  bucketArnLength: 128,
  /** API: TargetKeyPrefix of a copy. */
  targetKeyPrefixLength: 1_024,
  /** API: RedirectLocation of a copy. */
  redirectLocationLength: 2_048,
  /** API: KmsKeyArnString of a copy and of a generated manifest. */
  kmsKeyArnLength: 2_000,
  /** API: Prefix of a report, ManifestPrefix of a generated manifest. */
  reportPrefixLength: 512,
  manifestPrefixLength: 512,
  /** API: KMSKeyArn of an update of encryption. */
  encryptionKeyArnLength: { min: 20, max: 2_048 },
  /** API: ObjectArn, ObjectVersionId and ETag of a manifest. */
  manifestArnLength: 2_000,
  manifestVersionIdLength: 2_000,
  manifestETagLength: 1_024,
  /** API: members of an access control list. */
  granteeLength: 1_024,
  /** API: a header of S3ObjectMetadata, a name and a value of its UserMetadata. UG, UsingMetadata: bytes of all user metadata of an object. */
  metadataLength: 1_024,
  userMetadataBytes: 2_048,
  /** API: MatchAnyPrefix and the like: one string each (UG), so long. */
  nameFilterStrings: 1,
  nameFilterLength: 1_024,
  /** UG: days of a restored copy; 0 is in the API's range but no job takes it. */
  restoreDays: { min: 1 },
  /** UG, batch-ops-copy-object: bytes of an object that is copied. */
  copySourceBytes: 5 * 1024 ** 3,
  /** S3: bytes of a key in UTF-8. */
  keyBytes: 1_024,
  /** API: StatusUpdateReason. */
  statusUpdateReasonLength: 256,
  /** API: ListJobs. */
  listPageSize: { min: 0, max: 1_000 },
  nextTokenLength: 1_024,
  /** UG, batch-ops-job-status: from so many tasks on, more than so large a part of failures fails the job. */
  failureThreshold: { tasks: 1_000, ratio: 0.5 },
  /** UG: days after its end in which a job is known, and in which a job waits for confirmation. */
  retentionDays: 90,
  confirmationDays: 30,
  /** The library's own: jobs of a fleet, each of them a resource of its stack. */
  fleetJobs: 100,
} as const;

/** The API's patterns, as whole values match them. */
export const PATTERNS = {
  accountId: /^\d{12}$/,
  jobId: /^[a-zA-Z0-9\-_]+$/,
  roleArn: /^arn:[^:]+:iam::\d{12}:role\/.*$/,
  bucketArn: /^arn:[^:]+:s3:.*$/,
  tag: /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u,
  encryptionKeyArn: /^arn:aws[a-zA-Z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-zA-Z0-9-]+$/,
  functionArn: /^arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}(-[a-z]+)+-\d:\d{12}:function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?$/,
} as const;

import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AccessControlListOptions, CannedAccessControlList } from './object-acl';
import { ChecksumAlgorithm, ChecksumType, GlacierJobTier, InvocationSchemaVersion, LegalHoldStatus } from './object-attributes';

/**
 * Options of `Operation.invokeFunction()`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
 */
export interface InvokeFunctionOptions {
  /** The function, or an alias or a version of one, in the job's region. The job's role is allowed to invoke it. */
  readonly function: lambda.IFunction;

  /**
   * How the function is called; it must know this form.
   *
   * @default - InvocationSchemaVersion.V1_0, with `userArguments` InvocationSchemaVersion.V2_0
   */
  readonly invocationSchemaVersion?: InvocationSchemaVersion;

  /**
   * What every call brings along: 1 to 10 texts of at most 1,024 characters, each under a key of 1 to 64.
   *
   * @default - none
   */
  readonly userArguments?: { [key: string]: string };
}

/** Options of `Operation.replaceTags()`. */
export interface ReplaceTagsOptions {
  /** All tags that each object has afterwards, at most 10. An empty map takes all away, at a price: `deleteTags()` costs less. */
  readonly tags: { [key: string]: string };
}

/**
 * Options of `Operation.restore()`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-initiate-restore-object.html
 */
export interface RestoreOptions {
  /**
   * How long the restored copies stay, in whole days. S3 Glacier Flexible Retrieval and Deep Archive need it, the archive tiers of
   * S3 Intelligent-Tiering refuse it: a job can have objects of one sort only.
   *
   * @default - none, for the archive tiers of S3 Intelligent-Tiering
   */
  readonly expiration?: Duration;

  /**
   * How fast objects are restored.
   *
   * @default - S3's own, GlacierJobTier.STANDARD
   */
  readonly glacierJobTier?: GlacierJobTier;
}

/** Options of `Operation.replaceAcl()`: one of the two. */
export interface ReplaceAclOptions {
  /**
   * An access control list by its name.
   *
   * @default - none, `accessControlList` is given
   */
  readonly cannedAccessControlList?: CannedAccessControlList;

  /**
   * An access control list, entry by entry.
   *
   * @default - none, `cannedAccessControlList` is given
   */
  readonly accessControlList?: AccessControlListOptions;
}

/** Options of `Operation.legalHold()`. */
export interface LegalHoldOptions {
  /** Whether the objects are on legal hold. */
  readonly status: LegalHoldStatus;
}

/**
 * Options of `Operation.retention()`. Without `mode` and `retainUntilDate` retention is taken away.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-retention-date.html
 */
export interface RetentionOptions {
  /**
   * How the objects are retained; goes with `retainUntilDate`.
   *
   * @default - they are not
   */
  readonly mode?: s3.ObjectLockMode;

  /**
   * Until when the objects are retained; goes with `mode`.
   *
   * @default - they are not
   */
  readonly retainUntilDate?: Date;

  /**
   * Whether retention in governance mode may be shortened or taken away.
   *
   * @default false
   */
  readonly bypassGovernanceRetention?: boolean;
}

/**
 * Options of `Operation.computeChecksum()`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-compute-checksums.html
 */
export interface ComputeChecksumOptions {
  /**
   * The algorithm.
   *
   * @default - S3's own, ChecksumAlgorithm.CRC64NVME
   */
  readonly checksumAlgorithm?: ChecksumAlgorithm;

  /**
   * What the checksum is computed from.
   *
   * @default - S3's own, ChecksumType.FULL_OBJECT
   */
  readonly checksumType?: ChecksumType;
}

/**
 * Options of `Operation.updateEncryption()`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-update-encryption.html
 */
export interface UpdateEncryptionOptions {
  /** Key that encrypts the objects from now on (SSE-KMS): a key, no alias. The job's role is allowed to use it. */
  readonly encryptionKey: kms.IKey;

  /**
   * Whether an S3 bucket key stands between the objects and AWS KMS, for fewer calls of that.
   *
   * @default false
   */
  readonly bucketKeyEnabled?: boolean;
}

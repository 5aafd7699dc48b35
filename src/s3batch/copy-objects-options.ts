import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AclGrant, CannedAccessControlList } from './object-acl';
import { ChecksumAlgorithm, LegalHoldStatus, MetadataDirective, SseAlgorithm, StorageClass } from './object-attributes';

/**
 * Metadata of copies.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_S3ObjectMetadata.html
 */
export interface ObjectMetadataOptions {
  /**
   * Header `Cache-Control`.
   *
   * @default - none
   */
  readonly cacheControl?: string;

  /**
   * Header `Content-Disposition`.
   *
   * @default - none
   */
  readonly contentDisposition?: string;

  /**
   * Header `Content-Encoding`.
   *
   * @default - none
   */
  readonly contentEncoding?: string;

  /**
   * Header `Content-Language`.
   *
   * @default - none
   */
  readonly contentLanguage?: string;

  /**
   * Header `Content-Type`.
   *
   * @default - none
   */
  readonly contentType?: string;

  /**
   * Header `Expires`.
   *
   * @default - none
   */
  readonly httpExpiresDate?: Date;

  /**
   * Metadata of your own, without `x-amz-meta-`: at most 2 KB in all.
   *
   * @default - none
   */
  readonly userMetadata?: { [key: string]: string };

  /**
   * How copies are encrypted.
   *
   * @default - as the target bucket does it
   */
  readonly sseAlgorithm?: SseAlgorithm;

  /**
   * A member that S3 has deprecated: it is sent, and S3 makes nothing of it.
   *
   * @default - none
   */
  readonly contentLength?: number;

  /**
   * A member that S3 has deprecated: it is sent, and S3 makes nothing of it.
   *
   * @default - none
   */
  readonly contentMd5?: string;

  /**
   * A member that S3 has deprecated: it is sent, and S3 makes nothing of it.
   *
   * @default - none
   */
  readonly requesterCharged?: boolean;
}

/**
 * Options of `Operation.copyObjects()`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_S3CopyObjectOperation.html
 */
export interface CopyObjectsOptions {
  /** Where the copies go. The job runs in its region. */
  readonly targetBucket: s3.IBucket;

  /**
   * Folder of the copies.
   *
   * @default - none, copies have the keys of their sources
   */
  readonly targetKeyPrefix?: string;

  /**
   * Storage class of the copies.
   *
   * @default - S3's own, StorageClass.STANDARD
   */
  readonly storageClass?: StorageClass;

  /**
   * Whether copies keep the metadata of their sources.
   *
   * @default - they do, unless `newObjectMetadata` is given
   */
  readonly metadataDirective?: MetadataDirective;

  /**
   * Metadata of the copies, in place of that of their sources.
   *
   * @default - that of their sources
   */
  readonly newObjectMetadata?: ObjectMetadataOptions;

  /**
   * Tags of the copies, at most 10; an empty map for none at all.
   *
   * @default - those of their sources
   */
  readonly newObjectTagging?: { [key: string]: string };

  /**
   * Access control list of the copies, by its name.
   *
   * @default - S3's own, CannedAccessControlList.PRIVATE
   */
  readonly cannedAccessControlList?: CannedAccessControlList;

  /**
   * Access control list of the copies, entry by entry.
   *
   * @default - none
   */
  readonly accessControlGrants?: AclGrant[];

  /**
   * Where a website sends whoever asks for a copy: a path with a slash before it, or a URL.
   *
   * @default - nowhere
   */
  readonly redirectLocation?: string;

  /**
   * Whether you agree to pay for requests of buckets that demand it.
   *
   * @default false
   */
  readonly requesterPays?: boolean;

  /**
   * Copies only what was modified after this time; other objects fail.
   *
   * @default - no such limit
   */
  readonly modifiedSinceConstraint?: Date;

  /**
   * Copies only what was not modified after this time; other objects fail.
   *
   * @default - no such limit
   */
  readonly unModifiedSinceConstraint?: Date;

  /**
   * Key with which S3 encrypts the copies (SSE-KMS). The job's role is allowed to use it.
   *
   * @default - as the target bucket does it
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether an S3 bucket key stands between the copies and AWS KMS, for fewer calls of that.
   *
   * @default - as the target bucket does it
   */
  readonly bucketKeyEnabled?: boolean;

  /**
   * Algorithm of the copies' checksum.
   *
   * @default - that of their sources
   */
  readonly checksumAlgorithm?: ChecksumAlgorithm;

  /**
   * Whether the copies are on legal hold.
   *
   * @default - as the target bucket does it
   */
  readonly objectLockLegalHoldStatus?: LegalHoldStatus;

  /**
   * How the copies are retained; goes with `objectLockRetainUntilDate`.
   *
   * @default - as the target bucket does it
   */
  readonly objectLockMode?: s3.ObjectLockMode;

  /**
   * Until when the copies are retained; goes with `objectLockMode`.
   *
   * @default - as the target bucket does it
   */
  readonly objectLockRetainUntilDate?: Date;
}

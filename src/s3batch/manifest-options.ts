import * as s3 from 'aws-cdk-lib/aws-s3';
import { GeneratedManifestEncryption, ObjectEncryptionFilter } from './manifest-encryption';
import { StorageClass } from './object-attributes';

/** A column of a CSV manifest. */
export enum ManifestField {
  /** Not for S3 Batch Operations. */
  IGNORE = 'Ignore',
  /** The bucket of the object. */
  BUCKET = 'Bucket',
  /** The key of the object, URL-encoded. */
  KEY = 'Key',
  /** The version of the object: all rows have one, or none. */
  VERSION_ID = 'VersionId',
}

/** An object that a job works on. */
export interface ManifestRow {
  /** The object's key as S3 knows it: the library encodes it. */
  readonly key: string;

  /**
   * The object's version; `'null'` for an object that was written without versioning. Either all rows have one, or none.
   *
   * @default - the newest version when the job comes to the object
   */
  readonly versionId?: string;
}

/** Options of `Manifest.fromAsset()`. */
export interface AssetManifestOptions {
  /**
   * The file's columns.
   *
   * @default - ManifestField.BUCKET, KEY and, of three columns, VERSION_ID
   */
  readonly fields?: ManifestField[];

  /**
   * The bucket that the rows name. The job's role is allowed to use its encryption key.
   *
   * @default - the bucket of that name, with no key of its own
   */
  readonly sourceBucket?: s3.IBucket;
}

/** Which state of an object is meant. */
export interface ManifestObjectOptions {
  /**
   * The object's ETag: the job fails if it has another one.
   *
   * @default - that of the object when the job is made
   */
  readonly etag?: string;

  /**
   * The object's version.
   *
   * @default - the newest when the job is made
   */
  readonly versionId?: string;
}

/** Options of `Manifest.fromObject()`. */
export interface ObjectManifestOptions extends ManifestObjectOptions {
  /**
   * The manifest's columns.
   *
   * @default [ManifestField.BUCKET, ManifestField.KEY]
   */
  readonly fields?: ManifestField[];

  /**
   * The bucket that the rows name.
   *
   * @default - the manifest's own
   */
  readonly sourceBucket?: s3.IBucket;
}

/** Options of `Manifest.fromInventory()`. */
export interface InventoryManifestOptions extends ManifestObjectOptions {
  /** The bucket that the report lists. */
  readonly sourceBucket: s3.IBucket;
}

/** Where S3 writes a manifest that it generates. */
export interface ManifestOutputOptions {
  /** The bucket, a general purpose one. */
  readonly bucket: s3.IBucket;

  /**
   * What the manifest's keys begin with; a folder for each job follows.
   *
   * @default - nothing
   */
  readonly manifestPrefix?: string;

  /**
   * How the manifest is encrypted.
   *
   * @default - as the bucket does it
   */
  readonly manifestEncryption?: GeneratedManifestEncryption;

  /**
   * Account that owns the bucket: the job fails if it is another one.
   *
   * @default - any
   */
  readonly expectedManifestBucketOwner?: string;
}

/** A state of an object's replication. */
export enum ReplicationStatus {
  /** Replicated. */
  COMPLETED = 'COMPLETED',
  /** Not replicated, for an error. */
  FAILED = 'FAILED',
  /** A replica itself. */
  REPLICA = 'REPLICA',
  /** Never replicated. */
  NONE = 'NONE',
}

/**
 * Which objects of a bucket a generated manifest lists: those that every filter lets through.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_JobManifestGeneratorFilter.html
 */
export interface ManifestFilterOptions {
  /**
   * Only objects created after this time.
   *
   * @default - no such limit
   */
  readonly createdAfter?: Date;

  /**
   * Only objects created before this time.
   *
   * @default - no such limit
   */
  readonly createdBefore?: Date;

  /**
   * Only objects whose keys begin so.
   *
   * @default - any
   */
  readonly matchAnyPrefix?: string;

  /**
   * Only objects whose keys end so.
   *
   * @default - any
   */
  readonly matchAnySuffix?: string;

  /**
   * Only objects whose keys contain this.
   *
   * @default - any
   */
  readonly matchAnySubstring?: string;

  /**
   * Only objects of more bytes.
   *
   * @default - no such limit
   */
  readonly objectSizeGreaterThanBytes?: number;

  /**
   * Only objects of fewer bytes.
   *
   * @default - no such limit
   */
  readonly objectSizeLessThanBytes?: number;

  /**
   * Only objects of these storage classes.
   *
   * @default - any
   */
  readonly matchAnyStorageClass?: StorageClass[];

  /**
   * Only objects that are encrypted so.
   *
   * @default - any
   */
  readonly matchAnyObjectEncryption?: ObjectEncryptionFilter;

  /**
   * Only objects that the bucket's replication configuration replicates; `false` for all others.
   *
   * @default - any
   */
  readonly eligibleForReplication?: boolean;

  /**
   * Only objects in one of these states of replication.
   *
   * @default - any
   */
  readonly objectReplicationStatuses?: ReplicationStatus[];
}

/** Options of `Manifest.generated()`. */
export interface GeneratedManifestOptions {
  /** The bucket whose objects are listed, a general purpose one. */
  readonly sourceBucket: s3.IBucket;

  /**
   * Which of its objects.
   *
   * @default - all
   */
  readonly filter?: ManifestFilterOptions;

  /**
   * Where S3 writes the manifest. Without one, what is left of a job that has not come to its end cannot be done by a next one.
   *
   * @default - below `manifests` in the bucket of the completion report, nowhere for a job without a report
   */
  readonly output?: ManifestOutputOptions;

  /**
   * Account that owns the bucket to which the manifest goes: the job fails if it is another one.
   *
   * @default - any
   */
  readonly expectedBucketOwner?: string;
}

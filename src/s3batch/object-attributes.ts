/**
 * Storage classes of objects.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export enum StorageClass {
  /** Often used. */
  STANDARD = 'STANDARD',
  /** Seldom used. */
  STANDARD_IA = 'STANDARD_IA',
  /** Seldom used, in one availability zone. */
  ONEZONE_IA = 'ONEZONE_IA',
  /** S3 Glacier Flexible Retrieval. */
  GLACIER = 'GLACIER',
  /** Moved between tiers by use. */
  INTELLIGENT_TIERING = 'INTELLIGENT_TIERING',
  /** S3 Glacier Deep Archive. */
  DEEP_ARCHIVE = 'DEEP_ARCHIVE',
  /** S3 Glacier Instant Retrieval. */
  GLACIER_IR = 'GLACIER_IR',
}

/**
 * Algorithms of checksums.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export enum ChecksumAlgorithm {
  /** CRC-32. */
  CRC32 = 'CRC32',
  /** CRC-32C. */
  CRC32C = 'CRC32C',
  /** CRC-64/NVME. */
  CRC64NVME = 'CRC64NVME',
  /** MD5. */
  MD5 = 'MD5',
  /** SHA-1. */
  SHA1 = 'SHA1',
  /** SHA-256. */
  SHA256 = 'SHA256',
  /** SHA-512. */
  SHA512 = 'SHA512',
  /** XXH64. */
  XXHASH64 = 'XXHASH64',
  /** XXH3. */
  XXHASH3 = 'XXHASH3',
  /** XXH128. */
  XXHASH128 = 'XXHASH128',
}

/** What a checksum is computed from. */
export enum ChecksumType {
  /** All bytes of the object. */
  FULL_OBJECT = 'FULL_OBJECT',
  /** The checksums of its parts: CRC32, CRC32C, SHA1 and SHA256 only. */
  COMPOSITE = 'COMPOSITE',
}

/** How S3 encrypts copies. */
export enum SseAlgorithm {
  /** With S3's own keys (SSE-S3). */
  AES256 = 'AES256',
  /** With a key of AWS KMS (SSE-KMS). */
  KMS = 'KMS',
}

/** Whether an object is on legal hold. */
export enum LegalHoldStatus {
  /** It cannot be deleted until the hold is taken off. */
  ON = 'ON',
  /** It is on no hold. */
  OFF = 'OFF',
}

/** Whether copies keep the metadata of their sources. */
export enum MetadataDirective {
  /** They do. */
  COPY = 'COPY',
  /** They get what the job says, and nothing where it says nothing. */
  REPLACE = 'REPLACE',
}

/** How fast archived objects are restored. Batch jobs know no expedited retrieval. */
export enum GlacierJobTier {
  /** Within hours. */
  STANDARD = 'STANDARD',
  /** Within a day or two, at the lowest price. */
  BULK = 'BULK',
}

/** How S3 Batch Operations calls a function. */
export enum InvocationSchemaVersion {
  /** Names the bucket by its ARN. */
  V1_0 = '1.0',
  /** Names the bucket by its name, and knows arguments and directory buckets. */
  V2_0 = '2.0',
}

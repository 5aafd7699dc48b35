import type { ComputeObjectChecksumAlgorithm } from '@aws-sdk/client-s3-control';

/** What the engine computes of what the operation offers. */
export const COMPUTED_ALGORITHMS: readonly ComputeObjectChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'MD5', 'SHA1', 'SHA256', 'SHA512'];

/** Those whose checksums of parts make a checksum of the object. */
export const COMPOSITE_ALGORITHMS: readonly ComputeObjectChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'SHA1', 'SHA256'];

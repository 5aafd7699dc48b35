import type { S3ComputeObjectChecksumOperation } from '@aws-sdk/client-s3-control';
import { eachObject, type OperationContext } from './object-call';
import type { DigestingService } from '../../services/s3/digests';
import type { TaskOperation } from '../task';

/** Objects stay as they are, archived ones too: the checksum stands in the report alone. */
export function computeChecksum({ ChecksumAlgorithm = 'CRC64NVME', ChecksumType = 'FULL_OBJECT' }: S3ComputeObjectChecksumOperation, { core, caller }: OperationContext): TaskOperation {
  return eachObject(async (address) => {
    // refuses what a read of the object would refuse
    const { ETag } = await core.call<{ ETag: string }>('s3', 'HeadObject', address, caller);
    const { base64, hex } = core.service<DigestingService>('s3').digestOf(address, ChecksumAlgorithm, ChecksumType);
    return JSON.stringify({
      checksum_base64: base64, etag: ETag.replaceAll('"', ''), checksumAlgorithm: ChecksumAlgorithm, checksumType: ChecksumType, checksum_hex: hex,
    });
  });
}

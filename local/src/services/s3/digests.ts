import type { BucketStore } from './bucket-store';
import { compositeChecksum, digest } from './checksums';
import { sliceBytes } from '../../core/bytes';

/** A checksum of an object as it lies there, which only a batch job can ask for. */
export interface DigestingService {
  digestOf(address: { Bucket: string; Key: string; VersionId?: string }, algorithm: string, type: 'FULL_OBJECT' | 'COMPOSITE'): { base64: string; hex: string };
}

export function digesting(store: BucketStore): DigestingService {
  return {
    digestOf({ Bucket, Key, VersionId }, algorithm, type) {
      const { bytes, partSizes = [bytes.length] } = store.object(store.bucket(Bucket), Key, VersionId);
      if (type === 'FULL_OBJECT') {
        const sum = digest(algorithm, bytes);
        return { base64: sum.toString('base64'), hex: sum.toString('hex').toUpperCase() };
      }
      let start = 0;
      const parts = partSizes.map((size) => digest(algorithm, sliceBytes(bytes, start, start += size)).toString('base64'));
      const base64 = compositeChecksum(algorithm, parts);
      return { base64, hex: Buffer.from(base64.split('-')[0], 'base64').toString('hex').toUpperCase() };
    },
  };
}

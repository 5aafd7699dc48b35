import type { BucketStore } from './bucket-store';
import { s3Error } from './errors';
import type { Operation } from '../../core/service';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- shapes come from the service's model at run time
type Input = any;

const UPDATABLE: readonly unknown[] = ['AES256', 'aws:kms'];

/** Only what the object says of its encryption changes: neither its time nor its entity tag. */
export function encryptionOperations(store: BucketStore): Record<string, Operation> {
  const { accountId } = store.core.settings;
  return {
    UpdateObjectEncryption: (input: Input) => {
      const version = store.object(store.bucket(input.Bucket), input.Key, input.VersionId);
      const { KMSKeyArn, BucketKeyEnabled = false } = input.ObjectEncryption?.SSEKMS ?? {};
      if (KMSKeyArn === undefined) throw s3Error('MalformedXML');
      if ((KMSKeyArn as string).split(':')[4] !== accountId) throw s3Error('AccessDenied');
      if (!UPDATABLE.includes(version.headers.ServerSideEncryption)) {
        throw s3Error('InvalidRequest', {}, 'The encryption of objects under SSE-S3 or SSE-KMS alone can be updated');
      }
      version.headers = { ...version.headers, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KMSKeyArn, BucketKeyEnabled };
      return {};
    },
  };
}

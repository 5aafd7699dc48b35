import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';

/** More patience than the SDK's three tries: a throttled deployment is slow, not broken. */
const MAX_ATTEMPTS = 8;

/** Made once for each Lambda process, so that connections are reused. */
export const sageMaker = new SageMakerClient({ maxAttempts: MAX_ATTEMPTS });

/** A custom endpoint has no host for each bucket. */
export const s3 = new S3Client({
  maxAttempts: MAX_ATTEMPTS,
  forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
});

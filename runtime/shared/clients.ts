import { S3Client } from '@aws-sdk/client-s3';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';

/** A little more than the SDK's three: the handlers try again themselves, and a Lambda function that waits is paid for. */
export const MAX_ATTEMPTS = 4;

/** Made once for each Lambda process, so that connections are reused. Marked as pure, so that a bundle has only those that it uses. */
export const sageMaker = /* @__PURE__ */ new SageMakerClient({ maxAttempts: MAX_ATTEMPTS });

/** A custom endpoint has no host for each bucket. */
export const s3 = /* @__PURE__ */ new S3Client({
  maxAttempts: MAX_ATTEMPTS,
  forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
});

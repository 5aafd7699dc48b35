import * as s3 from 'aws-cdk-lib/aws-s3';
import { isKnown } from '../../private/tokens';

/** Whether it is known to be a directory bucket: one of S3 Express, which lacks much of what others have. */
export function isDirectoryBucket({ bucketArn, bucketName }: s3.IBucket): boolean {
  return (isKnown(bucketName) && bucketName.endsWith('--x-s3')) || (isKnown(bucketArn) && /^arn:[^:]+:s3express:/.test(bucketArn));
}

/** What is wrong where S3 takes general purpose buckets only. */
export function directoryBucketProblems(property: string, bucket: s3.IBucket | undefined): string[] {
  return bucket && isDirectoryBucket(bucket)
    ? [`'${property}' must be a general purpose bucket, got the directory bucket ${isKnown(bucket.bucketName) ? bucket.bucketName : bucket.bucketArn}`]
    : [];
}

import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as assets from 'aws-cdk-lib/aws-s3-assets';

/** A file in S3 that a job reads, and what its readers must be allowed. */
export interface S3Location {
  readonly uri: string;
  readonly bucket: s3.IBucket;
  readonly objectKey: string;
  /** Keys to read, a pattern. */
  readonly keys: string;
}

/**
 * The location of an asset. Its readers may read every asset of that extension, because a job keeps reading the files it was started with
 * while a later deployment brings other ones: a right to the new file alone would take the old one away from a running job.
 */
export function assetLocation(asset: assets.Asset, extension: string): S3Location {
  // of its parts only the bucket is a token, and the same for all assets
  return { uri: `s3://${asset.s3BucketName}/${asset.s3ObjectKey}`, bucket: asset.bucket, objectKey: asset.s3ObjectKey, keys: `*${extension}` };
}

export function objectLocation(bucket: s3.IBucket, key: string): S3Location {
  return { uri: bucket.s3UrlForObject(key), bucket, objectKey: key, keys: key };
}

/** Read rights as Ground Truth needs them. */
export function readStatements(bucket: s3.IBucket, keys: string): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation', 's3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects(keys)] }),
    ...keyStatements(bucket, ['kms:Decrypt']),
  ];
}

/** Use of the key that encrypts a bucket, where it has its own, and of a further one with which objects were written. */
export function keyStatements(bucket: s3.IBucket, actions: string[], further?: kms.IKey): iam.PolicyStatement[] {
  const keys = [...new Set([bucket.encryptionKey, further])].filter((key) => key !== undefined);
  return keys.length > 0 ? [new iam.PolicyStatement({ actions, resources: keys.map(({ keyArn }) => keyArn) })] : [];
}

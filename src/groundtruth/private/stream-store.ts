import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { keyStatements } from '../../private/s3-location';

/** Where a stream's records lie. */
export interface StreamStore {
  readonly bucket: s3.IBucket;
  /** Empty, or ending in a slash. */
  readonly prefix: string;
}

/** A bucket for records. It stays when its stack goes: what has not been labeled yet is nowhere else. */
export function newStoreBucket(scope: Construct, id: string, encryptionKey?: kms.IKey): s3.Bucket {
  return new s3.Bucket(scope, id, {
    encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey,
    bucketKeyEnabled: encryptionKey ? true : undefined,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

/** What a stream's functions do with its store; who only puts records there removes nothing. */
export function storeStatements({ bucket, prefix }: StreamStore, removes: boolean): iam.PolicyStatement[] {
  const actions = ['s3:GetObject', 's3:PutObject', ...removes ? ['s3:DeleteObject'] : []];
  return [
    // without it S3 answers 403 instead of 404 for an object that is not there
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions, resources: [bucket.arnForObjects(`${prefix}*`)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

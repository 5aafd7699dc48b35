import { Aws, Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { oncePerStack } from './handler-function';
import { keyStatements } from './s3-location';

const ID = 'LabelingState';

/** The part of a stack's id that no other stack ever has: the ledgers of a stack lie under it. */
export const STACK_GUID = Fn.select(2, Fn.split('/', Aws.STACK_ID));

/**
 * Where a stack's jobs keep their ledgers and its inventories their records. It goes with the stack: every job's Delete removes its own
 * objects, and the last one leaves it empty.
 */
export class StateBucket extends s3.Bucket {
  public static of(scope: Construct): StateBucket {
    return oncePerStack(scope, ID, StateBucket, (stack) => new StateBucket(stack, ID));
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** What a job's handlers need of a state bucket: everything below this stack's prefix, and to see what is not there. */
export function stateBucketStatements(bucket: s3.IBucket): iam.PolicyStatement[] {
  return [
    // without it S3 answers 403 instead of 404 for an object that is not there
    new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [bucket.arnForObjects(`${STACK_GUID}/*`)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** What an inventory's handler needs of the bucket of its record: it looks whether the record is there still before it writes it anew. */
export function recordStatements(bucket: s3.IBucket, prefix: string = `${STACK_GUID}/`): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:DeleteObject'], resources: [bucket.arnForObjects(`${prefix}*`)] }),
    ...keyStatements(bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { oncePerStack } from '../../private/handler-function';

const ID = 'BatchReports';

/** Where a stack's jobs write their completion reports, unless they are told otherwise. It stays: reports are the only record of single tasks. */
export class ReportBucket extends s3.Bucket {
  public static of(scope: Construct): ReportBucket {
    return oncePerStack(scope, ID, ReportBucket, (stack) => new ReportBucket(stack, ID));
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}

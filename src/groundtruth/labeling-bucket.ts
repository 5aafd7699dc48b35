import { RemovalPolicy } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * What workers' browsers need of a bucket: the wider one of the two rules that the guide demands for different task types.
 * The origin must be the literal `*`, others are refused when a job is created.
 */
const WORKER_CORS: s3.CorsRule = {
  allowedHeaders: ['*'],
  allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.HEAD, s3.HttpMethods.PUT],
  allowedOrigins: ['*'],
  exposedHeaders: ['Access-Control-Allow-Origin'],
  maxAge: 3000,
};

/** Properties of a `LabelingBucket`. */
export interface LabelingBucketProps {
  /**
   * Name of the bucket.
   *
   * @default - CloudFormation generates one
   */
  readonly bucketName?: string;

  /**
   * Key that encrypts the objects. The jobs' roles are allowed to use it.
   *
   * @default - S3's own keys (SSE-S3)
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether to keep earlier versions of objects.
   *
   * @default false
   */
  readonly versioned?: boolean;

  /**
   * What happens to the bucket when it leaves the stack. Labels are people's work: deleting them takes two deliberate acts,
   * this and `autoDeleteObjects`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether to empty the bucket before it is deleted; needs `removalPolicy` DESTROY.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * Rules that expire or move objects.
   *
   * @default - none, objects stay
   */
  readonly lifecycleRules?: s3.LifecycleRule[];

  /**
   * Bucket that receives the access logs of this one.
   *
   * @default - no access logs
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * Prefix of the access logs' keys.
   *
   * @default - none
   */
  readonly serverAccessLogsPrefix?: string;
}

/**
 * A bucket fit for labeling: workers' browsers may load and store objects by presigned URL (CORS); it is encrypted, speaks TLS only
 * and is never public.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-cors-update.html
 */
export class LabelingBucket extends s3.Bucket {
  /**
   * @param scope the construct that owns the bucket
   * @param id the bucket's id in its scope
   * @param props how it differs from the defaults
   */
  constructor(scope: Construct, id: string, props: LabelingBucketProps = {}) {
    super(scope, id, {
      bucketName: props.bucketName,
      versioned: props.versioned,
      lifecycleRules: props.lifecycleRules,
      serverAccessLogsBucket: props.serverAccessLogsBucket,
      serverAccessLogsPrefix: props.serverAccessLogsPrefix,
      autoDeleteObjects: props.autoDeleteObjects,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.RETAIN,
      encryption: props.encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey: props.encryptionKey,
      bucketKeyEnabled: props.encryptionKey ? true : undefined,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      cors: [WORKER_CORS],
    });
  }
}

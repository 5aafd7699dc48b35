import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';

/** Where labels go, and in which role Ground Truth works. */
export interface LabelingOutputOptions {
  /**
   * Bucket of the labels.
   *
   * @default - a new `LabelingBucket`, which stays when the stack goes
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * Prefix of the labels' keys, without a slash at its ends; a folder named like the job follows. Empty for the bucket's root.
   *
   * @default 'labels'
   */
  readonly outputPrefix?: string;

  /**
   * Key with which Ground Truth encrypts the labels. Its key policy must allow the job's role, by itself or by leaving that to IAM.
   *
   * @default - the bucket's own encryption
   */
  readonly outputKey?: kms.IKey;

  /**
   * Buckets in which earlier generations of this job have left their labels, where `outputBucket` has changed: a next generation starts
   * from there. The library lets the job's role and its own handlers read them.
   *
   * @default - none, the job has always written to `outputBucket`
   */
  readonly formerOutputBuckets?: s3.IBucket[];

  /**
   * Role in which Ground Truth works. It is given the job's permissions if it can be changed.
   *
   * @default - a new role with exactly this job's permissions
   */
  readonly role?: iam.IRole;
}

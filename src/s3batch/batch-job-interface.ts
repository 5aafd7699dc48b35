import { IResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** A job of S3 Batch Operations. */
export interface IBatchJob extends IResource {
  /**
   * The job's id, which S3 has given it.
   *
   * @attribute
   */
  readonly batchJobId: string;

  /**
   * The job's ARN.
   *
   * @attribute
   */
  readonly batchJobArn: string;

  /** Allows somebody to look at the job. */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;
  /** Allows somebody to cancel the job; S3 knows no right to cancel alone, so it includes that to confirm. */
  grantCancel(grantee: iam.IGrantable): iam.Grant;
  /** Allows somebody to confirm, or to cancel, the job while it waits for that. */
  grantConfirm(grantee: iam.IGrantable): iam.Grant;
}

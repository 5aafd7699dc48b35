import { IResource } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
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

  /**
   * A rule for every state that the job comes to. S3 tells of them through CloudTrail only, several times and in no order; the rule is for the job that
   * the last deployment has left, as ids are S3's own.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-event-bridge-cloud-trail.html
   */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's completion, however many of its tasks have failed. */
  onCompleted(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's failure as a whole. */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's cancellation. */
  onCancelled(id: string, options?: events.OnEventOptions): events.Rule;
  /** Allows somebody to look at the job. */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;
  /** Allows somebody to cancel the job; S3 knows no right to cancel alone, so it includes that to confirm. */
  grantCancel(grantee: iam.IGrantable): iam.Grant;
  /** Allows somebody to confirm, or to cancel, the job while it waits for that. */
  grantConfirm(grantee: iam.IGrantable): iam.Grant;
}

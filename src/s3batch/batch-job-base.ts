import { Resource } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IBatchJob } from './batch-job-interface';
import { BatchJobStatus } from './batch-job-status';
import { batchJobEvents, warnOfEvents } from './private/batch-job-events';
import { jobRule } from '../groundtruth/private/job-events';

/** S3's word for a job that waits for a person. */
const AWAITING_CONFIRMATION = 'AWAITING_CONFIRMATION';

/** What jobs of this app and imported ones have in common. */
export abstract class BatchJobBase extends Resource implements IBatchJob {
  public abstract readonly batchJobId: string;
  public abstract readonly batchJobArn: string;

  /** The job's ARN, or a pattern that only means the job together with `tagConditions`. */
  protected abstract readonly arnPattern: string;
  /** Tags by which the job is known. */
  protected abstract readonly tagConditions: { [key: string]: string };

  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options);
  }

  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, [BatchJobStatus.COMPLETE]);
  }

  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, [BatchJobStatus.FAILED]);
  }

  public onCancelled(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.rule(id, options, [BatchJobStatus.CANCELLED]);
  }

  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['s3:DescribeJob', 's3:GetJobTagging']);
  }

  public grantCancel(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['s3:UpdateJobStatus']);
  }

  public grantConfirm(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ['s3:UpdateJobStatus'], { 's3:JobSuspendedCause': AWAITING_CONFIRMATION });
  }

  private rule(id: string, options: events.OnEventOptions, statuses?: readonly BatchJobStatus[]): events.Rule {
    warnOfEvents(this);
    return jobRule(this, id, batchJobEvents(statuses, this.batchJobId), options);
  }

  private grant(grantee: iam.IGrantable, actions: string[], further: { [key: string]: string } = {}): iam.Grant {
    const equals = { ...this.tagConditions, ...further };
    const conditions = Object.keys(equals).length > 0 ? { StringEquals: equals } : undefined;
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.arnPattern], conditions });
  }
}

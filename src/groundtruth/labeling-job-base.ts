import { Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ILabelingJob, LabelingJobMetricOptions } from './labeling-job-interface';
import { LabelingJobStatus } from './labeling-job-status';
import { ENDED, jobEvents, jobRule } from './private/job-events';

const NAMESPACE = 'AWS/Sagemaker/LabelingJobs';

/** What jobs of this app and imported ones have in common. */
export abstract class LabelingJobBase extends Resource implements ILabelingJob {
  public abstract readonly labelingJobName: string;
  public abstract readonly labelingJobArn: string;

  /** The ARNs of the job, patterns where the job comes in generations. */
  protected abstract readonly arnPatterns: string[];
  /** What events say of the job's ARN. */
  protected abstract readonly eventResources: string[];

  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, jobEvents(this.eventResources, ENDED), options);
  }

  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, jobEvents(this.eventResources, [LabelingJobStatus.COMPLETED]), options);
  }

  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, jobEvents(this.eventResources, [LabelingJobStatus.FAILED]), options);
  }

  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return jobRule(this, id, jobEvents(this.eventResources, [LabelingJobStatus.STOPPED]), options);
  }

  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:DescribeLabelingJob', 'sagemaker:ListTags'], resourceArns: this.arnPatterns });
  }

  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:StopLabelingJob'], resourceArns: this.arnPatterns });
  }

  public metric(metricName: string, options: LabelingJobMetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      statistic: cloudwatch.Stats.MAXIMUM,
      ...options,
      metricName,
      dimensionsMap: { LabelingJobName: this.labelingJobName, ...options.dimensionsMap },
    }).attachTo(this);
  }

  public metricTotalDatasetObjectsLabeled(options?: LabelingJobMetricOptions): cloudwatch.Metric {
    return this.metric('TotalDatasetObjectsLabeled', options);
  }

  public metricDatasetObjectsHumanAnnotated(options?: LabelingJobMetricOptions): cloudwatch.Metric {
    return this.metric('DatasetObjectsHumanAnnotated', options);
  }

  public metricDatasetObjectsAutoAnnotated(options?: LabelingJobMetricOptions): cloudwatch.Metric {
    return this.metric('DatasetObjectsAutoAnnotated', options);
  }

  public metricDatasetObjectsLabelingFailed(options?: LabelingJobMetricOptions): cloudwatch.Metric {
    return this.metric('DatasetObjectsLabelingFailed', options);
  }
}

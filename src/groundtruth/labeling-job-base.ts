import { Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ILabelingJob, LabelingJobMetricOptions } from './labeling-job-interface';
import { LabelingJobStatus } from './labeling-job-status';

const NAMESPACE = 'AWS/Sagemaker/LabelingJobs';

/** What jobs of this app and imported ones have in common. */
export abstract class LabelingJobBase extends Resource implements ILabelingJob {
  public abstract readonly labelingJobName: string;
  public abstract readonly labelingJobArn: string;

  /** The ARN of the job, a pattern where the job comes in generations. */
  protected abstract readonly arnPattern: string;
  /** What events say of the job's ARN. */
  protected abstract readonly eventResources: string[];

  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, [LabelingJobStatus.COMPLETED, LabelingJobStatus.FAILED, LabelingJobStatus.STOPPED], options);
  }

  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, [LabelingJobStatus.COMPLETED], options);
  }

  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, [LabelingJobStatus.FAILED], options);
  }

  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onStatus(id, [LabelingJobStatus.STOPPED], options);
  }

  public grantDescribe(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:DescribeLabelingJob', 'sagemaker:ListTags'], resourceArns: [this.arnPattern] });
  }

  public grantStop(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:StopLabelingJob'], resourceArns: [this.arnPattern] });
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

  private onStatus(id: string, statuses: LabelingJobStatus[], options: events.OnEventOptions): events.Rule {
    const { crossStackScope, eventPattern, target, ...props } = options;
    const rule = new events.Rule(crossStackScope ?? this, id, props);
    rule.addEventPattern({
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Ground Truth Labeling Job State Change'],
      resources: this.eventResources,
      detail: { LabelingJobStatus: statuses },
    });
    if (eventPattern) rule.addEventPattern(eventPattern);
    rule.addTarget(target);
    return rule;
  }
}

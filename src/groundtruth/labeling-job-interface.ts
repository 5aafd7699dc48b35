import { IResource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Options of a job's metric. */
export interface LabelingJobMetricOptions extends cloudwatch.MetricOptions {
  /**
   * Namespace of the metric. AWS documents none for these metrics; the default is where they have been seen.
   *
   * @default 'AWS/Sagemaker/LabelingJobs'
   */
  readonly namespace?: string;
}

/** A labeling job. */
export interface ILabelingJob extends IResource {
  /**
   * The job's name.
   *
   * @attribute
   */
  readonly labelingJobName: string;

  /**
   * The job's ARN.
   *
   * @attribute
   */
  readonly labelingJobArn: string;

  /** A rule for the job's end, however it ends. Ground Truth announces nothing else. */
  onStateChange(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's end with everything labeled. */
  onCompleted(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's end by a failure. */
  onFailed(id: string, options?: events.OnEventOptions): events.Rule;
  /** A rule for the job's end by being stopped. */
  onStopped(id: string, options?: events.OnEventOptions): events.Rule;

  /** Allows somebody to look at the job. */
  grantDescribe(grantee: iam.IGrantable): iam.Grant;
  /** Allows somebody to stop the job. */
  grantStop(grantee: iam.IGrantable): iam.Grant;

  /** A metric of the job, its maximum over 5 minutes. */
  metric(metricName: string, options?: LabelingJobMetricOptions): cloudwatch.Metric;
  /** Objects labeled, by people or machines. */
  metricTotalDatasetObjectsLabeled(options?: LabelingJobMetricOptions): cloudwatch.Metric;
  /** Objects labeled by people. */
  metricDatasetObjectsHumanAnnotated(options?: LabelingJobMetricOptions): cloudwatch.Metric;
  /** Objects labeled by machines. */
  metricDatasetObjectsAutoAnnotated(options?: LabelingJobMetricOptions): cloudwatch.Metric;
  /** Objects that could not be labeled. */
  metricDatasetObjectsLabelingFailed(options?: LabelingJobMetricOptions): cloudwatch.Metric;
}

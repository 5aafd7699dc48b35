import { Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { LabelingJobStatus } from './labeling-job-status';
import { ENDED, jobEvents, jobRule } from './private/job-events';
import { JOB_FLEET_METRICS_DIMENSION, JOB_FLEET_METRICS_NAMESPACE, JobFleetMetric } from './private/job-fleet-metrics-contract';

/** What can be heard and measured of a fleet. Each run writes each metric once; the statistic is the maximum of 5 minutes. */
export abstract class JobFleetBase extends Resource {
  /** What events say of the jobs' ARNs. */
  protected abstract readonly eventResources: string[];
  /** The fleet's name in metrics: what all its jobs' names begin with. */
  protected abstract readonly fleetName: string;

  /** A rule for the end of any of the jobs, however it ends. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onEnd(id, ENDED, options);
  }

  /** A rule for the end of any of the jobs with everything labeled. */
  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onEnd(id, [LabelingJobStatus.COMPLETED], options);
  }

  /** A rule for the end of any of the jobs by a failure. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onEnd(id, [LabelingJobStatus.FAILED], options);
  }

  /** A rule for the end of any of the jobs by being stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.onEnd(id, [LabelingJobStatus.STOPPED], options);
  }

  /** A metric of the fleet. */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      statistic: cloudwatch.Stats.MAXIMUM,
      ...options,
      namespace: JOB_FLEET_METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { ...options.dimensionsMap, [JOB_FLEET_METRICS_DIMENSION]: this.fleetName },
    }).attachTo(this);
  }

  /** Jobs that have not been started. */
  public metricJobsNotStarted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsNotStarted', options);
  }

  /** Jobs that are being prepared. */
  public metricJobsPending(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsPending', options);
  }

  /** Jobs that are being labeled, or are just being stopped. */
  public metricJobsRunning(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsRunning', options);
  }

  /** Jobs that have ended with everything labeled or failed. */
  public metricJobsCompleted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsCompleted', options);
  }

  /** Jobs that have ended by a failure. */
  public metricJobsFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsFailed', options);
  }

  /** Jobs that were stopped. */
  public metricJobsStopped(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsStopped', options);
  }

  /** Jobs that wait for a free place under the account's quota or `maxConcurrentJobs`. */
  public metricJobsWaitingForQuota(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('JobsWaitingForQuota', options);
  }

  /** Jobs with something to do or to wait for, a free place aside. */
  public metricUnsettled(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('Unsettled', options);
  }

  /** Data objects labeled. */
  public metricObjectsLabeled(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('ObjectsLabeled', options);
  }

  /** Data objects that could not be labeled. */
  public metricObjectsFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('ObjectsFailed', options);
  }

  /** Data objects not labeled yet. */
  public metricObjectsLeft(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('ObjectsLeft', options);
  }

  /** Adopted jobs that differ from their declarations. */
  public metricDrifted(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('Drifted', options);
  }

  /** Days since the oldest job that has not ended was created. Ground Truth ends a job after 30. */
  public metricOldestRunningJobAgeDays(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('OldestRunningJobAgeDays', options);
  }

  /** Things that the run could not do. */
  public metricRunErrors(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.own('RunErrors', options);
  }

  private own(metricName: JobFleetMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, options);
  }

  private onEnd(id: string, statuses: readonly LabelingJobStatus[], options: events.OnEventOptions): events.Rule {
    return jobRule(this, id, jobEvents(this.eventResources, statuses), options);
  }
}

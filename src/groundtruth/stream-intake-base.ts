import { Resource } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { STREAM_DIMENSION, STREAM_METRICS_NAMESPACE, StreamMetric } from './private/labeling-stream-contract';

/** What can be measured of a stream. */
export abstract class StreamIntakeBase extends Resource {
  /** The stream's name in metrics and events. */
  public abstract readonly streamName: string;

  /** A metric of the stream, by default its sum over 5 minutes. */
  public metric(metricName: string, options: cloudwatch.MetricOptions = {}): cloudwatch.Metric {
    return new cloudwatch.Metric({
      statistic: cloudwatch.Stats.SUM,
      ...options,
      namespace: STREAM_METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { ...options.dimensionsMap, [STREAM_DIMENSION]: this.streamName },
    }).attachTo(this);
  }

  /** Records that have come and are stored. */
  public metricReceived(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('Received', options);
  }

  /** Records whose key has come before. They are not labeled again. */
  public metricDuplicates(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('Duplicates', options);
  }

  /** Records that were refused at the door: they are in the dead-letter queue, with the reason. */
  public metricRefused(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('Refused', options);
  }

  /** Data objects given to a job. */
  public metricForwarded(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('Forwarded', options);
  }

  /** Data objects that a job has left unlabeled when it ended: they wait for the next one. */
  public metricReturnedToWaiting(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('ReturnedToWaiting', options);
  }

  /** Data objects that wait to be given to a job, at most in 5 minutes. */
  public metricWaiting(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.most('Waiting', options);
  }

  /** Data objects that are with workers, at most in 5 minutes. */
  public metricOpen(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.most('Open', options);
  }

  /** Seconds since the oldest of the waiting objects has come, at most in 5 minutes. */
  public metricOldestWaitingAge(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.most('OldestWaitingAge', options);
  }

  /** 1 while objects wait and no job takes them. */
  public metricWithoutJob(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.most('WithoutJob', options);
  }

  /** Data objects that have got their label. */
  public metricLabeled(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('Labeled', options);
  }

  /** Attempts of labeling a data object that have failed. */
  public metricLabelingFailed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.sum('LabelingFailed', options);
  }

  /** Milliseconds from a data object's coming to its label, by default the 90th percentile of 5 minutes. */
  public metricLatency(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.percentile('Latency', options);
  }

  /** The part of the latency until the object was given to a job, by default the 90th percentile of 5 minutes. */
  public metricWaitingTime(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.percentile('WaitingTime', options);
  }

  /** The part of the latency from there on, by default the 90th percentile of 5 minutes. */
  public metricLabelingTime(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.percentile('LabelingTime', options);
  }

  private sum(metricName: StreamMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, options);
  }

  private most(metricName: StreamMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, { statistic: cloudwatch.Stats.MAXIMUM, ...options });
  }

  private percentile(metricName: StreamMetric, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric(metricName, { statistic: cloudwatch.Stats.percentile(90), ...options });
  }
}

import {
  JOB_FLEET_METRICS, JOB_FLEET_METRICS_DIMENSION, JOB_FLEET_METRICS_NAMESPACE,
} from '../../src/groundtruth/private/job-fleet-metrics-contract';
import { RunSummary } from '../../src/model/fleet/fleet-ledger';

/**
 * One line in CloudWatch's embedded metric format: whoever reads the log makes metrics of it, and no call is needed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsLine(fleet: string, runId: string, summary: RunSummary, now: number): string {
  const entries = Object.entries(JOB_FLEET_METRICS);
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: JOB_FLEET_METRICS_NAMESPACE,
        Dimensions: [[JOB_FLEET_METRICS_DIMENSION]],
        Metrics: entries.map(([Name, { unit }]) => ({ Name, Unit: unit })),
      }],
    },
    [JOB_FLEET_METRICS_DIMENSION]: fleet,
    run: runId,
    ...Object.fromEntries(entries.map(([name, { value }]) => [name, value(summary)])),
  });
}

import {
  STREAM_DIMENSION, STREAM_METRIC_UNITS, STREAM_METRICS_NAMESPACE, StreamMetric,
} from '../../src/groundtruth/private/labeling-stream-contract';

export type MetricValues = { readonly [metric in StreamMetric]?: number | readonly number[] };

/** The most values that a metric may have in a line. */
const VALUES_IN_A_LINE = 100;

/**
 * Lines in CloudWatch's embedded metric format: whoever reads the log makes metrics of them, and no call is needed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricLines(stream: string, values: MetricValues, now: number): string[] {
  const longest = Math.max(1, ...Object.values(values).map((value) => (typeof value === 'number' ? 1 : value.length)));
  return Array.from({ length: Math.ceil(longest / VALUES_IN_A_LINE) }, (_, line) => metricLine(stream, partOf(values, line), now));
}

/** A count stands in the first line alone: it is added up. */
function partOf(values: MetricValues, line: number): MetricValues {
  const from = line * VALUES_IN_A_LINE;
  return Object.fromEntries(Object.entries(values)
    .map(([name, value]) => [name, typeof value === 'number' ? (line === 0 ? value : []) : value.slice(from, from + VALUES_IN_A_LINE)] as const)
    .filter(([, value]) => typeof value === 'number' || value.length > 0));
}

function metricLine(stream: string, values: MetricValues, now: number): string {
  const names = Object.keys(values) as StreamMetric[];
  return JSON.stringify({
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{
        Namespace: STREAM_METRICS_NAMESPACE,
        Dimensions: [[STREAM_DIMENSION]],
        Metrics: names.map((Name) => ({ Name, Unit: STREAM_METRIC_UNITS[Name] })),
      }],
    },
    [STREAM_DIMENSION]: stream,
    ...values,
  });
}

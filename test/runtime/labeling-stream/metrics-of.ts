import type { FakeStream } from './fake-stream';

interface MetricLine {
  readonly _aws: { readonly CloudWatchMetrics: ReadonlyArray<{ readonly Metrics: ReadonlyArray<{ readonly Name: string }> }> };
  readonly [name: string]: unknown;
}

/** The values of the last line of metrics. */
export function metricsOf({ lines }: FakeStream): Record<string, unknown> {
  const line = JSON.parse(lines.at(-1)!) as MetricLine;
  return Object.fromEntries(line._aws.CloudWatchMetrics[0].Metrics.map(({ Name }) => [Name, line[Name]]));
}

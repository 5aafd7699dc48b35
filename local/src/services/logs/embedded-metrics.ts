import type { EngineCore } from '../../core/engine';

interface MetricDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly string[][];
  readonly Metrics: ReadonlyArray<{ readonly Name: string; readonly Unit?: string; readonly StorageResolution?: number }>;
}
type Root = Readonly<Record<string, unknown>>;

const MOST_VALUES = 100;
const MOST_DIMENSIONS = 30;

export interface EmbeddedMetrics {
  readonly Namespace: string;
  readonly MetricData: readonly object[];
}

/**
 * The metrics that a log line carries in the CloudWatch Embedded Metric Format; a line that is not wholly such a document has none, as one
 * that console.log puts a time in front of.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function embeddedMetrics(message: string): EmbeddedMetrics[] {
  const root = documentOf(message);
  const header = root?._aws as { Timestamp?: unknown; CloudWatchMetrics?: unknown } | null | undefined;
  if (!root || typeof header?.Timestamp !== 'number' || !Array.isArray(header.CloudWatchMetrics)) return [];
  const Timestamp = new Date(header.Timestamp);
  return (header.CloudWatchMetrics as MetricDirective[]).filter(isDirective).map((directive) => ({
    Namespace: directive.Namespace,
    MetricData: dimensionSets(directive, root).flatMap((Dimensions) => directive.Metrics.flatMap(({ Name, Unit, StorageResolution }) => {
      const Values = valuesOf(root[Name]);
      return Values.length > 0 ? [{ MetricName: Name, Dimensions, Timestamp, Values, Unit: Unit ?? 'None', StorageResolution }] : [];
    })),
  })).filter(({ MetricData }) => MetricData.length > 0);
}

/** Puts a line's metrics into CloudWatch. What CloudWatch does not take is no error of who has logged it. */
export function putEmbeddedMetrics(core: EngineCore, message: string): void {
  for (const metrics of embeddedMetrics(message)) void core.call('cloudwatch', 'PutMetricData', metrics).catch(() => undefined);
}

function documentOf(message: string): Root | undefined {
  if (!message.startsWith('{') || !message.includes('"_aws"')) return undefined;
  try {
    return JSON.parse(message) as Root;
  } catch {
    return undefined;
  }
}

function isDirective(directive: Partial<MetricDirective> | null): boolean {
  return typeof directive?.Namespace === 'string' && Array.isArray(directive.Dimensions) && Array.isArray(directive.Metrics);
}

/** A set of which the line does not have every dimension as a text is left out. */
function dimensionSets({ Dimensions }: MetricDirective, root: Root): Array<Array<{ Name: string; Value: string }>> {
  return Dimensions
    .filter((names) => Array.isArray(names) && names.length <= MOST_DIMENSIONS && names.every((name) => typeof root[name] === 'string'))
    .map((names) => names.map((Name) => ({ Name, Value: root[Name] as string })));
}

function valuesOf(value: unknown): number[] {
  const values = Array.isArray(value) ? value : [value];
  return values.length <= MOST_VALUES && values.every((each) => typeof each === 'number') ? values as number[] : [];
}

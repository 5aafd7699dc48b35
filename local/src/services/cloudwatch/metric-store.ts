import { ServiceError } from '../../core/service';

export interface Dimension { readonly Name: string; readonly Value: string }

export interface MetricName { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: readonly Dimension[] }

export interface MetricDatum {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Timestamp?: Date;
  readonly Value?: number;
  readonly StatisticValues?: { readonly SampleCount: number; readonly Sum: number; readonly Minimum: number; readonly Maximum: number };
  readonly Values?: readonly number[];
  readonly Counts?: readonly number[];
  readonly Unit?: string;
}

/** Samples that share a time: how many, their sum and bounds, and where they are known the values themselves. */
interface Sample {
  readonly time: number;
  readonly unit: string;
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly values?: ReadonlyArray<readonly [value: number, count: number]>;
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly samples: Sample[];
}

export interface Period {
  readonly start: number;
  readonly samples: readonly Sample[];
}

/** Kept samples of one metric; older ones leave. */
const KEPT_SAMPLES = 100_000;

export class MetricStore {
  private readonly metrics = new Map<string, Metric>();

  put(namespace: string, datum: MetricDatum, now: number): void {
    const dimensions = datum.Dimensions ?? [];
    const key = keyOf(namespace, datum.MetricName, dimensions);
    const metric = this.metrics.get(key) ?? { namespace, name: datum.MetricName, dimensions, samples: [] };
    metric.samples.push(sampleOf(datum, now));
    metric.samples.splice(0, Math.max(0, metric.samples.length - KEPT_SAMPLES));
    this.metrics.set(key, metric);
  }

  list(): Metric[] {
    return [...this.metrics.values()];
  }

  /** The periods that hold samples, oldest first. A metric is its very set of dimensions, as CloudWatch has it. */
  periods({ Namespace, MetricName, Dimensions = [] }: MetricName, seconds: number, start: Date, end: Date, unit?: string): Period[] {
    const length = seconds * 1000;
    const periods = new Map<number, Sample[]>();
    for (const sample of this.metrics.get(keyOf(Namespace, MetricName, Dimensions))?.samples ?? []) {
      if (sample.time < start.getTime() || sample.time >= end.getTime() || (unit && sample.unit !== unit)) continue;
      const from = Math.floor(sample.time / length) * length;
      const others = periods.get(from);
      if (others) others.push(sample);
      else periods.set(from, [sample]);
    }
    return [...periods].map(([from, samples]) => ({ start: from, samples })).sort((a, b) => a.start - b.start);
  }
}

/** `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount` or a percentile (`p99`). */
export function statistic(name: string, samples: readonly Sample[]): number {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  const sum = samples.reduce((total, sample) => total + sample.sum, 0);
  switch (name) {
    case 'SampleCount': return count;
    case 'Sum': return sum;
    case 'Average': return sum / count;
    case 'Minimum': return samples.reduce((least, { minimum }) => Math.min(least, minimum), Infinity);
    case 'Maximum': return samples.reduce((most, { maximum }) => Math.max(most, maximum), -Infinity);
    default: return percentile(name, samples);
  }
}

function percentile(name: string, samples: readonly Sample[]): number {
  const [, rank] = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name) ?? [];
  if (rank === undefined) throw new ServiceError('InvalidParameterValue', `The value ${name} for parameter Stat is not supported.`);
  const values = samples.flatMap((sample) => sample.values ?? [[sample.sum / sample.count, sample.count] as const]).sort(([a], [b]) => a - b);
  let left = Math.ceil(values.reduce((sum, [, count]) => sum + count, 0) * Number(rank) / 100);
  return (values.find(([, count]) => (left -= count) <= 0) ?? values[0])[0];
}

function sampleOf(datum: MetricDatum, now: number): Sample {
  const common = { time: datum.Timestamp?.getTime() ?? now, unit: datum.Unit ?? 'None' };
  const given = [datum.Value, datum.StatisticValues, datum.Values].filter((value) => value !== undefined);
  if (given.length !== 1) {
    throw new ServiceError('InvalidParameterCombination', `At least one of the parameters must be specified, and only one: Value, StatisticValues or Values of ${datum.MetricName}.`);
  }
  if (datum.StatisticValues) {
    const { SampleCount, Sum, Minimum, Maximum } = datum.StatisticValues;
    return { ...common, count: SampleCount, sum: Sum, minimum: Minimum, maximum: Maximum };
  }
  const values = (datum.Values ?? [datum.Value!]).map((value, index) => [value, datum.Counts?.[index] ?? 1] as const);
  return {
    ...common,
    values,
    count: values.reduce((total, [, count]) => total + count, 0),
    sum: values.reduce((total, [value, count]) => total + value * count, 0),
    minimum: Math.min(...values.map(([value]) => value)),
    maximum: Math.max(...values.map(([value]) => value)),
  };
}

function keyOf(namespace: string, name: string, dimensions: readonly Dimension[]): string {
  return JSON.stringify([namespace, name, dimensions.map(({ Name, Value }) => [Name, Value]).sort()]);
}

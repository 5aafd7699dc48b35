import { type Dimension, type MetricDatum, type MetricStore, type Period, statistic } from './metric-store';
import type { EngineCore } from '../../core/engine';
import { pageOf } from '../../core/page';
import { ServiceError } from '../../core/service';

interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: Dimension[] };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

interface Span { readonly StartTime: Date; readonly EndTime: Date }
interface StatisticsInput extends Span {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: Dimension[];
  readonly Period: number;
  readonly Statistics?: string[];
  readonly ExtendedStatistics?: string[];
  readonly Unit?: string;
}

const PAGE = 500;

export class MetricOperations {
  constructor(private readonly core: EngineCore, private readonly store: MetricStore) {}

  readonly PutMetricData = ({ Namespace, MetricData = [] }: { Namespace: string; MetricData?: MetricDatum[] }): object => {
    if (Namespace.startsWith('AWS/')) throw new ServiceError('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.');
    for (const datum of MetricData) this.store.put(Namespace, datum, this.core.clock.now());
    return {};
  };

  readonly ListMetrics = (input: { Namespace?: string; MetricName?: string; Dimensions?: Array<Partial<Dimension>>; NextToken?: string }) => {
    const metrics = this.store.list().filter(({ namespace, name, dimensions }) => (!input.Namespace || namespace === input.Namespace)
      && (!input.MetricName || name === input.MetricName)
      && (input.Dimensions ?? []).every((wanted) =>
        dimensions.some(({ Name, Value }) => Name === wanted.Name && (wanted.Value === undefined || Value === wanted.Value))));
    const { items, nextToken } = pageOf(metrics, input.NextToken, PAGE, invalidToken);
    const found = items.map(({ namespace, name, dimensions }) => ({ Namespace: namespace, MetricName: name, Dimensions: dimensions }));
    return { Metrics: found, NextToken: nextToken };
  };

  readonly GetMetricStatistics = (input: StatisticsInput) => {
    if (!input.Statistics && !input.ExtendedStatistics) throw new ServiceError('InvalidParameterCombination', 'At least one of the parameters Statistics and ExtendedStatistics must be specified.');
    if (input.StartTime >= input.EndTime) throw new ServiceError('InvalidParameterCombination', 'The parameter StartTime must be less than the parameter EndTime.');
    const periods = this.store.periods(input, input.Period, input.StartTime, input.EndTime, input.Unit);
    return { Label: input.MetricName, Datapoints: periods.map((period) => datapoint(period, input.Statistics ?? [], input.ExtendedStatistics)) };
  };

  readonly GetMetricData = (input: Span & { MetricDataQueries: Query[]; ScanBy?: string }) => {
    if (input.StartTime >= input.EndTime) throw new ServiceError('ValidationError', 'The parameter StartTime must be less than the parameter EndTime.');
    const results = input.MetricDataQueries.filter(({ ReturnData }) => ReturnData !== false).map((query) => {
      if (!query.MetricStat) throw new ServiceError('NotImplemented', `the local engine evaluates no metric expressions: ${query.Expression}`, 501);
      const { Metric, Period: seconds, Stat, Unit } = query.MetricStat;
      const periods = this.store.periods(Metric, seconds, input.StartTime, input.EndTime, Unit);
      if (input.ScanBy !== 'TimestampAscending') periods.reverse();
      return {
        Id: query.Id,
        Label: query.Label ?? Metric.MetricName,
        StatusCode: 'Complete',
        Timestamps: periods.map(({ start }) => new Date(start)),
        Values: periods.map(({ samples }) => statistic(Stat, samples)),
      };
    });
    return { MetricDataResults: results, Messages: [] };
  };
}

function datapoint({ start, samples }: Period, statistics: string[], extended: string[] | undefined): object {
  return {
    Timestamp: new Date(start),
    Unit: samples[0].unit,
    ...Object.fromEntries(statistics.map((name) => [name, statistic(name, samples)])),
    ...(extended && { ExtendedStatistics: Object.fromEntries(extended.map((name) => [name, statistic(name, samples)])) }),
  };
}

export const invalidToken = () => new ServiceError('InvalidNextToken', 'The next token is not valid.');

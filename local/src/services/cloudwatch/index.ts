import { MetricStore } from './metric-store';
import { AlarmOperations } from './operations-alarms';
import { MetricOperations } from './operations-metrics';
import type { EngineCore } from '../../core/engine';
import { operationsOf } from '../../core/operations';
import type { Service } from '../../core/service';

/** A metric of an AWS service's own: `AWS/…` namespaces are closed to PutMetricData. */
export interface ServiceMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface CloudWatchService extends Service {
  record(metric: ServiceMetric): void;
}

/** CloudWatch: metrics that callers put can be read again; alarms and dashboards are kept. */
export function createCloudWatch(core: EngineCore): CloudWatchService {
  const metrics = new MetricStore();
  return {
    name: 'cloudwatch',
    operations: operationsOf(new MetricOperations(core, metrics), new AlarmOperations(core)),
    record: ({ namespace, name, dimensions, value }) => {
      const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
      metrics.put(namespace, { MetricName: name, Dimensions, Value: value }, core.clock.now());
    },
    simplified: {
      PutMetricAlarm: 'recorded, never evaluated: its state is what SetAlarmState says, and no action is taken',
      PutCompositeAlarm: 'recorded, never evaluated',
      GetMetricData: 'metrics and percentiles; metric expressions answer NotImplemented',
      PutMetricData: 'of the AWS services\' own metrics only those of labeling jobs are there',
    },
  };
}

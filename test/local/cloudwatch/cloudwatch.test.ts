import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine.stop());

const call = (operation: string, input: object = {}) => engine.core.call('cloudwatch', operation, input);
const START = new Date('2026-01-01T00:00:00Z');
const END = new Date('2026-01-01T01:00:00Z');
const at = (minutes: number) => new Date(START.getTime() + minutes * 60_000);

test('what was put can be read, by period, statistic and exact set of dimensions', async () => {
  const Dimensions = [{ Name: 'Job', Value: 'a' }];
  await call('PutMetricData', {
    Namespace: 'Mine',
    MetricData: [
      { MetricName: 'Labels', Dimensions, Timestamp: at(0), Value: 1, Unit: 'Count' }, { MetricName: 'Labels', Dimensions, Timestamp: at(1), Values: [2, 10], Counts: [1, 2], Unit: 'Count' },
      { MetricName: 'Labels', Dimensions, Timestamp: at(7), StatisticValues: { SampleCount: 2, Sum: 8, Minimum: 3, Maximum: 5 }, Unit: 'Count' },
      { MetricName: 'Labels', Timestamp: at(0), Value: 100 },
    ],
  });
  const { Datapoints } = await call('GetMetricStatistics', { Namespace: 'Mine', MetricName: 'Labels', Dimensions, StartTime: START, EndTime: END, Period: 300, Statistics: ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] });
  expect(Datapoints).toEqual([
    { Timestamp: at(0), Unit: 'Count', Sum: 23, Average: 5.75, Minimum: 1, Maximum: 10, SampleCount: 4 },
    { Timestamp: at(5), Unit: 'Count', Sum: 8, Average: 4, Minimum: 3, Maximum: 5, SampleCount: 2 },
  ]);
  const query = (Stat: string) => ({ Id: Stat.toLowerCase(), MetricStat: { Metric: { Namespace: 'Mine', MetricName: 'Labels', Dimensions }, Period: 300, Stat } });
  const { MetricDataResults } = await call('GetMetricData', { MetricDataQueries: [query('Sum'), query('p50')], StartTime: START, EndTime: END });
  expect(MetricDataResults).toMatchObject([{ Id: 'sum', Timestamps: [at(5), at(0)], Values: [8, 23] }, { Id: 'p50', Values: [4, 2] }]);
  expect((await call('ListMetrics', { Namespace: 'Mine', Dimensions: [{ Name: 'Job' }] })).Metrics).toEqual([{ Namespace: 'Mine', MetricName: 'Labels', Dimensions }]);
});

test('AWS namespaces and data without a value are refused', async () => {
  await expect(call('PutMetricData', { Namespace: 'AWS/SageMaker', MetricData: [{ MetricName: 'x', Value: 1 }] })).rejects.toMatchObject({ code: 'InvalidParameterValue' });
  await expect(call('PutMetricData', { Namespace: 'Mine', MetricData: [{ MetricName: 'x' }] })).rejects.toMatchObject({ code: 'InvalidParameterCombination' });
});

test('an alarm is kept, with its state through changes', async () => {
  const alarm = { AlarmName: 'a', Namespace: 'Mine', MetricName: 'Labels', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'LessThanThreshold' };
  await call('PutMetricAlarm', alarm);
  await call('SetAlarmState', { AlarmName: 'a', StateValue: 'ALARM', StateReason: 'test' });
  await call('PutMetricAlarm', { ...alarm, Threshold: 2 });
  expect((await call('DescribeAlarms', { AlarmNames: ['a'] })).MetricAlarms).toMatchObject([{ AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a', StateValue: 'ALARM', Threshold: 2 }]);
  await call('DeleteAlarms', { AlarmNames: ['a'] });
  await expect(call('DeleteAlarms', { AlarmNames: ['a'] })).rejects.toMatchObject({ code: 'ResourceNotFound' });
});

test('a dashboard is kept', async () => {
  await call('PutDashboard', { DashboardName: 'd', DashboardBody: '{"widgets":[]}' });
  await expect(call('GetDashboard', { DashboardName: 'd' })).resolves.toMatchObject({ DashboardBody: '{"widgets":[]}' });
  await call('DeleteDashboards', { DashboardNames: ['d'] });
  await expect(call('GetDashboard', { DashboardName: 'd' })).rejects.toMatchObject({ code: 'ResourceNotFound' });
});

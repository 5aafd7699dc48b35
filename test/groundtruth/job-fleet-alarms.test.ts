import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { newStack } from './fixtures';
import { fleetOf } from './fleet-fixtures';
import { groundtruth } from '../../src';
import { JOB_FLEET_METRICS, JOB_FLEET_METRICS_DIMENSION, JOB_FLEET_METRICS_NAMESPACE } from '../../src/groundtruth/private/job-fleet-metrics-contract';

const TYPE = 'AWS::CloudWatch::Alarm';

function alarmsOf(options: groundtruth.JobFleetAlarmsOptions = {}) {
  const stack = newStack();
  fleetOf(stack).addAlarms(options);
  const alarms = Template.fromStack(stack).findResources(TYPE);
  return Object.fromEntries(Object.entries(alarms).map(([id, { Properties }]) => [/^FleetAlarms([A-Za-z]+?)[0-9A-F]{8}$/.exec(id)![1], Properties]));
}

test('watch metrics that the handlers write, of this fleet', () => {
  const { RunFailed, NotConverging, ...ours } = alarmsOf();
  for (const { MetricName, Namespace, Dimensions } of Object.values(ours)) {
    expect(Object.keys(JOB_FLEET_METRICS)).toContain(MetricName);
    expect(Namespace).toBe(JOB_FLEET_METRICS_NAMESPACE);
    expect(Dimensions).toEqual([{ Name: JOB_FLEET_METRICS_DIMENSION, Value: expect.stringMatching(/^labels-[0-9a-f]{6}-fleet-[0-9a-f]{4}$/) }]);
  }
  expect(RunFailed).toMatchObject({ Namespace: 'AWS/States', MetricName: 'ExecutionsFailed' });
});

test('have the thresholds that are asked for', () => {
  expect(alarmsOf()).toMatchObject({
    NotConverging: { EvaluationPeriods: 6, Threshold: 1 }, ObjectsAboutToExpire: { Threshold: 25 }, JobFailed: { Threshold: 1 },
  });
  expect(alarmsOf({ notConvergingFor: Duration.hours(2), oldestJob: Duration.days(20) })).toMatchObject({
    NotConverging: { EvaluationPeriods: 2 }, ObjectsAboutToExpire: { Threshold: 20 },
  });
});

test('tell a topic, begin and end', () => {
  const stack = newStack();
  fleetOf(stack).addAlarms({ topic: new sns.Topic(stack, 'Operators') });
  for (const { Properties } of Object.values(Template.fromStack(stack).findResources(TYPE))) {
    expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Operators/) }]);
    expect(Properties.OKActions).toEqual(Properties.AlarmActions);
  }
});

test('a dashboard shows metrics that the handlers write', () => {
  const stack = newStack();
  fleetOf(stack).addDashboard({ dashboardName: 'mails' });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  expect(Properties.DashboardName).toBe('mails');
  const shown = [...JSON.stringify(Properties.DashboardBody).matchAll(/CdkLabelingWorkflows\/JobFleet\\",\\"(\w+)\\"/g)].map(([, name]) => name);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((name) => !Object.hasOwn(JOB_FLEET_METRICS, name))).toEqual([]);
});

test.each(Object.keys(JOB_FLEET_METRICS).filter((name) => `metric${name}` in groundtruth.JobFleet.prototype))('metric%s() is that metric', (name) => {
  const fleet = fleetOf(newStack()) as unknown as Record<string, () => { metricName: string; statistic: string }>;
  expect(fleet[`metric${name}`]()).toMatchObject({ metricName: name, statistic: 'Maximum' });
});

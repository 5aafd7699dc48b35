import { Duration } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { newStack } from './fixtures';
import { groundtruth } from '../../src';
import { STREAM_DIMENSION, STREAM_METRICS, STREAM_METRICS_NAMESPACE } from '../../src/groundtruth/private/labeling-stream-contract';

function alarmsOf(options: groundtruth.StreamAlarmsOptions = {}): Record<string, Record<string, any>> {
  const stack = newStack();
  new groundtruth.StreamIntake(stack, 'Intake').addAlarms(options);
  const alarms = Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm');
  return Object.fromEntries(Object.entries(alarms).map(([id, { Properties }]) => [/^IntakeAlarms([A-Za-z]+?)[0-9A-F]{8}$/.exec(id)![1], Properties]));
}

test('watch metrics that the functions write, of this stream, and the queues', () => {
  const { NotStored, DeadLetters, ...ours } = alarmsOf();
  expect(Object.keys(ours)).toEqual(['WaitingLong', 'Backlog', 'WithoutJob', 'LabelingFailed']);
  for (const { MetricName, Namespace, Dimensions } of Object.values(ours)) {
    expect(STREAM_METRICS).toContain(MetricName);
    expect(Namespace).toBe(STREAM_METRICS_NAMESPACE);
    expect(Dimensions).toEqual([{ Name: STREAM_DIMENSION, Value: expect.stringMatching(/^labels-[0-9a-f]{6}-intake-[0-9a-f]{8}$/) }]);
  }
  expect(NotStored).toMatchObject({ Namespace: 'AWS/SQS', MetricName: 'ApproximateAgeOfOldestMessage' });
  expect(DeadLetters).toMatchObject({ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Threshold: 1 });
});

test('have the thresholds that are asked for', () => {
  expect(alarmsOf()).toMatchObject({
    NotStored: { Threshold: 900 }, WaitingLong: { Threshold: 259_200 }, Backlog: { Threshold: 10_000 }, WithoutJob: { EvaluationPeriods: 3, Period: 3600, Statistic: 'Minimum' },
  });
  expect(alarmsOf({ notStoredFor: Duration.minutes(1), waitingFor: Duration.hours(1), waiting: 5, withoutJobFor: Duration.minutes(90) })).toMatchObject({
    NotStored: { Threshold: 60 }, WaitingLong: { Threshold: 3600 }, Backlog: { Threshold: 5 }, WithoutJob: { EvaluationPeriods: 2 },
  });
});

test('tell a topic, of their end too', () => {
  const topic = sns.Topic.fromTopicArn(newStack(), 'Ops', 'arn:aws:sns:us-east-1:111122223333:ops');
  for (const { AlarmActions, OKActions } of Object.values(alarmsOf({ topic }))) {
    expect([AlarmActions, OKActions]).toEqual([['arn:aws:sns:us-east-1:111122223333:ops'], ['arn:aws:sns:us-east-1:111122223333:ops']]);
  }
});

test.each<[string, groundtruth.StreamAlarmsOptions]>([
  ['\'notStoredFor\' must be 1 second to 7 days, got 0 minutes', { notStoredFor: Duration.minutes(0) }],
  ['\'waitingFor\' must be 1 second to 7 days, got 8 days', { waitingFor: Duration.days(8) }],
  ['\'waiting\' must be at least 1, got 0', { waiting: 0 }],
])('refuse: %s', (problem, options) => {
  expect(() => alarmsOf(options)).toThrow(problem);
});

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { embeddedMetrics } from '../../../local/src/services/logs/embedded-metrics';
import { startEngine, type TestEngine } from '../engine-for-tests';
import { deploy, eventually } from '../lambda/functions-for-tests';

let engine: TestEngine;
let lambda: LambdaClient;

beforeAll(async () => {
  engine = await startEngine();
  lambda = new LambdaClient(engine.clientConfig);
});
afterAll(async () => {
  lambda.destroy();
  await engine.stop();
});

function line(more: object = {}, directive: object = {}, Timestamp: unknown = 0): string {
  const metrics = { Namespace: 'Own', Dimensions: [['Fleet'], ['Fleet', 'Kind']], Metrics: [{ Name: 'Jobs', Unit: 'Count' }, { Name: 'Age' }], ...directive };
  return JSON.stringify({ _aws: { Timestamp, CloudWatchMetrics: [metrics] }, Fleet: 'f', Kind: 'k', Jobs: 3, Age: [1, 2.5], ...more });
}

test('every dimension set has every metric', () => {
  const [{ Namespace, MetricData }] = embeddedMetrics(line());
  expect(Namespace).toBe('Own');
  const Timestamp = new Date(0);
  const both = [{ Name: 'Fleet', Value: 'f' }, { Name: 'Kind', Value: 'k' }];
  expect(MetricData).toEqual([
    { MetricName: 'Jobs', Dimensions: both.slice(0, 1), Timestamp, Values: [3], Unit: 'Count' },
    { MetricName: 'Age', Dimensions: both.slice(0, 1), Timestamp, Values: [1, 2.5], Unit: 'None' },
    { MetricName: 'Jobs', Dimensions: both, Timestamp, Values: [3], Unit: 'Count' },
    { MetricName: 'Age', Dimensions: both, Timestamp, Values: [1, 2.5], Unit: 'None' },
  ]);
});

test.each([
  ['a line that is no JSON', 'text'], ['a line with a time in front', `2026-11-22T00:00:00Z\tid\tINFO\t${line()}`], ['a broken line', line().slice(0, -1)],
  ['a text for a time', line({}, {}, 'now')], ['no dimension sets', line({}, { Dimensions: [] })], ['values that are texts', line({ Jobs: '3', Age: null })],
  ['a directive without a namespace', line({}, { Namespace: undefined })], ['JSON of another kind', '{"message":"_aws"}'], ['null', '{"_aws":null}'],
])('%s carries no metrics', (_, message) => expect(embeddedMetrics(message)).toEqual([]));

test('a set with a dimension that the line lacks is left out', () => {
  expect(embeddedMetrics(line({ Kind: 5 }))[0].MetricData).toHaveLength(2);
});

async function sumOf(MetricName: string): Promise<number[] | undefined> {
  const now = engine.core.clock.now();
  const { MetricDataResults } = await engine.core.call('cloudwatch', 'GetMetricData', {
    StartTime: new Date(now - 3_600_000),
    EndTime: new Date(now + 3_600_000),
    MetricDataQueries: [{
      Id: 'm', MetricStat: { Metric: { Namespace: 'Own', MetricName, Dimensions: [{ Name: 'Fleet', Value: 'f' }] }, Period: 86_400, Stat: 'Sum' },
    }],
  });
  return MetricDataResults[0].Values;
}

test('a function\'s log line becomes metrics', async () => {
  const text = line({}, {}, Math.floor(engine.core.clock.now()));
  await deploy(lambda, 'emits', `exports.handler = async () => { process.stdout.write(${JSON.stringify(`${text}\n`)}); };`);
  await lambda.send(new InvokeCommand({ FunctionName: 'emits' }));
  expect(await eventually(async () => ((await sumOf('Age'))?.length ? sumOf('Age') : undefined))).toEqual([3.5]);
  const { Metrics } = await engine.core.call('cloudwatch', 'ListMetrics', { Namespace: 'Own' });
  expect(Metrics.map(({ MetricName, Dimensions }: { MetricName: string; Dimensions: object[] }) => [MetricName, Dimensions.length]).sort()).toEqual([['Age', 1], ['Age', 2], ['Jobs', 1], ['Jobs', 2]]);
});

test('so does anybody\'s, and what CloudWatch refuses is still logged', async () => {
  await engine.core.call('logs', 'CreateLogGroup', { logGroupName: 'own' });
  await engine.core.call('logs', 'CreateLogStream', { logGroupName: 'own', logStreamName: 's' });
  const timestamp = Math.floor(engine.core.clock.now());
  const refused = line({}, { Namespace: 'AWS/Own', Metrics: [{ Name: 'Other', Unit: 'Count' }] }, timestamp);
  const taken = line({ Other: 7 }, { Metrics: [{ Name: 'Other', Unit: 'Count' }] }, timestamp);
  const logEvents = [refused, taken].map((message) => ({ timestamp, message }));
  await engine.core.call('logs', 'PutLogEvents', { logGroupName: 'own', logStreamName: 's', logEvents });
  expect(await eventually(async () => ((await sumOf('Other'))?.length ? sumOf('Other') : undefined))).toEqual([7]);
});

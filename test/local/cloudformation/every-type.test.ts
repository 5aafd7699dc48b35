import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand, DescribeStackEventsCommand, UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { settled } from '../../../local/src/assembly/stack-status';
import { simulatedResources } from '../../../local/src/services/cloudformation/providers';
import { readTemplate } from '../../../local/src/services/cloudformation/stack-definition';
import { startEngine, type TestEngine } from '../engine-for-tests';

const TEMPLATE = readFileSync(path.join(__dirname, 'every-type.yaml'), 'utf8');
/** Needs an archive in a bucket; see test/local/lambda for layers. */
const ELSEWHERE = ['AWS::Lambda::LayerVersion'];
const CHANGES: [string, string][] = [
  ['RetentionInDays: 7', 'RetentionInDays: 14'], ['DelaySeconds: !Ref D', 'DelaySeconds: 3, VisibilityTimeout: 60'], ['Value: x', 'Value: y'],
  ['Description: d', 'Description: e'], ['EnableKeyRotation: true', 'EnableKeyRotation: false'], ['{a: [b]}', '{a: [c]}'], ['PasswordLength: 20', 'PasswordLength: 30'],
  ['return 1', 'return 2'], ['"StartAt":"A"', '"StartAt":"A","Comment":"c"'], ['Threshold: 1', 'Threshold: 2'], ['s3:*', 's3:Get*'], ['"widgets":[]', '"widgets": []'],
  ['source: [aws.sagemaker]', 'source: [aws.s3]'], ['ExpirationInDays: 1', 'ExpirationInDays: 2'], ['MaximumRetryAttempts: 0', 'MaximumRetryAttempts: 1'], ['AuthType: NONE, Cors: {AllowOrigins: ["*"]}', 'AuthType: AWS_IAM'],
];

let engine: TestEngine;
let client: CloudFormationClient;
beforeAll(async () => {
  engine = await startEngine();
  client = new CloudFormationClient(engine.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await engine.stop();
});

const urlOf = (FunctionName: string): Promise<object> => engine.core.call('lambda', 'GetFunctionUrlConfig', { FunctionName });

async function failures(): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'all' }));
  return StackEvents.filter(({ ResourceStatus }) => ResourceStatus!.endsWith('_FAILED')).map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`);
}

test('the template has every simulated type', () => {
  const types = new Set(Object.values(readTemplate(TEMPLATE).Resources).map(({ Type }) => Type));
  expect(simulatedResources(engine.core).map(({ type }) => type).filter((type) => !types.has(type) && !ELSEWHERE.includes(type))).toEqual([]);
});

test('every type is created, updated in place and deleted; nothing is left, nothing is only recorded', async () => {
  await client.send(new CreateStackCommand({ StackName: 'all', TemplateBody: TEMPLATE, Capabilities: ['CAPABILITY_IAM'] }));
  const created = await settled(client, 'all');
  expect(await failures()).toEqual([]);
  expect((await engine.control('GET', 'recorded-resources')).body).toEqual({ resources: [] });
  const { U: url, UA: arn } = Object.fromEntries(created.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  expect(await urlOf(arn)).toMatchObject({ FunctionUrl: url, FunctionArn: arn, AuthType: 'NONE', Cors: { AllowOrigins: ['*'] } });

  const changed = CHANGES.reduce((text, [from, to]) => text.replaceAll(from, to), TEMPLATE);
  await client.send(new UpdateStackCommand({ StackName: 'all', TemplateBody: changed, Capabilities: ['CAPABILITY_IAM'], Tags: [{ Key: 'team', Value: 'labels' }] }));
  expect((await settled(client, 'all')).StackStatus).toBe('UPDATE_COMPLETE');
  expect(await failures()).toEqual([]);
  expect(await urlOf(arn)).toMatchObject({ FunctionUrl: url, AuthType: 'AWS_IAM' });
  expect(await urlOf(arn)).not.toHaveProperty('Cors');

  await client.send(new DeleteStackCommand({ StackName: 'all' }));
  expect((await settled(client, created.StackId!)).StackStatus).toBe('DELETE_COMPLETE');
  const left = await Promise.all([
    ['sqs', 'ListQueues', 'QueueUrls'], ['sns', 'ListTopics', 'Topics'], ['iam', 'ListRoles', 'Roles'], ['lambda', 'ListFunctions', 'Functions'],
    ['s3', 'ListBuckets', 'Buckets'], ['sagemaker', 'ListWorkteams', 'Workteams'], ['events', 'ListRules', 'Rules'], ['logs', 'DescribeLogGroups', 'logGroups'],
    ['stepfunctions', 'ListStateMachines', 'stateMachines'], ['secretsmanager', 'ListSecrets', 'SecretList'], ['cloudwatch', 'DescribeAlarms', 'MetricAlarms'],
  ].map(async ([service, operation, member]) => (await engine.core.call<Record<string, unknown[] | undefined>>(service, operation, {}))[member] ?? []));
  expect(left.flat()).toEqual([]);
});

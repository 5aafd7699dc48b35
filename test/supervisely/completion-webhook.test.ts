import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { asDelivered, connectionOf, jobProps, propertiesOf, queueProps } from './fixtures';
import { supervisely } from '../../src';
import { decodeCompletionWebhookProperties } from '../../src/supervisely/private/completion-webhook-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { CompletionWebhook, LabelingJob, LabelingQueue } = supervisely;
const TYPE = 'Custom::SuperviselyCompletionWebhook';
const SOURCE = 'cdk-labeling-workflows.supervisely';

function webhook(stack: Stack, props: Partial<supervisely.CompletionWebhookProps> = {}): supervisely.CompletionWebhook {
  return new CompletionWebhook(stack, 'Hook', { connection: connectionOf(stack), teamId: 8, ...props });
}

test('tells the server an address whose last part is a secret', () => {
  const stack = newStack();
  webhook(stack);
  const template = Template.fromStack(stack);
  const [path] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));
  const [url] = Object.keys(template.findResources('AWS::Lambda::Url'));
  const { Connection, ServiceToken, ...properties } = propertiesOf(stack, TYPE);
  expect(properties).toMatchObject({
    ContractVersion: '1',
    TeamId: 8,
    ReceiverUrl: { 'Fn::GetAtt': [url, 'FunctionUrl'] },
    PathSecretArn: { Ref: path },
    Actions: ['labeling_job.completed', 'labeling_queue.job.completed', 'labeling_queue.completed'],
    RetriesCount: 5,
    RetriesDelaySeconds: 10,
  });
  template.hasResourceProperties('AWS::SecretsManager::Secret', { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } });
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
});

test('says everything to the handler as it reads it', () => {
  const stack = newStack();
  webhook(stack, { retriesCount: 0 });
  const { Connection, ReceiverUrl, PathSecretArn, ...rest } = propertiesOf(stack, TYPE);
  const decoded = decodeCompletionWebhookProperties({
    ...asDelivered<any>({ ...rest, ServiceToken: 't' }), Connection: { ServerUrl: 'https://a', SecretArn: 'arn' }, ReceiverUrl: 'https://r/', PathSecretArn: 'arn',
  });
  expect(decoded).toMatchObject({ teamId: 8, retriesCount: 0, retriesDelay: 10, actions: expect.arrayContaining(['labeling_queue.completed']) });
});

test('the receiver may read its two secrets and put events on its bus, and knows neither secret', () => {
  const stack = newStack();
  webhook(stack, { eventBus: new events.EventBus(stack, 'Bus') });
  const template = Template.fromStack(stack);
  const statements = statementsOf(template, 'HookReceiver');
  expect(actionsOf(statements)).toEqual(['events:PutEvents', 'logs:CreateLogStream', 'logs:PutLogEvents', 'secretsmanager:GetSecretValue', 'secretsmanager:GetSecretValue']);
  expect(JSON.stringify(statements)).not.toContain('"Resource":"*"');
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { TEAM_ID: '8', EVENT_BUS_NAME: { Ref: Match.stringLikeRegexp('^Bus') }, PATH_SECRET_ARN: { Ref: Match.stringLikeRegexp('^HookPath') } } },
  });
});

test('a team that only the deployment knows reaches the receiver too', () => {
  const stack = newStack();
  webhook(stack, { teamId: new CfnParameter(stack, 'Team', { type: 'Number' }).valueAsNumber });
  Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { TEAM_ID: { Ref: 'Team' } } } });
});

describe('rules', () => {
  const target = (stack: Stack) => new targets.SqsQueue(new sqs.Queue(stack, 'Queue'));
  const patternOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'))[0].Properties.EventPattern;

  test('for all jobs of the team', () => {
    const stack = newStack();
    webhook(stack).onJobCompleted('Done', { target: target(stack) });
    expect(patternOf(stack)).toEqual({ 'source': [SOURCE], 'detail-type': ['Supervisely Labeling Job Completed'] });
  });

  test('for some jobs, by the part of their names that stays', () => {
    const stack = newStack();
    const hook = webhook(stack);
    const jobs = ['A', 'B'].map((id) => new LabelingJob(stack, id, jobProps(stack)));
    hook.onJobCompleted('Done', { target: target(stack), jobs });
    const bases = Object.values(Template.fromStack(stack).findResources('Custom::SuperviselyLabelingJob')).map(({ Properties }) => Properties.NameBase);
    expect(patternOf(stack).detail).toEqual({ jobName: bases.map((base) => ({ prefix: `${base}-` })) });
  });

  test('for some queues, by the part of their names that stays', () => {
    const stack = newStack();
    const hook = webhook(stack);
    const somewhere = target(stack);
    hook.onQueueCompleted('Done', { target: somewhere, queues: [new LabelingQueue(stack, 'Lemons', queueProps(stack))] });
    expect(patternOf(stack).detail).toEqual({ queueName: [{ prefix: `${propertiesOf(stack, 'Custom::SuperviselyLabelingQueue').NameBase}-` }] });
    expect(() => hook.onQueueCompleted('None', { target: somewhere, queues: [] })).toThrow("'queues' is empty");
  });

  test('for queues, with a pattern of the user\'s, on the webhook\'s own bus', () => {
    const stack = newStack();
    const bus = new events.EventBus(stack, 'Bus');
    webhook(stack, { eventBus: bus }).onQueueCompleted('Done', { target: target(stack), eventPattern: { detail: { projectId: [5555] } } });
    expect(patternOf(stack)).toEqual({ 'source': [SOURCE], 'detail-type': ['Supervisely Labeling Queue Completed'], 'detail': { projectId: [5555] } });
    Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', { EventBusName: { Ref: Match.stringLikeRegexp('^Bus') } });
  });

  test('fails for none of the jobs', () => {
    const stack = newStack();
    expect(() => webhook(stack).onJobCompleted('Done', { target: target(stack), jobs: [] })).toThrow("'jobs' is empty");
  });
});

test.each<[string, Partial<supervisely.CompletionWebhookProps>, string]>([
  ['team 0', { teamId: 0 }, "'teamId' must be a whole number from 1, got 0"],
  ['fewer than no tries', { retriesCount: -1 }, "'retriesCount' must be a whole number from 0, got -1"],
])('fails with %s', (_, props, problem) => {
  expect(() => webhook(newStack(), props)).toThrow(problem);
});

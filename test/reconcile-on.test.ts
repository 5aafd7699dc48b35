import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { groundtruth, ReconcileOn } from '../src';
import { jobProps } from './groundtruth/fixtures';
import { fleetOf } from './groundtruth/fleet-fixtures';

const TYPE = 'Custom::GroundTruthLabelingJobInventory';

function nonceOf(stack: Stack): unknown {
  return Object.values(Template.fromStack(stack).findResources(TYPE))[0].Properties.ReconcileNonce;
}

test('CHANGE brings nothing into the template', () => {
  const stack = new Stack();
  new groundtruth.LabelingJobInventory(stack, 'Jobs', { reconcileOn: ReconcileOn.CHANGE });
  expect(nonceOf(stack)).toBeUndefined();
  expect(Template.fromStack(stack).findParameters('ReconcileNonce')).toEqual({});
});

test('PARAMETER is one parameter of the stack, however many ask for it', () => {
  const stack = new Stack();
  for (const id of ['First', 'Second']) new groundtruth.LabelingJobInventory(stack, id, { reconcileOn: ReconcileOn.PARAMETER });
  expect(nonceOf(stack)).toEqual({ Ref: 'ReconcileNonce' });
  Template.fromStack(stack).hasParameter('ReconcileNonce', { Type: 'String', Default: '' });
});

test('a nested stack takes the parameter of the stack that is deployed: the command line reaches no other', () => {
  const stack = new Stack();
  const nested = new NestedStack(stack, 'Nested');
  new groundtruth.LabelingJobInventory(nested, 'Jobs', { reconcileOn: ReconcileOn.PARAMETER });
  Template.fromStack(stack).hasParameter('ReconcileNonce', { Default: '' });
  const { Ref } = nonceOf(nested) as { Ref: string };
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::Stack'));
  expect(Properties.Parameters[Ref]).toEqual({ Ref: 'ReconcileNonce' });
});

const JOB = 'Custom::GroundTruthLabelingJob';
const RULE = 'AWS::Events::Rule';
const job = (stack: Stack, reconcileOn: ReconcileOn) => new groundtruth.LabelingJob(stack, 'Job', jobProps(stack, { reconcileOn }));

describe('STATE_CHANGE', () => {
  test('wakes a job\'s reconciler when one of its generations has ended', () => {
    const stack = new Stack();
    job(stack, ReconcileOn.STATE_CHANGE);
    const template = Template.fromStack(stack);
    const [[id, { Properties }]] = Object.entries(template.findResources(RULE));
    expect(Properties.EventPattern).toMatchObject({ source: ['aws.sagemaker'], detail: { LabelingJobStatus: ['Completed', 'Failed', 'Stopped'] } });
    const [[jobId, resource]] = Object.entries(template.findResources(JOB));
    expect(resource.DependsOn).toContain(id);
    expect(JSON.stringify(Properties.Targets)).toContain(`/${jobId}/ledger.json`);
    template.hasResourceProperties('AWS::Lambda::Function', { Handler: 'index.reconcile', Timeout: 300 });
  });

  test('starts a fleet\'s state machine', () => {
    const stack = new Stack();
    fleetOf(stack, { reconcileOn: ReconcileOn.STATE_CHANGE });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(RULE));
    expect(Properties.Targets[0].Arn.Ref).toMatch(/^FleetStateMachine/);
  });

  test('lets an inventory list again, whosever job has ended', () => {
    const stack = new Stack();
    new groundtruth.LabelingJobInventory(stack, 'Jobs', { reconcileOn: ReconcileOn.STATE_CHANGE, nameContains: 'mail' });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(RULE));
    expect(JSON.stringify(Properties.EventPattern.resources)).toMatch(/:labeling-job\/"\]\]\}\}\]$/);
    expect(JSON.stringify(Properties.Targets)).toContain('NameContains');
  });

  test('is a fleet\'s default', () => {
    const stack = new Stack();
    fleetOf(stack);
    Template.fromStack(stack).resourceCountIs(RULE, 1);
  });
});

test('schedule() is a rule of its own, and no more', () => {
  const stack = new Stack();
  job(stack, ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1))));
  const template = Template.fromStack(stack);
  template.hasResourceProperties(RULE, { ScheduleExpression: 'rate(1 hour)' });
  expect(Object.values(template.findResources(JOB))[0].Properties).not.toHaveProperty('ReconcileNonce');
});

describe('an SSM parameter', () => {
  test('is read by CloudFormation at every deployment, once a stack, and changed by who finds drift', () => {
    const stack = new Stack();
    const workteam = groundtruth.Workteam.fromWorkteamName(stack, 'FleetTeam', 'others');
    fleetOf(stack, { workteam, reconcileOn: ReconcileOn.ssmParameterName('/labeling/nonce') });
    job(stack, ReconcileOn.ssmParameter(ssm.StringParameter.fromStringParameterName(stack, 'P', '/labeling/nonce')));
    const template = Template.fromStack(stack);
    const [[id, parameter]] = Object.entries(template.findParameters('*', { Default: '/labeling/nonce' }));
    expect(parameter.Type).toBe('AWS::SSM::Parameter::Value<String>');
    template.hasResourceProperties('Custom::GroundTruthJobFleet', { ReconcileNonce: { Ref: id }, DriftParameter: '/labeling/nonce' });
    template.hasResourceProperties(JOB, { ReconcileNonce: { Ref: id } });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain(':parameter/labeling/nonce');
  });

  test.each(['', 'a b', '/a//b', '/'])('fails with the name %j', (name) => {
    expect(() => ReconcileOn.ssmParameterName(name)).toThrow('\'parameterName\' must have 1 to 1011 letters');
  });

  test('fails when there are two', () => {
    const both = ReconcileOn.anyOf(ReconcileOn.ssmParameterName('a'), ReconcileOn.ssmParameterName('b'));
    expect(() => job(new Stack(), both)).toThrow("'reconcileOn' has 2 SSM parameters (a, b)");
  });
});

test('CONTEXT brings the context\'s value into the template, and nothing without one', () => {
  const withContext = (context: Record<string, unknown>) => {
    const stack = new Stack(new App({ context }), 'Labels');
    new groundtruth.LabelingJobInventory(stack, 'Jobs', { reconcileOn: ReconcileOn.CONTEXT });
    return nonceOf(stack);
  };
  expect(withContext({ 'cdk-labeling-workflows:reconcile': 42 })).toBe('42');
  expect(withContext({})).toBeUndefined();
});

test('anyOf() joins what its forms say', () => {
  const stack = new Stack();
  const schedules = [1, 2].map((hours) => ReconcileOn.schedule(events.Schedule.rate(Duration.hours(hours))));
  job(stack, ReconcileOn.anyOf(ReconcileOn.PARAMETER, ReconcileOn.STATE_CHANGE, ...schedules));
  const template = Template.fromStack(stack);
  template.resourceCountIs(RULE, 3);
  template.hasResourceProperties(JOB, { ReconcileNonce: { Ref: 'ReconcileNonce' } });
  expect(() => ReconcileOn.anyOf()).toThrow('no forms are given');
});

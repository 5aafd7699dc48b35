import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { asDelivered, connectionOf, jobProps, propertiesOf } from './fixtures';
import { supervisely } from '../../src';
import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { Connection, LabelingJob } = supervisely;
const JOB = 'Custom::SuperviselyLabelingJob';
const ON_EVENT = 'SuperviselyLabelingJobProviderOnEvent';

function jobOn(stack: Stack, overrides: Partial<supervisely.ConnectionProps> = {}): Template {
  new LabelingJob(stack, 'Job', jobProps(stack, { connection: connectionOf(stack, overrides) }));
  return Template.fromStack(stack);
}

const properties = (overrides: Partial<supervisely.ConnectionProps> = {}) => {
  const stack = newStack();
  jobOn(stack, overrides);
  return propertiesOf(stack, JOB).Connection;
};

test('names the server and where the token is, never the token', () => {
  const connection = properties();
  expect(Object.keys(connection).sort()).toEqual(['SecretArn', 'ServerUrl']);
  expect(connection.ServerUrl).toBe('https://labels.example.com');
  expect(JSON.stringify(connection.SecretArn)).toContain(':secret:supervisely/token');
});

test('means the public server without an address', () => {
  expect(properties({ serverUrl: undefined }).ServerUrl).toBe('https://app.supervisely.com');
});

test('says everything to the handlers as they read it', () => {
  const connection = properties({ serverUrl: 'http://10.0.0.7:8080/', allowPlainHttp: true, apiTokenField: 'token', requestTimeout: Duration.minutes(1) });
  expect(decodeConnection({ ...asDelivered<any>(connection), SecretArn: 'arn' })).toEqual({
    serverUrl: 'http://10.0.0.7:8080', secretArn: 'arn', secretField: 'token', allowPlainHttp: true, requestTimeoutSeconds: 60,
  });
});

test('lets the handlers read that secret alone', () => {
  const statements = statementsOf(jobOn(newStack()), ON_EVENT).filter(({ Action }) => JSON.stringify(Action).includes('secretsmanager'));
  expect(actionsOf(statements)).toEqual(['secretsmanager:GetSecretValue']);
  expect(JSON.stringify(statements[0].Resource)).toContain(':secret:supervisely/token-??????');
});

test('lets the handlers decrypt a secret that has a key of its own, by Secrets Manager only', () => {
  const stack = newStack();
  const apiToken = new secretsmanager.Secret(stack, 'Own', { encryptionKey: new kms.Key(stack, 'Key') });
  const statements = statementsOf(jobOn(stack, { apiToken }), ON_EVENT);
  expect(statements.filter(({ Action }) => Action === 'kms:Decrypt')).toEqual([expect.objectContaining({
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
    Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
  })]);
});

describe('in a network', () => {
  test('all handlers run there, with a security group that may be let in', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const connection = connectionOf(stack, { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
    connection.connections.allowTo(ec2.Peer.ipv4('10.0.0.7/32'), ec2.Port.tcp(443));
    new LabelingJob(stack, 'Job', jobProps(stack, { connection }));
    const template = Template.fromStack(stack);
    const handlers = Object.values(template.findResources('AWS::Lambda::Function', { Properties: { Description: Match.stringLikeRegexp('^Supervisely labeling jobs') } }));
    expect(handlers).toHaveLength(2);
    for (const { Properties } of handlers) {
      expect(Properties.VpcConfig.SecurityGroupIds).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^ServerSecurityGroup/), 'GroupId'] }]);
      expect(Properties.VpcConfig.SubnetIds).toHaveLength(2);
    }
    expect(actionsOf(statementsOf(template, ON_EVENT))).toContain('ec2:CreateNetworkInterface');
  });

  test('takes the security groups that are given', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const template = jobOn(stack, { vpc, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] });
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: ['sg-1'] } });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 0);
  });

  test('fails with two networks in a stack, whose resources cannot change their provider', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const inside = new Connection(stack, 'Inside', { serverUrl: 'https://a.example.com', apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'A', 'a'), vpc });
    new LabelingJob(stack, 'Outer', jobProps(stack));
    expect(() => new LabelingJob(stack, 'Inner', jobProps(stack, { connection: inside }))).toThrow("'connection' has another network");
  });
});

test('two connections in one network share the handlers', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const securityGroups = [new ec2.SecurityGroup(stack, 'Group', { vpc })];
  const inside = (id: string, vpcSubnets?: ec2.SubnetSelection) => new Connection(stack, id, {
    serverUrl: 'https://a.example.com', apiToken: secretsmanager.Secret.fromSecretNameV2(stack, `${id}Token`, id), vpc, vpcSubnets, securityGroups: [...securityGroups],
  });
  new LabelingJob(stack, 'First', jobProps(stack, { connection: inside('A') }));
  new LabelingJob(stack, 'Second', jobProps(stack, { connection: inside('B', { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }) }));
  expect(() => new LabelingJob(stack, 'Third', jobProps(stack, { connection: inside('C', { subnetType: ec2.SubnetType.PUBLIC }) })))
    .toThrow("give the same 'vpc', 'vpcSubnets' and 'securityGroups'");
});

test('two connections without a network share the handlers, which may read both secrets', () => {
  const stack = newStack();
  const other = new Connection(stack, 'Other', { serverUrl: 'https://b.example.com', apiToken: secretsmanager.Secret.fromSecretNameV2(stack, 'B', 'other') });
  new LabelingJob(stack, 'First', jobProps(stack));
  new LabelingJob(stack, 'Second', jobProps(stack, { connection: other }));
  const text = JSON.stringify(statementsOf(Template.fromStack(stack), ON_EVENT));
  expect(text).toContain(':secret:supervisely/token-');
  expect(text).toContain(':secret:other-');
});

test('warns of plain HTTP that was asked for', () => {
  const stack = newStack();
  connectionOf(stack, { serverUrl: 'http://10.0.0.7', allowPlainHttp: true });
  expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('in the clear'))).toHaveLength(1);
});

test.each<[string, Partial<supervisely.ConnectionProps>, string]>([
  ['plain HTTP', { serverUrl: 'http://labels.example.com' }, "'serverUrl' \"http://labels.example.com\" would send the API token in the clear: use https://"],
  ['no scheme', { serverUrl: 'labels.example.com' }, "'serverUrl' must be an address like https://"],
  ['another scheme', { serverUrl: 'ftp://labels.example.com' }, "'serverUrl' must be an address like https://"],
  ['a path', { serverUrl: 'https://labels.example.com/public/api/v3' }, "'serverUrl' must end after host and port"],
  ['a query', { serverUrl: 'https://labels.example.com/?token=x' }, "'serverUrl' must end after host and port"],
  ['no field', { apiTokenField: '' }, "'apiTokenField' must not be empty"],
  ['no time', { requestTimeout: Duration.seconds(0) }, "'requestTimeout' must be 1 to 120 whole seconds"],
  ['too much time', { requestTimeout: Duration.seconds(121) }, 'got 2 minutes 1 second'],
  ['subnets of nothing', { vpcSubnets: {} }, "'vpcSubnets' is for a 'vpc' only"],
  ['security groups of nothing', { securityGroups: [] }, "'securityGroups' is for a 'vpc' only"],
])('fails with %s', (_, overrides, problem) => {
  expect(() => connectionOf(newStack(), overrides)).toThrow(problem);
});

test('fails with a password in the address, and does not repeat it', () => {
  const failure = () => connectionOf(newStack(), { serverUrl: 'https://me:hush@labels.example.com' });
  expect(failure).toThrow("'serverUrl' must not hold a login or password");
  expect(failure).not.toThrow(/hush/);
});

test.each(['https://labels.example.com/', 'https://labels.example.com:8443', 'HTTPS://labels.example.com'])('takes %s', (serverUrl) => {
  expect(() => connectionOf(newStack(), { serverUrl })).not.toThrow();
});

test('an address that only the deployment knows is left to the handlers', () => {
  const stack = newStack();
  const serverUrl = new CfnParameter(stack, 'Address').valueAsString;
  jobOn(stack, { serverUrl });
  expect(propertiesOf(stack, JOB).Connection).toMatchObject({ ServerUrl: { Ref: 'Address' } });
});

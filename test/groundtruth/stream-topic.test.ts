import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { actionsOf, newStack, statementsOf } from './fixtures';
import { groundtruth } from '../../src';

const { StreamTopic } = groundtruth;

test('is a standard topic, encrypted with a key of its own, TLS only', () => {
  const stack = newStack();
  new StreamTopic(stack, 'Topic');
  const template = Template.fromStack(stack);
  const [{ Properties }] = Object.values(template.findResources('AWS::SNS::Topic'));
  expect(Properties).toEqual({ KmsMasterKeyId: { 'Fn::GetAtt': [expect.stringMatching(/^TopicKey/), 'Arn'] } });
  template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Delete' });
  template.hasResourceProperties('AWS::SNS::TopicPolicy', {
    PolicyDocument: { Statement: [{ Effect: 'Deny', Action: 'sns:Publish', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] },
  });
});

test('takes a key that is there', () => {
  const stack = newStack();
  new StreamTopic(stack, 'Topic', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1'), topicName: 'mails' });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', 0);
  template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1', TopicName: 'mails' });
});

test('lets a producer publish, the key included', () => {
  const stack = newStack();
  const producer = new iam.Role(stack, 'Producer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  new StreamTopic(stack, 'Topic').grantPublish(producer);
  expect(actionsOf(statementsOf(Template.fromStack(stack), 'Producer'))).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*', 'sns:Publish']);
});

test.each([
  ['mails.fifo', '\'topicName\' must not end in .fifo'],
  ['my mails', '\'topicName\' must have 1 to 256 letters'],
  ['a'.repeat(257), '\'topicName\' must have 1 to 256 letters'],
])('refuses the name %s', (topicName, problem) => {
  expect(() => new StreamTopic(new Stack(new App(), 'S'), 'Topic', { topicName })).toThrow(problem);
});

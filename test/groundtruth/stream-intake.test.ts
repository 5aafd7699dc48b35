import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { actionsOf, newStack, statementsOf } from './fixtures';
import { configurationOf } from './stream-fixtures';
import { groundtruth } from '../../src';

const { InputManifest, StreamIntake, StreamTopic } = groundtruth;

type More = (intake: groundtruth.StreamIntake, stack: Stack) => void;

function synth(props: groundtruth.StreamIntakeProps = {}, more: More = () => undefined, stack = newStack()) {
  const intake = new StreamIntake(stack, 'Intake', props);
  more(intake, stack);
  return { stack, intake, template: Template.fromStack(stack) };
}

const bucketOf = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'In', 'my-in');

describe('an intake alone', () => {
  test('stores what is published, and keeps the store', () => {
    const { template } = synth();
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true }, BucketEncryption: Match.anyValue(), OwnershipControls: Match.anyValue() },
    });
    const { store, deadLetterQueueUrl, ...rest } = configurationOf(template, 'intake');
    expect(store).toEqual({ bucket: expect.stringContaining('IntakeStore'), prefix: '' });
    expect(deadLetterQueueUrl).toContain('IntakeDeadLetters');
    expect(rest).toEqual({ stream: expect.stringMatching(/^labels-[0-9a-f]{6}-intake-[0-9a-f]{8}$/) });
  });

  test('has encrypted queues that speak TLS only; a message is tried ten times', () => {
    const { template } = synth();
    template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    template.hasResourceProperties('AWS::SQS::Queue', { RedrivePolicy: { maxReceiveCount: 10 }, VisibilityTimeout: 360 });
    const denied = Object.values(template.findResources('AWS::SQS::QueuePolicy')).filter(({ Properties }) =>
      JSON.stringify(Properties.PolicyDocument.Statement).includes('"aws:SecureTransport":"false"'));
    expect(denied).toHaveLength(2);
  });

  test('gets records as they are published; what cannot be delivered goes to the dead letters', () => {
    synth().template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'sqs',
      RawMessageDelivery: true,
      RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('IntakeDeadLetters'), 'Arn'] } },
    });
  });

  test('hears of messages one by one when some could not be stored', () => {
    synth().template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 100, MaximumBatchingWindowInSeconds: 1, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  test('may put records, and remove none', () => {
    expect(actionsOf(statementsOf(synth().template, 'IntakeIntakeRole'))).toEqual([
      'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage',
      'sqs:GetQueueAttributes', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage', 'sqs:SendMessage',
    ]);
  });

  test('lets producers publish', () => {
    const { template } = synth({}, (intake, stack) => intake.grantPublish(new iam.Role(stack, 'Producer', { assumedBy: new iam.AccountRootPrincipal() })));
    expect(actionsOf(statementsOf(template, 'Producer'))).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*', 'sns:Publish']);
  });

  test('takes a topic, a bucket with a prefix and a key of yours', () => {
    const stack = newStack();
    const { template, intake } = synth({
      inputTopic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-east-1:111122223333:mails'),
      storeBucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'my-records'),
      storePrefix: 'streams/mails',
      encryptionKey: new kms.Key(stack, 'Key'),
      deduplicationKey: 'id',
    }, undefined, stack);
    template.resourceCountIs('AWS::SNS::Topic', 0);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    expect(configurationOf(template, 'intake')).toMatchObject({ store: { bucket: 'my-records', prefix: 'streams/mails/' }, deduplicationKey: 'id' });
    expect(intake.storeUri).toBe('s3://my-records/streams/mails');
    template.allResourcesProperties('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] } });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: ['sns.amazonaws.com', 'events.amazonaws.com'] } })]) },
    });
  });

  test('has a folder of its own in a bucket of yours', () => {
    const stack = newStack();
    const { intake } = synth({ storeBucket: bucketOf(stack) }, undefined, stack);
    expect(intake.storeUri).toBe(`s3://my-in/${intake.streamName}`);
  });

  test('warns of a key that it cannot open to topics and rules', () => {
    const stack = newStack();
    synth({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:111122223333:key/1') }, undefined, stack);
    Annotations.fromStack(stack).hasWarning('/Labels/Intake', Match.stringLikeRegexp('allow sns.amazonaws.com and events.amazonaws.com kms:Decrypt'));
  });
});

describe('what an intake refuses', () => {
  const stack = newStack();
  test.each<[string, () => groundtruth.StreamIntakeProps, string]>([
    ['a FIFO topic', () => ({ inputTopic: new sns.Topic(stack, 'Fifo', { fifo: true }) }), '\'inputTopic\' must be a standard topic, got the FIFO topic Labels/Fifo'],
    ['an imported FIFO topic', () => ({ inputTopic: sns.Topic.fromTopicArn(stack, 'Old', 'arn:aws:sns:us-east-1:111122223333:a.fifo') }), '\'inputTopic\' must be a standard topic'],
    ['an empty key', () => ({ deduplicationKey: '' }), '\'deduplicationKey\' must not be empty'],
    ['a prefix with slashes at its ends', () => ({ storePrefix: '/a' }), '\'storePrefix\' must neither begin nor end with a slash'],
    ['too many seeds', () => ({ seeds: Array.from({ length: 9 }, () => InputManifest.fromRecords([{ source: 'a' }])) }), '\'seeds\' must hold at most 8 manifests, got 9'],
    ['a stream as a seed', () => ({ seeds: [InputManifest.streaming(new StreamIntake(stack, 'Other'))] }), '\'seeds\' must be manifests that are there already'],
  ])('%s', (_, props, problem) => {
    expect(() => new StreamIntake(stack, 'Intake', props())).toThrow(problem);
  });
});

describe('objects of a bucket', () => {
  test('of this app come through EventBridge, without CDK\'s function for notifications', () => {
    const { template } = synth({}, (intake, stack) => intake.addObjectsOf(new s3.Bucket(stack, 'In'), { prefix: 'in/', suffix: '.jpg' }));
    template.hasResourceProperties('AWS::S3::Bucket', { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } });
    template.resourceCountIs('Custom::S3BucketNotifications', 0);
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        'source': ['aws.s3'],
        'detail-type': ['Object Created'],
        'detail': { bucket: { name: [{ Ref: Match.stringLikeRegexp('^In') }] }, object: { key: [{ wildcard: 'in/*.jpg' }] } },
      },
      Targets: [{ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('IntakeQueue'), 'Arn'] }, DeadLetterConfig: Match.anyValue() }],
    });
  });

  test.each<[string, groundtruth.StreamObjectsOptions, unknown]>([
    ['everything', {}, undefined],
    ['a prefix', { prefix: 'in/' }, [{ prefix: 'in/' }]],
    ['a suffix', { suffix: '.jpg' }, [{ suffix: '.jpg' }]],
    ['both, with what a pattern would take for itself', { prefix: 'a*\\/', suffix: '.jpg' }, [{ wildcard: 'a\\*\\\\/*.jpg' }]],
  ])('are matched by %s', (_, options, key) => {
    const { template } = synth({}, (intake, stack) => intake.addObjectsOf(bucketOf(stack), options));
    const [{ Properties }] = Object.values(template.findResources('AWS::Events::Rule'));
    expect(Properties.EventPattern.detail.object?.key).toEqual(key);
  });

  test.each(['before', 'after'])('of a bucket that CDK\'s function for notifications gets %s go through that', (when) => {
    const { template } = synth({}, (intake, stack) => {
      const bucket = new s3.Bucket(stack, 'In');
      const notify = () => bucket.addEventNotification(s3.EventType.OBJECT_REMOVED, new s3n.SnsDestination(new sns.Topic(stack, 'Removed')));
      if (when === 'before') notify();
      intake.addObjectsOf(bucket, { prefix: 'in/' });
      if (when === 'after') notify();
    });
    template.hasResourceProperties('Custom::S3BucketNotifications', { NotificationConfiguration: { EventBridgeConfiguration: {} } });
    expect(Object.values(template.findResources('AWS::S3::Bucket')).filter(({ Properties }) => Properties?.NotificationConfiguration)).toEqual([]);
  });

  test('of another app need a command, which is given', () => {
    const { stack } = synth({}, (intake, own) => intake.addObjectsOf(bucketOf(own)));
    Annotations.fromStack(stack).hasWarning('/Labels/Intake', Match.stringLikeRegexp('put-bucket-notification-configuration --bucket my-in --notification-configuration file://'));
  });

  test.each<[string, (stack: Stack) => [groundtruth.StreamIntakeProps, s3.IBucket, groundtruth.StreamObjectsOptions], string]>([
    ['the stream\'s own records', (stack) => [{ storeBucket: bucketOf(stack), storePrefix: 'in/store' }, s3.Bucket.fromBucketName(stack, 'Same', 'my-in'), { prefix: 'in/' }], 'would be a loop'],
    ['all of the store\'s bucket', (stack) => [{ storeBucket: bucketOf(stack) }, s3.Bucket.fromBucketName(stack, 'Same', 'my-in'), {}], 'would be a loop'],
    ['a slash that S3 takes literally', (stack) => [{}, bucketOf(stack), { prefix: '/in' }], '\'prefix\' must not begin with a slash'],
    ['a key that they do not have', (stack) => [{ deduplicationKey: 'mailId' }, bucketOf(stack), {}], '\'deduplicationKey\' must be \'source-ref\' or left out, got "mailId"'],
    ['an empty suffix', (stack) => [{}, bucketOf(stack), { suffix: '' }], '\'suffix\' must not be empty'],
  ])('are refused: %s', (_, make, problem) => {
    const stack = newStack();
    const [props, bucket, options] = make(stack);
    expect(() => new StreamIntake(stack, 'Intake', props).addObjectsOf(bucket, options)).toThrow(problem);
  });

  test('beside the store in one bucket are no loop', () => {
    const stack = newStack();
    const storeBucket = new s3.Bucket(stack, 'Both');
    expect(() => new StreamIntake(stack, 'Intake', { storeBucket, storePrefix: 'store' }).addObjectsOf(storeBucket, { prefix: 'in/' })).not.toThrow();
  });
});

test('metrics are of this stream', () => {
  const intake = new StreamIntake(new Stack(new App(), 'Labels'), 'Intake', { inputTopic: undefined });
  expect(intake.metricReceived()).toMatchObject({ namespace: 'CdkLabelingWorkflows/Stream', metricName: 'Received', statistic: 'Sum', dimensions: { Stream: intake.streamName } });
  expect(intake.metricWithoutJob()).toMatchObject({ metricName: 'WithoutJob', statistic: 'Maximum' });
  expect(intake.metricLatency()).toMatchObject({ metricName: 'Latency', statistic: 'p90' });
});

test('one stream\'s output is another\'s input', () => {
  const stack = newStack();
  const topic = new StreamTopic(stack, 'Labels');
  const { template } = synth({ inputTopic: topic }, undefined, stack);
  template.hasResourceProperties('AWS::SNS::Subscription', { TopicArn: { Ref: Match.stringLikeRegexp('^Labels') } });
});

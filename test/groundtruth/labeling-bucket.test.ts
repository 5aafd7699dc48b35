import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { newStack, synthJob } from './fixtures';
import { groundtruth } from '../../src';

const { InputManifest, LabelingBucket, TaskType } = groundtruth;

test('workers\' browsers may load and store, nobody is anonymous, TLS only, the content stays', () => {
  const stack = newStack();
  new LabelingBucket(stack, 'Bucket');
  const template = Template.fromStack(stack);
  template.hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      CorsConfiguration: {
        CorsRules: [{
          AllowedHeaders: ['*'], AllowedMethods: ['GET', 'HEAD', 'PUT'], AllowedOrigins: ['*'], ExposedHeaders: ['Access-Control-Allow-Origin'], MaxAge: 3000,
        }],
      },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    },
  });
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]) },
  });
});

test('takes a key, versions, logs, rules and a removal', () => {
  const stack = newStack();
  new LabelingBucket(stack, 'Bucket', {
    bucketName: 'my-labels',
    encryptionKey: new kms.Key(stack, 'Key'),
    versioned: true,
    removalPolicy: RemovalPolicy.DESTROY,
    lifecycleRules: [{ prefix: 'tmp/', expiration: Duration.days(1) }],
    serverAccessLogsBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'the-logs'),
    serverAccessLogsPrefix: 'labels/',
  });
  Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
    DeletionPolicy: 'Delete',
    Properties: {
      BucketName: 'my-labels',
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: 'the-logs', LogFilePrefix: 'labels/' },
      LifecycleConfiguration: { Rules: [Match.objectLike({ Prefix: 'tmp/' })] },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] },
    },
  });
});

describe('images in another bucket', () => {
  const images = InputManifest.fromRecords([{ 'source-ref': 's3://images/1.png' }]);

  test('give a warning, because nobody knows whether workers can see them', () => {
    const { stack } = synthJob({ input: images, taskType: TaskType.imageClassification() });
    Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('CORS.*cdk-labeling-workflows:dataBucketCors'));
  });

  test('give none in a LabelingBucket, and texts never do', () => {
    const stack = newStack();
    const bucket = new LabelingBucket(stack, 'Images');
    synthJob({ input: InputManifest.fromBucket(bucket, 'a.manifest'), taskType: TaskType.imageClassification() }, { stack });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
    Annotations.fromStack(synthJob().stack).hasNoWarning('*', Match.anyValue());
  });
});

test('the bucket of the ledgers is private, encrypted, unversioned, and goes with the stack', () => {
  const { template } = synthJob();
  const [id, bucket] = Object.entries(template.findResources('AWS::S3::Bucket')).find(([each]) => each.startsWith('LabelingState'))!;
  expect(bucket.DeletionPolicy).toBe('Delete');
  expect(bucket.Properties).toMatchObject({ PublicAccessBlockConfiguration: { RestrictPublicBuckets: true }, BucketEncryption: expect.anything() });
  expect(bucket.Properties).not.toHaveProperty('VersioningConfiguration');
  expect(bucket.Properties).not.toHaveProperty('CorsConfiguration');
  template.hasResourceProperties('AWS::S3::BucketPolicy', { Bucket: { Ref: id } });
});

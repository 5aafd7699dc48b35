import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { actionsOf, jobProps, newStack, statementsOf, synthJob } from './fixtures';
import { groundtruth } from '../../src';

const { InputManifest, LabelingBucket, TaskType, WorkerTemplate } = groundtruth;
const PAGE = WorkerTemplate.fromString('<crowd-form></crowd-form>');

function newFunction(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, { code: lambda.Code.fromInline('x'), handler: 'index.x', runtime: lambda.Runtime.NODEJS_22_X });
}

describe('the execution role', () => {
  test('is for SageMaker and may do what the guide says, no more', () => {
    const { template } = synthJob();
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' } }] },
      Description: 'Role of a SageMaker Ground Truth labeling job',
    });
    expect([...new Set(actionsOf(statementsOf(template, 'JobRole')))]).toEqual([
      'cloudwatch:PutMetricData', 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents',
      's3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
  });

  test('writes below the output path only', () => {
    const { template } = synthJob({ outputPrefix: 'a/b' });
    const [writing] = statementsOf(template, 'JobRole').filter(({ Action }) => Action.includes('s3:PutObject'));
    expect(writing.Resource['Fn::Join'][1]).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^JobOutput/), 'Arn'] }, '/a/b/*']);
  });

  test('has one wildcard resource, the metrics that know no other', () => {
    const wild = statementsOf(synthJob().template, 'JobRole').filter(({ Resource }) => Resource === '*');
    expect(actionsOf(wild)).toEqual(['cloudwatch:PutMetricData']);
  });

  test('has no partition, account or region of its own', () => {
    expect(JSON.stringify(statementsOf(synthJob().template, 'JobRole'))).not.toMatch(/arn:aws|\d{12}/);
  });

  test('reads exactly the objects that the records name', () => {
    const input = InputManifest.fromRecords([
      { 'source-ref': 's3://images/cats/1.png' }, { 'source-ref': 's3://images/cats/2.png' }, { 'source-ref': 's3://single/a.png' }, { 'source-ref': 's3://wild/a/x*y.png' },
    ]);
    const { template } = synthJob({ input, taskType: TaskType.imageClassification() });
    const text = JSON.stringify(statementsOf(template, 'JobRole'));
    expect(text).toContain(':s3:::images/cats/*"');
    expect(text).toContain(':s3:::single/a.png"');
    expect(text).toContain(':s3:::wild/a/x*"');
  });

  test('reads the buckets that the user names instead', () => {
    const stack = newStack();
    const input = InputManifest.fromRecords([{ source: 'a' }], { dataBuckets: [s3.Bucket.fromBucketName(stack, 'Data', 'data-bucket')] });
    expect(JSON.stringify(statementsOf(synthJob({ input }, { stack }).template, 'JobRole'))).toContain(':s3:::data-bucket/*"');
  });

  test('may use the keys of the buckets', () => {
    const stack = newStack();
    const encryptionKey = new kms.Key(stack, 'Key');
    const outputBucket = new LabelingBucket(stack, 'Bucket', { encryptionKey });
    const statements = statementsOf(synthJob({ outputBucket, input: InputManifest.fromBucket(outputBucket, 'in.manifest') }, { stack }).template, 'JobRole');
    const ofKeys = statements.filter(({ Action }) => [Action].flat()[0].startsWith('kms:'));
    expect(actionsOf(ofKeys)).toEqual(['kms:Decrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
    expect(ofKeys.every(({ Resource }) => Resource['Fn::GetAtt'][0].startsWith('Key'))).toBe(true);
  });

  test('may call the user\'s own functions, exactly these', () => {
    const stack = newStack();
    const preAnnotation = newFunction(stack, 'Pre');
    const consolidation = newFunction(stack, 'Post').currentVersion;
    const { template } = synthJob({ taskType: TaskType.custom({ template: PAGE, preAnnotation, consolidation }) }, { stack });
    const [invoke] = statementsOf(template, 'JobRole').filter(({ Action }) => Action === 'lambda:InvokeFunction');
    expect(invoke.Resource).toEqual([{ 'Fn::GetAtt': [expect.stringMatching(/^Pre/), 'Arn'] }, { Ref: expect.stringMatching(/^PostCurrentVersion/) }]);
    expect(actionsOf(statementsOf(template, 'PostServiceRole'))).toContain('s3:GetObject*');
    expect(statementsOf(template, 'PreServiceRole')).toEqual([]);
  });

  test('may read what earlier generations wrote, under any prefix and in the former buckets', () => {
    const stack = newStack();
    const formerOutputBuckets = [s3.Bucket.fromBucketName(stack, 'Former', 'former-bucket')];
    const { template, properties } = synthJob({ formerOutputBuckets }, { stack });
    const reads = JSON.stringify(statementsOf(template, 'JobRole').filter(({ Action }) => Action === 's3:GetObject'));
    expect(reads).toContain(`:s3:::former-bucket/*${properties.NameBase}-*"`);
    expect(reads).toMatch(new RegExp(`"JobOutput[^"]*","Arn"\\]\\},"/\\*${properties.NameBase}-\\*"`));
  });

  test('may call no function of a built-in type', () => {
    expect(actionsOf(statementsOf(synthJob().template, 'JobRole'))).not.toContain('lambda:InvokeFunction');
  });
});

describe('the handlers', () => {
  const acting = ['sagemaker:AddTags', 'sagemaker:CreateLabelingJob', 'sagemaker:DeleteTags', 'sagemaker:StopLabelingJob', 'iam:PassRole'];

  test('act on the service in isComplete only', () => {
    const { template } = synthJob();
    const [onEvent, isComplete] = ['LabelingJobProviderOnEvent', 'LabelingJobProviderIsComplete'].map((role) => actionsOf(statementsOf(template, role)));
    expect(isComplete).toEqual(expect.arrayContaining(acting));
    expect(onEvent.filter((action) => acting.includes(action))).toEqual([]);
    expect(onEvent).toEqual([
      'logs:CreateLogStream', 'logs:PutLogEvents', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
      'sagemaker:DescribeLabelingJob', 'sagemaker:ListLabelingJobs',
    ]);
  });

  test('touch the jobs of this stack only, and pass the job\'s role to SageMaker only', () => {
    const { template, properties } = synthJob();
    const statements = statementsOf(template, 'LabelingJobProviderIsComplete');
    const stackWide = properties.NameBase.split('-').slice(0, 2).join('-');
    const [act] = statements.filter(({ Action }) => Action.includes('sagemaker:StopLabelingJob'));
    expect(JSON.stringify(act.Resource)).toContain(`:labeling-job/${stackWide}-*"`);
    const [pass] = statements.filter(({ Action }) => Action === 'iam:PassRole');
    expect(pass).toMatchObject({
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^JobRole/), 'Arn'] }, Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    });
    expect(actionsOf(statements.filter(({ Resource }) => Resource === '*'))).toEqual(['sagemaker:ListLabelingJobs']);
  });

  test('read what this stack\'s jobs wrote, in the present and the former buckets', () => {
    const stack = newStack();
    const formerOutputBuckets = [s3.Bucket.fromBucketName(stack, 'Former', 'former-bucket')];
    const { template, properties } = synthJob({ formerOutputBuckets }, { stack });
    const stackWide = properties.NameBase.split('-').slice(0, 2).join('-');
    const text = JSON.stringify(statementsOf(template, 'LabelingJobProviderIsComplete'));
    expect(text).toContain(`:s3:::former-bucket/*${stackWide}-*"`);
    expect(text).toMatch(new RegExp(`"JobOutput[^"]*","Arn"\\]\\},"/\\*${stackWide}-\\*"`));
  });

  test('and whoever else reads the labels may use the key of the output', () => {
    const stack = newStack();
    const outputKey = new kms.Key(stack, 'Key');
    const consolidation = newFunction(stack, 'Post');
    const { template } = synthJob({ outputKey, taskType: TaskType.custom({ template: PAGE, consolidation }) }, { stack });
    for (const role of ['LabelingJobProviderIsComplete', 'PostServiceRole']) {
      const decrypt = statementsOf(template, role).filter(({ Action }) => [Action].flat().includes('kms:Decrypt'));
      expect(JSON.stringify(decrypt)).toMatch(/"Fn::GetAtt":\["Key/);
    }
  });

  test('write a manifest of what is left for custom types only', () => {
    const writes = (taskType: groundtruth.TaskType) => statementsOf(synthJob({ taskType }).template, 'LabelingJobProviderIsComplete')
      .filter(({ Resource }) => JSON.stringify(Resource).includes('/labels/resume/*'));
    expect(actionsOf(writes(TaskType.custom({ template: PAGE })))).toEqual(['s3:AbortMultipartUpload', 's3:PutObject']);
    expect(writes(TaskType.textClassification())).toEqual([]);
  });

  test('remove the queues that streaming jobs of this stack leave behind, also when no stream is declared any more', () => {
    const { template, properties } = synthJob({ adopt: 'Old-Stream' });
    const stackWide = properties.NameBase.split('-').slice(0, 2).join('-');
    const [queues, ...others] = statementsOf(template, 'LabelingJobProviderIsComplete').filter(({ Action }) => [Action].flat()[0].startsWith('sqs:'));
    expect(actionsOf([queues])).toEqual(['sqs:DeleteMessage', 'sqs:DeleteQueue', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage']);
    expect(queues.Resource.map((arn: any) => arn['Fn::Join'][1].at(-1))).toEqual([`:GroundTruth-${stackWide}-*`, ':GroundTruth-old-stream']);
    expect(others).toEqual([]);
  });

  test('run the shipped bundle on the one runtime, log for a month, and end before the framework does', () => {
    const { template } = synthJob();
    for (const handler of ['index.onEvent', 'index.isComplete']) {
      template.hasResourceProperties('AWS::Lambda::Function', { Handler: handler, Runtime: 'nodejs22.x', Architectures: ['arm64'], Timeout: 300 });
    }
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('are asked for as long as CloudFormation waits', () => {
    const [{ Properties }] = Object.values(synthJob().template.findResources('AWS::StepFunctions::StateMachine'));
    expect(JSON.stringify(Properties.DefinitionString)).toContain('\\"IntervalSeconds\\":10,\\"MaxAttempts\\":348');
  });
});

describe('grants', () => {
  test.each<[string, (job: groundtruth.LabelingJob, grantee: iam.IGrantable) => iam.Grant, string[]]>([
    ['grantDescribe', (job, grantee) => job.grantDescribe(grantee), ['sagemaker:DescribeLabelingJob', 'sagemaker:ListTags']],
    ['grantStop', (job, grantee) => job.grantStop(grantee), ['sagemaker:StopLabelingJob']],
    ['grantReadOutput', (job, grantee) => job.grantReadOutput(grantee), ['s3:GetBucket*', 's3:GetObject*', 's3:List*']],
  ])('%s', (_, grant, actions) => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    const job = new groundtruth.LabelingJob(stack, 'Job', jobProps(stack));
    grant(job, role);
    expect(actionsOf(statementsOf(Template.fromStack(stack), 'Reader'))).toEqual(actions);
  });

  test('of a job cover all its generations, those of an imported one only itself', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
    groundtruth.LabelingJob.fromLabelingJobName(stack, 'Old', 'old-job').grantStop(role);
    new groundtruth.LabelingJob(stack, 'Job', jobProps(stack)).grantStop(role);
    const statements = JSON.stringify(statementsOf(Template.fromStack(stack), 'Reader'));
    expect(statements).toContain(':labeling-job/old-job"');
    expect(statements).toMatch(/:labeling-job\/labels-[0-9a-f]{6}-job-[0-9a-f]{8}-\*"/);
  });
});

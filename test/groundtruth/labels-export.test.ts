import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { actionsOf, jobProps, newStack, statementsOf } from './fixtures';
import { groundtruth } from '../../src';

const { LabelingJob, LabelsExport } = groundtruth;

test('merges jobs made here, by their names at deployment, with rights to what they read and write', () => {
  const stack = newStack();
  const job = new LabelingJob(stack, 'Job', jobProps(stack));
  const labels = new LabelsExport(stack, 'Export', { jobs: [job] });
  const template = Template.fromStack(stack);
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine')).filter(({ Properties }) => JSON.stringify(Properties).includes('PlanExport'));
  const definition = JSON.stringify(machine.Properties.DefinitionString);
  expect(definition).toContain('LabelingJobName');
  expect(definition).toContain('\\"escapeFormulas\\":true');
  expect(definition).toContain('\\"Mode\\":\\"DISTRIBUTED\\"');
  const actions = actionsOf(statementsOf(template, 'LabelsExportFunctionRole'));
  expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject', 'sagemaker:DescribeLabelingJob', 'sagemaker:ListLabelingJobs']));
  expect(stack.resolve(labels.tableUri)['Fn::Join'][1].at(-1)).toBe('/export/labels.csv');
  template.hasOutput('*', { Description: 'Merges the labels now' });
});

test('takes jobs of others, whose buckets it is told', () => {
  const stack = newStack();
  const job = LabelingJob.fromLabelingJobName(stack, 'Foreign', 'by-hand');
  const bucket = s3.Bucket.fromBucketName(stack, 'Result', 'results');
  const labels = new LabelsExport(stack, 'Export', {
    jobs: [job], bucket, prefix: 'mails/all', dataBuckets: [s3.Bucket.fromBucketName(stack, 'Data', 'data')], escapeFormulas: false,
  });
  expect([labels.labelsUri, labels.tableUri, labels.summaryUri])
    .toEqual(['s3://results/mails/all/labels.jsonl', 's3://results/mails/all/labels.csv', 's3://results/mails/all/labels.json']);
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.AccountRootPrincipal() });
  labels.grantRead(role);
  labels.grantStart(role);
  const template = Template.fromStack(stack);
  expect(JSON.stringify(statementsOf(template, 'LabelsExportFunctionRole'))).toContain(':s3:::data/*');
  const reader = statementsOf(template, 'Reader');
  expect(actionsOf(reader)).toContain('states:StartExecution');
  expect(JSON.stringify(reader)).toContain(':s3:::results/mails/all/*');
});

test('the state machine may read its plan in a bucket with a key of its own', () => {
  const stack = newStack();
  const bucket = new s3.Bucket(stack, 'Result', { encryption: s3.BucketEncryption.KMS });
  new LabelsExport(stack, 'Export', { jobs: [LabelingJob.fromLabelingJobName(stack, 'Foreign', 'by-hand')], bucket });
  expect(statementsOf(Template.fromStack(stack), 'ExportStateMachineRole'))
    .toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^ResultKey/), 'Arn'] } });
});

test('everything that is wrong is said at once', () => {
  const stack = newStack();
  expect(() => new LabelsExport(stack, 'Export', { jobs: [], prefix: '/x' })).toThrow(/2 problems:\n.*'jobs' must not be empty.*\n.*'prefix' must be a text without slashes at its ends.*got "\/x"/);
});

import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { actionsOf, jobProps, newStack, statementsOf } from './fixtures';
import { groundtruth } from '../../src';
import { LABELING_JOB_INVENTORY_ATTRIBUTES } from '../../src/groundtruth/private/labeling-job-inventory-contract';

const { InventorySortBy, InventorySortOrder, LabelingJob, LabelingJobInventory, LabelingJobStatus } = groundtruth;
const TYPE = 'Custom::GroundTruthLabelingJobInventory';

test('lists all jobs into the state bucket, under a prefix of its own', () => {
  const stack = newStack();
  new LabelingJobInventory(stack, 'List');
  const template = Template.fromStack(stack);
  const [[id, { Properties }]] = Object.entries(template.findResources(TYPE));
  expect(Properties).toMatchObject({ ContractVersion: '1', RecordBucket: { Ref: expect.stringMatching(/^LabelingState/) }, Filters: {}, Pagination: {} });
  expect(Properties.RecordPrefix['Fn::Join'][1]).toEqual([{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, `/${id}/`]);
  expect(Properties).not.toHaveProperty('ReconcileNonce');
});

test('hands over every filter and every setting of the paginator', () => {
  const stack = newStack();
  new LabelingJobInventory(stack, 'List', {
    creationTimeAfter: new Date('2026-01-01T00:00:00Z'),
    creationTimeBefore: new Date('2026-02-01T00:00:00Z'),
    lastModifiedTimeAfter: new Date('2026-03-01T00:00:00Z'),
    lastModifiedTimeBefore: new Date('2026-04-01T00:00:00Z'),
    nameContains: 'mail',
    statusEquals: LabelingJobStatus.IN_PROGRESS,
    sortBy: InventorySortBy.STATUS,
    sortOrder: InventorySortOrder.DESCENDING,
    maxItems: 1000,
    pageSize: 50,
    startingToken: 'token',
    recordBucket: s3.Bucket.fromBucketName(stack, 'Records', 'records'),
    recordPrefix: 'jobs/',
  });
  const template = Template.fromStack(stack);
  template.hasResourceProperties(TYPE, {
    RecordBucket: 'records',
    RecordPrefix: 'jobs/',
    Filters: {
      CreationTimeAfter: '2026-01-01T00:00:00.000Z',
      CreationTimeBefore: '2026-02-01T00:00:00.000Z',
      LastModifiedTimeAfter: '2026-03-01T00:00:00.000Z',
      LastModifiedTimeBefore: '2026-04-01T00:00:00.000Z',
      NameContains: 'mail',
      StatusEquals: 'InProgress',
      SortBy: 'Status',
      SortOrder: 'Descending',
    },
    Pagination: { MaxItems: 1000, PageSize: 50, StartingToken: 'token' },
  });
  const statements = statementsOf(template, 'LabelingJobInventoryProviderOnEvent');
  expect(actionsOf(statements)).toEqual([
    'logs:CreateLogStream', 'logs:PutLogEvents', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject', 'sagemaker:ListLabelingJobs',
  ]);
  expect(JSON.stringify(statements)).toContain(':s3:::records/jobs/*"');
});

test('stands after the jobs that it is to see, and lists again when one has another generation', () => {
  const stack = newStack();
  const job = new LabelingJob(stack, 'Job', jobProps(stack));
  new LabelingJobInventory(stack, 'List', { jobs: [job] });
  const template = Template.fromStack(stack);
  const [jobId] = Object.keys(template.findResources('Custom::GroundTruthLabelingJob'));
  const [{ DependsOn, Properties }] = Object.values(template.findResources(TYPE));
  expect(DependsOn).toContain(jobId);
  expect(Properties.ReconcileNonce).toEqual({ 'Fn::GetAtt': [jobId, 'LabelingJobName'] });
});

test('has every attribute of the contract', () => {
  const stack = newStack();
  const list = new LabelingJobInventory(stack, 'List');
  const values = [list.total, list.initializing, list.inProgress, list.completed, list.failed, list.stopping, list.stopped, list.totalLabeled,
    list.humanLabeled, list.machineLabeled, list.failedNonRetryableError, list.unlabeled, list.recordUri, list.truncated];
  expect(values.map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([...LABELING_JOB_INVENTORY_ATTRIBUTES]);
});

test.each<[string, groundtruth.LabelingJobInventoryProps, string]>([
  ['no items', { maxItems: 0 }, "'maxItems' must be a whole number of 1"],
  ['a page of none', { pageSize: 0 }, "'pageSize' must be a whole number of 1 to 100, got 0"],
  ['a page of 101', { pageSize: 101 }, 'got 101'],
  ['an empty name', { nameContains: '' }, "'nameContains' must have 1 to 63"],
  ['a long name', { nameContains: 'x'.repeat(64) }, "'nameContains' must have 1 to 63"],
  ['a name with an underscore', { nameContains: 'a_b' }, 'got "a_b"'],
  ['an empty token', { startingToken: '' }, "'startingToken' must have 1 to 8192"],
  ['a long token', { startingToken: 'x'.repeat(8193) }, 'got 8193'],
  ['a prefix without slash', { recordPrefix: 'a' }, "'recordPrefix' must end, but not begin, with a slash"],
  ['a prefix with a wildcard', { recordPrefix: 'a*/' }, "'recordPrefix'"],
  ['times in the wrong order', { creationTimeAfter: new Date(2), creationTimeBefore: new Date(1) }, "'creationTimeAfter' 1970-01-01T00:00:00.002Z must be earlier"],
])('fails with %s', (_, props, problem) => {
  expect(() => new LabelingJobInventory(newStack(), 'List', props)).toThrow(problem);
});

test.each<groundtruth.LabelingJobInventoryProps>([{ maxItems: 1, pageSize: 100 }, { nameContains: 'x'.repeat(63) }, { recordPrefix: '' }])('takes %j', (props) => {
  expect(() => new LabelingJobInventory(newStack(), 'List', props)).not.toThrow();
});

import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { asDelivered, connectionOf, jobProps, propertiesOf } from './fixtures';
import { supervisely } from '../../src';
import {
  decodeLabelingJobInventoryProperties, INVENTORY_SORTS, LABELING_JOB_INVENTORY_ATTRIBUTES,
} from '../../src/supervisely/private/labeling-job-inventory-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { InventoryPaging, InventorySortBy, InventorySortOrder, LabelingJob, LabelingJobInventory, LabelingJobStatus, User } = supervisely;
const TYPE = 'Custom::SuperviselyLabelingJobInventory';
type Props = Partial<supervisely.LabelingJobInventoryProps>;

function list(props: Props = {}, stack = newStack()): supervisely.LabelingJobInventory {
  const connection = stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack);
  return new LabelingJobInventory(stack, 'List', { connection, teamId: 8, ...props });
}

/** The listing as the handler reads it. */
function listing(props: Props) {
  const stack = newStack();
  list({ recordBucket: s3.Bucket.fromBucketName(stack, 'Records', 'records'), recordPrefix: 'jobs/', ...props }, stack);
  const { Connection, ...rest } = propertiesOf(stack, TYPE);
  return decodeLabelingJobInventoryProperties({ ...asDelivered<any>(rest), Connection: { ServerUrl: 'https://labels.example.com', SecretArn: 'arn' } });
}

test('lists all jobs of a team into the state bucket, under a prefix of its own', () => {
  const stack = newStack();
  list({}, stack);
  const template = Template.fromStack(stack);
  const [[id, { Properties }]] = Object.entries(template.findResources(TYPE));
  expect(Properties).toMatchObject({ ContractVersion: '1', TeamId: 8, RecordBucket: { Ref: expect.stringMatching(/^LabelingState/) }, Filters: {}, Pagination: {} });
  expect(Properties.RecordPrefix['Fn::Join'][1]).toEqual([{ 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }, `/${id}/`]);
  expect(Properties).not.toHaveProperty('ReconcileNonce');
});

test('the least is everything', () => {
  expect(listing({})).toMatchObject({ teamId: 8, sortBy: 'id', sortOrder: 'asc', pageSize: 500, mode: 'PAGE', reviewStates: false, filters: { outsideQueues: false, showDisabled: false } });
});

test('hands over every filter, the order and every setting of the paging', () => {
  expect(listing({
    createdBy: User.fromLogin('my_username'),
    assignedTo: User.fromUserId(102),
    reviewer: User.fromUserId(7),
    participants: [User.fromUserId(1), User.fromLogin('ann')],
    projectId: 5555,
    datasetId: 10555,
    queueIds: [3, 4],
    statuses: [LabelingJobStatus.PENDING],
    excludeStatuses: [LabelingJobStatus.COMPLETED, LabelingJobStatus.STOPPED],
    nameContains: 'kiwi',
    showDisabled: true,
    reviewStates: true,
    statistics: true,
    activity: true,
    sortBy: InventorySortBy.CREATED_AT,
    sortOrder: InventorySortOrder.DESCENDING,
    maxItems: 1000,
    pageSize: 50,
    startingToken: 'token',
    paging: InventoryPaging.BY_TOKEN,
  })).toEqual({
    connection: expect.anything(),
    teamId: 8,
    bucket: 'records',
    prefix: 'jobs/',
    filters: {
      createdBy: { login: 'my_username' },
      assignedTo: { id: 102 },
      reviewer: { id: 7 },
      participants: [{ id: 1 }, { login: 'ann' }],
      projectId: 5555,
      datasetId: 10555,
      queueIds: [3, 4],
      outsideQueues: false,
      statuses: ['pending'],
      excludeStatuses: ['completed', 'stopped'],
      name: undefined,
      nameContains: 'kiwi',
      showDisabled: true,
    },
    sortBy: 'createdAt',
    sortOrder: 'desc',
    maxItems: 1000,
    pageSize: 50,
    startingToken: 'token',
    mode: 'TOKEN',
    reviewStates: true,
    statistics: true,
    activity: true,
  });
});

test('the filters that exclude others', () => {
  expect(listing({ outsideQueues: true, jobName: 'kiwi' }).filters).toMatchObject({ outsideQueues: true, name: 'kiwi', nameContains: undefined, queueIds: undefined });
});

test('sorts by everything that the server sorts by', () => {
  expect(Object.values(InventorySortBy).sort()).toEqual([...INVENTORY_SORTS].sort());
});

test('stands after the jobs that it is to see, and lists again when they change', () => {
  const stack = newStack();
  const job = new LabelingJob(stack, 'Job', jobProps(stack));
  list({ jobs: [job] }, stack);
  const template = Template.fromStack(stack);
  const [jobId] = Object.keys(template.findResources('Custom::SuperviselyLabelingJob'));
  const [{ DependsOn, Properties }] = Object.values(template.findResources(TYPE));
  expect(DependsOn).toContain(jobId);
  expect(Properties.ReconcileNonce).toEqual({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [jobId, 'JobIds'] }, '/', { 'Fn::GetAtt': [jobId, 'Statuses'] }]] });
});

test('needs the token and its record', () => {
  const stack = newStack();
  list({ recordBucket: s3.Bucket.fromBucketName(stack, 'Records', 'records'), recordPrefix: 'jobs/' }, stack);
  const statements = statementsOf(Template.fromStack(stack), 'SuperviselyLabelingJobInventoryProviderOnEvent');
  expect(actionsOf(statements)).toEqual([
    'logs:CreateLogStream', 'logs:PutLogEvents', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject', 'secretsmanager:GetSecretValue',
  ]);
  expect(JSON.stringify(statements)).toContain(':s3:::records/jobs/*"');
});

test('has every attribute of the contract', () => {
  const stack = newStack();
  const all = list({}, stack);
  const values = [all.total, all.pending, all.inProgress, all.onReview, all.reviewCompleted, all.completed, all.stopped, all.imagesCount,
    all.finishedImagesCount, all.acceptedImagesCount, all.rejectedImagesCount, all.recordUri, all.truncated];
  expect(values.map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([...LABELING_JOB_INVENTORY_ATTRIBUTES]);
});

test.each<[string, Props, string]>([
  ['no team', { teamId: 0 }, "'teamId' must be a whole number from 1"],
  ['nobody', { createdBy: {} }, "'createdBy' must have a 'userId' or a 'login'"],
  ['no participants', { participants: [] }, "'participants' is empty"],
  ['project 0', { projectId: 0 }, "'projectId' must be a whole number from 1"],
  ['half a dataset', { datasetId: 0.5 }, "'datasetId' must be a whole number from 1"],
  ['no queues', { queueIds: [] }, "'queueIds' is empty"],
  ['a queue twice', { queueIds: [1, 1] }, "'queueIds' must hold each value once"],
  ['queues and none', { queueIds: [1], outsideQueues: true }, "'queueIds' and 'outsideQueues' exclude each other"],
  ['no statuses', { statuses: [] }, "'statuses' is empty: leave it out for any status"],
  ['only excluded statuses', { statuses: [LabelingJobStatus.STOPPED], excludeStatuses: [LabelingJobStatus.STOPPED] }, 'so the list is always empty'],
  ['an empty name', { jobName: '' }, "'jobName' must not be empty"],
  ['two names', { jobName: 'a', nameContains: 'b' }, "'jobName' and 'nameContains' exclude each other"],
  ['no items', { maxItems: 0 }, "'maxItems' must be a whole number from 1, got 0"],
  ['a page of none', { pageSize: 0 }, "'pageSize' must be a whole number from 1 to 20000, got 0"],
  ['a page of more than the server gives', { pageSize: 20_001 }, 'got 20001'],
  ['an empty token', { startingToken: '' }, "'startingToken' must not be empty"],
  ['a prefix without slash', { recordPrefix: 'a' }, "'recordPrefix' must end, but not begin, with a slash"],
])('fails with %s', (_, props, problem) => {
  expect(() => list(props)).toThrow(problem);
});

test('takes limits', () => {
  expect(() => list({ pageSize: 20_000, maxItems: 1, recordPrefix: '' })).not.toThrow();
});

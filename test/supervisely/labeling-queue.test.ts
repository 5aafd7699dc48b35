import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { asDelivered, propertiesOf, queueProps } from './fixtures';
import { ReconcileMode, ReconcileOn, supervisely } from '../../src';
import { LABELING_QUEUE_ATTRIBUTES } from '../../src/supervisely/private/labeling-queue-contract';
import { decodeLabelingQueueProperties, decodeLabelingQueueRemoval } from '../../src/supervisely/private/labeling-queue-decoding-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { Dataset, LabelingJobStatus, LabelingQueue, QueueRemoval, User } = supervisely;
const TYPE = 'Custom::SuperviselyLabelingQueue';
type Overrides = Partial<supervisely.LabelingQueueProps>;

function queue(overrides: Overrides = {}, stack = newStack()): { stack: Stack; made: supervisely.LabelingQueue; properties: Record<string, any> } {
  const made = new LabelingQueue(stack, 'Lemons', queueProps(stack, overrides));
  return { stack, made, properties: propertiesOf(stack, TYPE) };
}

/** The declaration as the handler reads it. */
function decoded(overrides: Overrides) {
  const { Connection: _, StateBucket: __, ServiceToken: ___, ...rest } = queue(overrides).properties;
  const given = { ...asDelivered<any>(rest), StateBucket: 'state', ServiceToken: '', Connection: { ServerUrl: 'https://labels.example.com', SecretArn: 'arn' } };
  return { ...decodeLabelingQueueProperties(given), removal: decodeLabelingQueueRemoval(given) };
}

test('the least that a queue needs', () => {
  const { properties } = queue();
  expect(properties).toMatchObject({
    ContractVersion: '1',
    StateBucket: { Ref: expect.stringMatching(/^LabelingState/) },
    NameBase: expect.stringMatching(/^labels-[0-9a-f]{6}-lemons-[0-9a-f]{8}$/),
    Dataset: { Id: 10555 },
    Labelers: [{ Id: 101 }, { Login: 'bob' }],
    Reviewers: [{ Id: 7 }],
    Work: {},
    Settings: { Title: 'lemons' },
    TimeoutSeconds: 1800,
    RemovalMode: 'STOP',
  });
  for (const absent of ['CollectionId', 'QualityCheckers', 'Attempt', 'Relabel', 'DesiredStatus', 'WaitForStatus', 'Mode', 'ReconcileNonce']) {
    expect(properties).not.toHaveProperty(absent);
  }
});

test('every property arrives at the handler', () => {
  expect(decoded({
    ...{ dataset: undefined, collectionId: 3, teamId: 8, qualityCheckers: [User.fromUserId(9)], readme: 'How to', description: 'Fruit', classes: ['lemon'] },
    ...{ tags: ['size'], objectsLimitPerImage: 10, tagsLimitPerImage: 5, imagesRange: { start: 2, end: 4 }, includeImagesWithTags: ['a'], excludeImagesWithTags: ['b'] },
    ...{ dynamicClasses: true, dynamicTags: false, guideId: 4, toolboxSettings: { playbackRate: 2 }, disableConfirm: true, disableSubmit: false },
    ...{ hideFigureAuthor: true, allowReviewOwnAnnotations: true, skipCompleteJobOnEmpty: true, attempt: 2, relabel: 'new', timeout: Duration.minutes(5) },
    ...{ desiredStatus: LabelingJobStatus.IN_PROGRESS, waitForStatus: LabelingJobStatus.COMPLETED, mode: ReconcileMode.REPORT_ONLY },
    removal: QueueRemoval.drain({ timeout: Duration.minutes(10), then: QueueRemoval.COMPLETE }),
  })).toMatchObject({
    spec: {
      teamId: 8,
      dataset: {},
      collectionId: 3,
      labelers: [{ id: 101 }, { login: 'bob' }],
      reviewers: [{ id: 7 }],
      qualityCheckers: [{ id: 9 }],
      work: { classes: ['lemon'], tags: ['size'], imagesRange: { start: 2, end: 4 }, includeImagesWithTags: ['a'], excludeImagesWithTags: ['b'] },
      settings: {
        title: 'lemons', readme: 'How to', description: 'Fruit', objectsLimitPerImage: 10, tagsLimitPerImage: 5, dynamicClasses: true, dynamicTags: false,
        guideId: 4, toolboxSettings: { playbackRate: 2 }, disableConfirm: true, disableSubmit: false,
        hideFigureAuthor: true, reviewOwnAnnotations: true, skipCompleteJobOnEmpty: true,
      },
      attempt: 2,
      desiredStatus: 'in_progress',
    },
    relabel: 'new', waitForStatus: 'completed', timeoutSeconds: 300, mode: 'REPORT_ONLY',
    removal: { removalMode: 'DRAIN', drainTimeoutSeconds: 600, drainThen: 'COMPLETE' },
  });
});

test.each([
  ['no images', { dataset: undefined }, '\'dataset\' is missing: give Dataset.fromDatasetId(), or a collection as \'collectionId\''],
  ['two kinds of images', { collectionId: 3 }, '\'dataset\' and \'collectionId\' both say which images'],
  ['nobody labels', { labelers: [] }, '\'labelers\' is empty, name at least one'],
  ['nobody reviews', { reviewers: [] }, '\'reviewers\' is empty, name at least one'],
  ['somebody reviews twice', { reviewers: [User.fromUserId(7), User.fromUserId(7)] }, '\'reviewers\' must hold each value once, got 7 more than once'],
  ['no quality checkers', { qualityCheckers: [] }, '\'qualityCheckers\' is empty'],
  ['a collection of no id', { dataset: undefined, collectionId: 0 }, '\'collectionId\' must be a whole number from 1, got 0'],
  ['a title with a slash', { title: 'a/b' }, 'has a slash or a backslash'],
  ['a long description', { description: 'x'.repeat(256) }, '\'description\' must have at most 255 characters, got 256'],
  ['a status of quality checks', { desiredStatus: LabelingJobStatus.REVIEW_COMPLETED }, '\'review_completed\' is a status of queues with \'qualityCheckers\' only'],
  ['a wait that never ends', { desiredStatus: LabelingJobStatus.STOPPED, waitForStatus: LabelingJobStatus.COMPLETED }, 'is never reached by a queue whose'],
  ['relabel without a reason', { relabel: '' }, '\'relabel\' must not be empty'],
  ['an hour of waiting', { timeout: Duration.minutes(60) }, '\'timeout\' must be'],
  ['events that nobody sends', { reconcileOn: ReconcileOn.STATE_CHANGE }, 'the job system does not announce the ends of jobs'],
] as Array<[string, Overrides, string]>)('refuses: %s', (_, overrides, message) => expect(() => queue(overrides)).toThrow(message));

test('refuses to drain twice', () => {
  expect(() => QueueRemoval.drain({ then: QueueRemoval.drain() })).toThrow('\'then\' must not drain again: use STOP, COMPLETE or RETAIN');
});

test('every attribute can be used', () => {
  const { stack, made } = queue();
  const shown: Record<string, unknown> = {
    QueueId: made.queueId, QueueName: made.queueName, Status: made.status, State: made.state, Generation: made.generation,
    TeamId: made.teamId, ProjectId: made.projectId, DatasetId: made.datasetId,
    ImagesCount: made.imagesCount, PendingImagesCount: made.pendingImagesCount, InProgressImagesCount: made.inProgressImagesCount,
    AnnotatedImagesCount: made.annotatedImagesCount, AcceptedImagesCount: made.acceptedImagesCount, Message: made.message,
  };
  expect(Object.keys(shown)).toEqual([...LABELING_QUEUE_ATTRIBUTES]);
  for (const [name, value] of Object.entries(shown)) expect(stack.resolve(value)).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Lemons/), name] });
});

test('stands after the state bucket, all rights and its own rule, whose event finds the ledger', () => {
  const { stack } = queue({ reconcileOn: ReconcileOn.schedule(events.Schedule.cron({ minute: '0' })) });
  const template = Template.fromStack(stack);
  const [[id, { DependsOn }]] = Object.entries(template.findResources(TYPE));
  expect(DependsOn).toEqual(expect.arrayContaining([
    expect.stringMatching(/^LabelingState/), expect.stringMatching(/OnEventRoleDefaultPolicy/), expect.stringMatching(/ReconcileRoleDefaultPolicy/), expect.stringMatching(/Schedule/),
  ]));
  const [{ Properties: { Targets: [{ Input }] } }] = Object.values(template.findResources('AWS::Events::Rule'));
  expect(JSON.stringify(Input)).toContain(`/${id}/ledger.json`);
});

test('the handlers have no more rights than the token and the ledger need', () => {
  const bare = newStack();
  const { stack } = queue({ stateBucket: s3.Bucket.fromBucketName(bare, 'State', 'states') }, bare);
  const actions = new Set(actionsOf(statementsOf(Template.fromStack(stack), 'SuperviselyLabelingQueueProviderOnEventRole')));
  expect([...actions].sort()).toEqual([
    'logs:CreateLogStream', 'logs:PutLogEvents', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'secretsmanager:GetSecretValue',
  ]);
});

test('a dataset of an import is refused', () => {
  const stack = newStack();
  const dataset = Dataset._ofImport({ record: { uri: 's3://b/k' } } as Parameters<typeof Dataset._ofImport>[0]);
  expect(() => queue({ dataset }, stack)).toThrow('\'dataset\' is made by an import after the deployment, which a queue does not wait for');
});

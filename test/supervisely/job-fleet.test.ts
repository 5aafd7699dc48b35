import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { asDelivered, fleetProps, propertiesOf } from './fixtures';
import { ReconcileMode, ReconcileOn, supervisely } from '../../src';
import { JOB_FLEET_ATTRIBUTES } from '../../src/supervisely/private/job-fleet-contract';
import { decodeJobFleetProperties, decodeJobFleetRemoval } from '../../src/supervisely/private/job-fleet-decoding-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { Dataset, ImageSet, JobFleet, JobRemoval, LabelingJobStatus, RejectedImages, User } = supervisely;
const TYPE = 'Custom::SuperviselyJobFleet';
type Overrides = Partial<supervisely.JobFleetProps>;

function fleet(overrides: Overrides = {}, stack = newStack()): { stack: Stack; made: supervisely.JobFleet; properties: Record<string, any> } {
  const made = new JobFleet(stack, 'Lemons', fleetProps(stack, overrides));
  return { stack, made, properties: propertiesOf(stack, TYPE) };
}

/** The declaration as the handler reads it. */
function decoded(overrides: Overrides) {
  const { Connection: _, StateBucket: __, ServiceToken: ___, ...rest } = fleet(overrides).properties;
  const given = { ...asDelivered<any>(rest), StateBucket: 'state', ServiceToken: '', Connection: { ServerUrl: 'https://labels.example.com', SecretArn: 'arn' } };
  return { ...decodeJobFleetProperties(given), removal: decodeJobFleetRemoval(given) };
}

test('the least that a fleet needs', () => {
  const { properties } = fleet();
  expect(properties).toMatchObject({
    ContractVersion: '1',
    StateBucket: { Ref: expect.stringMatching(/^LabelingState/) },
    NameBase: expect.stringMatching(/^labels-[0-9a-f]{6}-lemons-[0-9a-f]{8}$/),
    ImageSets: [{ Dataset: { Id: 10555 } }],
    Labelers: [{ Id: 101, Weight: 2 }, { Login: 'bob' }],
    Work: {},
    Settings: { Title: 'lemons' },
    TimeoutSeconds: 1800,
    RemovalMode: 'STOP',
  });
  for (const absent of ['Dataset', 'Resume', 'DesiredStatus', 'RejectedImages', 'Relabel', 'WaitForStatus', 'Mode', 'ReconcileNonce']) {
    expect(properties).not.toHaveProperty(absent);
  }
});

test('every property arrives at the handler', () => {
  const dataset = Dataset.fromDatasetName(5555, 'ds1');
  expect(decoded({
    ...{ teamId: 8, reviewer: User.fromLogin('my_username'), readme: 'How to', description: 'Fruit', classes: ['lemon'], tags: ['size'], readOnlyTags: ['origin'] },
    ...{ objectsLimitPerImage: 10, tagsLimitPerImage: 5, dynamicClasses: true, dynamicTags: false, allowRestore: true, guideId: 4, customData: { batch: 7 } },
    ...{ disableConfirm: true, disableSubmit: false, enableIntermediateReview: true, attempt: 2, relabel: 'new', timeout: Duration.minutes(5) },
    ...{ rejectedImages: RejectedImages.REPORT, waitForStatus: LabelingJobStatus.COMPLETED, mode: ReconcileMode.REPORT_ONLY },
    imageSets: [ImageSet.fromImageIds(dataset, [3, 1]), ImageSet.fromTags(dataset, { include: ['ripe'], exclude: ['rotten'] })],
    removal: JobRemoval.drain({ timeout: Duration.minutes(10), then: JobRemoval.ARCHIVE }),
  })).toMatchObject({
    spec: {
      teamId: 8,
      imageSets: [{ dataset: { projectId: 5555, name: 'ds1' }, imageIds: [3, 1] }, { includeImagesWithTags: ['ripe'], excludeImagesWithTags: ['rotten'] }],
      labelers: [{ id: 101, weight: 2 }, { login: 'bob', weight: 1 }],
      work: { classes: ['lemon'], tags: ['size'] },
      settings: {
        ...{ title: 'lemons', readme: 'How to', description: 'Fruit', readOnlyTags: ['origin'], objectsLimitPerImage: 10, tagsLimitPerImage: 5 },
        ...{ dynamicClasses: true, dynamicTags: false, allowRestore: true, guideId: 4, attempt: 2 },
      },
      editable: { reviewer: { login: 'my_username' }, customData: { batch: 7 }, disableConfirm: true, disableSubmit: false, enableIntermediateReview: true },
      rejectedImages: 'REPORT',
    },
    relabel: 'new', waitForStatus: 'completed', timeoutSeconds: 300, mode: 'REPORT_ONLY',
    removal: { removalMode: 'DRAIN', drainTimeoutSeconds: 600, drainThen: 'ARCHIVE' },
  });
});

test.each<[string, (stack: Stack) => Overrides, string]>([
  ['no set', () => ({ imageSets: [] }), '\'imageSets\' is empty, name at least one'],
  ['no labeler', () => ({ labelers: [] }), '\'labelers\' is empty, name at least one'],
  ['a labeler twice', () => ({ labelers: [{ labeler: User.fromUserId(1) }, { labeler: User.fromUserId(1), weight: 2 }] }), '\'labelers\' must hold each value once'],
  ['no weight', () => ({ labelers: [{ labeler: User.fromUserId(1), weight: 0 }] }), '\'labelers.weight\' must be a whole number from 1 to 1000, got 0'],
  ['a title with a slash', () => ({ title: 'a/b' }), 'has a slash or a backslash'],
  ['more images than fit', () => ({ imageSets: [ImageSet.fromImageIds(Dataset.fromDatasetId(1), Array.from({ length: 10_001 }, (_, index) => index + 1))] }),
    '\'imageSets\' name 10001 images one by one, at most 10000 fit: give images a tag, and use ImageSet.fromTags()'],
  ['more people than fit', () => ({ labelers: Array.from({ length: 201 }, (_, index) => ({ labeler: User.fromUserId(index + 1) })) }), 'at most 200 fit: use several fleets'],
  ['a set of no tags', () => ({ imageSets: [ImageSet.fromTags(Dataset.fromDatasetId(1), {})] }), '\'tags\' names none: use ImageSet.fromDataset() for all images'],
  ['a set of no images', () => ({ imageSets: [ImageSet.fromImageIds(Dataset.fromDatasetId(1), [])] }), '\'imageIds\' is empty: leave it out for all images of the dataset'],
  ['a tag on both sides', () => ({ imageSets: [ImageSet.fromTags(Dataset.fromDatasetId(1), { include: ['a'], exclude: ['a'] })] }), 'both hold "a"'],
  ['a status without its flag', () => ({ waitForStatus: LabelingJobStatus.REVIEW_COMPLETED }), '\'review_completed\' is a status of jobs with \'enableIntermediateReview\' only'],
])('%s is refused', (_, overrides, message) => {
  const stack = newStack();
  expect(() => new JobFleet(stack, 'Lemons', fleetProps(stack, overrides(stack)))).toThrow(message);
});

test('every attribute that it has is one that the handler returns', () => {
  const { made, stack } = fleet();
  const known: readonly string[] = JOB_FLEET_ATTRIBUTES;
  const used = [...JSON.stringify(stack.resolve(Object.entries(made).filter(([name]) => !name.startsWith('_') && name !== 'node' && name !== 'stack' && name !== 'stateMachine')
    .map(([, value]) => value))).matchAll(/"Fn::GetAtt":\["LemonsD?[0-9A-F]*","(\w+)"\]/g)].map(([, name]) => name);
  expect(used.length).toBeGreaterThan(15);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

test('it is looked at every hour unless something else is said, by a state machine that goes on until all is done', () => {
  const hourly = Template.fromStack(fleet().stack);
  hourly.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [Match.objectLike({ Arn: { Ref: Match.stringLikeRegexp('^LemonsStateMachine') } })] });
  const stack = newStack();
  const reconcileOn = ReconcileOn.schedule(events.Schedule.cron({ minute: '7' }));
  const made = new JobFleet(stack, 'Lemons', fleetProps(stack, { reconcileOn }));
  made.grantReconcile(new iam.Role(stack, 'Operator', { assumedBy: new iam.AccountRootPrincipal() }));
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'cron(7 * * * ? *)' });
  const [, machine] = Object.entries(template.findResources('AWS::StepFunctions::StateMachine')).find(([id]) => id.startsWith('LemonsStateMachine'))!;
  const definition = (machine.Properties.DefinitionString['Fn::Join'][1] as unknown[]).map((part) => (typeof part === 'string' ? part : 'token')).join('');
  expect(JSON.parse(definition)).toMatchObject({
    StartAt: 'Begin',
    States: {
      Begin: { Result: { turn: { seen: '', idle: 0 } }, Next: 'Reconcile' },
      Reconcile: { Parameters: { 'turn.$': '$.turn', 'stateBucket': 'token', 'key': expect.stringMatching(/^token\/Lemons\w+\/ledger.json$/) }, Next: 'Decide' },
      Decide: { Choices: [{ Variable: '$.next', StringEquals: 'again', Next: 'Wait' }, { StringEquals: 'stuck', Next: 'Stuck' }], Default: 'Done' },
      Wait: { SecondsPath: '$.waitSeconds', Next: 'Reconcile' },
      Stuck: { Type: 'Fail', Error: 'NoProgress' },
    },
  });
  expect(template.findResources('AWS::Events::Rule', { Properties: { ScheduleExpression: 'rate(1 hour)' } })).toEqual({});
});

test('its handlers may read the token and the state, and call nothing else', () => {
  const { stack } = fleet({ reconcileOn: ReconcileOn.CHANGE });
  const template = Template.fromStack(stack);
  for (const handler of ['OnEventRole', 'IsCompleteRole', 'ReconcileRole']) {
    const statements = statementsOf(template, `SuperviselyJobFleetProvider${handler}`);
    expect(actionsOf(statements)).toEqual([
      'logs:CreateLogStream', 'logs:PutLogEvents', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
      'secretsmanager:GetSecretValue',
    ]);
  }
});

test('a parameter that shows drift is known to all who look', () => {
  const { stack, properties } = fleet({ reconcileOn: ReconcileOn.ssmParameterName('/labels/nonce') });
  expect(properties.ReconcileNonce).toEqual({ Ref: expect.stringMatching(/^ReconcileParameter/) });
  expect(JSON.stringify(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'))).toContain('/labels/nonce');
});

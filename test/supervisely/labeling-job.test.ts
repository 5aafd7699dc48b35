import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { asDelivered, connectionOf, jobProps, propertiesOf } from './fixtures';
import { EndedJobs, ReconcileMode, ReconcileOn, supervisely } from '../../src';
import { objectLocation } from '../../src/private/s3-location';
import { LABELING_JOB_ATTRIBUTES } from '../../src/supervisely/private/labeling-job-contract';
import { decodeLabelingJobProperties } from '../../src/supervisely/private/labeling-job-decoding-contract';
import { actionsOf, newStack, statementsOf } from '../groundtruth/fixtures';

const { CompletionWebhook, Dataset, JobRemoval, LabelingJob, LabelingJobStatus, RejectedImages, User } = supervisely;
const TYPE = 'Custom::SuperviselyLabelingJob';
type Overrides = Partial<supervisely.LabelingJobProps>;

function job(overrides: Overrides = {}, stack = newStack()): { stack: Stack; made: supervisely.LabelingJob; properties: Record<string, any> } {
  const made = new LabelingJob(stack, 'Lemons', jobProps(stack, overrides));
  return { stack, made, properties: propertiesOf(stack, TYPE) };
}

/** What arrives at the handler of those of these properties that hold no references. */
function arriving(overrides: Overrides, ...names: string[]): Record<string, any> {
  const { properties } = job(overrides);
  return Object.fromEntries(names.map((name) => [name, asDelivered(properties[name])]));
}

test('the least that a job needs', () => {
  const { properties } = job();
  expect(properties).toMatchObject({
    ContractVersion: '1',
    StateBucket: { Ref: expect.stringMatching(/^LabelingState/) },
    NameBase: expect.stringMatching(/^labels-[0-9a-f]{6}-lemons-[0-9a-f]{8}$/),
    Dataset: { Id: 10555 },
    Labelers: [{ Id: 101 }],
    Work: {},
    Settings: { Title: 'lemons' },
    TimeoutSeconds: 1800,
    RemovalMode: 'STOP',
  });
  for (const absent of ['Resume', 'Relabel', 'DesiredStatus', 'WaitForStatus', 'Mode', 'ReconcileNonce']) expect(properties).not.toHaveProperty(absent);
});

test('the tutorial\'s second job', () => {
  expect(arriving({
    title: 'labeler2_kiwi_task_with_complex_settings',
    labelers: [User.fromUserId(102)],
    readme: 'annotation manual for fruits in markdown format here (optional)',
    description: 'short description is here (optional)',
    classes: ['kiwi'],
    objectsLimitPerImage: 10,
    tags: ['size', 'origin'],
    tagsLimitPerImage: 20,
    imageIds: [3882697, 3882698, 3882699],
  }, 'Labelers', 'Work', 'Settings')).toEqual({
    Labelers: [{ Id: '102' }],
    Work: { Classes: ['kiwi'], Tags: ['size', 'origin'], ImageIds: ['3882697', '3882698', '3882699'] },
    Settings: {
      Title: 'labeler2_kiwi_task_with_complex_settings',
      Readme: 'annotation manual for fruits in markdown format here (optional)',
      Description: 'short description is here (optional)',
      ObjectsLimitPerImage: '10',
      TagsLimitPerImage: '20',
    },
  });
});

test('everything else that a job of the server can say', () => {
  expect(arriving({
    teamId: 8,
    dataset: Dataset.fromDatasetName(5555, 'ds1'),
    cloneOf: 77,
    labelers: [User.fromLogin('ann'), User.fromUserId(7)],
    reviewer: User.fromLogin('bob'),
    imagesRange: { start: 1, end: 3 },
    includeImagesWithTags: ['ripe'],
    excludeImagesWithTags: ['rotten'],
    readOnlyTags: ['origin'],
    dynamicClasses: true,
    dynamicTags: false,
    allowRestore: true,
    guideId: 4,
    attempt: 2,
    toolboxSettings: { playbackRate: 0.5, skipFramesSize: 0, showVideoTime: true },
    disableConfirm: true,
    disableSubmit: false,
    enableIntermediateReview: true,
    customData: { batch: 7, notes: ['a', true] },
    relabel: 'new guideline',
    resume: { stopped: EndedJobs.RESUME, rejected: RejectedImages.RESTART, maxAttempts: 1 },
    desiredStatus: LabelingJobStatus.IN_PROGRESS,
    waitForStatus: LabelingJobStatus.REVIEW_COMPLETED,
    timeout: Duration.minutes(5),
    removal: JobRemoval.drain({ timeout: Duration.minutes(10), then: JobRemoval.ARCHIVE }),
    mode: ReconcileMode.REPORT_ONLY,
  }, 'TeamId', 'Dataset', 'Labelers', 'Work', 'Settings', 'Editable', 'Relabel', 'DesiredStatus', 'WaitForStatus', 'TimeoutSeconds', 'RemovalMode',
  'DrainTimeoutSeconds', 'DrainThen', 'Resume', 'Mode')).toEqual({
    TeamId: '8',
    Dataset: { ProjectId: '5555', Name: 'ds1' },
    Labelers: [{ Login: 'ann' }, { Id: '7' }],
    Work: { CloneOf: '77', ImagesRange: { Start: '1', End: '3' }, IncludeImagesWithTags: ['ripe'], ExcludeImagesWithTags: ['rotten'] },
    Settings: { Title: 'lemons', ReadOnlyTags: ['origin'], DynamicClasses: 'true', DynamicTags: 'false', AllowRestore: 'true', GuideId: '4', Attempt: '2' },
    Editable: {
      Reviewer: { Login: 'bob' },
      CustomData: '{"batch":7,"notes":["a",true]}',
      ToolboxSettings: '{"playbackRate":0.5,"skipFramesSize":0,"showVideoTime":true}',
      DisableConfirm: 'true',
      DisableSubmit: 'false',
      EnableIntermediateReview: 'true',
    },
    Relabel: 'new guideline',
    DesiredStatus: 'in_progress',
    WaitForStatus: 'review_completed',
    TimeoutSeconds: '300',
    RemovalMode: 'DRAIN',
    DrainTimeoutSeconds: '600',
    DrainThen: 'ARCHIVE',
    Resume: '{"maxAttempts":1,"stopped":"RESUME","rejected":"RESTART"}',
    Mode: 'REPORT_ONLY',
  });
});

test('the handler reads what was said', () => {
  const { properties: { ServiceToken, Connection, StateBucket, ...rest } } = job({
    labelers: [User.fromLogin('ann')], imageIds: [2, 1], dynamicTags: true, customData: { a: 1 }, waitForStatus: LabelingJobStatus.ON_REVIEW, attempt: 3,
  });
  const connection = { ServerUrl: 'https://labels.example.com', SecretArn: 'arn' };
  expect(decodeLabelingJobProperties({ ...asDelivered<any>(rest), Connection: connection, ServiceToken: 't', StateBucket: 's' })).toMatchObject({
    stateBucket: 's',
    spec: {
      dataset: { id: 10555 },
      labelers: [{ login: 'ann' }],
      work: { imageIds: [2, 1] },
      settings: { title: 'lemons', dynamicTags: true, attempt: 3 },
      editable: { customData: { a: 1 } },
      resume: { maxAttempts: 3, stopped: 'LEAVE', rejected: 'REPORT' },
    },
    waitForStatus: 'on_review',
    timeoutSeconds: 1800,
    mode: 'ENFORCE',
  });
});

test.each([[JobRemoval.STOP, 'STOP'], [JobRemoval.ARCHIVE, 'ARCHIVE'], [JobRemoval.REMOVE, 'REMOVE'], [JobRemoval.RETAIN, 'RETAIN']])('removal %#', (removal, mode) => {
  expect(arriving({ removal }, 'RemovalMode')).toEqual({ RemovalMode: mode });
});

test('the images of a cloned job need no dataset', () => {
  expect(arriving({ dataset: undefined, cloneOf: 77 }, 'Dataset', 'Work')).toEqual({ Dataset: {}, Work: { CloneOf: '77' } });
});

test('names its jobs as they are named on the server', () => {
  const { stack, made } = job();
  expect(stack.resolve(made.jobName)).toEqual({ Ref: expect.stringMatching(/^Lemons/) });
});

test('has every attribute of the contract', () => {
  const { stack, made } = job();
  const lists = [made.jobIds, made.labelerIds, made.statuses].map((value) => stack.resolve(value)['Fn::Split'][1]['Fn::GetAtt'][1]);
  const values = [made.jobId, made.status, made.state, made.generation, made.teamId, made.projectId, made.datasetId, made.imagesCount,
    made.finishedImagesCount, made.acceptedImagesCount, made.rejectedImagesCount, made.labeledImagesCount,
    made.unlabeledImagesCount, made.message].map((value) => stack.resolve(value)['Fn::GetAtt'][1]);
  expect([...lists, ...values].sort()).toEqual([...LABELING_JOB_ATTRIBUTES].sort());
});

test('needs no rights but its token, its ledger, its events and its logs', () => {
  const statements = statementsOf(Template.fromStack(job().stack), 'SuperviselyLabelingJobProviderIsComplete');
  expect(actionsOf(statements)).toEqual([
    'events:PutEvents', 'logs:CreateLogStream', 'logs:PutLogEvents', 's3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'secretsmanager:GetSecretValue',
  ]);
  expect(statements.flatMap(({ Resource }) => Resource)).not.toContain('*');
  const [{ Resource: bus }] = statements.filter(({ Action }) => Action === 'events:PutEvents');
  expect(JSON.stringify(bus)).toContain(':event-bus/default');
});

test('keeps its ledger in the bucket that is given', () => {
  const stack = newStack();
  const { properties } = job({ stateBucket: s3.Bucket.fromBucketName(stack, 'State', 'my-state') }, stack);
  expect(properties.StateBucket).toBe('my-state');
});

describe('is looked at', () => {
  test('by a schedule, without a deployment', () => {
    const { stack } = job({ reconcileOn: ReconcileOn.anyOf(ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1))), ReconcileOn.ssmParameterName('/labels/nonce')) });
    const template = Template.fromStack(stack);
    const [{ Properties }] = Object.values(template.findResources('AWS::Events::Rule'));
    const input = JSON.stringify(Properties.Targets[0].Input);
    for (const part of ['\\"connection\\"', 'labels.example.com', '\\"stateBucket\\"', 'ledger.json', '/labels/nonce']) expect(input).toContain(part);
    expect(actionsOf(statementsOf(template, 'SuperviselyLabelingJobProviderReconcile'))).toContain('ssm:PutParameter');
  });

  test('by a parameter of the deployment', () => {
    expect(job({ reconcileOn: ReconcileOn.PARAMETER }).properties.ReconcileNonce).toEqual({ Ref: 'ReconcileNonce' });
  });
});

describe('announces its state', () => {
  test.each([
    ['onStateChange', undefined], ['onCompleted', ['Completed']], ['onFailed', ['Failed']], ['onStopped', ['Stopped']],
  ] as const)('%s', (method, state) => {
    const stack = newStack();
    const made = new LabelingJob(stack, 'Lemons', jobProps(stack));
    made[method]('Rule', { target: new targets.SqsQueue(new sqs.Queue(stack, 'Queue')), eventPattern: { account: ['111122223333'] } });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    expect(Properties.EventPattern).toEqual({
      'source': ['cdk-labeling-workflows.supervisely'],
      'detail-type': ['Supervisely Labeling Job State Change'],
      'account': ['111122223333'],
      // not the job's own attribute, which would make a circle where the job waits for the target
      'detail': { jobName: [{ prefix: `${made._nameBase}-` }], ...(state && { state }) },
    });
    expect(Properties).not.toHaveProperty('EventBusName');
  });

  test('the jobs may wait for a rule, so that it hears of the first change', () => {
    const stack = newStack();
    const made = new LabelingJob(stack, 'Lemons', jobProps(stack));
    const queue = new sqs.Queue(stack, 'Queue');
    made.node.findChild('Resource').node.addDependency(made.onCompleted('Rule', { target: new targets.SqsQueue(queue) }));
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('with a webhook', () => {
  function announced(overrides: Overrides = {}, webhook: Partial<supervisely.CompletionWebhookProps> = {}): Record<string, any> {
    const stack = newStack();
    const completionWebhook = new CompletionWebhook(stack, 'Hook', { connection: connectionOf(stack), teamId: 8, ...webhook });
    job({ completionWebhook, ...overrides }, stack);
    return Template.fromStack(stack).findResources('AWS::Events::Rule');
  }

  test('is looked at when one of its jobs is completed', () => {
    const [{ Properties }] = Object.values(announced());
    expect(Properties.EventPattern).toEqual({
      'source': ['cdk-labeling-workflows.supervisely'],
      'detail-type': ['Supervisely Labeling Job Completed'],
      'detail': { jobName: [{ prefix: expect.stringMatching(/^labels-[0-9a-f]{6}-lemons-[0-9a-f]{8}-$/) }] },
    });
    expect(Properties.Targets[0].Input['Fn::Join'][1].join()).toContain('ledger.json');
  });

  test('listens on the webhook\'s own bus, a schedule on none', () => {
    const stack = newStack();
    const eventBus = new events.EventBus(stack, 'Bus');
    const completionWebhook = new CompletionWebhook(stack, 'Hook', { connection: connectionOf(stack), teamId: 8, eventBus });
    job({ completionWebhook, reconcileOn: ReconcileOn.anyOf(ReconcileOn.STATE_CHANGE, ReconcileOn.schedule(events.Schedule.rate(Duration.hours(1)))) }, stack);
    const rules = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(({ Properties }) => [Properties.ScheduleExpression, Properties.EventBusName]);
    expect(rules).toEqual(expect.arrayContaining([[undefined, { Ref: expect.stringMatching(/^Bus/) }], ['rate(1 hour)', undefined]]));
  });

  test('is looked at by nothing that is not asked for', () => {
    expect(announced({ reconcileOn: ReconcileOn.CHANGE })).toEqual({});
  });
});

describe('on a dataset that is still being made', () => {
  const awaited = (stack: Stack, wakes: object[] = []) => Dataset._ofImport({
    identity: '0123456789ab',
    record: objectLocation(s3.Bucket.fromBucketName(stack, 'Imports', 'my-imports'), 'a/import.json'),
    wake: (reconciler, event) => void wakes.push({ reconciler: reconciler.node.path, event }),
    maker: new CfnParameter(stack, 'Maker'),
    failed: { source: ['aws.states'], detail: { status: ['FAILED'] } },
  });

  test('is defined by the import, and woken by its end', () => {
    const stack = newStack();
    const wakes: object[] = [];
    const { properties } = job({ dataset: awaited(stack, wakes) }, stack);
    expect(properties.Dataset).toEqual({ ImportRecord: 's3://my-imports/a/import.json', ImportIdentity: '0123456789ab' });
    expect(decodeLabelingJobProperties({ ...asDelivered<any>({ ...properties, StateBucket: 's', Connection: { ServerUrl: 'https://a', SecretArn: 'b' } }) }).spec.dataset)
      .toEqual({ importRecord: 's3://my-imports/a/import.json', importIdentity: '0123456789ab' });
    expect(stack.resolve(wakes)).toEqual([{
      reconciler: 'Labels/SuperviselyLabelingJobProvider/Reconcile', event: { connection: expect.any(Object), stateBucket: expect.any(Object), key: expect.any(Object) },
    }]);
  });

  test('may read the import\'s record, and nothing else of its bucket', () => {
    const stack = newStack();
    job({ dataset: awaited(stack) }, stack);
    for (const handler of ['OnEvent', 'IsComplete', 'Reconcile']) {
      const statements = statementsOf(Template.fromStack(stack), `SuperviselyLabelingJobProvider${handler}`).filter(({ Resource }) => JSON.stringify(Resource).includes('my-imports'));
      expect(statements.map(({ Action, Resource }) => [Action, JSON.stringify(Resource).replace(/.*:s3:::|"\]\].*/g, '')])).toEqual([
        ['s3:ListBucket', 'my-imports'], ['s3:GetObject', 'my-imports/a/import.json'],
      ]);
    }
  });

  test('hears of an import that has failed', () => {
    const stack = newStack();
    job({ dataset: awaited(stack) }, stack);
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule'));
    expect(Properties.EventPattern).toEqual({ source: ['aws.states'], detail: { status: ['FAILED'] } });
    expect(JSON.stringify(Properties.Targets[0].InputTransformer)).toMatch(/importFailure.*the import of the dataset has ended without one: see the execution <detail-executionArn>/);
  });
});

test('no secret reaches the template', () => {
  const text = JSON.stringify(Template.fromStack(job().stack));
  expect(text).not.toMatch(/resolve:secretsmanager/);
  Template.fromStack(job().stack).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { NODE_OPTIONS: Match.anyValue() } }, Description: Match.stringLikeRegexp('^Supervisely labeling jobs'),
  });
});

test.each<[string, Overrides, string]>([
  ['no title', { title: ' ' }, "'title' \" \" is empty"],
  ['a slash in the title', { title: 'a/b' }, 'has a slash or a backslash'],
  ['a long title', { title: 'x'.repeat(200) }, 'has 200 characters, at most'],
  ['no dataset', { dataset: undefined }, "'dataset' is missing"],
  ['no labelers', { labelers: [] }, "'labelers' is empty, name at least one"],
  ['a labeler twice', { labelers: [User.fromUserId(1), User.fromUserId(1)] }, "'labelers' must hold each value once, got 1 more than once"],
  ['more people than fit', { labelers: Array.from({ length: 51 }, (_, index) => User.fromUserId(index + 1)) }, "'labelers' has 51 people, at most 50 fit: use several LabelingJobs, or a JobFleet"],
  ['a login twice', { labelers: [User.fromLogin('a'), User.fromLogin('a')] }, 'got "a" more than once'],
  ['a nameless reviewer', { reviewer: {} }, "'reviewer' must have a 'userId' or a 'login'"],
  ['a long description', { description: 'x'.repeat(256) }, "'description' must have at most 255 characters, got 256"],
  ['no classes', { classes: [] }, "'classes' is empty: leave it out for all classes of the project"],
  ['a class twice', { classes: ['a', 'a'] }, "'classes' must hold each value once"],
  ['an empty tag', { tags: [''] }, "'tags' must not hold an empty name"],
  ['a read-only tag twice', { readOnlyTags: ['a', 'a'] }, "'readOnlyTags' must hold each value once"],
  ['a limit of none', { objectsLimitPerImage: 0 }, "'objectsLimitPerImage' must be a whole number from 1, got 0"],
  ['a limit of a half', { tagsLimitPerImage: 0.5 }, "'tagsLimitPerImage' must be a whole number from 1, got 0.5"],
  ['no images', { imageIds: [] }, "'imageIds' is empty: leave it out for all images of the dataset"],
  ['an image twice', { imageIds: [1, 1] }, "'imageIds' must hold each value once, got 1"],
  ['more images than fit', { imageIds: Array.from({ length: 10_001 }, (_, index) => index + 1) }, "'imageIds' names 10001 images, at most 10000 fit: give images a tag"],
  ['no image at all', { imageIds: [0] }, "'imageIds' must be a whole number from 1, got 0"],
  ['a range from 0', { imagesRange: { start: 0, end: 1 } }, "'imagesRange.start' must be a whole number from 1, got 0"],
  ['a range backwards', { imagesRange: { start: 3, end: 2 } }, "'imagesRange' ends before it starts: 3 to 2"],
  ['images by id and by range', { imageIds: [1], imagesRange: { start: 1, end: 2 } }, "'imageIds' and 'imagesRange' both say which images"],
  ['a tag to have and to lack', { includeImagesWithTags: ['a'], excludeImagesWithTags: ['a'] }, 'both hold "a", so no image is left'],
  ['a guide 0', { guideId: 0 }, "'guideId' must be a whole number from 1"],
  ['an odd playback rate', { toolboxSettings: { playbackRate: 3 } }, "'toolboxSettings.playbackRate' must be one of 0.1, 0.3"],
  ['a step backwards', { toolboxSettings: { skipFramesSize: -1 } }, "'toolboxSettings.skipFramesSize' must be a whole number from 0, got -1"],
  ['the library\'s own custom data', { customData: { cdkLabelingWorkflows: 1 } }, '\'customData\' must not have the member "cdkLabelingWorkflows"'],
  ['a negative attempt', { attempt: -1 }, "'attempt' must be a whole number from 0, got -1"],
  ['half an attempt', { resume: { maxAttempts: 0.5 } }, "'resume.maxAttempts' must be a whole number from 0, got 0.5"],
  ['an empty reason', { relabel: '' }, "'relabel' must not be empty"],
  ['an hour', { timeout: Duration.hours(1) }, "'timeout' must be 1 second to 55 minutes"],
  ['a review that is never completed', { waitForStatus: LabelingJobStatus.REVIEW_COMPLETED }, "'review_completed' is a status of jobs with 'enableIntermediateReview' only"],
  ['waiting for work on a stopped job', { desiredStatus: LabelingJobStatus.STOPPED, waitForStatus: LabelingJobStatus.COMPLETED }, "'waitForStatus' 'completed' is never reached"],
  ['events that nobody sends', { reconcileOn: ReconcileOn.STATE_CHANGE },
    "'reconcileOn' is ReconcileOn.STATE_CHANGE, and the job system does not announce the ends of jobs: give the job a 'completionWebhook', or use a schedule"],
])('fails with %s', (_, overrides, problem) => {
  expect(() => job(overrides)).toThrow(problem);
});

test.each<[string, () => unknown, string]>([
  ['dataset 0', () => Dataset.fromDatasetId(0), "'datasetId' must be a whole number from 1, got 0"],
  ['a nameless dataset', () => Dataset.fromDatasetName(1, ''), "'datasetName' must not be empty"],
  ['user 0', () => User.fromUserId(0), "'userId' must be a whole number from 1, got 0"],
  ['a nameless user', () => User.fromLogin(''), "'login' must have 1 to 255 characters"],
  ['draining for ever', () => JobRemoval.drain({ timeout: Duration.hours(2) }), "'timeout' must be 1 second to 55 minutes"],
  ['draining twice', () => JobRemoval.drain({ then: JobRemoval.drain() }), "'then' must not drain again"],
])('fails with %s', (_, make, problem) => {
  expect(make).toThrow(problem);
});

test('tells all problems at once', () => {
  expect(() => job({ title: '', labelers: [], classes: [] })).toThrow(/has 3 problems/);
});

test('takes everything at its limit', () => {
  expect(() => job({
    title: 'x'.repeat(170), description: 'x'.repeat(255), objectsLimitPerImage: 1, tagsLimitPerImage: 1, imagesRange: { start: 1, end: 1 }, attempt: 0, timeout: Duration.minutes(55),
  })).not.toThrow();
});

import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  groundtruth, JobState, LabelCategories, LabelingBackend, LabelingInput, LabelingWorkflow, LabelingWorkflowProps, ReconcileOn, s3batch, supervisely,
  SuperviselyBackendOptions,
} from '../src';
import { newStack } from './groundtruth/fixtures';
import { connectionOf } from './supervisely/fixtures';

const { CompletionWebhook, ImportedLabels, LabelingTask, Project, User } = supervisely;
const JOB = 'Custom::SuperviselyLabelingJob';
const RECORDS = [{ 'source-ref': 's3://fruit/1.jpeg' }];

interface Made {
  readonly stack: Stack;
  readonly made: LabelingWorkflow;
}

function workflow(overrides: Partial<LabelingWorkflowProps> = {}, options: Partial<SuperviselyBackendOptions> = {}, stack = newStack()): Made {
  const made = new LabelingWorkflow(stack, 'Fruit', {
    backend: LabelingBackend.supervisely({
      connection: options.connection ?? connectionOf(stack),
      project: Project.fromProjectId(5555),
      datasetName: 'november',
      task: LabelingTask.boundingBox(),
      labelers: [User.fromUserId(101)],
      ...options,
    }),
    labels: LabelCategories.of('kiwi', 'lemon'),
    input: LabelingInput.fromRecords(RECORDS, { dataBuckets: [s3.Bucket.fromBucketName(stack, 'Data', 'fruit')] }),
    ...overrides,
  });
  return { stack, made };
}

function only(template: Template, type: string): Record<string, any> {
  const [resource, ...others] = Object.values(template.findResources(type));
  expect([type, others]).toEqual([type, []]);
  return resource;
}

/** What the state machines do, as text. */
const machines = (template: Template) => JSON.stringify(template.findResources('AWS::StepFunctions::StateMachine')).replace(/\\+"/g, '"');
const rules = (template: Template) => Object.values(template.findResources('AWS::Events::Rule')).map(({ Properties }) => Properties);

test('is an import, classes, jobs, a list of the team\'s jobs, an export that the jobs\' completion starts, and outputs', () => {
  const { stack } = workflow();
  const template = Template.fromStack(stack);
  const [importId] = Object.keys(template.findResources('Custom::SuperviselyDatasetImport'));
  const [metaId] = Object.keys(template.findResources('Custom::SuperviselyProjectMeta'));
  const { Properties: meta } = only(template, 'Custom::SuperviselyProjectMeta');
  expect([meta.ProjectId, JSON.parse(meta.Classes).map(({ title, shape }: Record<string, string>) => [title, shape])]).toEqual([
    { 'Fn::GetAtt': [importId, 'ProjectId'] }, [['kiwi', 'rectangle'], ['lemon', 'rectangle']],
  ]);
  const { Properties: job, DependsOn } = only(template, JOB);
  expect(job).toMatchObject({
    Dataset: { ImportIdentity: expect.stringMatching(/^[0-9a-f]{12}$/) },
    TeamId: { 'Fn::GetAtt': [importId, 'TeamId'] },
    Settings: { Title: 'november' },
    Work: { Classes: ['kiwi', 'lemon'] },
  });
  expect(DependsOn).toEqual(expect.arrayContaining([importId, metaId]));
  expect(only(template, 'Custom::SuperviselyLabelingJobInventory').Properties.TeamId).toEqual({ 'Fn::GetAtt': [importId, 'TeamId'] });
  const starts = rules(template).filter(({ EventPattern }) => EventPattern?.detail.state?.includes('Completed'));
  expect(starts).toMatchObject([{ EventPattern: { detail: { jobName: [{ prefix: expect.stringMatching(/^labels-[0-9a-f]{6}-fruit-job-[0-9a-f]{8}-$/) }] } } }]);
  expect(JSON.stringify(starts[0].Targets)).toContain('FruitExportStateMachine');
  expect(Object.keys(template.toJSON().Outputs).map((id) => id.replace(/^Fruit|[0-9A-F]{8}$/g, '')).sort()).toEqual([
    'DescribeCommand', 'ExportExportCommand', 'ExportShowCommand', 'InputUri', 'InventoryUri', 'JobName', 'JobState', 'NotImportedUri', 'OutputUri',
  ]);
});

test('looks every hour, because nobody else would see the end', () => {
  expect(rules(Template.fromStack(workflow().stack)).map(({ ScheduleExpression }) => ScheduleExpression)).toContain('rate(1 hour)');
});

test('looks when the server announces a completed job, where there is a webhook', () => {
  const stack = newStack();
  const completionWebhook = new CompletionWebhook(stack, 'Hook', { connection: connectionOf(stack), teamId: 8 });
  workflow({}, { completionWebhook, connection: stack.node.findChild('Server') as supervisely.Connection }, stack);
  const template = Template.fromStack(stack);
  expect(rules(template).map(({ EventPattern }) => EventPattern?.['detail-type']?.[0])).toContain('Supervisely Labeling Job Completed');
  expect(rules(template).map(({ ScheduleExpression }) => ScheduleExpression)).toContain('rate(1 hour)');
});

test.each<[string, Partial<LabelingWorkflowProps>, Partial<SuperviselyBackendOptions>]>([
  ['the workflow', { reconcileOn: ReconcileOn.PARAMETER }, {}], ['the backend', {}, { reconcileOn: ReconcileOn.PARAMETER }],
])('looks only when it is asked to, if %s says so', (_, overrides, options) => {
  const template = Template.fromStack(workflow(overrides, options).stack);
  expect(only(template, JOB).Properties.ReconcileNonce).toEqual({ Ref: 'ReconcileNonce' });
  expect(rules(template).filter(({ ScheduleExpression }) => ScheduleExpression)).toEqual([]);
});

test.each<[string, supervisely.LabelingTask, object, object, string]>([
  ['masks', LabelingTask.semanticSegmentation(), { classes: [['kiwi', 'bitmap'], ['lemon', 'bitmap']], tags: [] }, { Classes: ['kiwi', 'lemon'] }, 'label-ref'],
  ['polygons', LabelingTask.polygons(), { classes: [['kiwi', 'polygon'], ['lemon', 'polygon']], tags: [] }, { Classes: ['kiwi', 'lemon'] }, 'label'],
  ['one class an image', LabelingTask.classification({ tag: 'kind' }), { classes: [], tags: [['kind', 'oneof_string', ['kiwi', 'lemon'], 'imagesOnly']] }, { Tags: ['kind'] }, 'label'],
  ['several classes an image', LabelingTask.multiLabelClassification(), {
    classes: [], tags: [['kiwi', 'none', undefined, 'imagesOnly'], ['lemon', 'none', undefined, 'imagesOnly']],
  }, { Tags: ['kiwi', 'lemon'] }, 'label'],
])('labels become what a task of %s needs', (_, task, expected, work, attribute) => {
  const template = Template.fromStack(workflow({}, { task }).stack);
  const { Properties: { Classes, Tags } } = only(template, 'Custom::SuperviselyProjectMeta');
  const classes = JSON.parse(Classes).map(({ title, shape }: Record<string, string>) => [title, shape]);
  const tags = JSON.parse(Tags).map(({ name, value_type: type, values, applicable_type: on }: Record<string, unknown>) => [name, type, values, on]);
  expect({ classes, tags }).toEqual(expected);
  expect(only(template, JOB).Properties.Work).toEqual(work);
  expect(machines(template).includes(`"labelAttributeName":"${attribute}"`)).toBe(true);
});

test('without labels the project\'s own classes and tags are used', () => {
  const template = Template.fromStack(workflow({ labels: undefined }, { classes: ['kiwi'], tags: ['size'] }).stack);
  template.resourceCountIs('Custom::SuperviselyProjectMeta', 0);
  expect(only(template, JOB).Properties.Work).toEqual({ Classes: ['kiwi'], Tags: ['size'] });
});

test('what is labeled already is not labeled again, and stands in the output', () => {
  const template = Template.fromStack(workflow({}, { importedLabels: [ImportedLabels.boundingBoxes('boxes')], excludeImagesWithTags: ['blurred'] }).stack);
  expect(only(template, JOB).Properties.Work.ExcludeImagesWithTags).toEqual(['blurred', 'ground-truth']);
  expect(machines(template).includes('"dataset":{"ImportRecord"')).toBe(true);
});

test('prepared objects are imported when they are prepared', () => {
  const { stack, made } = workflow({ prepare: [s3batch.DataPreparation.checksum()] });
  const template = Template.fromStack(stack);
  expect(only(template, 'Custom::SuperviselyDatasetImport').Properties.AwaitsManifest).toBe('true');
  expect(made.bucket).toBe(made.preparedData!.bucket);
  expect(machines(template)).toMatch(/"wakes":.*SuperviselyDatasetImportProviderStart/);
});

test('tags labeled objects after each export', () => {
  const template = Template.fromStack(workflow({ tagLabeledObjects: { labeled: 'yes' } }).stack);
  const [{ Targets }] = rules(template).filter(({ EventPattern }) => EventPattern?.['detail-type']?.[0] === 'Supervisely Labels Exported');
  expect(Targets).toMatchObject([{ InputTransformer: { InputPathsMap: { id: '$.id' }, InputTemplate: '{"jobArn":"export/<id>"}' } }]);
});

describe('its rules', () => {
  function pattern(method: 'onStateChange' | 'onCompleted' | 'onFailed' | 'onStopped'): Record<string, any> {
    const { stack, made } = workflow({ listJobs: false });
    made[method]('Mine', { description: 'mine' });
    return rules(Template.fromStack(stack)).find(({ Description }) => Description === 'mine')!.EventPattern;
  }
  const jobs = (...state: JobState[]) => ({ jobName: [{ prefix: expect.stringMatching(/-fruit-job-[0-9a-f]{8}-$/) }], state });
  const exported = { labels: [{ 'Fn::Join': ['', ['s3://', expect.anything(), '/labels/manifests/output/output.manifest']] }], completed: [true] };
  const notExported = { stateMachineArn: [{ Ref: expect.stringMatching(/^FruitExportStateMachine/) }], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] };

  test('say that it is completed when the labels of completed jobs can be read', () => {
    expect(pattern('onCompleted')).toEqual({ 'source': ['cdk-labeling-workflows.supervisely'], 'detail-type': ['Supervisely Labels Exported'], 'detail': exported });
  });

  test('say that it has failed when a look or the export has', () => {
    expect(pattern('onFailed')).toEqual({
      'source': ['cdk-labeling-workflows.supervisely', 'aws.states'],
      'detail-type': ['Supervisely Labeling Job State Change', 'Step Functions Execution Status Change'],
      'detail': { $or: [jobs(JobState.FAILED), notExported] },
    });
  });

  test('say that it is stopped, or that it has ended at all', () => {
    expect(pattern('onStopped').detail).toEqual(jobs(JobState.STOPPED));
    expect(pattern('onStateChange').detail).toEqual({ $or: [exported, jobs(JobState.FAILED, JobState.STOPPED), notExported] });
  });
});

describe('its command', () => {
  const command = (stack: Stack): string => {
    const [[, { Value }]] = Object.entries(Template.fromStack(stack).toJSON().Outputs).filter(([id]) => id.includes('DescribeCommand')) as [[string, any]];
    return Value['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : '*')).join('');
  };

  test('shows the jobs, and not the token', () => {
    expect(command(workflow().stack)).toBe('aws secretsmanager get-secret-value --region * --secret-id arn:*:secretsmanager:*:*:secret:supervisely/token --query SecretString --output text'
      + ' | sed \'s/^/x-api-key: /\' | curl -sS -H @- -H \'content-type: application/json\''
      + ' -d \'{"teamId":*,"showDisabled":true,"filter":[{"field":"datasetId","operator":"=","value":*}]}\' https://labels.example.com/public/api/v3/jobs.list');
  });

  test('takes the token out of its field', () => {
    const stack = newStack();
    workflow({}, { connection: connectionOf(stack, { apiTokenField: 'token' }) }, stack);
    expect(command(stack)).toContain(' | node -p \'JSON.parse(require("fs").readFileSync(0))["token"]\' | sed');
  });
});

test('shows what only Supervisely offers, and nothing of Ground Truth', () => {
  const { made } = workflow({ outputs: false });
  expect(made.superviselyJob).toBeInstanceOf(supervisely.LabelingJob);
  expect([made.superviselyInventory, made.datasetImport, made.labelsExport].map((one) => one?.node.id)).toEqual(['Inventory', 'Import', 'Export']);
  expect(() => made.groundTruthJob).toThrow("'groundTruthJob' exists only with LabelingBackend.groundTruth()");
  expect(made.failedCount).toBe(0);
});

test('does without list and outputs', () => {
  const template = Template.fromStack(workflow({ listJobs: false, outputs: false }).stack);
  template.resourceCountIs('Custom::SuperviselyLabelingJobInventory', 0);
  expect(template.toJSON().Outputs).toBeUndefined();
});

test('its list follows the states of its jobs, if asked to', () => {
  const stack = newStack();
  workflow({}, { inventory: { reconcileOn: ReconcileOn.STATE_CHANGE } }, stack);
  Template.fromStack(stack).hasResourceProperties('AWS::Events::Rule', {
    EventPattern: { 'detail-type': ['Supervisely Labeling Job State Change'], 'detail': { jobName: [{ prefix: Match.stringLikeRegexp('-fruit-job-') }], state: Match.absent() } },
    Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SuperviselyLabelingJobInventoryProviderReconcile'), 'Arn'] } })],
  });
});

test.each<[string, Partial<LabelingWorkflowProps>, Partial<SuperviselyBackendOptions>, string]>([
  ['texts', { input: LabelingInput.fromRecords([{ source: 'a' }]) }, {}, "'input' must name images"],
  ['labels that are known at deployment only', { labels: LabelCategories.fromBucket(s3.Bucket.fromBucketName(newStack(), 'Given', 'given'), 'labels.json') }, {}, "'labels' must be known at synthesis"],
  ['attributes of labels', { labels: LabelCategories.detailed([{ name: 'a', editable: false }]) }, {}, "attributes and 'editable' are for video frames"],
  ['labels and classes', {}, { classes: ['kiwi'] }, "'labels' says what the classes are: leave 'classes' out"],
  ['prepared lines with labels', { prepare: [s3batch.DataPreparation.checksum()] }, { importedLabels: [ImportedLabels.boundingBoxes('a')] }, "'importedLabels' names labels of the declared lines"],
  ['a nameless dataset', {}, { datasetName: '' }, "'datasetName' must have 1 to 255 characters"],
  ['an attribute without -ref for masks', {}, { task: LabelingTask.semanticSegmentation(), labelAttributeName: 'label' }, '-ref'],
  ['looks that nobody announces', { reconcileOn: ReconcileOn.STATE_CHANGE, listJobs: false }, {}, "give the job a 'completionWebhook', or use a schedule"],
])('fails with %s', (_, overrides, options, problem) => {
  expect(() => workflow(overrides, options)).toThrow(problem);
});

test('fails with a stream', () => {
  const stack = newStack();
  const intake = new groundtruth.StreamIntake(stack, 'Intake');
  expect(() => workflow({ input: LabelingInput.streaming(intake) }, {}, stack)).toThrow("'input' must be a list of images, which a stream is not");
});

test('a schedule of one\'s own takes the place of the hourly look', () => {
  const template = Template.fromStack(workflow({}, { reconcileOn: ReconcileOn.schedule(events.Schedule.rate(Duration.days(1))) }).stack);
  expect(rules(template).flatMap(({ ScheduleExpression }) => ScheduleExpression ?? [])).toEqual(['rate(1 day)']);
});

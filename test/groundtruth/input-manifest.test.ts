import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { jobProps, newStack, synthJob } from './fixtures';
import { groundtruth, LabelCategories, LabelingInput } from '../../src';

const { InputManifest, LabelingJob, TaskType, WorkerTemplate } = groundtruth;

let folder: string;
beforeAll(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'input-manifest-')); });
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const where = path.join(folder, name);
  fs.writeFileSync(where, content);
  return where;
}

/** The content of the one asset with this extension. */
function assetOf(stack: Stack, extension: string): string {
  const { directory } = (stack.node.root as App).synth();
  const [name] = fs.readdirSync(directory).filter((each) => each.startsWith('asset.') && each.endsWith(extension));
  return fs.readFileSync(path.join(directory, name), 'utf8');
}

describe('a manifest of records', () => {
  const records: Array<Record<string, string>> = [{ source: 'say "no"\n\u2028 😀', ticket: '1' }, { source: 'b' }];

  test('is an asset of JSON Lines', () => {
    const { stack, request } = synthJob({ input: InputManifest.fromRecords(records) });
    const text = assetOf(stack, '.manifest');
    expect(text.trimEnd().split('\n').map((line) => JSON.parse(line))).toEqual(records);
    expect(JSON.stringify(request.InputConfig.DataSource.S3DataSource.ManifestS3Uri)).toMatch(/"s3:\/\/".*cdk-.*\.manifest"/);
  });

  test('keeps its address as long as it says the same', () => {
    const uri = (source: string) => synthJob({ input: InputManifest.fromRecords([{ source }]) }).request.InputConfig.DataSource.S3DataSource;
    expect(uri('a')).toEqual(uri('a'));
    expect(uri('a')).not.toEqual(uri('b'));
  });

  test('of more lines than the quota gives a warning', () => {
    const { stack } = synthJob({ input: InputManifest.fromRecords(Array.from({ length: 100_001 }, () => ({ source: 'a' }))) });
    Annotations.fromStack(stack).hasWarning('/Labels/Job', Match.stringLikeRegexp('100001 lines'));
  });

  test('may serve two jobs', () => {
    const stack = newStack();
    const input = InputManifest.fromRecords(records);
    const props = jobProps(stack, { input });
    new LabelingJob(stack, 'First', props);
    expect(() => new LabelingJob(stack, 'Second', props)).not.toThrow();
  });
});

describe('a manifest file', () => {
  test('is an asset, and its content is the identity', () => {
    const a = synthJob({ input: InputManifest.fromAsset(file('a.jsonl', '{"source":"a"}\n')) });
    const b = synthJob({ input: InputManifest.fromRecords([{ source: 'a' }]) });
    expect(a.properties.Identity.Input).toBe(b.properties.Identity.Input);
    expect(assetOf(a.stack, '.jsonl')).toBe('{"source":"a"}\n');
  });

  test('fails with its name and line', () => {
    const where = file('bad.manifest', '{"source":"a"}\noops\n');
    expect(() => synthJob({ input: InputManifest.fromAsset(where) })).toThrow(`${where}: line 2 is not JSON`);
  });

  test('fails when it is not there or a folder', () => {
    expect(() => InputManifest.fromAsset('/nowhere/a.manifest')).toThrow(/cannot read "\/nowhere\/a.manifest" \(ENOENT/);
    expect(() => InputManifest.fromAsset(folder)).toThrow('EISDIR');
  });
});

test('an input for any system becomes the same manifest', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'In', 'my-in');
  const uriOf = (input: LabelingInput) => {
    const scope = new Stack(stack, `S${stack.node.children.length}`);
    return JSON.stringify(scope.resolve(InputManifest._from(input)._bind(scope).uri));
  };
  expect(uriOf(LabelingInput.fromManifest(bucket, 'a/b.manifest'))).toBe('"s3://my-in/a/b.manifest"');
  expect(uriOf(LabelingInput.fromAsset(file('c.manifest', '{"source":"a"}')))).toContain('.manifest');
  expect(uriOf(LabelingInput.fromRecords([{ source: 'a' }]))).toContain('.manifest');
});

describe('label categories', () => {
  test('are an asset in Ground Truth\'s format', () => {
    const { stack, request } = synthJob({ labels: LabelCategories.of('ham', 'spam') });
    expect(JSON.parse(assetOf(stack, '.json'))).toMatchObject({ 'document-version': '2018-11-28', 'labels': [{ label: 'ham' }, { label: 'spam' }] });
    expect(JSON.stringify(request.LabelCategoryConfigS3Uri)).toMatch(/"s3:\/\/".*\.json"/);
  });

  test('of a file are read and counted', () => {
    const one = file('one.json', '{"document-version":"2018-11-28","labels":[{"label":"a"}]}');
    expect(() => synthJob({ labels: LabelCategories.fromAsset(one) })).toThrow("'labels' has 1 label");
    const two = file('two.json', '{"document-version":"2018-11-28","labels":[{"label":"a"},{"label":"b"}]}');
    expect(() => synthJob({ labels: LabelCategories.fromAsset(two) })).not.toThrow();
    expect(() => LabelCategories.fromAsset(file('bad.json', '{}'))).toThrow('document-version');
    expect(() => LabelCategories.of('a', 'a')).toThrow('stands there twice');
  });

  test('of a custom type may be missing', () => {
    const { request, properties } = synthJob({ labels: undefined, taskType: TaskType.custom({ template: WorkerTemplate.fromString('<crowd-form></crowd-form>') }) });
    expect(request).not.toHaveProperty('LabelCategoryConfigS3Uri');
    expect(properties.Identity).toMatchObject({ LabelCategories: 'none', TaskType: 'Custom' });
  });
});

describe('worker templates', () => {
  test('are HTML', () => {
    const { stack, request } = synthJob({ taskType: TaskType.textClassification({ template: WorkerTemplate.standard({ header: 'Spam?' }) }) });
    expect(JSON.stringify(request.HumanTaskConfig.UiConfig.UiTemplateS3Uri)).toMatch(/"s3:\/\/".*\.html"/);
    expect(assetOf(stack, '.html')).toContain('header="Spam?"');
  });

  test('of a file of another extension become HTML', () => {
    const template = WorkerTemplate.fromAsset(file('page.liquid', '<crowd-form>mine</crowd-form>'));
    expect(assetOf(synthJob({ taskType: TaskType.textClassification({ template }) }).stack, '.html')).toBe('<crowd-form>mine</crowd-form>');
  });

  test('of a file are taken as they are', () => {
    const template = WorkerTemplate.fromAsset(file('page.html', '<crowd-form>file</crowd-form>'));
    const { stack, revision } = synthJob({ taskType: TaskType.textClassification({ template }) }, { known: true });
    expect(assetOf(stack, '.html')).toBe('<crowd-form>file</crowd-form>');
    expect((revision as any).template).toMatch(/^sha256:/);
  });

  test('fail without a form, when they are not there, and as a standard for a custom type', () => {
    expect(() => WorkerTemplate.fromString('<p>')).toThrow('<crowd-form>');
    expect(() => WorkerTemplate.fromAsset('/nowhere.html')).toThrow('ENOENT');
    expect(() => synthJob({ taskType: TaskType.custom({ template: WorkerTemplate.standard() }) })).toThrow("'template' has no standard for task type Custom");
  });
});

describe('task types', () => {
  test.each([
    ['TextMultiClass', TaskType.textClassification(), 'source'],
    ['TextMultiClassMultiLabel', TaskType.multiLabelTextClassification(), 'source'],
    ['ImageMultiClass', TaskType.imageClassification(), 'source-ref'],
    ['ImageMultiClassMultiLabel', TaskType.multiLabelImageClassification(), 'source-ref'],
  ])('%s has its functions and its page', (id, taskType, key) => {
    const { request, properties } = synthJob({ taskType, input: InputManifest.fromRecords([{ [key]: 's3://images/a.png' }]) });
    expect(properties).toMatchObject({ LabelsOnlyUnlabeled: 'true', Identity: { TaskType: id } });
    expect(JSON.stringify(request.HumanTaskConfig.PreHumanTaskLambdaArn)).toContain(`:function:PRE-${id}"`);
    expect(JSON.stringify(request.HumanTaskConfig.AnnotationConsolidationConfig)).toContain(`:function:ACS-${id}"`);
  });

  test('Custom has neither without functions', () => {
    const { request, properties } = synthJob({ taskType: TaskType.custom({ template: WorkerTemplate.fromString('<crowd-form></crowd-form>') }) });
    expect(properties.LabelsOnlyUnlabeled).toBe('false');
    expect(request.HumanTaskConfig).not.toHaveProperty('PreHumanTaskLambdaArn');
    expect(request.HumanTaskConfig).not.toHaveProperty('AnnotationConsolidationConfig');
  });
});

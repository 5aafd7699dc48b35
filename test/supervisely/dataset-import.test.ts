import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { connectionOf, propertiesOf } from './fixtures';
import { groundtruth, LabelingInput, s3batch, supervisely } from '../../src';
import { PreparedData } from '../../src/s3batch/prepared-data';
import { DATASET_IMPORT_ATTRIBUTES } from '../../src/supervisely/private/dataset-import-contract';
import { jobProps as groundTruthJobProps, newStack } from '../groundtruth/fixtures';

const { DatasetImport, ImageTransfer, ImportedLabels, LabelingJob, Project } = supervisely;
const TYPE = 'Custom::SuperviselyDatasetImport';
const RECORDS = [{ 'source-ref': 's3://photos/a.png' }];

function importProps(stack: Stack, overrides: Partial<supervisely.DatasetImportProps> = {}): supervisely.DatasetImportProps {
  return {
    connection: stack.node.tryFindChild('Server') as supervisely.Connection | undefined ?? connectionOf(stack),
    project: Project.fromProjectName(349, 'Fruit'),
    datasetName: 'photos',
    input: LabelingInput.fromRecords(RECORDS),
    ...overrides,
  };
}

function imported(stack: Stack, overrides: Partial<supervisely.DatasetImportProps> = {}, id = 'Import'): supervisely.DatasetImport {
  return new DatasetImport(stack, id, importProps(stack, overrides));
}

const labels = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Labels', 'labels');
const identity = (overrides: (stack: Stack) => Partial<supervisely.DatasetImportProps>): string => {
  const stack = newStack();
  imported(stack, overrides(stack));
  return propertiesOf(stack, TYPE).Identity;
};

test('says what is imported, and where to', () => {
  const stack = newStack();
  imported(stack, { labels: [ImportedLabels.boundingBoxes('boxes')], attempt: 2 });
  expect(propertiesOf(stack, TYPE)).toMatchObject({
    ContractVersion: '1',
    Connection: { ServerUrl: 'https://labels.example.com' },
    Target: { WorkspaceId: 349, ProjectName: 'Fruit', DatasetName: 'photos' },
    Attempt: 2,
    TimeoutSeconds: 3000,
    Identity: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
  const definition = JSON.stringify(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine', Match.objectLike({
    Properties: { DefinitionString: Match.anyValue(), TracingConfiguration: { Enabled: true } },
  })));
  expect(definition).toContain('BOUNDING_BOX');
  expect(definition).toContain('ground-truth');
});

test('another list, other labels and another place are another import; how images get there, tag and attempt are not', () => {
  const same = identity(() => ({}));
  const others: Array<Partial<supervisely.DatasetImportProps>> = [
    { input: LabelingInput.fromRecords([{ 'source-ref': 's3://photos/b.png' }]) }, { labels: [ImportedLabels.boundingBoxes('boxes')] },
    { labels: [ImportedLabels.polygons('boxes')] }, { datasetName: 'other' }, { project: Project.fromProjectId(7) },
  ];
  expect(new Set([same, ...others.map((each) => identity(() => each))]).size).toBe(others.length + 1);
  for (const each of [{ images: ImageTransfer.UPLOAD }, { labeledTag: 'done' }, { attempt: 3 }, { waitForCompletion: true }]) expect(identity(() => each)).toBe(same);
});

test('a list in a bucket is read, and of its images only what is uploaded or painted', () => {
  const readsAll = (overrides: Partial<supervisely.DatasetImportProps>) => {
    const stack = newStack();
    imported(stack, { input: LabelingInput.fromManifest(labels(stack), 'boxes.manifest'), ...overrides });
    return JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy')).includes(':s3:::labels/*');
  };
  expect([{}, { labels: [ImportedLabels.boundingBoxes('b')] }].map(readsAll)).toEqual([false, false]);
  const painted = [ImportedLabels.semanticSegmentation('m-ref'), ImportedLabels.instanceSegmentation('m-ref')];
  expect([{ images: ImageTransfer.UPLOAD }, ...painted.map((one) => ({ labels: [one] }))].map(readsAll)).toEqual([true, true, true]);
});

test('a job of the app tells attribute, form and manifest of its labels', () => {
  const stack = newStack();
  const job = new groundtruth.LabelingJob(stack, 'Boxes', groundTruthJobProps(stack, {
    taskType: groundtruth.TaskType.boundingBox(), input: groundtruth.InputManifest.fromRecords(RECORDS), labelAttributeName: 'boxes',
  }));
  imported(stack, { input: undefined, labels: [ImportedLabels.ofJob(job)] });
  const { ManifestUri } = propertiesOf(stack, TYPE);
  expect(JSON.stringify(ManifestUri)).toContain('OutputDatasetS3Uri');
  expect(ImportedLabels.ofJob(job)._sources).toEqual([{ attribute: 'boxes', form: 'BOUNDING_BOX' }]);
});

test('an export of jobs brings its manifest', () => {
  const stack = newStack();
  const job = groundtruth.LabelingJob.fromLabelingJobName(stack, 'Old', 'old');
  const all = new groundtruth.LabelsExport(stack, 'All', { jobs: [job], bucket: labels(stack) });
  imported(stack, { input: undefined, labels: [ImportedLabels.ofExport(all, [ImportedLabels.classification('animal')])] });
  expect(JSON.stringify(stack.resolve(propertiesOf(stack, TYPE).ManifestUri))).toContain('export/labels.jsonl');
});

test('a job on the dataset waits for the import', () => {
  const stack = newStack();
  const made = imported(stack);
  new LabelingJob(stack, 'Job', { connection: stack.node.findChild('Server') as supervisely.Connection, dataset: made.dataset, title: 'a', labelers: [supervisely.User.fromUserId(1)] });
  expect(JSON.stringify(propertiesOf(stack, 'Custom::SuperviselyLabelingJob').Dataset)).toContain('import.json');
  const machine = JSON.stringify(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine', { Properties: { TracingConfiguration: { Enabled: true } } }));
  expect(machine).toContain('functionArn');
});

test('an import of prepared images begins when they are prepared', () => {
  const stack = newStack();
  const prepared = new PreparedData(stack, 'Prepared', { input: LabelingInput.fromRecords(RECORDS), steps: [s3batch.DataPreparation.checksum()] });
  imported(stack, { input: LabelingInput._of(prepared._manifest()) });
  expect(propertiesOf(stack, TYPE).AwaitsManifest).toBe('true');
});

test('reads attributes of the contract', () => {
  const stack = newStack();
  const { projectId, datasetId, teamId } = imported(stack);
  expect([projectId, datasetId, teamId].map((value) => stack.resolve(value)['Fn::GetAtt'][1])).toEqual([...DATASET_IMPORT_ATTRIBUTES]);
});

test('its ends are events', () => {
  const stack = newStack();
  const made = imported(stack);
  made.onImported('Done');
  made.onFailed('Broken');
  const patterns = Object.values(Template.fromStack(stack).findResources('AWS::Events::Rule')).map(({ Properties }) => Properties.EventPattern?.detail?.status);
  expect(patterns).toEqual(expect.arrayContaining([['SUCCEEDED'], ['FAILED', 'TIMED_OUT', 'ABORTED']]));
});

const text = (stack: Stack) => new groundtruth.LabelingJob(stack, 'Mails', groundTruthJobProps(stack));

test.each<[string, (stack: Stack) => unknown, string]>([
  ['no list', (stack) => imported(stack, { input: undefined }), "'input' is missing"],
  ['texts', (stack) => imported(stack, { input: LabelingInput.fromRecords([{ source: 'a text' }]) }), "line 1 has no 'source-ref'"],
  ['an empty name', (stack) => imported(stack, { datasetName: '' }), "'datasetName' must have 1 to 255 characters"],
  ['a slash', (stack) => imported(stack, { datasetName: 'a/b' }), "no '/' and"],
  ['a tag with a space', (stack) => imported(stack, { labeledTag: ' a' }), "'labeledTag' must have"],
  ['no labels', (stack) => imported(stack, { labels: [] }), "'labels' is empty"],
  ['an attribute twice', (stack) => imported(stack, { labels: [ImportedLabels.polygons('a'), ImportedLabels.boundingBoxes('a')] }), '\'labels\' names the attribute "a" twice'],
  ['an empty attribute', () => ImportedLabels.polygons(''), "'labelAttributeName' must have 1 to 127 characters"],
  ['no attempt', (stack) => imported(stack, { attempt: 0 }), "'attempt' must be a whole number from 1, got 0"],
  ['time for nothing', (stack) => imported(stack, { timeout: Duration.minutes(5) }), "'timeout' is for 'waitForCompletion' only"],
  ['too much time', (stack) => imported(stack, { waitForCompletion: true, timeout: Duration.hours(1) }), "'timeout' must be 1 second to 55 minutes"],
  ['a project without name', () => Project.fromProjectName(1, ''), "'projectName' must have 1 to 255 characters"],
  ['no project', () => Project.fromProjectId(0), "'projectId' must be a whole number from 1"],
  ['labels of texts', (stack) => ImportedLabels.ofJob(text(stack)), 'cannot be told to be labels of images'],
  ['two lists', (stack) => imported(stack, {
    labels: [ImportedLabels.ofExport(new groundtruth.LabelsExport(stack, 'All', { jobs: [text(stack)] }), [ImportedLabels.polygons('a')])],
  }), "'input' must be left out"],
])('fails with %s', (_, make, problem) => {
  expect(() => make(newStack())).toThrow(problem);
});

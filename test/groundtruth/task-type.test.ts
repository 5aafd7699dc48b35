import { aws_s3 as s3, Duration } from 'aws-cdk-lib';
import { newStack, synthJob } from './fixtures';
import { groundtruth, LabelAttribute, LabelCategories } from '../../src';

const { TaskType, WorkerTemplate } = groundtruth;
const audit = { auditLabelAttributeName: 'before-ref' };
const template = WorkerTemplate.fromString('<crowd-form></crowd-form>');

/** Every built-in task type: its functions' suffix, AWS's own page if it has one, whether the label attribute ends in -ref. */
const TYPES: Array<[suffix: string, type: groundtruth.TaskType, page: string | undefined, ref: boolean]> = [
  ['TextMultiClass', TaskType.textClassification(), undefined, false],
  ['TextMultiClassMultiLabel', TaskType.multiLabelTextClassification(), undefined, false],
  ['NamedEntityRecognition', TaskType.namedEntityRecognition(), 'NamedEntityRecognition', false],
  ['ImageMultiClass', TaskType.imageClassification(), undefined, false],
  ['ImageMultiClassMultiLabel', TaskType.multiLabelImageClassification(), undefined, false],
  ['BoundingBox', TaskType.boundingBox(), undefined, false],
  ['SemanticSegmentation', TaskType.semanticSegmentation(), undefined, true],
  ['VideoMultiClass', TaskType.videoClassification(), undefined, false],
  ['VideoObjectDetection', TaskType.videoObjectDetection(), 'VideoObjectDetection', true],
  ['VideoObjectTracking', TaskType.videoObjectTracking(), 'VideoObjectTracking', true],
  ['3DPointCloudObjectDetection', TaskType.pointCloudObjectDetection(), 'PointCloudObjectDetection', false],
  ['3DPointCloudObjectTracking', TaskType.pointCloudObjectTracking(), 'PointCloudObjectTracking', true],
  ['3DPointCloudSemanticSegmentation', TaskType.pointCloudSemanticSegmentation(), 'PointCloudSemanticSegmentation', true],
  ['VerificationBoundingBox', TaskType.boundingBoxVerification({ ...audit, template }), undefined, false],
  ['AdjustmentBoundingBox', TaskType.boundingBoxAdjustment(audit), undefined, false],
  ['VerificationSemanticSegmentation', TaskType.semanticSegmentationVerification({ ...audit, template }), undefined, false],
  ['AdjustmentSemanticSegmentation', TaskType.semanticSegmentationAdjustment({ ...audit, template }), undefined, true],
  ['AdjustmentVideoObjectDetection', TaskType.videoObjectDetectionAdjustment(audit), 'VideoObjectDetection', true],
  ['AdjustmentVideoObjectTracking', TaskType.videoObjectTrackingAdjustment(audit), 'VideoObjectTracking', true],
  ['Adjustment3DPointCloudObjectDetection', TaskType.pointCloudObjectDetectionAdjustment(audit), 'PointCloudObjectDetection', false],
  ['Adjustment3DPointCloudObjectTracking', TaskType.pointCloudObjectTrackingAdjustment(audit), 'PointCloudObjectTracking', true],
  ['Adjustment3DPointCloudSemanticSegmentation', TaskType.pointCloudSemanticSegmentationAdjustment(audit), 'PointCloudSemanticSegmentation', true],
  ['PassThrough', TaskType.passThrough({ template }), undefined, false],
];

function inBucket(taskType: groundtruth.TaskType, ref: boolean) {
  const stack = newStack({ env: { region: 'us-east-1', account: '111122223333' } });
  const bucket = s3.Bucket.fromBucketName(stack, 'Data', 'data');
  const input = groundtruth.InputManifest.fromBucket(bucket, 'input.manifest');
  return synthJob({ taskType, input, labels: LabelCategories.of('Car', 'Bus'), labelAttributeName: ref ? 'own-ref' : 'own' }, { stack });
}

test.each(TYPES)('%s has the functions and the page of its own', (suffix, taskType, page, ref) => {
  const { HumanTaskConfig } = inBucket(taskType, ref).request;
  expect(HumanTaskConfig.PreHumanTaskLambdaArn).toBe(`arn:aws:lambda:us-east-1:432418664414:function:PRE-${suffix}`);
  expect(HumanTaskConfig.AnnotationConsolidationConfig.AnnotationConsolidationLambdaArn).toBe(`arn:aws:lambda:us-east-1:432418664414:function:ACS-${suffix}`);
  const { HumanTaskUiArn, UiTemplateS3Uri } = HumanTaskConfig.UiConfig;
  expect([HumanTaskUiArn !== undefined, UiTemplateS3Uri !== undefined]).toEqual([page !== undefined, page === undefined]);
  if (page !== undefined) expect(JSON.stringify(HumanTaskUiArn)).toContain(`:394669845002:human-task-ui/${page}"`);
});

test.each(TYPES)('%s refuses a label attribute with the wrong ending', (_, taskType, __, ref) => {
  expect(() => inBucket(taskType, !ref)).toThrow(ref ? 'must end in \'-ref\'' : 'must not end in \'-ref\'');
});

test('an adjustment must not write over the labels that it reads', () => {
  const stack = newStack();
  const input = groundtruth.InputManifest.fromBucket(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'input.manifest');
  const taskType = TaskType.videoObjectTrackingAdjustment(audit);
  expect(() => synthJob({ taskType, input, labels: LabelCategories.of('Car'), labelAttributeName: 'before-ref' }, { stack })).toThrow('must differ from the attribute');
});

test('other instructions are a revision, not another meaning of the labels', () => {
  const job = (shortInstructions?: string) => inBucket(TaskType.namedEntityRecognition({ shortInstructions }), false);
  const [silent, first, second] = [job(), job('Mark names'), job('Mark places')].map(({ properties, revision }) => ({ identity: properties.Identity.LabelCategories, revision }));
  expect(new Set([silent.identity, first.identity, second.identity]).size).toBe(1);
  expect(first.revision).not.toEqual(second.revision);
  expect(silent.revision).not.toHaveProperty('instructions');
});

test('a task on frames may last for days', () => {
  const stack = newStack();
  const input = groundtruth.InputManifest.fromBucket(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'input.manifest');
  const props = { input, labels: LabelCategories.of('Car'), labelAttributeName: 'own-ref', taskTimeLimit: Duration.days(7) };
  expect(synthJob({ ...props, taskType: TaskType.videoObjectTracking() }, { stack }).request.HumanTaskConfig.TaskTimeLimitInSeconds).toBe(604800);
  expect(() => synthJob({ ...props, taskType: TaskType.semanticSegmentation() })).toThrow("'taskTimeLimit' must be 30 seconds to 8 hours");
});

test('attributes of labels are for frames and point clouds', () => {
  const labels = LabelCategories.detailed([{ name: 'Car', attributes: [LabelAttribute.choice('colour', ['red', 'blue'])] }, { name: 'Bus' }]);
  const stack = newStack();
  const input = groundtruth.InputManifest.fromBucket(s3.Bucket.fromBucketName(stack, 'Data', 'data'), 'input.manifest');
  expect(() => synthJob({ taskType: TaskType.boundingBox(), input, labels }, { stack })).toThrow('\'labels\': attributes and \'editable\' are for video frames and point clouds only');
  expect(synthJob({ taskType: TaskType.videoObjectDetection(), input, labels, labelAttributeName: 'own-ref' }).request.LabelCategoryConfigS3Uri).toBeDefined();
});

test('texts that only the deployment knows cannot be written to a file', () => {
  const token = newStack().stackId;
  expect(() => TaskType.namedEntityRecognition({ shortInstructions: token })).toThrow('must be known at synthesis');
  expect(() => TaskType.boundingBoxAdjustment({ auditLabelAttributeName: token })).toThrow('must be known at synthesis');
  expect(() => LabelAttribute.text(token)).toThrow('must be known at synthesis');
});

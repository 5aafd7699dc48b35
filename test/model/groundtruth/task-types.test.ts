import { BUILT_IN_FUNCTION_ACCOUNTS, builtInFunctionArn, humanTaskUiArn, isPublicCrowd } from '../../../src/model/groundtruth/built-in-functions';
import { BUILT_IN_TASK_TYPES, builtInTaskType, TASK_PRICES } from '../../../src/model/groundtruth/task-types';

describe('the table of task types', () => {
  test('has the 23 that there are, each once', () => {
    expect(new Set(BUILT_IN_TASK_TYPES.map((type) => type.id)).size).toBe(23);
    expect(BUILT_IN_TASK_TYPES).toHaveLength(23);
  });

  test('demands -ref of exactly those that the API names', () => {
    expect(BUILT_IN_TASK_TYPES.filter((type) => type.labelAttributeEndsInRef).map((type) => type.id).sort()).toEqual([
      '3DPointCloudObjectTracking', '3DPointCloudSemanticSegmentation',
      'Adjustment3DPointCloudObjectTracking', 'Adjustment3DPointCloudSemanticSegmentation', 'AdjustmentSemanticSegmentation',
      'AdjustmentVideoObjectDetection', 'AdjustmentVideoObjectTracking', 'SemanticSegmentation', 'VideoObjectDetection', 'VideoObjectTracking',
    ]);
  });

  test('has automated labeling for exactly four', () => {
    expect(BUILT_IN_TASK_TYPES.filter((type) => type.algorithm).map((type) => type.algorithm).sort()).toEqual([
      'image-classification', 'object-detection', 'semantic-segmentation', 'text-classification',
    ]);
  });

  test('gives one worker to video frames and point clouds', () => {
    const single = BUILT_IN_TASK_TYPES.filter((type) => type.fixedWorkers === 1);
    expect(single).toHaveLength(10);
    expect(single.every((type) => type.defaultWorkers === 1 && /Video|3D/.test(type.id))).toBe(true);
  });

  test('has user interfaces without the functions\' 3D', () => {
    expect(BUILT_IN_TASK_TYPES.filter((type) => type.humanTaskUi).every((type) => !type.humanTaskUi!.includes('3D'))).toBe(true);
  });

  test('fails for an id that is not there, and lists those that are', () => {
    expect(() => builtInTaskType('VideoClassification')).toThrow(/"VideoClassification"; expected one of .*VideoMultiClass/);
  });

  test('has the prices of the API', () => {
    expect(TASK_PRICES.classification).toHaveLength(16);
    expect(TASK_PRICES['bounding-box'][0]).toBe(36);
    expect(TASK_PRICES.segmentation).toEqual([840, 960, 1080, 1200]);
  });
});

describe('built-in functions', () => {
  test('are in twelve regions, their accounts texts of twelve digits', () => {
    expect(Object.keys(BUILT_IN_FUNCTION_ACCOUNTS)).toHaveLength(12);
    expect(Object.values(BUILT_IN_FUNCTION_ACCOUNTS).every((account) => /^\d{12}$/.test(account))).toBe(true);
    expect(BUILT_IN_FUNCTION_ACCOUNTS['us-west-2']).toBe('081040173940');
  });

  test('have ARNs', () => {
    expect(builtInFunctionArn('PRE', 'TextMultiClass', 'us-east-1', '432418664414')).toBe('arn:aws:lambda:us-east-1:432418664414:function:PRE-TextMultiClass');
    expect(humanTaskUiArn('NamedEntityRecognition', 'eu-west-1')).toBe('arn:aws:sagemaker:eu-west-1:394669845002:human-task-ui/NamedEntityRecognition');
  });
});

test('the public team is known by its ARN', () => {
  expect(isPublicCrowd('arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default')).toBe(true);
  expect(isPublicCrowd('arn:aws:sagemaker:us-east-1:111122223333:workteam/private-crowd/public-crowd')).toBe(false);
});

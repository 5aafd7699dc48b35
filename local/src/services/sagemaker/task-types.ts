/** What a worker judges, and so which rules the data and the times follow. */
export type DataKind = 'image' | 'text' | 'video-clip' | 'video-frames' | 'point-cloud' | 'any';

/** Which of the two forms of label category files a task type reads, and how many labels it allows. */
export interface LabelRules {
  readonly form: 'plain' | 'frames' | 'optional';
  readonly min: number;
  readonly max?: number;
}

export interface TaskType {
  /** `PRE-<suffix>` and `ACS-<suffix>` name the two functions. */
  readonly suffix: string;
  readonly data: DataKind;
  /** Name of the service's own user interface; without one the worker template is the user's. */
  readonly humanTaskUi?: string;
  /** The label is a reference to a file: the attribute's name must end in `-ref`. */
  readonly reference: boolean;
  readonly labels: LabelRules;
  readonly singleWorker?: boolean;
  /** The algorithm of automated labeling, where there is one. */
  readonly algorithm?: string;
  /** Reviews labels of an earlier job. */
  readonly review?: 'verification' | 'adjustment';
  /** `type` in the metadata of its labels. */
  readonly outputType?: string;
}

const plain = (min: number, max?: number): LabelRules => ({ form: 'plain', min, max });
const FRAMES: LabelRules = { form: 'frames', min: 1, max: 30 };

const TASK_TYPES: readonly TaskType[] = [
  { suffix: 'ImageMultiClass', data: 'image', reference: false, labels: plain(2), algorithm: 'image-classification', outputType: 'groundtruth/image-classification' },
  { suffix: 'ImageMultiClassMultiLabel', data: 'image', reference: false, labels: plain(2, 50), outputType: 'groundtruth/image-classification-multilabel' },
  { suffix: 'BoundingBox', data: 'image', reference: false, labels: plain(1, 50), algorithm: 'object-detection', outputType: 'groundtruth/object-detection' },
  { suffix: 'SemanticSegmentation', data: 'image', reference: true, labels: plain(1), algorithm: 'semantic-segmentation', outputType: 'groundtruth/semantic-segmentation' },
  { suffix: 'TextMultiClass', data: 'text', reference: false, labels: plain(2), algorithm: 'text-classification', outputType: 'groundtruth/text-classification' },
  { suffix: 'TextMultiClassMultiLabel', data: 'text', reference: false, labels: plain(2, 50), outputType: 'groundtruth/text-classification-multilabel' },
  { suffix: 'NamedEntityRecognition', data: 'text', humanTaskUi: 'NamedEntityRecognition', reference: false, labels: plain(1), outputType: 'groundtruth/text-span' },
  { suffix: 'VideoMultiClass', data: 'video-clip', reference: false, labels: plain(1, 30), outputType: 'groundtruth/video-classification' },
  { suffix: 'VideoObjectDetection', data: 'video-frames', humanTaskUi: 'VideoObjectDetection', reference: true, labels: FRAMES, singleWorker: true, outputType: 'groundtruth/video-object-detection' },
  { suffix: 'VideoObjectTracking', data: 'video-frames', humanTaskUi: 'VideoObjectTracking', reference: true, labels: FRAMES, singleWorker: true, outputType: 'groundtruth/video-object-tracking' },
  { suffix: '3DPointCloudObjectDetection', data: 'point-cloud', humanTaskUi: 'PointCloudObjectDetection', reference: false, labels: FRAMES, singleWorker: true, outputType: 'groundtruth/point_cloud_object_detection' },
  { suffix: '3DPointCloudObjectTracking', data: 'point-cloud', humanTaskUi: 'PointCloudObjectTracking', reference: true, labels: FRAMES, singleWorker: true, outputType: 'groundtruth/point_cloud_object_tracking' },
  { suffix: '3DPointCloudSemanticSegmentation', data: 'point-cloud', humanTaskUi: 'PointCloudSemanticSegmentation', reference: true, labels: FRAMES, singleWorker: true, outputType: 'groundtruth/point_cloud_single_frame_semantic_segmentation' },
  { suffix: 'VerificationBoundingBox', data: 'image', reference: false, labels: plain(2), review: 'verification', outputType: 'groundtruth/label-verification' },
  { suffix: 'AdjustmentBoundingBox', data: 'image', reference: false, labels: plain(1, 50), review: 'adjustment', outputType: 'groundtruth/object-detection' },
  { suffix: 'VerificationSemanticSegmentation', data: 'image', reference: false, labels: plain(2), review: 'verification', outputType: 'groundtruth/label-verification' },
  { suffix: 'AdjustmentSemanticSegmentation', data: 'image', reference: true, labels: plain(1), review: 'adjustment', outputType: 'groundtruth/semantic-segmentation' },
  { suffix: 'AdjustmentVideoObjectDetection', data: 'video-frames', humanTaskUi: 'VideoObjectDetection', reference: true, labels: FRAMES, singleWorker: true, review: 'adjustment', outputType: 'groundtruth/video-object-detection' },
  { suffix: 'AdjustmentVideoObjectTracking', data: 'video-frames', humanTaskUi: 'VideoObjectTracking', reference: true, labels: FRAMES, singleWorker: true, review: 'adjustment', outputType: 'groundtruth/video-object-tracking' },
  { suffix: 'Adjustment3DPointCloudObjectDetection', data: 'point-cloud', humanTaskUi: 'PointCloudObjectDetection', reference: false, labels: FRAMES, singleWorker: true, review: 'adjustment', outputType: 'groundtruth/point_cloud_object_detection' },
  { suffix: 'Adjustment3DPointCloudObjectTracking', data: 'point-cloud', humanTaskUi: 'PointCloudObjectTracking', reference: true, labels: FRAMES, singleWorker: true, review: 'adjustment', outputType: 'groundtruth/point_cloud_object_tracking' },
  { suffix: 'Adjustment3DPointCloudSemanticSegmentation', data: 'point-cloud', humanTaskUi: 'PointCloudSemanticSegmentation', reference: true, labels: FRAMES, singleWorker: true, review: 'adjustment', outputType: 'groundtruth/point_cloud_single_frame_semantic_segmentation' },
  { suffix: 'PassThrough', data: 'any', reference: false, labels: { form: 'optional', min: 0 } },
];

export const TASK_TYPE_BY_SUFFIX: ReadonlyMap<string, TaskType> = new Map(TASK_TYPES.map((type) => [type.suffix, type]));

/** A workflow of the user's own functions and template; `PassThrough` is the same with the service's functions. */
export const CUSTOM: TaskType = { suffix: '', data: 'any', reference: false, labels: { form: 'optional', min: 0 }, outputType: 'groundTruth/custom' };

/** The accounts that own the PRE- and ACS- functions: only these regions have built-in task types. */
export const FUNCTION_ACCOUNTS: Readonly<Record<string, string>> = {
  'us-east-1': '432418664414',
  'us-east-2': '266458841044',
  'us-west-2': '081040173940',
  'ca-central-1': '918755190332',
  'eu-west-1': '568282634449',
  'eu-west-2': '487402164563',
  'eu-central-1': '203001061592',
  'ap-northeast-1': '477331159723',
  'ap-northeast-2': '845288260483',
  'ap-south-1': '565803892007',
  'ap-southeast-1': '377565633583',
  'ap-southeast-2': '454466003867',
};

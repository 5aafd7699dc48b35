/** What a worker template needs to know about the element that it is built from. */
export interface CrowdElement {
  /** The element, whose name is also the form's key that the built-in consolidation reads. */
  readonly element: string;
  readonly name: string;
}

/** The kind of the data objects, and with it how a template shows one. */
export type InputKind = 'text' | 'image' | 'video-clip' | 'frame-sequence' | 'point-cloud-frame' | 'point-cloud-sequence' | 'any';

/** Document format of the label category file. */
export type LabelDocument = '2018-11-28' | '2020-03-01';

/** One built-in task type. */
export interface BuiltInTaskType {
  /** Suffix of its `PRE-` and `ACS-` functions: its id everywhere. */
  readonly id: string;
  readonly input: InputKind;
  /** Name of AWS's own worker user interface; without one the job brings a template. */
  readonly humanTaskUi?: string;
  /** Element of the standard template, where the library has one. */
  readonly crowd?: CrowdElement;
  /** Whether the label attribute must end in `-ref` (else it must not). */
  readonly labelAttributeEndsInRef: boolean;
  readonly labels: { readonly document: LabelDocument; readonly min: number; readonly max?: number };
  /** Name of the algorithm of automated labeling, where that exists. */
  readonly algorithm?: string;
  /** Workers that see one object: `1` for video frames and point clouds, which are not consolidated. */
  readonly fixedWorkers?: 1;
  /** Reads the labels of an earlier job. */
  readonly chained?: true;
  /** Workers per data object when the user says nothing. */
  readonly defaultWorkers: number;
  /** `type` of the output's metadata, as far as it is documented. */
  readonly outputType?: string;
  /** Title and description when the user says nothing, and prices allowed on Mechanical Turk. */
  readonly title: string;
  readonly description: string;
  readonly prices: PriceTable;
}

export type PriceTable = 'classification' | 'bounding-box' | 'segmentation' | 'none';

const CLASSIFICATION_PRICES = [12, 24, 36, 48, 60, 72, 120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200];

/**
 * Prices per task that Mechanical Turk accepts, in tenths of a cent.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_PublicWorkforceTaskPrice.html
 */
export const TASK_PRICES: Readonly<Record<PriceTable, readonly number[]>> = {
  'classification': CLASSIFICATION_PRICES,
  'bounding-box': CLASSIFICATION_PRICES.filter((price) => price >= 36),
  'segmentation': [840, 960, 1080, 1200],
  'none': [],
};

const PLAIN = '2018-11-28';
const ATTRIBUTES = '2020-03-01';

/** Images, text and clips: consolidated, plain labels, a template of the job's own. */
const plain = { labelAttributeEndsInRef: false, defaultWorkers: 3, prices: 'classification' } as const;
/** Video frames: one worker, AWS's own user interface. */
const frames = { input: 'frame-sequence', labelAttributeEndsInRef: true, fixedWorkers: 1, defaultWorkers: 1, prices: 'none' } as const;
/** Point clouds: one worker, AWS's own user interface, whose name lacks the functions' "3D". */
const cloud = { labelAttributeEndsInRef: true, fixedWorkers: 1, defaultWorkers: 1, prices: 'none' } as const;
const frameLabels = { document: ATTRIBUTES, min: 1, max: 30 } as const;

/**
 * The 23 built-in task types. A frozen service makes this table complete for good.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AnnotationConsolidationConfig.html
 */
export const BUILT_IN_TASK_TYPES: readonly BuiltInTaskType[] = [
  {
    ...plain,
    id: 'ImageMultiClass',
    input: 'image',
    crowd: { element: 'crowd-image-classifier', name: 'crowd-image-classifier' },
    labels: { document: PLAIN, min: 2 },
    algorithm: 'image-classification',
    outputType: 'groundtruth/image-classification',
    title: 'Image classification',
    description: 'Choose the category that fits the image best',
  },
  {
    ...plain,
    id: 'ImageMultiClassMultiLabel',
    input: 'image',
    crowd: { element: 'crowd-image-classifier-multi-select', name: 'crowd-image-classifier-multi-select' },
    labels: { document: PLAIN, min: 2, max: 50 },
    outputType: 'groundtruth/image-classification-multilabel',
    title: 'Image classification, several categories',
    description: 'Choose all categories that apply to the image',
  },
  {
    ...plain,
    id: 'BoundingBox',
    input: 'image',
    crowd: { element: 'crowd-bounding-box', name: 'boundingBox' },
    labels: { document: PLAIN, min: 1, max: 50 },
    algorithm: 'object-detection',
    defaultWorkers: 5,
    outputType: 'groundtruth/object-detection',
    title: 'Bounding boxes',
    description: 'Draw a box around every object',
    prices: 'bounding-box',
  },
  {
    ...plain,
    id: 'SemanticSegmentation',
    input: 'image',
    labelAttributeEndsInRef: true,
    crowd: { element: 'crowd-semantic-segmentation', name: 'crowd-semantic-segmentation' },
    labels: { document: PLAIN, min: 1 },
    algorithm: 'semantic-segmentation',
    outputType: 'groundtruth/semantic-segmentation',
    title: 'Semantic segmentation',
    description: 'Paint every object in the image',
    prices: 'segmentation',
  },
  {
    ...plain,
    id: 'TextMultiClass',
    input: 'text',
    crowd: { element: 'crowd-classifier', name: 'crowd-classifier' },
    labels: { document: PLAIN, min: 2 },
    algorithm: 'text-classification',
    outputType: 'groundtruth/text-classification',
    title: 'Text classification',
    description: 'Choose the category that fits the text best',
  },
  {
    ...plain,
    id: 'TextMultiClassMultiLabel',
    input: 'text',
    crowd: { element: 'crowd-classifier-multi-select', name: 'crowd-classifier-multi-select' },
    labels: { document: PLAIN, min: 2, max: 50 },
    outputType: 'groundtruth/text-classification-multilabel',
    title: 'Text classification, several categories',
    description: 'Choose all categories that apply to the text',
  },
  {
    ...plain,
    id: 'NamedEntityRecognition',
    input: 'text',
    humanTaskUi: 'NamedEntityRecognition',
    labels: { document: PLAIN, min: 1 },
    outputType: 'groundtruth/text-span',
    title: 'Named entity recognition',
    description: 'Mark the words that name something',
  },
  {
    ...plain,
    id: 'VideoMultiClass',
    input: 'video-clip',
    crowd: { element: 'crowd-classifier', name: 'crowd-classifier' },
    labels: { document: PLAIN, min: 1, max: 30 },
    title: 'Video classification',
    description: 'Choose the category that fits the video best',
  },
  {
    ...frames,
    id: 'VideoObjectDetection',
    humanTaskUi: 'VideoObjectDetection',
    labels: frameLabels,
    outputType: 'groundtruth/video-object-detection',
    title: 'Object detection in video frames',
    description: 'Mark every object in every frame',
  },
  {
    ...frames,
    id: 'VideoObjectTracking',
    humanTaskUi: 'VideoObjectTracking',
    labels: frameLabels,
    outputType: 'groundtruth/video-object-tracking',
    title: 'Object tracking in video frames',
    description: 'Follow every object through the frames',
  },
  {
    ...cloud,
    id: '3DPointCloudObjectDetection',
    input: 'point-cloud-frame',
    humanTaskUi: 'PointCloudObjectDetection',
    labelAttributeEndsInRef: false,
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_object_detection',
    title: 'Object detection in point clouds',
    description: 'Draw a cuboid around every object',
  },
  {
    ...cloud,
    id: '3DPointCloudObjectTracking',
    input: 'point-cloud-sequence',
    humanTaskUi: 'PointCloudObjectTracking',
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_object_tracking',
    title: 'Object tracking in point clouds',
    description: 'Follow every object through the frames',
  },
  {
    ...cloud,
    id: '3DPointCloudSemanticSegmentation',
    input: 'point-cloud-frame',
    humanTaskUi: 'PointCloudSemanticSegmentation',
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_single_frame_semantic_segmentation',
    title: 'Semantic segmentation of point clouds',
    description: 'Paint every object in the point cloud',
  },
  {
    ...plain,
    id: 'VerificationBoundingBox',
    input: 'image',
    chained: true,
    labels: { document: PLAIN, min: 1, max: 50 },
    outputType: 'groundtruth/label-verification',
    title: 'Verification of bounding boxes',
    description: 'Judge the boxes of an earlier job',
    prices: 'bounding-box',
  },
  {
    ...plain,
    id: 'AdjustmentBoundingBox',
    input: 'image',
    chained: true,
    crowd: { element: 'crowd-bounding-box', name: 'boundingBox' },
    labels: { document: PLAIN, min: 1, max: 50 },
    defaultWorkers: 5,
    outputType: 'groundtruth/object-detection',
    title: 'Adjustment of bounding boxes',
    description: 'Correct the boxes of an earlier job',
    prices: 'bounding-box',
  },
  {
    ...plain,
    id: 'VerificationSemanticSegmentation',
    input: 'image',
    chained: true,
    labels: { document: PLAIN, min: 1 },
    outputType: 'groundtruth/label-verification',
    title: 'Verification of segmentations',
    description: 'Judge the segmentation of an earlier job',
    prices: 'segmentation',
  },
  {
    ...plain,
    id: 'AdjustmentSemanticSegmentation',
    input: 'image',
    chained: true,
    labelAttributeEndsInRef: true,
    labels: { document: PLAIN, min: 1 },
    outputType: 'groundtruth/semantic-segmentation',
    title: 'Adjustment of segmentations',
    description: 'Correct the segmentation of an earlier job',
    prices: 'segmentation',
  },
  {
    ...frames,
    id: 'AdjustmentVideoObjectDetection',
    humanTaskUi: 'VideoObjectDetection',
    chained: true,
    labels: frameLabels,
    outputType: 'groundtruth/video-object-detection',
    title: 'Adjustment of objects in video frames',
    description: 'Correct the objects of an earlier job',
  },
  {
    ...frames,
    id: 'AdjustmentVideoObjectTracking',
    humanTaskUi: 'VideoObjectTracking',
    chained: true,
    labels: frameLabels,
    outputType: 'groundtruth/video-object-tracking',
    title: 'Adjustment of tracks in video frames',
    description: 'Correct the tracks of an earlier job',
  },
  {
    ...cloud,
    id: 'Adjustment3DPointCloudObjectDetection',
    input: 'point-cloud-frame',
    humanTaskUi: 'PointCloudObjectDetection',
    chained: true,
    labelAttributeEndsInRef: false,
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_object_detection',
    title: 'Adjustment of objects in point clouds',
    description: 'Correct the objects of an earlier job',
  },
  {
    ...cloud,
    id: 'Adjustment3DPointCloudObjectTracking',
    input: 'point-cloud-sequence',
    humanTaskUi: 'PointCloudObjectTracking',
    chained: true,
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_object_tracking',
    title: 'Adjustment of tracks in point clouds',
    description: 'Correct the tracks of an earlier job',
  },
  {
    ...cloud,
    id: 'Adjustment3DPointCloudSemanticSegmentation',
    input: 'point-cloud-frame',
    humanTaskUi: 'PointCloudSemanticSegmentation',
    chained: true,
    labels: frameLabels,
    outputType: 'groundtruth/point_cloud_single_frame_semantic_segmentation',
    title: 'Adjustment of point cloud segmentations',
    description: 'Correct the segmentation of an earlier job',
  },
  {
    ...plain,
    id: 'PassThrough',
    input: 'any',
    labels: { document: PLAIN, min: 0 },
    title: 'Labeling',
    description: 'Follow the instructions of the page',
  },
];

/** Id of a task type with the user's own functions. */
export const CUSTOM_TASK_TYPE_ID = 'Custom';

export function builtInTaskType(id: string): BuiltInTaskType {
  const found = BUILT_IN_TASK_TYPES.find((type) => type.id === id);
  if (!found) throw new Error(`no built-in task type ${JSON.stringify(id)}; expected one of ${BUILT_IN_TASK_TYPES.map((type) => type.id).join(', ')}`);
  return found;
}

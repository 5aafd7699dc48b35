import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { BoundTaskType, builtIn, custom, TaskTypeDefinition, TaskTypeRules } from './private/task-type-definition';
import { WorkerTemplate } from './worker-template';

/** Options of a built-in task type. */
export interface BuiltInTaskTypeOptions {
  /**
   * The page on which workers label.
   *
   * @default - the library's page for this task type, `WorkerTemplate.standard()`
   */
  readonly template?: WorkerTemplate;
}

/** What workers read beside the data, for task types whose page is AWS's own. */
export interface InstructionsOptions {
  /**
   * What a worker always sees, up to 254 characters. HTML is allowed.
   *
   * @default - a sentence that fits the task type
   */
  readonly shortInstructions?: string;

  /**
   * What a worker sees on demand, up to 2,047 characters. HTML is allowed.
   *
   * @default - a sentence that fits the task type
   */
  readonly fullInstructions?: string;
}

/** What workers draw on video frames. */
export enum FrameAnnotation {
  /** A box. */
  BOUNDING_BOX = 'BoundingBox',
  /** A line of several points. */
  POLYLINE = 'Polyline',
  /** A closed shape of several points. */
  POLYGON = 'Polygon',
  /** A point. */
  KEYPOINT = 'Keypoint',
}

/** Options of a task type on video frames. */
export interface VideoFrameTaskTypeOptions extends InstructionsOptions {
  /**
   * What workers draw.
   *
   * @default FrameAnnotation.BOUNDING_BOX
   */
  readonly annotation?: FrameAnnotation;
}

/** What every job needs to know that looks at the labels of another. */
export interface AuditOptions {
  /** Label attribute of the job whose labels are looked at; they stand in the input manifest. */
  readonly auditLabelAttributeName: string;
}

/** Options of an adjustment of boxes. */
export interface BoundingBoxAdjustmentOptions extends AuditOptions, BuiltInTaskTypeOptions {}

/** Options of a verification or adjustment whose page you write. */
export interface TemplatedAuditOptions extends AuditOptions {
  /** The page on which workers judge or correct; it shows `task.input.manifestLine.<label attribute>`. */
  readonly template: WorkerTemplate;
}

/** Options of an adjustment or verification on point clouds. */
export interface PointCloudAdjustmentOptions extends AuditOptions, InstructionsOptions {
  /**
   * Whether workers judge the labels and cannot change them.
   *
   * @default false
   */
  readonly verifyOnly?: boolean;
}

/** Options of an adjustment or verification on video frames. */
export interface VideoFrameAdjustmentOptions extends AuditOptions, VideoFrameTaskTypeOptions {
  /**
   * Whether workers judge the labels and cannot change them.
   *
   * @default false
   */
  readonly verifyOnly?: boolean;
}

/** Options of a task type that hands data through. */
export interface PassThroughTaskTypeOptions {
  /** The page on which workers label; it reads the keys of the manifest line as `task.input.<key>`. */
  readonly template: WorkerTemplate;
}

/** Options of a custom task type. */
export interface CustomTaskTypeOptions {
  /** The page on which workers label. */
  readonly template: WorkerTemplate;

  /**
   * Makes of a manifest line what the page needs. It gets a `PreAnnotationEvent` and answers with a `PreAnnotationResult`; the job may invoke it.
   *
   * @default - none, the page reads the keys of the manifest line as `task.input.<key>`
   */
  readonly preAnnotation?: lambda.IFunction;

  /**
   * Makes one label of the workers' answers. It gets a `ConsolidationEvent` and answers with a list of `ConsolidationResult`; the job may invoke it,
   * and it may read the answers in the job's output bucket.
   *
   * @default - none, the workers' answers are stored as they are
   */
  readonly consolidation?: lambda.IFunction;
}

/**
 * What workers do with a data object, and how their answers become a label.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-task-types.html
 */
export class TaskType {
  /**
   * One category for each text (`source`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-text-classification.html
   */
  public static textClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('TextMultiClass', options));
  }

  /**
   * Any number of categories for each text (`source`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-text-classification-multilabel.html
   */
  public static multiLabelTextClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('TextMultiClassMultiLabel', options));
  }

  /**
   * Names within texts (`source`): people, places, dates.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-named-entity-recg.html
   */
  public static namedEntityRecognition(options: InstructionsOptions = {}): TaskType {
    return new TaskType(builtIn('NamedEntityRecognition', options));
  }

  /**
   * One category for each image (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-image-classification.html
   */
  public static imageClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('ImageMultiClass', options));
  }

  /**
   * Any number of categories for each image (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-image-classification-multilabel.html
   */
  public static multiLabelImageClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('ImageMultiClassMultiLabel', options));
  }

  /**
   * Boxes around objects in images (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-bounding-box.html
   */
  public static boundingBox(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('BoundingBox', options));
  }

  /**
   * A category for each pixel of an image (`source-ref`). The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-semantic-segmentation.html
   */
  public static semanticSegmentation(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('SemanticSegmentation', options));
  }

  /**
   * One category for each video clip (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-classification.html
   */
  public static videoClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('VideoMultiClass', options));
  }

  /**
   * Objects in each frame of a sequence (`source-ref`: a sequence file). The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-object-detection.html
   */
  public static videoObjectDetection(options: VideoFrameTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('VideoObjectDetection', frames(options)));
  }

  /**
   * Objects followed through the frames of a sequence (`source-ref`: a sequence file). The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-object-tracking.html
   */
  public static videoObjectTracking(options: VideoFrameTaskTypeOptions = {}): TaskType {
    return new TaskType(builtIn('VideoObjectTracking', frames(options)));
  }

  /**
   * Cuboids around objects in a point cloud (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-point-cloud-object-detection.html
   */
  public static pointCloudObjectDetection(options: InstructionsOptions = {}): TaskType {
    return new TaskType(builtIn('3DPointCloudObjectDetection', options));
  }

  /**
   * Objects followed through a sequence of point clouds (`source-ref`: a sequence file). The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-point-cloud-object-tracking.html
   */
  public static pointCloudObjectTracking(options: InstructionsOptions = {}): TaskType {
    return new TaskType(builtIn('3DPointCloudObjectTracking', options));
  }

  /**
   * A category for each point of a point cloud (`source-ref`). The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-point-cloud-semantic-segmentation.html
   */
  public static pointCloudSemanticSegmentation(options: InstructionsOptions = {}): TaskType {
    return new TaskType(builtIn('3DPointCloudSemanticSegmentation', options));
  }

  /**
   * A verdict on the boxes of an earlier job.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static boundingBoxVerification(options: TemplatedAuditOptions): TaskType {
    return new TaskType(builtIn('VerificationBoundingBox', options));
  }

  /**
   * Corrected boxes of an earlier job.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static boundingBoxAdjustment(options: BoundingBoxAdjustmentOptions): TaskType {
    return new TaskType(builtIn('AdjustmentBoundingBox', options));
  }

  /**
   * A verdict on the segmentation of an earlier job.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static semanticSegmentationVerification(options: TemplatedAuditOptions): TaskType {
    return new TaskType(builtIn('VerificationSemanticSegmentation', options));
  }

  /**
   * A corrected segmentation of an earlier job. The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static semanticSegmentationAdjustment(options: TemplatedAuditOptions): TaskType {
    return new TaskType(builtIn('AdjustmentSemanticSegmentation', options));
  }

  /**
   * Corrected or judged objects in video frames of an earlier job. The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static videoObjectDetectionAdjustment(options: VideoFrameAdjustmentOptions): TaskType {
    return new TaskType(builtIn('AdjustmentVideoObjectDetection', frames(options)));
  }

  /**
   * Corrected or judged tracks in video frames of an earlier job. The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static videoObjectTrackingAdjustment(options: VideoFrameAdjustmentOptions): TaskType {
    return new TaskType(builtIn('AdjustmentVideoObjectTracking', frames(options)));
  }

  /**
   * Corrected or judged cuboids of an earlier job.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static pointCloudObjectDetectionAdjustment(options: PointCloudAdjustmentOptions): TaskType {
    return new TaskType(builtIn('Adjustment3DPointCloudObjectDetection', options));
  }

  /**
   * Corrected or judged tracks in point clouds of an earlier job. The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static pointCloudObjectTrackingAdjustment(options: PointCloudAdjustmentOptions): TaskType {
    return new TaskType(builtIn('Adjustment3DPointCloudObjectTracking', options));
  }

  /**
   * Corrected or judged point categories of an earlier job. The label attribute ends in `-ref`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-verification-data.html
   */
  public static pointCloudSemanticSegmentationAdjustment(options: PointCloudAdjustmentOptions): TaskType {
    return new TaskType(builtIn('Adjustment3DPointCloudSemanticSegmentation', options));
  }

  /**
   * Your own page with AWS's own functions: the line of the manifest goes to the page, the answers go to the output as they are.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates.html
   */
  public static passThrough(options: PassThroughTaskTypeOptions): TaskType {
    return new TaskType(builtIn('PassThrough', options));
  }

  /**
   * Your own page and functions.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates.html
   */
  public static custom(options: CustomTaskTypeOptions): TaskType {
    return new TaskType(custom(options));
  }

  private constructor(private readonly definition: TaskTypeDefinition) {}

  /** @internal */
  public get _rules(): TaskTypeRules {
    return this.definition.rules;
  }

  /**
   * What is wrong with where it is used.
   *
   * @internal
   */
  public _problems(scope: Construct): string[] {
    return this.definition.problems(scope);
  }

  /** @internal */
  public _bind(scope: Construct): BoundTaskType {
    return this.definition.bind(scope);
  }
}

function frames<Options extends VideoFrameTaskTypeOptions>({ annotation = FrameAnnotation.BOUNDING_BOX, ...options }: Options) {
  return { ...options, annotationType: annotation };
}

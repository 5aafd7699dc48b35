/**
 * What a pre-annotation function gets, once for each data object.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates-step3-prelambda.html
 */
export interface PreAnnotationEvent {
  /** Version of this shape: `2018-10-16`. */
  readonly version: string;
  /** The job that asks. */
  readonly labelingJobArn: string;
  /** The manifest's line: `source` or `source-ref`, and all other keys. */
  readonly dataObject: { [key: string]: any };
}

/** What a pre-annotation function answers. */
export interface PreAnnotationResult {
  /** What the page sees as `task.input`. Always give it: an answer without it fails the object. */
  readonly taskInput: { [key: string]: any };
  /**
   * Whether people are to look at this object.
   *
   * @default true
   */
  readonly isHumanAnnotationRequired?: boolean;
}

/**
 * What a consolidation function gets, for several data objects at once.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates-step3-postlambda.html
 */
export interface ConsolidationEvent {
  /** Version of this shape: `2018-10-16`. */
  readonly version: string;
  /** The job that asks. */
  readonly labelingJobArn: string;
  /**
   * Names of the labels.
   *
   * @default - absent where the job has no label categories
   */
  readonly labelCategories?: string[];
  /** Key under which the label goes into the answer. */
  readonly labelAttributeName: string;
  /** The job's role. */
  readonly roleArn: string;
  /** Where the answers lie. */
  readonly payload: ConsolidationPayload;
}

/** Where the workers' answers lie. */
export interface ConsolidationPayload {
  /** URI of a JSON file with a list of `ConsolidationRequest`, in the job's output bucket. */
  readonly s3Uri: string;
}

/** One data object in the file that a consolidation function reads. */
export interface ConsolidationRequest {
  /** Id of the data object, to be given back. */
  readonly datasetObjectId: string;
  /** The data object. */
  readonly dataObject: AnnotatedDataObject;
  /** The answers, one a worker. */
  readonly annotations: WorkerAnnotation[];
}

/** A data object as a consolidation function sees it: text or URI. */
export interface AnnotatedDataObject {
  /**
   * The text, for `source`.
   *
   * @default - absent for `source-ref`
   */
  readonly content?: string;
  /**
   * The URI, for `source-ref`.
   *
   * @default - absent for `source`
   */
  readonly s3Uri?: string;
}

/** One worker's answer. */
export interface WorkerAnnotation {
  /** Who answered. */
  readonly workerId: string;
  /** The answer: what the page's form held, as JSON text, or where that lies. */
  readonly annotationData: AnnotatedDataObject;
}

/** A label, made of one data object's answers. */
export interface ConsolidationResult {
  /** Id of the data object, as it was given. */
  readonly datasetObjectId: string;
  /** The label. */
  readonly consolidatedAnnotation: ConsolidatedAnnotation;
}

/** A label as a consolidation function answers it. */
export interface ConsolidatedAnnotation {
  /** The label under the name of the label attribute: `{ [labelAttributeName]: … }`. Ground Truth adds the metadata. */
  readonly content: { [key: string]: any };
}

import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtInFunction, regionProblems } from './private/built-in-functions';
import { BoundWorkerTemplate, WorkerTemplate } from './worker-template';
import { SourceKey } from '../model/groundtruth/manifest';
import { BuiltInTaskType, builtInTaskType, CUSTOM_TASK_TYPE_ID, TASK_PRICES } from '../model/groundtruth/task-types';

/**
 * What a task type adds to a job.
 *
 * @internal
 */
export interface BoundTaskType {
  readonly template: BoundWorkerTemplate;
  readonly preHumanTaskLambdaArn?: string;
  readonly consolidationLambdaArn?: string;
  /** The user's own functions, which are part of the revision and which the job's role must be allowed to call. */
  readonly preAnnotation?: lambda.IFunction;
  readonly consolidation?: lambda.IFunction;
}

/**
 * The rules that a task type sets.
 *
 * @internal
 */
export interface TaskTypeRules {
  readonly id: string;
  readonly source: SourceKey;
  /** `undefined` where the author of a custom task type decides. */
  readonly labelAttributeEndsInRef?: boolean;
  /** `undefined` where labels are optional and nobody counts them. */
  readonly labels?: { readonly min: number; readonly max?: number };
  readonly fixedWorkers?: 1;
  readonly defaultWorkers: number;
  readonly title: string;
  readonly description: string;
  readonly prices: readonly number[];
  /** Whether the service itself skips objects that have the label already. */
  readonly labelsOnlyUnlabeled: boolean;
}

/** Options of a built-in task type. */
export interface BuiltInTaskTypeOptions {
  /**
   * The page on which workers label.
   *
   * @default - the library's page for this task type, `WorkerTemplate.standard()`
   */
  readonly template?: WorkerTemplate;
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
export abstract class TaskType {
  /**
   * One category for each text (`source`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-text-classification.html
   */
  public static textClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new BuiltIn('TextMultiClass', options);
  }

  /**
   * Any number of categories for each text (`source`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-text-classification-multilabel.html
   */
  public static multiLabelTextClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new BuiltIn('TextMultiClassMultiLabel', options);
  }

  /**
   * One category for each image (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-image-classification.html
   */
  public static imageClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new BuiltIn('ImageMultiClass', options);
  }

  /**
   * Any number of categories for each image (`source-ref`).
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-image-classification-multilabel.html
   */
  public static multiLabelImageClassification(options: BuiltInTaskTypeOptions = {}): TaskType {
    return new BuiltIn('ImageMultiClassMultiLabel', options);
  }

  /**
   * Your own page and functions.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates.html
   */
  public static custom(options: CustomTaskTypeOptions): TaskType {
    return new Custom(options);
  }

  /** @internal */
  public abstract readonly _rules: TaskTypeRules;

  /**
   * What is wrong with where it is used.
   *
   * @internal
   */
  public abstract _problems(scope: Construct): string[];

  /** @internal */
  public abstract _bind(scope: Construct): BoundTaskType;
}

class BuiltIn extends TaskType {
  public readonly _rules: TaskTypeRules;
  private readonly type: BuiltInTaskType;

  constructor(id: string, private readonly options: BuiltInTaskTypeOptions) {
    super();
    this.type = builtInTaskType(id);
    this._rules = {
      ...this.type,
      source: this.type.input === 'text' ? 'source' : 'source-ref',
      prices: TASK_PRICES[this.type.prices],
      labelsOnlyUnlabeled: true,
    };
  }

  public _problems(scope: Construct): string[] {
    return regionProblems(scope);
  }

  public _bind(scope: Construct): BoundTaskType {
    return {
      template: (this.options.template ?? WorkerTemplate.standard())._bind(scope, this.type),
      preHumanTaskLambdaArn: builtInFunction(scope, 'PRE', this.type.id),
      consolidationLambdaArn: builtInFunction(scope, 'ACS', this.type.id),
    };
  }
}

class Custom extends TaskType {
  public readonly _rules: TaskTypeRules = {
    id: CUSTOM_TASK_TYPE_ID,
    source: 'either',
    defaultWorkers: 3,
    title: 'Labeling',
    description: 'Follow the instructions of the page',
    prices: TASK_PRICES.classification,
    labelsOnlyUnlabeled: false,
  };

  constructor(private readonly options: CustomTaskTypeOptions) {
    super();
  }

  public _problems(_scope: Construct): string[] {
    return [];
  }

  public _bind(scope: Construct): BoundTaskType {
    const { template, preAnnotation, consolidation } = this.options;
    return {
      template: template._bind(scope),
      preHumanTaskLambdaArn: preAnnotation?.functionArn,
      consolidationLambdaArn: consolidation?.functionArn,
      preAnnotation,
      consolidation,
    };
  }
}

import { Aws } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InputManifest } from './groundtruth/input-manifest';
import { LabelingJob } from './groundtruth/labeling-job';
import { LabelingJobInventory } from './groundtruth/labeling-job-inventory';
import { LabelingJobInventoryOptions } from './groundtruth/labeling-job-inventory-props';
import { LabelingJobOptions } from './groundtruth/labeling-job-props';
import { LabelCategories } from './label-categories';
import { LabelingInput } from './labeling-input';
import { refuse } from './private/errors';
import { bindSupervisely } from './private/supervisely-backend';
import { ReconcileOn } from './reconcile-on';
import { DataPreparation } from './s3batch/data-preparation';
import { LabeledObjectTags } from './s3batch/labeled-object-tags';
import { PreparedData } from './s3batch/prepared-data';
import { DatasetImport } from './supervisely/dataset-import';
import { LabelingJob as SuperviselyLabelingJob } from './supervisely/labeling-job';
import { LabelingJobInventory as SuperviselyLabelingJobInventory } from './supervisely/labeling-job-inventory';
import { LabelsExport } from './supervisely/labels-export';
import { SuperviselyBackendOptions } from './supervisely-backend-options';

/**
 * What a workflow asks of a job system.
 *
 * @internal
 */
export interface BackendRequest {
  readonly input: LabelingInput;
  readonly labels?: LabelCategories;
  readonly listJobs: boolean;
  /** Whether the stack may get outputs. */
  readonly outputs: boolean;
  readonly reconcileOn?: ReconcileOn;
  /** What is done to the objects before they are labeled. */
  readonly prepare?: DataPreparation[];
  /** What labeled objects are tagged with. */
  readonly tags?: { [key: string]: string };
}

/**
 * A running job, in words that fit every job system.
 *
 * @internal
 */
export interface BoundBackend {
  readonly jobName: string;
  readonly jobArn?: string;
  readonly state: string;
  readonly outputUri: string;
  readonly inputUri: string;
  readonly bucket: s3.IBucket;
  readonly labeledCount: number;
  readonly unlabeledCount: number;
  readonly failedCount: number;
  readonly events: {
    onStateChange(id: string, options?: events.OnEventOptions): events.Rule;
    onCompleted(id: string, options?: events.OnEventOptions): events.Rule;
    onFailed(id: string, options?: events.OnEventOptions): events.Rule;
    onStopped(id: string, options?: events.OnEventOptions): events.Rule;
  };
  /** A command that shows the job's present state. */
  readonly describeCommand: string;
  readonly groundTruthJob?: LabelingJob;
  readonly groundTruthInventory?: LabelingJobInventory;
  readonly preparedData?: PreparedData;
  readonly labeledObjectTags?: LabeledObjectTags;
  readonly superviselyJob?: SuperviselyLabelingJob;
  readonly superviselyInventory?: SuperviselyLabelingJobInventory;
  readonly datasetImport?: DatasetImport;
  readonly labelsExport?: LabelsExport;
}

/** How Ground Truth labels a workflow's data. */
export interface GroundTruthBackendOptions extends LabelingJobOptions {
  /**
   * Which of the account's jobs the workflow lists, and where to.
   *
   * @default - all of them, in the bucket that remembers the job's generations
   */
  readonly inventory?: LabelingJobInventoryOptions;
}

/** The job system that labels. */
export abstract class LabelingBackend {
  /**
   * Amazon SageMaker Ground Truth.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms.html
   */
  public static groundTruth(options: GroundTruthBackendOptions): LabelingBackend {
    return new GroundTruthBackend(options);
  }

  /**
   * A Supervisely server. The images are imported into a dataset, jobs on it are made when they are there, and their labels are exported when all jobs are
   * completed: in Ground Truth's form, so that whatever reads Ground Truth's output reads it. Of images only; no streams, no texts.
   *
   * @see https://docs.supervisely.com/labeling/jobs
   */
  public static supervisely(options: SuperviselyBackendOptions): LabelingBackend {
    return new SuperviselyBackend(options);
  }

  /** @internal */
  public abstract _bind(scope: Construct, request: BackendRequest): BoundBackend;
}

class SuperviselyBackend extends LabelingBackend {
  constructor(private readonly options: SuperviselyBackendOptions) {
    super();
  }

  public _bind(scope: Construct, request: BackendRequest): BoundBackend {
    return bindSupervisely(scope, this.options, request);
  }
}

class GroundTruthBackend extends LabelingBackend {
  constructor(private readonly options: GroundTruthBackendOptions) {
    super();
  }

  public _bind(scope: Construct, { input, labels, listJobs, reconcileOn, prepare, tags }: BackendRequest): BoundBackend {
    const { inventory, ...options } = this.options;
    this.checkPreparation(scope, prepare);
    const prepared = prepare && new PreparedData(scope, 'Preparation', { input, steps: prepare, bucket: options.outputBucket });
    const job = new LabelingJob(scope, 'Job', {
      reconcileOn, ...options, outputBucket: options.outputBucket ?? prepared?.bucket, input: prepared?._manifest() ?? InputManifest._from(input), labels,
    });
    const list = listJobs
      ? new LabelingJobInventory(scope, 'Inventory', { reconcileOn, recordBucket: options.stateBucket, ...inventory, jobs: [job] })
      : undefined;
    return {
      jobName: job.labelingJobName,
      jobArn: job.labelingJobArn,
      state: job.state,
      outputUri: job.outputDatasetS3Uri,
      inputUri: job.inputManifestUri,
      bucket: job.outputBucket,
      labeledCount: job.totalLabeled,
      unlabeledCount: job.unlabeled,
      failedCount: job.failedNonRetryableError,
      events: job,
      describeCommand: `aws sagemaker describe-labeling-job --region ${Aws.REGION} --labeling-job-name ${job.labelingJobName}`,
      groundTruthJob: job,
      groundTruthInventory: list,
      preparedData: prepared,
      labeledObjectTags: tags && new LabeledObjectTags(scope, 'Tagging', { job, tags, outputPrefix: options.outputPrefix }),
    };
  }

  /** Jobs work on objects, and a text within a manifest is none. */
  private checkPreparation(scope: Construct, prepare: DataPreparation[] | undefined): void {
    const { source } = this.options.taskType._rules;
    refuse(scope, prepare && source === 'source'
      ? ['\'prepare\' works on objects, but the task type labels texts within the manifest (\'source\'): use a task type of objects, or a custom one'] : []);
  }
}

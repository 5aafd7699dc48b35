import { CfnOutput } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LabelingJob } from './groundtruth/labeling-job';
import { LabelingJobInventory } from './groundtruth/labeling-job-inventory';
import { LabelCategories } from './label-categories';
import { BoundBackend, LabelingBackend } from './labeling-backend';
import { LabelingInput } from './labeling-input';
import { refuse } from './private/errors';
import { ReconcileOn } from './reconcile-on';
import { DataPreparation } from './s3batch/data-preparation';
import { PreparedData } from './s3batch/prepared-data';
import { DatasetImport } from './supervisely/dataset-import';
import { LabelingJob as SuperviselyLabelingJob } from './supervisely/labeling-job';
import { LabelingJobInventory as SuperviselyLabelingJobInventory } from './supervisely/labeling-job-inventory';
import { LabelsExport } from './supervisely/labels-export';

/** Properties of a `LabelingWorkflow`. */
export interface LabelingWorkflowProps {
  /** The job system that labels, and how. */
  readonly backend: LabelingBackend;

  /** The data objects to be labeled. */
  readonly input: LabelingInput;

  /**
   * The labels to choose from.
   *
   * @default - none; only a custom task type can do without
   */
  readonly labels?: LabelCategories;

  /**
   * What is done to the objects before they are labeled, one step after the other, by jobs of S3 Batch Operations. The deployment does not wait: the labeling
   * job starts when everything is prepared. Until then its status is `Preparing` and its state `Pending`; its name, ARN and output are those that it will have.
   *
   * What fails on the way is reported and not labeled.
   *
   * @default - none, the objects are labeled as they are
   */
  readonly prepare?: DataPreparation[];

  /**
   * Tags that labeled objects get when a labeling job has ended, in place of all that they have: at most 10.
   *
   * @default - none
   */
  readonly tagLabeledObjects?: { [key: string]: string };

  /**
   * Whether the workflow lists the account's jobs, or the Supervisely team's.
   *
   * @default true
   */
  readonly listJobs?: boolean;

  /**
   * What makes a deployment look at the jobs again.
   *
   * @default - ReconcileOn.CHANGE; for Supervisely also every hour, and the server's messages where there is a webhook
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Whether the stack gets outputs: the job's name, ARN and state, where its input, labels and the list of jobs lie, and a command
   * that shows the job.
   *
   * @default true
   */
  readonly outputs?: boolean;
}

/**
 * Labeling as infrastructure: data goes in, people label, labels come out. Deploying it gives a running job and a list of the account's jobs.
 */
export class LabelingWorkflow extends Construct {
  /** The bucket of the labels. */
  public readonly bucket: s3.IBucket;
  /** The URI of the input manifest. */
  public readonly inputUri: string;
  /** The URI of the labels, complete once the job has ended. */
  public readonly outputUri: string;
  /** The job's name. */
  public readonly jobName: string;
  /** The job's state as of the last deployment: a `JobState`. */
  public readonly state: string;
  /** Objects labeled, as of the last deployment. */
  public readonly labeledCount: number;
  /** Objects not labeled yet, as of the last deployment. */
  public readonly unlabeledCount: number;
  /** Objects that could not be labeled, as of the last deployment. */
  public readonly failedCount: number;
  /** The list of the account's Ground Truth jobs; `undefined` without `listJobs`. */
  public readonly inventory?: LabelingJobInventory;

  /** The list of the team's Supervisely jobs; `undefined` without `listJobs`, and where another system labels. */
  public readonly superviselyInventory?: SuperviselyLabelingJobInventory;

  /** The preparation of the objects; `undefined` without `prepare`. */
  public readonly preparedData?: PreparedData;

  /** The import of the objects into a dataset; only with `LabelingBackend.supervisely()`. */
  public readonly datasetImport?: DatasetImport;

  /** The export of the labels, which can be started before all jobs are completed too; only with `LabelingBackend.supervisely()`. */
  public readonly labelsExport?: LabelsExport;

  private readonly bound: BoundBackend;

  /**
   * @param scope the construct that owns the workflow
   * @param id the workflow's id in its scope
   * @param props what is to be labeled, how and by whom
   */
  constructor(scope: Construct, id: string, props: LabelingWorkflowProps) {
    super(scope, id);
    this.bound = props.backend._bind(this, {
      input: props.input,
      labels: props.labels,
      listJobs: props.listJobs ?? true,
      outputs: props.outputs ?? true,
      reconcileOn: props.reconcileOn,
      prepare: props.prepare,
      tags: props.tagLabeledObjects,
    });
    this.bucket = this.bound.bucket;
    this.inputUri = this.bound.inputUri;
    this.outputUri = this.bound.outputUri;
    this.jobName = this.bound.jobName;
    this.state = this.bound.state;
    this.labeledCount = this.bound.labeledCount;
    this.unlabeledCount = this.bound.unlabeledCount;
    this.failedCount = this.bound.failedCount;
    this.inventory = this.bound.groundTruthInventory;
    this.superviselyInventory = this.bound.superviselyInventory;
    this.preparedData = this.bound.preparedData;
    this.datasetImport = this.bound.datasetImport;
    this.labelsExport = this.bound.labelsExport;
    if (props.outputs ?? true) this.addOutputs();
  }

  /** The Ground Truth job, with all that only Ground Truth offers. Fails where another system labels. */
  public get groundTruthJob(): LabelingJob {
    const { groundTruthJob } = this.bound;
    refuse(this, groundTruthJob ? [] : ['\'groundTruthJob\' exists only with LabelingBackend.groundTruth()']);
    return groundTruthJob!;
  }

  /** The Supervisely jobs, with all that only Supervisely offers. Fails where another system labels. */
  public get superviselyJob(): SuperviselyLabelingJob {
    const { superviselyJob } = this.bound;
    refuse(this, superviselyJob ? [] : ['\'superviselyJob\' exists only with LabelingBackend.supervisely()']);
    return superviselyJob!;
  }

  /** A rule for the job's end, however it ends. */
  public onStateChange(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.bound.events.onStateChange(id, options);
  }

  /** A rule for the job's end with everything labeled: the labels can be read. */
  public onCompleted(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.bound.events.onCompleted(id, options);
  }

  /** A rule for the job's end by a failure. Supervisely has none; there it is for what only a person can mend, of the import and the export too. */
  public onFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.bound.events.onFailed(id, options);
  }

  /** A rule for the job's end by being stopped. */
  public onStopped(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.bound.events.onStopped(id, options);
  }

  /** A rule for each data object of a stream that has got its label; `groundtruth.DataObjectLabeledDetail` says what its target hears. */
  public onLabeled(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.groundTruthJob.onLabeled(id, options);
  }

  /**
   * A rule for each attempt of labeling a data object of a stream that has failed; `groundtruth.DataObjectLabelingFailedDetail` says what its
   * target hears.
   */
  public onLabelingFailed(id: string, options: events.OnEventOptions = {}): events.Rule {
    return this.groundTruthJob.onLabelingFailed(id, options);
  }

  private addOutputs(): void {
    const { jobName, jobArn, state, outputUri, inputUri, describeCommand } = this.bound;
    const output = (id: string, description: string, value: string | undefined) => {
      if (value !== undefined) new CfnOutput(this, id, { description, value });
    };
    output('JobName', 'The labeling job', jobName);
    output('JobArn', 'The labeling job\'s ARN', jobArn);
    output('JobState', 'The labeling job\'s state as of this deployment', state);
    output('InputUri', 'The data objects to be labeled', inputUri);
    output('OutputUri', 'The labels, complete once the job has ended', outputUri);
    output('UnpreparedUri', 'The data objects that could not be prepared, and why', this.preparedData?.failedUri);
    output('InventoryUri', 'The list of the account\'s labeling jobs', (this.inventory ?? this.superviselyInventory)?.recordUri);
    output('NotImportedUri', 'The data objects that could not be imported, and why', this.datasetImport?.failedUri);
    output('DescribeCommand', 'Shows how far the job is now', describeCommand);
  }
}

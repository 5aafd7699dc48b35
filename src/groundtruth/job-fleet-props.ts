import * as s3 from 'aws-cdk-lib/aws-s3';
import { FleetJobs } from './fleet-jobs';
import { LabelingLifecycleOptions } from './labeling-lifecycle-options';
import { LabelingOutputOptions } from './labeling-output-options';
import { LabelingTaskOptions } from './labeling-task-options';
import { TaskType } from './task-type';
import { IWorkteam } from './workteam';
import { LabelCategories } from '../label-categories';
import { ReconcileOn } from '../reconcile-on';

/** What makes the deployment of a fleet fail. */
export enum FailOn {
  /** Nothing that happens to a single job: failed jobs show in the fleet's attributes, outputs and alarms. */
  NOTHING = 'NOTHING',
  /** A job whose newest generation has failed, and that is not resumed. */
  JOB_FAILED = 'JOB_FAILED',
}

/**
 * Where a fleet's merged labels go: `labels.jsonl` (an output manifest in which each data object stands exactly once), `labels.csv` (the same as a
 * table) and `labels.json` (what there is of each job).
 */
export interface FleetResultOptions {
  /**
   * Bucket of the result.
   *
   * @default - the bucket of the labels
   */
  readonly bucket?: s3.IBucket;

  /**
   * Prefix of the result's keys, without a slash at its ends.
   *
   * @default - `results/` and a name of the fleet's own
   */
  readonly prefix?: string;

  /**
   * Whether texts that a spreadsheet would take for a formula are put in quotes in the table.
   *
   * @default true
   */
  readonly escapeFormulas?: boolean;
}

/** Properties of a `JobFleet`. */
export interface JobFleetProps extends LabelingTaskOptions, LabelingOutputOptions, LabelingLifecycleOptions {
  /**
   * The jobs.
   *
   * @default - those given to `addJob()`
   */
  readonly jobs?: FleetJobs;

  /**
   * What workers do, and how their answers become a label.
   *
   * @default - each job says it
   */
  readonly taskType?: TaskType;

  /**
   * Who labels.
   *
   * @default - each job says it
   */
  readonly workteam?: IWorkteam;

  /**
   * The labels to choose from.
   *
   * @default - each job says it
   */
  readonly labels?: LabelCategories;

  /**
   * How many jobs are under way at once. The others wait, and start when one has ended.
   *
   * @default - as many as the account's quota lets run
   */
  readonly maxConcurrentJobs?: number;

  /**
   * What makes a deployment fail.
   *
   * @default FailOn.NOTHING
   */
  readonly failOn?: FailOn;

  /**
   * Where the merged labels of all jobs go, as JSON Lines and as a table.
   *
   * @default - into the bucket of the labels
   */
  readonly result?: FleetResultOptions;

  /**
   * What makes the fleet look at its jobs again.
   *
   * @default - a change, and the end of one of its jobs
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Whether the stack gets outputs: jobs by state, objects, where result and record of the last run lie, and commands that start a run, show
   * the last one and export the result.
   *
   * @default true
   */
  readonly outputs?: boolean;
}

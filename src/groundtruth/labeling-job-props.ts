import * as sns from 'aws-cdk-lib/aws-sns';
import { InputManifest } from './input-manifest';
import { LabelingLifecycleOptions } from './labeling-lifecycle-options';
import { LabelingOutputOptions } from './labeling-output-options';
import { LabelingTaskOptions } from './labeling-task-options';
import { TaskType } from './task-type';
import { IWorkteam } from './workteam';
import { LabelCategories } from '../label-categories';
import { ReconcileOn } from '../reconcile-on';

/**
 * All of a labeling job but its data and labels.
 *
 * `taskType` and `labelAttributeName` define the labels: with another value a job that has labels is replaced only if `relabel` says so.
 * All other properties may change: the job is stopped, and a next generation labels what is left.
 */
export interface LabelingJobOptions extends LabelingTaskOptions, LabelingOutputOptions, LabelingLifecycleOptions {
  /** What workers do, and how their answers become a label. */
  readonly taskType: TaskType;

  /** Who labels. */
  readonly workteam: IWorkteam;

  /**
   * Whether a job that is replaced goes on beside its successor until the deployment has succeeded. Both label, and are paid for.
   *
   * @default false
   */
  readonly overlap?: boolean;

  /**
   * Another number asks for a next generation that labels what is left, for example after a failure.
   *
   * @default - none is asked for
   */
  readonly attempt?: number;

  /**
   * Whether a deployment waits, within `timeout`, until everything is labeled. People take days: this is for demonstrations and tests.
   *
   * @default false
   */
  readonly waitForCompletion?: boolean;

  /**
   * What makes a deployment look at the job again.
   *
   * @default ReconcileOn.CHANGE; for a stream also the end of a job, which is followed by the next one, and once an hour
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Topic of a streaming job's labels, each as it is made: a standard topic of the same account and region. It may be the input of another stream.
   *
   * @default - a new `StreamTopic` with `InputManifest.streaming()`, none with `InputManifest.fromTopic()`
   */
  readonly outputTopic?: sns.ITopic;

  /**
   * Name of an existing job of this account and region that becomes the resource's first generation, whoever made it. Nothing of it is
   * labeled again: it gets tags and goes on. Where the declaration's data, labels, task type or label attribute differ, the
   * deployment fails and says in which field; other differences are reported.
   *
   * @default - a new job is made
   */
  readonly adopt?: string;
}

/** Properties of a `LabelingJob`. */
export interface LabelingJobProps extends LabelingJobOptions {
  /** The data objects to be labeled. */
  readonly input: InputManifest;

  /**
   * The labels to choose from.
   *
   * @default - none; only a custom task type can do without
   */
  readonly labels?: LabelCategories;
}

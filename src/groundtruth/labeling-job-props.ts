import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InputManifest } from './input-manifest';
import { JobRemoval } from './job-removal';
import { ContentClassifier } from './labeling-job-status';
import { TaskPrice } from './task-price';
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
export interface LabelingJobOptions {
  /** What workers do, and how their answers become a label. */
  readonly taskType: TaskType;

  /** Who labels. */
  readonly workteam: IWorkteam;

  /**
   * Key of the label in the output: up to 127 letters, digits and hyphens, ending in `-ref` where the task type demands it.
   *
   * @default 'label'
   */
  readonly labelAttributeName?: string;

  /**
   * Bucket of the labels.
   *
   * @default - a new `LabelingBucket`, which stays when the stack goes
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * Prefix of the labels' keys, without a slash at its ends; a folder named like the job follows. Empty for the bucket's root.
   *
   * @default 'labels'
   */
  readonly outputPrefix?: string;

  /**
   * Key with which Ground Truth encrypts the labels. Its key policy must allow the job's role, by itself or by leaving that to IAM.
   *
   * @default - the bucket's own encryption
   */
  readonly outputKey?: kms.IKey;

  /**
   * Buckets in which earlier generations of this job have left their labels, where `outputBucket` has changed: a next generation starts
   * from there. The library lets the job's role and its own handlers read them.
   *
   * @default - none, the job has always written to `outputBucket`
   */
  readonly formerOutputBuckets?: s3.IBucket[];

  /**
   * Role in which Ground Truth works. It is given the job's permissions if it can be changed.
   *
   * @default - a new role with exactly this job's permissions
   */
  readonly role?: iam.IRole;

  /**
   * Title of the task, 1 to 128 characters. Workers see it.
   *
   * @default - a title that fits the task type
   */
  readonly title?: string;

  /**
   * Description of the task, 1 to 255 characters on one line. Workers see it.
   *
   * @default - a description that fits the task type
   */
  readonly description?: string;

  /**
   * Up to five words of 1 to 30 letters and digits by which workers of a public team find the task.
   *
   * @default - none
   */
  readonly keywords?: string[];

  /**
   * How many workers label each data object, 1 to 9. Their answers are consolidated into one label.
   *
   * @default 3
   */
  readonly workersPerDataObject?: number;

  /**
   * How long a worker may take for a task, 30 seconds to 8 hours.
   *
   * @default Duration.minutes(5)
   */
  readonly taskTimeLimit?: Duration;

  /**
   * How long a task waits for workers before its object counts as failed, 60 seconds to 30 days (12 hours for a public team).
   *
   * @default - the service's: 30 days for private and vendor teams
   */
  readonly taskAvailabilityLifetime?: Duration;

  /**
   * How many data objects are with workers at a time, 1 to 5,000. More than 1,000 needs a support case.
   *
   * @default - the service's: 1000
   */
  readonly maxConcurrentTaskCount?: number;

  /**
   * What you declare about the data. A public team needs it to be free of personally identifiable information.
   *
   * @default - nothing is declared
   */
  readonly contentClassifiers?: ContentClassifier[];

  /**
   * What a worker of a public team is paid for a task.
   *
   * @default - none, private and vendor teams take no price
   */
  readonly taskPrice?: TaskPrice;

  /**
   * Stop when people have labeled this many objects, at least 1.
   *
   * @default - no such condition
   */
  readonly maxHumanLabeledObjectCount?: number;

  /**
   * Stop when this many percent of the objects are labeled, 1 to 100.
   *
   * @default - no such condition
   */
  readonly maxPercentageOfInputDatasetLabeled?: number;

  /**
   * What happens to a running job when its resource is removed.
   *
   * @default JobRemoval.STOP
   */
  readonly removal?: JobRemoval;

  /**
   * Any text that differs from the last one allows that a job with labels is replaced by one with other data, labels, task type or label attribute:
   * its objects are labeled, and paid for, again. Say why, for example `'2026-11 new guideline'`.
   *
   * @default - such a change fails the deployment before anything is stopped
   */
  readonly relabel?: string;

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
   * What makes a deployment look at the job again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Bucket that remembers the job's generations.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;

  /**
   * Whether a deployment waits, within `timeout`, until everything is labeled. People take days: this is for demonstrations and tests.
   *
   * @default false
   */
  readonly waitForCompletion?: boolean;

  /**
   * How long a deployment waits for the job to be accepted, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;
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

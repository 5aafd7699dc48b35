import { Duration } from 'aws-cdk-lib';
import { AutomatedLabelingOptions } from './automated-labeling-options';
import { ContentClassifier } from './labeling-job-status';
import { TaskPrice } from './task-price';

/**
 * How workers label.
 *
 * `labelAttributeName` defines the labels: with another value a job that has labels is replaced only if `relabel` says so.
 * All other properties may change: the job is stopped, and a next generation labels what is left.
 */
export interface LabelingTaskOptions {
  /**
   * Key of the label in the output: up to 127 letters, digits and hyphens, ending in `-ref` where the task type demands it.
   *
   * @default 'label'
   */
  readonly labelAttributeName?: string;

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
   * Labeling by a model that learns from the workers, for 1,250 objects and more: an empty object asks for it.
   *
   * @default - people label everything
   */
  readonly automatedLabeling?: AutomatedLabelingOptions;
}

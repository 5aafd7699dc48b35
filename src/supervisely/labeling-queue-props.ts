import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { Dataset } from './dataset';
import { LabelingJobStatus } from './labeling-job-status';
import { LabelingWorkOptions } from './labeling-work-options';
import { QueueRemoval } from './queue-removal';
import { IUser } from './user';
import { ReconcileMode } from '../desired-state';
import { ReconcileOn } from '../reconcile-on';

/** What happens to a queue over time. */
export interface QueueLifecycleOptions {
  /**
   * The status that a deployment gives the queue: the server lets any follow any other. It is given when the queue is made and when this value changes,
   * and not again: from there people move it on. For `STOPPED` a queue is stopped, and none is made where there is none.
   *
   * @default - none, people's work alone moves the queue
   */
  readonly desiredStatus?: LabelingJobStatus;

  /**
   * What happens to the queue when its resource is removed.
   *
   * @default QueueRemoval.STOP
   */
  readonly removal?: QueueRemoval;

  /**
   * A status that a deployment waits for, within `timeout`: until the queue has it or a later one. A queue that is stopped meanwhile fails the
   * deployment at once. People take days: this is for short queues, demonstrations and tests.
   *
   * @default - a deployment waits until the server has accepted the queue
   */
  readonly waitForStatus?: LabelingJobStatus;

  /**
   * How long a deployment waits, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Any text that differs from the last one allows that a queue with labeled images is replaced by one with another dataset or collection, other classes,
   * tags or images, whose images may be labeled again. Say why, for example `'2026-11 new guideline'`.
   *
   * @default - such a change fails the deployment before anything is stopped
   */
  readonly relabel?: string;

  /**
   * Whether queues are touched. With `REPORT_ONLY` a deployment shows what it would do, and does nothing.
   *
   * @default ReconcileMode.ENFORCE
   */
  readonly mode?: ReconcileMode;

  /**
   * Another number asks for a next queue on what is left: images that nobody has finished.
   *
   * @default - none is asked for
   */
  readonly attempt?: number;

  /**
   * What makes a deployment look at the queue again.
   *
   * @default ReconcileOn.CHANGE
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Bucket that remembers the queue.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;
}

/**
 * Properties of a `LabelingQueue`.
 *
 * The server lets nothing of a queue be changed but its status. `dataset`, `collectionId`, `classes`, `tags` and which images are labeled define the
 * labels: with another value a queue that has labeled images is replaced only if `relabel` says so. Whatever else changes, people included, stops the
 * queue, and a next one gets the images that nobody has finished.
 *
 * @see https://docs.supervisely.com/labeling/jobs/labeling-queues
 */
export interface LabelingQueueProps extends LabelingWorkOptions, QueueLifecycleOptions {
  /** The server. */
  readonly connection: Connection;

  /**
   * Name of the queue, without slash and backslash. People see it, followed by a text in brackets by which the library finds its queue again; both
   * together have at most 255 characters.
   */
  readonly title: string;

  /** Who labels: members of the team. They take images one after the other, whoever is first, until none waits. */
  readonly labelers: IUser[];

  /** Who reviews: members of the team. */
  readonly reviewers: IUser[];

  /**
   * Who looks at what reviewers have accepted: members of the team.
   *
   * @default - nobody, the reviewers' word is the last
   */
  readonly qualityCheckers?: IUser[];

  /**
   * The images that are labeled.
   *
   * @default - those of the collection that `collectionId` names; one of both must be given
   */
  readonly dataset?: Dataset;

  /**
   * Id of a collection of images, from any datasets of a project, instead of a dataset.
   *
   * @default - the dataset's images
   */
  readonly collectionId?: number;

  /**
   * Id of the team in which the queue is made.
   *
   * @default - the images' own
   */
  readonly teamId?: number;

  /**
   * Whether labelers and reviewers do not see who has drawn an object.
   *
   * @default false
   */
  readonly hideFigureAuthor?: boolean;

  /**
   * Whether somebody who labels and reviews may review their own annotations.
   *
   * @default false
   */
  readonly allowReviewOwnAnnotations?: boolean;

  /**
   * Whether a labeler's job stays open where no image waits any more.
   *
   * @default false
   */
  readonly skipCompleteJobOnEmpty?: boolean;
}

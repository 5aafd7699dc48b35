import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { ImageSet } from './image-set';
import { JobRemoval } from './job-removal';
import { RejectedImages } from './job-resume-options';
import { JobSettingsOptions } from './job-settings-options';
import { LabelingJobStatus } from './labeling-job-status';
import { IUser } from './user';
import { ReconcileMode } from '../desired-state';
import { ReconcileOn } from '../reconcile-on';

/** Somebody who labels for a fleet. */
export interface FleetLabeler {
  /** A member of the datasets' team. */
  readonly labeler: IUser;

  /**
   * How much they get beside the others, a whole number from 1 to 1,000: who has 2 gets twice as many images as who has 1.
   *
   * @default 1
   */
  readonly weight?: number;
}

/** What happens to a fleet over time. */
export interface FleetLifecycleOptions {
  /**
   * What follows a completed job with images that were rejected. They go back to whoever has labeled them; of somebody who has left, to others.
   *
   * @default RejectedImages.RESTART
   */
  readonly rejectedImages?: RejectedImages;

  /**
   * What happens to the jobs when the fleet is removed. Jobs of a labeler who leaves are stopped in any case, but for those in review.
   *
   * @default JobRemoval.STOP
   */
  readonly removal?: JobRemoval;

  /**
   * A status that a deployment waits for, within `timeout`: until all jobs have it or a later one. A job that is stopped meanwhile fails the deployment
   * at once. People take days: this is for short jobs, demonstrations and tests.
   *
   * @default - a deployment waits until the images are given out
   */
  readonly waitForStatus?: LabelingJobStatus;

  /**
   * How long a deployment waits, at most 55 minutes.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Any text that differs from the last one allows that images which are finished are labeled again, for other classes or tags. Say why, for
   * example `'2026-11 new guideline'`.
   *
   * @default - such a change fails the deployment before anything is stopped
   */
  readonly relabel?: string;

  /**
   * Whether jobs are touched. With `REPORT_ONLY` a deployment shows what it would do, and does nothing.
   *
   * @default ReconcileMode.ENFORCE
   */
  readonly mode?: ReconcileMode;

  /**
   * Another number has jobs stopped and the rest shared out anew, images included that are held back: those of jobs that a person has stopped,
   * archived or removed, and those of completed jobs that were not marked as done.
   *
   * @default - nothing is shared out anew
   */
  readonly attempt?: number;

  /**
   * What makes the fleet look for images that have come, or have to go elsewhere.
   *
   * @default - a change, and every hour
   */
  readonly reconcileOn?: ReconcileOn;

  /**
   * Bucket that remembers the jobs.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;
}

/** Properties of a `JobFleet`. */
export interface JobFleetProps extends JobSettingsOptions, FleetLifecycleOptions {
  /** The server. */
  readonly connection: Connection;

  /**
   * What is labeled. An image that several sets select belongs to the first of them. Each set is shared out by itself, so that everybody gets their part
   * of each.
   */
  readonly imageSets: ImageSet[];

  /** Who labels, 200 people at most. Take somebody out, add somebody or change a weight, and what is not done is shared out anew. */
  readonly labelers: FleetLabeler[];

  /**
   * Name of the jobs, without slash and backslash. Labelers see it, followed by a text in brackets by which the library finds its jobs again; both
   * together have at most 255 characters.
   */
  readonly title: string;

  /**
   * Who reviews: a member of the datasets' team.
   *
   * @default - none is named
   */
  readonly reviewer?: IUser;

  /**
   * Id of the team in which the jobs are made.
   *
   * @default - the datasets' own
   */
  readonly teamId?: number;
}

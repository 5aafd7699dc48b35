import { CompletionWebhook } from './completion-webhook';
import { Connection } from './connection';
import { Dataset } from './dataset';
import { LabelingLifecycleOptions } from './labeling-lifecycle-options';
import { LabelingTaskOptions } from './labeling-task-options';
import { IUser } from './user';

/** Properties of a `LabelingJob`. */
export interface LabelingJobProps extends LabelingTaskOptions, LabelingLifecycleOptions {
  /** The server. */
  readonly connection: Connection;

  /**
   * The images that are labeled.
   *
   * @default - those of the job that `cloneOf` names; without it a dataset must be given
   */
  readonly dataset?: Dataset;

  /**
   * Name of the job, without slash and backslash. Labelers see it, followed by a text in brackets by which the library finds its jobs again; both
   * together have at most 255 characters.
   */
  readonly title: string;

  /** Who labels: members of the dataset's team. Each gets a job of their own on all the images. */
  readonly labelers: IUser[];

  /**
   * Who reviews: a member of the dataset's team. The server lets a reviewer be replaced, and is not known to let one be taken away: without one any more,
   * next jobs have none, and those that there are keep theirs.
   *
   * @default - none is named
   */
  readonly reviewer?: IUser;

  /**
   * Id of the team in which the jobs are made.
   *
   * @default - the dataset's own
   */
  readonly teamId?: number;

  /**
   * The webhook by which the server announces completed jobs of the team: what is left is then taken up again, and events are sent, as soon as a job is
   * completed. Without it nothing is known of the jobs until a schedule or a deployment looks at them. With it `reconcileOn` is by default
   * `ReconcileOn.CHANGE` and `ReconcileOn.STATE_CHANGE`.
   *
   * @default - the server announces nothing
   */
  readonly completionWebhook?: CompletionWebhook;
}

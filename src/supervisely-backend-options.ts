import * as s3 from 'aws-cdk-lib/aws-s3';
import type { CompletionWebhook } from './supervisely/completion-webhook';
import type { Connection } from './supervisely/connection';
import type { ImageTransfer } from './supervisely/image-transfer';
import type { ImportedLabels } from './supervisely/imported-labels';
import type { LabelingJobInventoryOptions } from './supervisely/labeling-job-inventory-props';
import type { LabelingLifecycleOptions } from './supervisely/labeling-lifecycle-options';
import type { LabelingTask } from './supervisely/labeling-task';
import type { LabelingTaskOptions } from './supervisely/labeling-task-options';
import type { Project } from './supervisely/project';
import type { IUser } from './supervisely/user';

/**
 * How Supervisely labels a workflow's data: an import makes a dataset of it, jobs are made on the dataset, and when all of them are completed the labels are
 * exported in Ground Truth's form.
 */
export interface SuperviselyBackendOptions extends LabelingTaskOptions, LabelingLifecycleOptions {
  /** The server. */
  readonly connection: Connection;

  /** The project that gets the images, and the workflow's labels as classes or tags. */
  readonly project: Project;

  /** Name of the dataset that is made in the project, 1 to 255 characters. A dataset of this name that is there already is gone on with. */
  readonly datasetName: string;

  /** What people mark, and what becomes of it in the output. */
  readonly task: LabelingTask;

  /** Who labels: members of the project's team. Each gets a job of their own on all the images. */
  readonly labelers: IUser[];

  /**
   * Who reviews: a member of the project's team.
   *
   * @default - none is named
   */
  readonly reviewer?: IUser;

  /**
   * Name of the jobs, which labelers see.
   *
   * @default - the dataset's name
   */
  readonly title?: string;

  /**
   * How the images get to the server.
   *
   * @default ImageTransfer.LINK
   */
  readonly images?: ImageTransfer;

  /**
   * Labels that the input's lines hold already and that go along. Their images are not labeled again, and stand in the output with the others.
   *
   * @default - none, only images
   */
  readonly importedLabels?: ImportedLabels[];

  /**
   * The webhook by which the server announces completed jobs of the team. Without it their end is seen when the next schedule looks.
   *
   * @default - the server announces nothing
   */
  readonly completionWebhook?: CompletionWebhook;

  /**
   * Bucket of the labels.
   *
   * @default - that of the prepared data where there is any, else a new LabelingBucket
   */
  readonly outputBucket?: s3.IBucket;

  /**
   * Prefix of the labels' keys, without slashes at its ends.
   *
   * @default 'labels'
   */
  readonly outputPrefix?: string;

  /**
   * Key of the label in the output; for segmentations it ends in `-ref`.
   *
   * @default - 'label', for segmentations 'label-ref'
   */
  readonly labelAttributeName?: string;

  /**
   * Which of the team's jobs the workflow lists, and where to.
   *
   * @default - all of them, in the bucket that remembers the jobs
   */
  readonly inventory?: LabelingJobInventoryOptions;
}

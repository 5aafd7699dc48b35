import { JobSettingsOptions } from './job-settings-options';
import { LabelingWorkOptions } from './labeling-work-options';

/**
 * What is labeled, and how: all that a job of the server can say.
 *
 * `disableConfirm`, `disableSubmit`, `enableIntermediateReview`, `toolboxSettings` and `customData` change in place. `classes`, `tags` and which images
 * are labeled define the labels: with another value jobs that have finished images are replaced only if `relabel` says so. The server lets
 * nothing else be changed: the jobs are stopped, and next ones label what is left.
 *
 * @see https://developer.supervisely.com/getting-started/python-sdk-tutorials/labeling-jobs
 */
export interface LabelingTaskOptions extends LabelingWorkOptions, JobSettingsOptions {
  /**
   * Id of a job on the server whose settings are the defaults of all that is not declared, images included.
   *
   * @default - no job is cloned
   */
  readonly cloneOf?: number;
}

import { LabelingSettingsOptions } from './labeling-settings-options';

/** How images are labeled in jobs, whichever they are: what jobs and fleets of jobs have in common. */
export interface JobSettingsOptions extends LabelingSettingsOptions {
  /**
   * Names of the tags that are shown and cannot be changed.
   *
   * @default - none
   */
  readonly readOnlyTags?: string[];

  /**
   * Whether labelers may take back what they have deleted.
   *
   * @default false
   */
  readonly allowRestore?: boolean;

  /**
   * Whether a manager looks at the job after the reviewer.
   *
   * @default false
   */
  readonly enableIntermediateReview?: boolean;

  /**
   * Whatever you want to note with the jobs, as JSON. The member `cdkLabelingWorkflows` is the library's own.
   *
   * @default - nothing
   */
  readonly customData?: { [name: string]: any };
}

/** How images are labeled, whichever they are: what jobs, fleets of jobs and queues have in common. */
export interface LabelingSettingsOptions {
  /**
   * Instructions for labelers and reviewers, in Markdown.
   *
   * @default - none
   */
  readonly readme?: string;

  /**
   * What it is about, up to 255 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Names of the classes that may be labeled. They must be in the project.
   *
   * @default - all classes of the project
   */
  readonly classes?: string[];

  /**
   * Names of the tags that may be used. They must be in the project.
   *
   * @default - all tags of the project
   */
  readonly tags?: string[];

  /**
   * How many objects an image may have, from 1.
   *
   * @default - no limit
   */
  readonly objectsLimitPerImage?: number;

  /**
   * How many tags an image may have, from 1.
   *
   * @default - no limit
   */
  readonly tagsLimitPerImage?: number;

  /**
   * Whether classes that the project gets later may be labeled too.
   *
   * @default false
   */
  readonly dynamicClasses?: boolean;

  /**
   * Whether tags that the project gets later may be used too.
   *
   * @default false
   */
  readonly dynamicTags?: boolean;

  /**
   * Id of a guide of the team, which labelers see.
   *
   * @default - none
   */
  readonly guideId?: number;

  /**
   * Whether labelers cannot confirm single images.
   *
   * @default false
   */
  readonly disableConfirm?: boolean;

  /**
   * Whether labelers cannot hand in their job.
   *
   * @default false
   */
  readonly disableSubmit?: boolean;
}

/** Images by their places in the dataset, from 1. */
export interface ImagesRange {
  /** The first one, from 1. */
  readonly start: number;
  /** The last one, itself included. */
  readonly end: number;
}

/** How videos are played in the labeling tool. */
export interface ToolboxSettings {
  /**
   * How fast: 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 2, 4, 8, 16 or 32 times.
   *
   * @default - the server's
   */
  readonly playbackRate?: number;

  /**
   * How many frames a step skips, from 0.
   *
   * @default - the server's
   */
  readonly skipFramesSize?: number;

  /**
   * Whether the time is shown instead of the frame's number.
   *
   * @default - the server's
   */
  readonly showVideoTime?: boolean;
}

/** What is labeled, and how: what jobs and queues have in common. */
export interface LabelingWorkOptions {
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
   * Ids of the images to be labeled.
   *
   * @default - all images of the dataset
   */
  readonly imageIds?: number[];

  /**
   * Places of the images to be labeled, instead of their ids.
   *
   * @default - all images of the dataset
   */
  readonly imagesRange?: ImagesRange;

  /**
   * Only images that have all of these tags.
   *
   * @default - whatever tags images have
   */
  readonly includeImagesWithTags?: string[];

  /**
   * Only images that have none of these tags.
   *
   * @default - whatever tags images have
   */
  readonly excludeImagesWithTags?: string[];

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
   * How videos are played. For projects of videos only.
   *
   * @default - the server's settings
   */
  readonly toolboxSettings?: ToolboxSettings;

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

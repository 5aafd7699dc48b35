import { LabelingSettingsOptions } from './labeling-settings-options';

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
export interface LabelingWorkOptions extends LabelingSettingsOptions {
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
   * How videos are played. For projects of videos only.
   *
   * @default - the server's settings
   */
  readonly toolboxSettings?: ToolboxSettings;
}

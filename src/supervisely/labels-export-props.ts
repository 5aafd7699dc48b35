import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { Dataset } from './dataset';
import { JobFleet } from './job-fleet';
import { LabelFormat } from './label-format';
import { LabelingJob } from './labeling-job';

/** Properties of a `LabelsExport`. At least one of `jobs`, `fleets`, `jobIds`, `queueIds` and `dataset` must be given. */
export interface LabelsExportProps {
  /** The server. */
  readonly connection: Connection;

  /**
   * Name of the attribute that holds the labels. It ends in `-ref` for segmentations, whose labels are files, and for no other format.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateLabelingJob.html
   */
  readonly labelAttributeName: string;

  /**
   * Jobs of this library, each with the jobs of all labelers and all that went before them on the same images and classes. An image that two of
   * them have labeled counts as labeled by the one that was accepted, else by the one that finished last.
   *
   * @default - none
   */
  readonly jobs?: LabelingJob[];

  /**
   * Fleets of this library, each with all jobs that it has made.
   *
   * @default - none
   */
  readonly fleets?: JobFleet[];

  /**
   * Ids of jobs that others have made, in the same project.
   *
   * @default - none
   */
  readonly jobIds?: number[];

  /**
   * Ids of queues in the same project, be they of this library or not: the images that their labelers have taken.
   *
   * @default - none
   */
  readonly queueIds?: number[];

  /**
   * A whole dataset. Its images that are in none of the jobs carry a label if anything is marked on them.
   *
   * @default - only images that the jobs are on
   */
  readonly dataset?: Dataset;

  /**
   * In which form labels are written.
   *
   * @default - what the classes' shapes say, where they all have one: boxes of rectangles, a segmentation of masks, polygons of polygons; without
   * classes a multi-label classification by the images' tags
   */
  readonly format?: LabelFormat;

  /**
   * Names of classes in the order of their numbers, from 0. Numbers stay the same if further classes are added at the end; what is of another class
   * is left out.
   *
   * @default - the classes that the jobs are restricted to, in their order; without any those of the project, in the project's order
   */
  readonly labels?: string[];

  /**
   * Bucket of the result.
   *
   * @default - a new LabelingBucket
   */
  readonly bucket?: s3.IBucket;

  /**
   * Prefix of the result's keys, without slashes at its ends.
   *
   * @default 'labels'
   */
  readonly prefix?: string;

  /**
   * Whether texts in the CSV file that a spreadsheet would take for formulas get an apostrophe in front, so that they stay texts. The
   * manifest has the texts as they are, always.
   *
   * @default true
   */
  readonly escapeFormulas?: boolean;
}

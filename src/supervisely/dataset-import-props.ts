import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Connection } from './connection';
import { ImageTransfer } from './image-transfer';
import { ImportedLabels } from './imported-labels';
import { Project } from './project';
import { LabelingInput } from '../labeling-input';

/** Properties of a `DatasetImport`. */
export interface DatasetImportProps {
  /** The server. */
  readonly connection: Connection;

  /** The project that gets the images. It must be one of images. */
  readonly project: Project;

  /** Name of the dataset, 1 to 255 characters. It is found by this name among the project's own datasets, or made. */
  readonly datasetName: string;

  /**
   * The images: lines with `source-ref`. Other keys go into the images' metadata. Streams and texts are refused.
   *
   * @default - the output of the job or export that `labels` names
   */
  readonly input?: LabelingInput;

  /**
   * Labels that the lines hold and that go along. Classes and tags are added to the project where they are missing. A line without any of them is
   * an image that is not labeled yet.
   *
   * @default - none, only images
   */
  readonly labels?: ImportedLabels[];

  /**
   * How the images get to the server.
   *
   * @default ImageTransfer.LINK
   */
  readonly images?: ImageTransfer;

  /**
   * Name of the tag that an image gets with its labels, 1 to 255 characters. A `LabelingJob` with this name in `excludeImagesWithTags` gets the
   * images that are not labeled yet.
   *
   * @default 'ground-truth'
   */
  readonly labeledTag?: string;

  /**
   * Another number reads the manifest once more, where the import has failed or the manifest has grown. Images that are there stay; labels go to
   * those only that have none at all.
   *
   * @default 1
   */
  readonly attempt?: number;

  /**
   * Whether the deployment waits until everything is imported.
   *
   * @default false
   */
  readonly waitForCompletion?: boolean;

  /**
   * How long a deployment may take with `waitForCompletion`, at most 55 minutes.
   *
   * @default Duration.minutes(50)
   */
  readonly timeout?: Duration;

  /**
   * Bucket that remembers how far the import is.
   *
   * @default - one bucket a stack, made by the library
   */
  readonly stateBucket?: s3.IBucket;
}

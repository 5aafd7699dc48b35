import { AwaitedDataset, Dataset } from './dataset';
import type { ImageSetProperties } from './private/job-fleet-contract';
import { listProblems, tagOverlapProblems, wholeNumberProblems } from './private/validation';
import { refuse } from '../private/errors';

/** Which images of a dataset belong to an `ImageSet`. */
export interface ImageTags {
  /**
   * Only images that have all of these tags.
   *
   * @default - whatever tags images have
   */
  readonly include?: string[];

  /**
   * Only images that have none of these tags.
   *
   * @default - whatever tags images have
   */
  readonly exclude?: string[];
}

interface Selection {
  readonly ImageIds?: number[];
  readonly IncludeImagesWithTags?: string[];
  readonly ExcludeImagesWithTags?: string[];
}

/** Images that a fleet shares out over its labelers. */
export class ImageSet {
  /**
   * All images of a dataset, those included that come later.
   *
   * @param dataset the dataset
   */
  public static fromDataset(dataset: Dataset): ImageSet {
    return new ImageSet(dataset);
  }

  /**
   * Some images of a dataset.
   *
   * @param dataset the dataset
   * @param imageIds the images' ids, whole numbers from 1; all sets of a fleet together name 10,000 at most
   */
  public static fromImageIds(dataset: Dataset, imageIds: number[]): ImageSet {
    refuse('ImageSet.fromImageIds', [
      ...listProblems('imageIds', imageIds, 'all images of the dataset, as ImageSet.fromDataset() does'),
      ...imageIds.flatMap((id) => wholeNumberProblems('imageIds', id, 1)),
    ]);
    return new ImageSet(dataset, { ImageIds: imageIds });
  }

  /**
   * Images of a dataset by their tags, those included that come or are tagged later. Whoever has an image keeps it when its tags change.
   *
   * @param dataset the dataset
   * @param tags which tags images must have or lack; they must be in the project
   */
  public static fromTags(dataset: Dataset, tags: ImageTags): ImageSet {
    refuse('ImageSet.fromTags', [
      ...(tags.include === undefined && tags.exclude === undefined ? ['\'tags\' names none: use ImageSet.fromDataset() for all images'] : []),
      ...listProblems('include', tags.include, 'images with any tags'),
      ...listProblems('exclude', tags.exclude, 'images with any tags'),
      ...tagOverlapProblems(tags.include, tags.exclude),
    ]);
    return new ImageSet(dataset, { IncludeImagesWithTags: tags.include, ExcludeImagesWithTags: tags.exclude });
  }

  /** @internal */
  public readonly _properties: Readonly<Partial<Record<keyof ImageSetProperties, unknown>>>;
  /** @internal */
  public readonly _awaited?: AwaitedDataset;
  /**
   * How many images are named one by one.
   *
   * @internal
   */
  public readonly _named: number;

  private constructor(dataset: Dataset, selection: Selection = {}) {
    this._properties = { Dataset: dataset._properties, ...selection };
    this._awaited = dataset._awaited;
    this._named = selection.ImageIds?.length ?? 0;
  }
}

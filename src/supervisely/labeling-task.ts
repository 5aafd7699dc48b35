import { LabelFormat } from './label-format';
import { ObjectClass } from './object-class';
import { TagApplicability, TagMeta } from './tag-meta';
import { refuse } from '../private/errors';
import { tokenProblems } from '../private/tokens';

/**
 * What a task makes of labels.
 *
 * @internal
 */
export interface TaskLabels {
  /** Classes that the project gets. */
  readonly classes?: ObjectClass[];
  /** Tags that the project gets. */
  readonly tags?: TagMeta[];
}

/** Options of classifications. */
export interface ClassificationTaskOptions {
  /**
   * Name of the tag whose values are the labels.
   *
   * @default 'label'
   */
  readonly tag?: string;
}

/** What people mark on images, and what becomes of it in the output. */
export class LabelingTask {
  /** Boxes: classes of rectangles. */
  public static boundingBox(): LabelingTask {
    return new LabelingTask(LabelFormat.boundingBox(), 'label', (labels) => ({ classes: labels.map((name) => ObjectClass.rectangle(name)) }));
  }

  /** A class for each pixel: classes of masks. The labels are PNG files. */
  public static semanticSegmentation(): LabelingTask {
    return new LabelingTask(LabelFormat.semanticSegmentation(), 'label-ref', (labels) => ({ classes: labels.map((name) => ObjectClass.bitmap(name)) }));
  }

  /** Closed outlines: classes of polygons. */
  public static polygons(): LabelingTask {
    return new LabelingTask(LabelFormat.polygons(), 'label', (labels) => ({ classes: labels.map((name) => ObjectClass.polygon(name)) }));
  }

  /** One label an image: the value of a tag. */
  public static classification(options: ClassificationTaskOptions = {}): LabelingTask {
    const { tag = 'label' } = options;
    refuse('LabelingTask.classification', tokenProblems('tag', [tag], 'it is compared with the tags that the project has, as JSON'));
    const applicableTo = TagApplicability.IMAGES_ONLY;
    return new LabelingTask(LabelFormat.classification({ tag }), 'label', (labels) => ({ tags: [TagMeta.oneOf(tag, labels, { applicableTo })] }));
  }

  /** Any number of labels an image: a tag without value each. */
  public static multiLabelClassification(): LabelingTask {
    const applicableTo = TagApplicability.IMAGES_ONLY;
    return new LabelingTask(LabelFormat.multiLabelClassification(), 'label', (labels) => ({ tags: labels.map((name) => TagMeta.none(name, { applicableTo })) }));
  }

  private constructor(
    /** @internal */
    public readonly _format: LabelFormat,
    /**
     * Name of the attribute that holds the labels, unless another one is given.
     *
     * @internal
     */
    public readonly _labelAttributeName: string,
    /** @internal */
    public readonly _labels: (labels: string[]) => TaskLabels,
  ) {}
}

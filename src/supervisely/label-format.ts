import type { LabelFormatSpec } from '../model/supervisely/export/label-format';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

/** Options of classifications. */
export interface ClassificationFormatOptions {
  /**
   * The tag of images whose values are the classes.
   *
   * @default - the tags without values are the classes themselves
   */
  readonly tag?: string;
}

/**
 * In which of Ground Truth's forms labels are written.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
export class LabelFormat {
  /** Boxes: rectangles as they are, and the boxes around polygons and masks. */
  public static boundingBox(): LabelFormat {
    return new LabelFormat({ kind: 'boundingBox' });
  }

  /** A class for each pixel, in a PNG: masks, and the areas of polygons and rectangles. Where objects overlap, the one on top counts. */
  public static semanticSegmentation(): LabelFormat {
    return new LabelFormat({ kind: 'semanticSegmentation' });
  }

  /**
   * An object for each pixel, in a PNG, for objects of one class that touch each other. Ground Truth has no built-in task of it: the metadata have
   * an entry for each object in place of each class, and tell colours and classes as the worker page's element `crowd-instance-segmentation` does.
   * Up to 255 objects an image.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-ui-template-crowd-instance-segmentation.html
   */
  public static instanceSegmentation(): LabelFormat {
    return new LabelFormat({ kind: 'instanceSegmentation' });
  }

  /**
   * Polygons, and rectangles as such, in the words of the worker page's element `crowd-polygon`, since Ground Truth has no built-in task of them
   * on images.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-ui-template-crowd-polygon.html
   */
  public static polygons(): LabelFormat {
    return new LabelFormat({ kind: 'polygons' });
  }

  /** One class an image, which its tags say. */
  public static classification(options: ClassificationFormatOptions = {}): LabelFormat {
    return new LabelFormat({ kind: 'classification', ...options });
  }

  /** Any number of classes an image, which its tags say. */
  public static multiLabelClassification(options: ClassificationFormatOptions = {}): LabelFormat {
    return new LabelFormat({ kind: 'multiLabelClassification', ...options });
  }

  private constructor(
    /** @internal */
    public readonly _spec: LabelFormatSpec,
  ) {
    refuse('LabelFormat', isKnown(_spec.tag) && _spec.tag === '' ? ['\'tag\' must not be empty: leave it out for tags that are classes themselves'] : []);
  }
}

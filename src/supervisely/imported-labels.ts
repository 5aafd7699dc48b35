import { labelSourceOfJob, LabelsManifest } from './private/imported-job-labels';
import type { LabelingJob } from '../groundtruth/labeling-job';
import type { LabelsExport } from '../groundtruth/labels-export';
import type { LabelForm, LabelSource } from '../model/supervisely/import/label-source';
import { refuse } from '../private/errors';
import { isKnown } from '../private/tokens';

/**
 * Labels that people have given in Ground Truth already, and that are to go along: how the manifest's lines hold them.
 *
 * Adjustments and verifications have the same forms as what they adjusted or verified.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
export class ImportedLabels {
  /**
   * Boxes. They become rectangles.
   *
   * @param labelAttributeName key of the labels in the manifest
   */
  public static boundingBoxes(labelAttributeName: string): ImportedLabels {
    return ImportedLabels.named('BOUNDING_BOX', labelAttributeName);
  }

  /**
   * Masks: PNG files in S3, whose colours mean classes. They become one bitmap for each class; the background becomes none.
   *
   * @param labelAttributeName key of the labels in the manifest; it ends in `-ref`
   */
  public static semanticSegmentation(labelAttributeName: string): ImportedLabels {
    return ImportedLabels.named('SEMANTIC_SEGMENTATION', labelAttributeName);
  }

  /**
   * Instances, as a custom task type with `crowd-instance-segmentation` has them. They become one bitmap for each instance.
   *
   * @param labelAttributeName key of the labels in the manifest
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-ui-template-crowd-instance-segmentation.html
   */
  public static instanceSegmentation(labelAttributeName: string): ImportedLabels {
    return ImportedLabels.named('INSTANCE_SEGMENTATION', labelAttributeName);
  }

  /**
   * Polygons, as a custom task type with `crowd-polygon` has them. They become polygons.
   *
   * @param labelAttributeName key of the labels in the manifest
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-ui-template-crowd-polygon.html
   */
  public static polygons(labelAttributeName: string): ImportedLabels {
    return ImportedLabels.named('POLYGON', labelAttributeName);
  }

  /**
   * One class or several for each image. They become tags of the image, named like the classes.
   *
   * @param labelAttributeName key of the labels in the manifest
   */
  public static classification(labelAttributeName: string): ImportedLabels {
    return ImportedLabels.named('CLASSIFICATION', labelAttributeName);
  }

  /**
   * All that a job of this app has labeled, as of its newest output. It tells attribute and form of its labels, and brings the manifest.
   *
   * @param job a job on images with a built-in task type
   */
  public static ofJob(job: LabelingJob): ImportedLabels {
    return new ImportedLabels([labelSourceOfJob(job)], LabelsManifest.ofJob(job));
  }

  /**
   * What jobs have labeled through all their generations. The export must have run before.
   *
   * @param labelsExport the export, which brings the manifest
   * @param labels attributes and forms of the jobs' labels
   */
  public static ofExport(labelsExport: LabelsExport, labels: ImportedLabels[]): ImportedLabels {
    refuse('ImportedLabels.ofExport', labels.length === 0 || labels.some(({ _manifest }) => _manifest !== undefined)
      ? ['\'labels\' must hold attributes and forms, for instance ImportedLabels.boundingBoxes(\'boxes\')'] : []);
    return new ImportedLabels(labels.flatMap(({ _sources }) => _sources), LabelsManifest.ofExport(labelsExport));
  }

  private static named(form: LabelForm, attribute: string): ImportedLabels {
    const valid = !isKnown(attribute) || (attribute !== '' && attribute.length <= 127);
    refuse('ImportedLabels', valid ? [] : [`'labelAttributeName' must have 1 to 127 characters, got ${JSON.stringify(attribute)}`]);
    return new ImportedLabels([{ attribute, form }]);
  }

  private constructor(
    /** @internal */
    public readonly _sources: readonly LabelSource[],
    /**
     * The manifest that holds them, where they bring one along.
     *
     * @internal
     */
    public readonly _manifest?: LabelsManifest,
  ) {}
}

import * as s3 from 'aws-cdk-lib/aws-s3';
import { InputManifest } from '../../groundtruth/input-manifest';
import type { LabelingJob } from '../../groundtruth/labeling-job';
import type { LabelsExport } from '../../groundtruth/labels-export';
import { EXPORT_FILES } from '../../groundtruth/private/labels-export-contract';
import type { LabelForm, LabelSource } from '../../model/supervisely/import/label-source';
import { refuse } from '../../private/errors';

/** Forms of what the built-in task types on images write. */
const FORMS: Readonly<Record<string, LabelForm>> = {
  ImageMultiClass: 'CLASSIFICATION',
  ImageMultiClassMultiLabel: 'CLASSIFICATION',
  BoundingBox: 'BOUNDING_BOX',
  AdjustmentBoundingBox: 'BOUNDING_BOX',
  VerificationBoundingBox: 'CLASSIFICATION',
  SemanticSegmentation: 'SEMANTIC_SEGMENTATION',
  AdjustmentSemanticSegmentation: 'SEMANTIC_SEGMENTATION',
  VerificationSemanticSegmentation: 'CLASSIFICATION',
};

export function labelSourceOfJob(job: LabelingJob): LabelSource {
  const form = FORMS[job._taskTypeId];
  refuse('ImportedLabels.ofJob', form === undefined
    ? [`the labels of ${job.node.path} (task type ${job._taskTypeId}) cannot be told to be labels of images: give 'input', and in 'labels' their form, for instance ImportedLabels.polygons('${job.labelAttributeName}')`] : []);
  return { attribute: job.labelAttributeName, form };
}

/** A manifest that labels bring along. */
export class LabelsManifest {
  static ofJob({ outputBucket, outputDatasetS3Uri, _dataBuckets, node }: LabelingJob): LabelsManifest {
    return new LabelsManifest(outputBucket, outputDatasetS3Uri, '*/output.manifest', _dataBuckets, node.path);
  }

  static ofExport({ bucket, labelsUri, node }: LabelsExport): LabelsManifest {
    return new LabelsManifest(bucket, labelsUri, `*/${EXPORT_FILES.labels}`, [], node.path);
  }

  private constructor(
    private readonly bucket: s3.IBucket, private readonly uri: string,
    /** A pattern: which key it is may be known at deployment only, and a next generation of a job writes another one. */
    private readonly keys: string,
    private readonly imageBuckets: s3.IBucket[],
    /** Of the construct that wrote it: for people, and to tell one from another. */
    readonly path: string,
  ) {}

  /** Masks lie beside the labels; the images are read only where they are uploaded. */
  input({ readsImages }: { readonly readsImages: boolean }): InputManifest {
    const { bucket, uri, keys } = this;
    const data = [...new Set([bucket, ...readsImages ? this.imageBuckets : []])].map((each) => ({ bucket: each, keys: '*' }));
    return InputManifest._bound(() => ({ uri, location: { uri, bucket, objectKey: keys, keys }, identity: uri, data }));
  }
}

/** In which of Ground Truth's forms labels are written. */
export type LabelKind = 'boundingBox' | 'semanticSegmentation' | 'instanceSegmentation' | 'polygons' | 'classification' | 'multiLabelClassification';

export interface LabelFormatSpec {
  readonly kind: LabelKind;
  /** Of classifications: the tag whose values are the classes. Without it the tags themselves are. */
  readonly tag?: string;
}

/** What of a format Ground Truth fixes. */
interface KindRules {
  /** Of `type` in the label's metadata. */
  readonly type: string;
  /** The label is the URI of a file, so its attribute ends in `-ref`. */
  readonly isReference: boolean;
}

const CUSTOM = 'groundtruth/custom';

/**
 * Ground Truth has no built-in task of polygons or of objects in masks: these are custom ones, in the words of the worker page's elements.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-data-output.html
 */
export const LABEL_KINDS: Readonly<Record<LabelKind, KindRules>> = {
  boundingBox: { type: 'groundtruth/object-detection', isReference: false },
  semanticSegmentation: { type: 'groundtruth/semantic-segmentation', isReference: true },
  instanceSegmentation: { type: CUSTOM, isReference: true },
  polygons: { type: CUSTOM, isReference: false },
  classification: { type: 'groundtruth/image-classification', isReference: false },
  multiLabelClassification: { type: 'groundtruth/image-classification-multilabel', isReference: false },
};

/** The format that the shapes of classes ask for; a text says why there is none. */
export function formatOfShapes(shapes: readonly string[], attributeIsReference: boolean): LabelFormatSpec | string {
  const [shape, ...others] = [...new Set(shapes)];
  if (shape === undefined) return { kind: 'multiLabelClassification' };
  const kind = others.length === 0 ? BY_SHAPE[shape] : undefined;
  if (kind === undefined) return `the classes have the shapes ${[shape, ...others].sort().join(', ')}: say with 'format' what the labels are to be`;
  if (LABEL_KINDS[kind].isReference === attributeIsReference) return { kind };
  return `labels of the shape ${shape} ${attributeIsReference ? 'are no references to files: their attribute must not end' : 'are files: their attribute must end'} in '-ref'`;
}

const BY_SHAPE: Readonly<Record<string, LabelKind | undefined>> = {
  rectangle: 'boundingBox', bitmap: 'semanticSegmentation', polygon: 'polygons',
};

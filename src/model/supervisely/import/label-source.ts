/** What the value of a label attribute is. */
export const LABEL_FORMS = ['BOUNDING_BOX', 'SEMANTIC_SEGMENTATION', 'INSTANCE_SEGMENTATION', 'POLYGON', 'CLASSIFICATION'] as const;
export type LabelForm = typeof LABEL_FORMS[number];

/** Labels of one attribute of a manifest. */
export interface LabelSource {
  readonly attribute: string;
  readonly form: LabelForm;
}

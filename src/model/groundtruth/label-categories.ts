import { LIMITS } from './limits';

/** The two documents that a label category file can be. */
export const PLAIN_DOCUMENT = '2018-11-28';
export const FRAME_DOCUMENT = '2020-03-01';

/** How many labels a task type takes. */
export interface LabelCount {
  readonly min: number;
  readonly max?: number;
}

/** A label as the files spell it. */
export interface LabelEntry {
  readonly label: string;
  readonly shortDisplayName?: string;
  readonly editsAllowed?: 'none' | 'any';
  readonly categoryAttributes?: readonly LabelAttributeEntry[];
}

/** What a worker says about an object or a frame, besides the label. */
export interface LabelAttributeEntry {
  readonly name: string;
  readonly type: 'string' | 'number';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly isRequired?: boolean;
  readonly editsAllowed?: 'none' | 'any';
}

export interface WorkerInstructions {
  readonly shortInstruction: string;
  readonly fullInstruction: string;
}

/**
 * The label category file of all task types but video frames and point clouds.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html
 */
export function labelCategoryDocument(labels: readonly LabelEntry[], instructions?: WorkerInstructions): string {
  const entries = labels.map(({ label, shortDisplayName }) => ({ label, ...(shortDisplayName === undefined ? {} : { shortDisplayName }) }));
  return JSON.stringify({ 'document-version': PLAIN_DOCUMENT, 'labels': entries, ...(instructions ? { instructions } : {}) });
}

/** What is wrong with the labels' names, whatever the task type. */
export function labelProblems(labels: readonly string[]): string[] {
  const problems: string[] = [];
  labels.forEach((label, index) => {
    if (label.length === 0 || label.length > LIMITS.labelLength) {
      problems.push(`label ${index + 1} must have 1 to ${LIMITS.labelLength} characters, got ${label.length}`);
    } else if (label.trim() !== label) {
      problems.push(`label ${index + 1} ${JSON.stringify(label)} begins or ends with a space, remove it`);
    }
    if (labels.indexOf(label) < index) problems.push(`label ${index + 1} ${JSON.stringify(label)} stands there twice, labels must be unique`);
  });
  return problems;
}

/** What is wrong with the number of labels for a task type. */
export function labelCountProblems(count: number, taskTypeId: string, allowed: LabelCount): string[] {
  if (count < allowed.min) {
    return [`'labels' has ${count} label${count === 1 ? '' : 's'}, task type ${taskTypeId} needs at least ${allowed.min}`];
  }
  return allowed.max !== undefined && count > allowed.max ? [`'labels' has ${count} labels, task type ${taskTypeId} takes at most ${allowed.max}`] : [];
}

export interface ReadLabels {
  readonly labels: string[];
  /** Which of the two documents it is. */
  readonly document?: typeof PLAIN_DOCUMENT | typeof FRAME_DOCUMENT;
  readonly problems: string[];
}

/** The labels of a label category file, or what is wrong with it. */
export function readLabelCategoryDocument(text: string): ReadLabels {
  let file: { 'document-version'?: unknown; 'documentVersion'?: unknown; 'labels'?: unknown } | null;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { labels: [], problems: [`the label category file is not JSON (${(error as Error).message})`] };
  }
  const document = file?.['document-version'] === PLAIN_DOCUMENT ? PLAIN_DOCUMENT : file?.documentVersion === FRAME_DOCUMENT ? FRAME_DOCUMENT : undefined;
  if (document === undefined) {
    const got = JSON.stringify(file?.['document-version'] ?? file?.documentVersion);
    return { labels: [], problems: [`the label category file must say "document-version": "${PLAIN_DOCUMENT}", or for video frames and point clouds "documentVersion": "${FRAME_DOCUMENT}", got ${got}`] };
  }
  const entries = file?.labels;
  if (!Array.isArray(entries) || entries.some((entry) => typeof entry?.label !== 'string')) {
    return { labels: [], problems: ['the label category file must have "labels": [{"label": "…"}, …]'] };
  }
  const labels = entries.map((entry: { label: string }) => entry.label);
  return { labels, document, problems: labelProblems(labels) };
}

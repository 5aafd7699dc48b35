import { LIMITS } from './limits';

const VERSION = '2018-11-28';

/** How many labels a task type takes. */
export interface LabelCount {
  readonly min: number;
  readonly max?: number;
}

/**
 * The label category file of all task types but video frames and point clouds.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html
 */
export function labelCategoryDocument(labels: readonly string[]): string {
  return JSON.stringify({ 'document-version': VERSION, 'labels': labels.map((label) => ({ label })) });
}

/** What is wrong with the labels, whatever the task type. */
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

/** The labels of a label category file, or what is wrong with it. */
export function readLabelCategoryDocument(text: string): { readonly labels: string[]; readonly problems: string[] } {
  let document: { 'document-version'?: unknown; 'documentVersion'?: unknown; 'labels'?: unknown } | null;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { labels: [], problems: [`the label category file is not JSON (${(error as Error).message})`] };
  }
  const version = document?.['document-version'];
  if (version !== VERSION) {
    const hint = document?.documentVersion === undefined ? '' : '; \'documentVersion\' belongs to video frames and point clouds';
    return { labels: [], problems: [`the label category file must say "document-version": "${VERSION}", got ${JSON.stringify(version)}${hint}`] };
  }
  const entries = document?.labels;
  if (!Array.isArray(entries) || entries.some((entry) => typeof entry?.label !== 'string')) {
    return { labels: [], problems: ['the label category file must have "labels": [{"label": "…"}, …]'] };
  }
  const labels = entries.map((entry: { label: string }) => entry.label);
  return { labels, problems: labelProblems(labels) };
}

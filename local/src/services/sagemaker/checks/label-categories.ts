import type { EngineCore } from '../../../core/engine';
import { invalid } from '../errors';
import { NO_CATEGORIES, type LabelCategories } from '../label-category-file';
import type { LabelingJobRequest } from '../labeling-job';
import type { TaskType } from '../task-types';
import { checkFrameLabelCategories } from './frame-label-categories';
import { readText } from './objects';

const MEMBER = 'LabelCategoryConfigS3Uri';
const PLAIN_VERSION = '2018-11-28';
const LONGEST_LABEL = 256;

export interface LabelCategoryFile {
  readonly 'document-version'?: unknown;
  readonly 'labels'?: unknown;
  readonly 'instructions'?: { readonly shortInstruction?: unknown; readonly fullInstruction?: unknown };
}

/** Reads the label category file by the task type's rules. */
export async function checkLabelCategories(core: EngineCore, request: LabelingJobRequest, taskType: TaskType): Promise<LabelCategories> {
  const uri = request.LabelCategoryConfigS3Uri;
  if (uri === undefined) {
    if (taskType.labels.form === 'optional') {
      return NO_CATEGORIES;
    }
    throw invalid(`${MEMBER} is required for the task type ${taskType.suffix}`);
  }
  const what = `${MEMBER} '${uri}'`;
  const file = parse(what, await readText(core, MEMBER, uri));
  if (taskType.labels.form === 'frames') {
    checkFrameLabelCategories(what, file, taskType);
    return file as LabelCategories;
  }
  if (taskType.suffix === 'NamedEntityRecognition') {
    checkInstructions(what, file);
  }
  checkPlain(what, file, taskType);
  return file as LabelCategories;
}

function parse(what: string, text: string): LabelCategoryFile {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw invalid(`${what} is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    throw invalid(`${what} must be a JSON object`);
  }
  return file;
}

function checkPlain(what: string, file: LabelCategoryFile, taskType: TaskType): void {
  if (file['document-version'] !== PLAIN_VERSION) {
    throw invalid(`${what} must have "document-version": "${PLAIN_VERSION}", got ${JSON.stringify(file['document-version'])}`);
  }
  const labels = labelNames(what, file.labels);
  const { min, max } = taskType.labels;
  if (labels.length < min) {
    throw invalid(`${what} has ${labels.length} label(s); the task type ${taskType.suffix} needs at least ${min}`);
  }
  if (max !== undefined && labels.length > max) {
    throw invalid(`${what} has ${labels.length} labels; the task type ${taskType.suffix} takes at most ${max}`);
  }
  const long = labels.find((label) => label.length > LONGEST_LABEL);
  if (long !== undefined) {
    throw invalid(`${what}: the label '${long.slice(0, 40)}…' has ${long.length} characters; a label has at most ${LONGEST_LABEL}`);
  }
}

/** The `label` of every entry: non-empty texts, each once. */
export function labelNames(what: string, labels: unknown): string[] {
  if (!Array.isArray(labels)) {
    throw invalid(`${what} must have a list "labels"`);
  }
  const names = labels.map((entry, index) => {
    const name = (entry as { label?: unknown } | null)?.label;
    if (typeof name !== 'string' || name === '') {
      throw invalid(`${what}: labels[${index}] must be an object with a non-empty text "label"`);
    }
    return name;
  });
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid(`${what} has the label '${twice}' twice; labels must be unique`);
  }
  return names;
}

function checkInstructions(what: string, file: LabelCategoryFile): void {
  const { shortInstruction, fullInstruction } = file.instructions ?? {};
  if (typeof shortInstruction !== 'string' || typeof fullInstruction !== 'string') {
    throw invalid(`${what} must have "instructions" with the texts "shortInstruction" and "fullInstruction"`);
  }
}

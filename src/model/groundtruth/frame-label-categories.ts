import { FRAME_DOCUMENT, LabelAttributeEntry, LabelEntry, WorkerInstructions } from './label-categories';
import { LIMITS } from './limits';

/** Labels of video frames and point clouds, with what workers say about objects and frames. */
export interface FrameLabels {
  readonly labels: readonly LabelEntry[];
  /** Attributes of every label. */
  readonly categoryGlobalAttributes: readonly LabelAttributeEntry[];
  readonly frameAttributes: readonly LabelAttributeEntry[];
}

/** What the task type puts into the file. */
export interface FrameDocumentOptions {
  readonly instructions?: WorkerInstructions;
  readonly annotationType?: string;
  readonly auditLabelAttributeName?: string;
  /** Workers judge, and change nothing. */
  readonly verifyOnly?: boolean;
}

/**
 * The label category file of video frames and point clouds. Mind `documentVersion`: the other file writes it with a hyphen.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-label-cat-config-attributes.html
 */
export function frameLabelDocument({ labels, categoryGlobalAttributes, frameAttributes }: FrameLabels, options: FrameDocumentOptions): string {
  const { instructions, annotationType, auditLabelAttributeName, verifyOnly } = options;
  return JSON.stringify({
    documentVersion: FRAME_DOCUMENT,
    ...(frameAttributes.length > 0 ? { frameAttributes } : {}),
    ...(categoryGlobalAttributes.length > 0 ? { categoryGlobalAttributes } : {}),
    labels: verifyOnly ? labels.map((label) => ({ ...label, editsAllowed: 'none' })) : labels,
    annotationType,
    instructions,
    auditLabelAttributeName,
  });
}

/** What is wrong with the labels for a task type of frames. */
export function frameLabelProblems({ labels, categoryGlobalAttributes, frameAttributes }: FrameLabels): string[] {
  const limits = LIMITS.frameLabels;
  return [
    ...labels.flatMap(({ label, categoryAttributes = [] }) => [
      ...(label.length > limits.nameLength ? [`label ${JSON.stringify(label)} must have at most ${limits.nameLength} characters, got ${label.length}`] : []),
      ...listProblems(`label ${JSON.stringify(label)}`, [...categoryAttributes, ...categoryGlobalAttributes]),
    ]),
    ...listProblems('the frame', frameAttributes),
    ...frameAttributes.filter(({ description }) => !description).map(({ name }) => `attribute ${JSON.stringify(name)} of the frame needs a description`),
    ...[...labels.flatMap(({ categoryAttributes = [] }) => categoryAttributes), ...categoryGlobalAttributes, ...frameAttributes].flatMap(attributeProblems),
  ];
}

function listProblems(owner: string, attributes: readonly LabelAttributeEntry[]): string[] {
  const { attributes: most, freeTextAttributes } = LIMITS.frameLabels;
  const names = attributes.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  const free = attributes.filter(({ type, enum: values }) => type === 'string' && values === undefined).length;
  return [
    ...(attributes.length > most ? [`${owner} has ${attributes.length} attributes, at most ${most} are allowed`] : []),
    ...(free > freeTextAttributes ? [`${owner} has ${free} attributes of free text, at most ${freeTextAttributes} are allowed`] : []),
    ...twice.map((name) => `${owner} has attribute ${JSON.stringify(name)} twice`),
  ];
}

function attributeProblems({ name, description = '', enum: values, minimum, maximum }: LabelAttributeEntry): string[] {
  const { nameLength, descriptionLength, values: count } = LIMITS.frameLabels;
  const attribute = `attribute ${JSON.stringify(name)}`;
  const problems: string[] = [];
  if (name.length < 1 || name.length > nameLength) problems.push(`${attribute} must have a name of 1 to ${nameLength} characters, got ${name.length}`);
  if (description.length > descriptionLength) problems.push(`${attribute} must have a description of at most ${descriptionLength} characters, got ${description.length}`);
  if (values && (values.length < count.min || values.length > count.max)) problems.push(`${attribute} must have ${count.min} to ${count.max} values, got ${values.length}`);
  for (const value of values ?? []) {
    if (value.length < 1 || value.length > nameLength) problems.push(`${attribute} must have values of 1 to ${nameLength} characters, got ${JSON.stringify(value)}`);
  }
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) problems.push(`${attribute} must have a minimum below its maximum, got ${minimum} and ${maximum}`);
  return problems;
}

/** What is wrong with the texts that workers read beside frames and texts. */
export function instructionProblems({ shortInstruction, fullInstruction }: WorkerInstructions): string[] {
  const { short, full } = LIMITS.instructionsLength;
  return [
    ...(shortInstruction.length < 1 || shortInstruction.length > short ? [`'shortInstructions' must have 1 to ${short} characters, got ${shortInstruction.length}`] : []),
    ...(fullInstruction.length < 1 || fullInstruction.length > full ? [`'fullInstructions' must have 1 to ${full} characters, got ${fullInstruction.length}`] : []),
  ];
}

import { invalid } from '../errors';
import type { TaskType } from '../task-types';
import { labelNames, type LabelCategoryFile } from './label-categories';

const VERSION = '2020-03-01';
const ANNOTATION_TYPES = ['BoundingBox', 'Polyline', 'Polygon', 'Keypoint'];

interface Attribute {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly description?: unknown;
  readonly enum?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly editsAllowed?: unknown;
}

interface FrameFile {
  readonly documentVersion?: unknown;
  readonly labels?: ReadonlyArray<{ readonly label: string; readonly editsAllowed?: unknown; readonly categoryAttributes?: readonly Attribute[] }>;
  readonly frameAttributes?: readonly Attribute[];
  readonly categoryGlobalAttributes?: readonly Attribute[];
  readonly annotationType?: unknown;
  readonly auditLabelAttributeName?: unknown;
  readonly instructions?: { readonly shortInstruction?: string; readonly fullInstruction?: string };
}

/** The form of label category files that video frame and 3D point cloud jobs read. */
export function checkFrameLabelCategories(what: string, content: LabelCategoryFile, taskType: TaskType): void {
  const file = content as FrameFile;
  const refuse = (message: string): never => { throw invalid(`${what}: ${message}`); };
  if (file.documentVersion !== VERSION) {
    refuse(`"documentVersion" must be "${VERSION}", got ${JSON.stringify(file.documentVersion)}`);
  }
  const labels = labelNames(what, file.labels);
  checkLabels(labels, taskType, refuse);
  checkAnnotationType(file, taskType, refuse);
  checkAudit(file, taskType, refuse);
  checkAttributes('frameAttributes', file.frameAttributes ?? [], refuse, true);
  for (const label of file.labels!) {
    checkEdits(`the label '${label.label}'`, label.editsAllowed, refuse);
    checkAttributes(`attributes of the label '${label.label}'`, [...file.categoryGlobalAttributes ?? [], ...label.categoryAttributes ?? []], refuse, false);
  }
  if ((file.instructions?.shortInstruction?.length ?? 0) >= 255 || (file.instructions?.fullInstruction?.length ?? 0) >= 2048) {
    refuse('"shortInstruction" has fewer than 255 and "fullInstruction" fewer than 2,048 characters');
  }
}

type Refuse = (message: string) => never;

function checkLabels(labels: string[], { labels: rules, suffix }: TaskType, refuse: Refuse): void {
  if (labels.length < rules.min || labels.length > rules.max!) {
    refuse(`the task type ${suffix} takes ${rules.min} to ${rules.max} labels, got ${labels.length}`);
  }
  const long = labels.find((label) => label.length > 16);
  if (long !== undefined) {
    refuse(`the label '${long}' has ${long.length} characters; a label of this task type has at most 16`);
  }
}

function checkAnnotationType(file: FrameFile, taskType: TaskType, refuse: Refuse): void {
  if (file.annotationType === undefined) {
    return;
  }
  if (taskType.data !== 'video-frames') {
    refuse('"annotationType" is for video frame jobs only');
  }
  if (!ANNOTATION_TYPES.includes(file.annotationType as string)) {
    refuse(`"annotationType" must be one of ${ANNOTATION_TYPES.join(', ')}, got ${JSON.stringify(file.annotationType)}`);
  }
}

function checkAudit(file: FrameFile, taskType: TaskType, refuse: Refuse): void {
  if (taskType.review !== undefined && typeof file.auditLabelAttributeName !== 'string') {
    refuse('"auditLabelAttributeName" must name the label attribute under review');
  }
  if (taskType.review === undefined && file.auditLabelAttributeName !== undefined) {
    refuse('"auditLabelAttributeName" is for adjustment and verification jobs only');
  }
}

function checkAttributes(where: string, attributes: readonly Attribute[], refuse: Refuse, described: boolean): void {
  const freeText = attributes.filter((attribute) => attribute.type === 'string' && attribute.enum === undefined).length;
  if (attributes.length > 10 || freeText > 5) {
    refuse(`${where}: at most 10 attributes, of them at most 5 of free text, got ${attributes.length} and ${freeText}`);
  }
  for (const attribute of attributes) {
    checkAttribute(where, attribute, refuse, described);
  }
}

function checkAttribute(where: string, attribute: Attribute, refuse: Refuse, described: boolean): void {
  const { name, type, description } = attribute;
  if (typeof name !== 'string' || name.length < 1 || name.length > 16) {
    refuse(`${where}: "name" must be a text of 1 to 16 characters, got ${JSON.stringify(name)}`);
  }
  if (type !== 'string' && type !== 'number') {
    refuse(`${where}: "type" of '${name as string}' must be "string" or "number", got ${JSON.stringify(type)}`);
  }
  if (described && typeof description !== 'string' || typeof description === 'string' && description.length > 128) {
    refuse(`${where}: "description" of '${name as string}' must be a text of at most 128 characters`);
  }
  if (type === 'number' && !(Number.isInteger(attribute.minimum) && Number.isInteger(attribute.maximum))) {
    refuse(`${where}: the number '${name as string}' needs the whole numbers "minimum" and "maximum"`);
  }
  if (attribute.enum !== undefined && (type !== 'string' || !isEnum(attribute.enum))) {
    refuse(`${where}: "enum" of '${name as string}' must be 1 to 10 texts of 1 to 16 characters, for the type "string"`);
  }
  checkEdits(`${where}: '${name as string}'`, attribute.editsAllowed, refuse);
}

function isEnum(values: unknown): boolean {
  return Array.isArray(values) && values.length >= 1 && values.length <= 10
    && values.every((value) => typeof value === 'string' && value.length >= 1 && value.length <= 16);
}

function checkEdits(where: string, editsAllowed: unknown, refuse: Refuse): void {
  if (editsAllowed !== undefined && editsAllowed !== 'any' && editsAllowed !== 'none') {
    refuse(`${where}: "editsAllowed" must be "any" or "none", got ${JSON.stringify(editsAllowed)}`);
  }
}

import { BuiltInTaskType } from './task-types';

/** What a user may say in the standard template. */
export interface StandardTemplateTexts {
  readonly header: string;
  readonly shortInstructions: string;
  readonly fullInstructions: string;
}

/** Texts of a standard template when the user says nothing. */
export function defaultTemplateTexts(type: BuiltInTaskType): StandardTemplateTexts {
  return { header: type.description, shortInstructions: type.description, fullInstructions: type.description };
}

/**
 * The worker template of a built-in task type, in Liquid. Names of elements and attributes are those of AWS's guide, because the built-in
 * consolidation reads the answers by them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-custom-templates-step2.html
 */
export function standardTemplate(type: BuiltInTaskType, texts: StandardTemplateTexts, auditLabelAttributeName?: string): string {
  if (!type.crowd) throw new Error(`task type ${type.id} has no standard template`);
  const { element, name } = type.crowd;
  const lines = [
    '<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>',
    '<crowd-form>',
    `  <${element}`,
    `    name="${name}"`,
    ...(type.input === 'image' ? ['    src="{{ task.input.taskObject | grant_read_access }}"'] : []),
    `    ${DRAWING.has(element) ? 'labels' : 'categories'}="{{ task.input.labels | to_json | escape }}"`,
    `    header="${plainText(texts.header)}"`,
    ...(auditLabelAttributeName === undefined ? [] : formerBoxes(auditLabelAttributeName)),
    '  >',
    ...classificationTarget(type),
    `    <full-instructions header="Instructions">${plainText(texts.fullInstructions)}</full-instructions>`,
    `    <short-instructions>${plainText(texts.shortInstructions)}</short-instructions>`,
    `  </${element}>`,
    '</crowd-form>',
  ];
  return `${lines.join('\n')}\n`;
}

/** Elements on which workers draw; the others let them choose. */
const DRAWING: ReadonlySet<string> = new Set(['crowd-bounding-box', 'crowd-semantic-segmentation']);

/** What a worker looks at, where the element does not show it by itself. */
function classificationTarget(type: BuiltInTaskType): string[] {
  if (type.input === 'image') return [];
  return type.input === 'video-clip'
    ? ['    <classification-target><video controls width="100%" src="{{ task.input.taskObject | grant_read_access }}"></video></classification-target>']
    : ['    <classification-target style="white-space: pre-wrap">{{ task.input.taskObject | escape }}</classification-target>'];
}

/** The boxes of the job before, which the adjustment begins with. */
function formerBoxes(attribute: string): string[] {
  const line = 'task.input.manifestLine';
  return [
    '    initial-value="[',
    `      {% for box in ${line}["${attribute}"].annotations %}`,
    '        {% capture class_id %}{{ box.class_id }}{% endcapture %}',
    `        {% assign label = ${line}["${attribute}-metadata"]["class-map"][class_id] %}`,
    '        { label: {{ label | to_json | escape }}, left: {{ box.left }}, top: {{ box.top }}, width: {{ box.width }}, height: {{ box.height }} },',
    '      {% endfor %}',
    '    ]"',
  ];
}

/** Text that is neither HTML nor Liquid: both `<` and `{{` are shown as they are. */
function plainText(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;', '{': '&#123;', '}': '&#125;' };
  return text.replace(/[&<>"'{}]/g, (char) => entities[char]);
}

/** What is wrong with a template of the user's own. */
export function templateProblems(content: string, maxLength: number): string[] {
  const problems: string[] = [];
  if (content.length > maxLength) problems.push(`the worker template has ${content.length} characters, at most ${maxLength} are allowed`);
  if (!/<crowd-form[\s>]/.test(content) && !/crowd-html-elements\.js/.test(content)) {
    problems.push('the worker template has no <crowd-form>: without one workers cannot submit an answer');
  }
  return problems;
}

import { parse as parseHtml, type HTMLElement } from 'node-html-parser';
import { quoteInitialValues, readDrawings, type Eye } from './drawing-elements';
import { listAttribute } from './element-attributes';
import type { FormField } from './form-field';

const CATEGORY = ['crowd-classifier', 'crowd-image-classifier'];
const CATEGORIES = ['crowd-classifier-multi-select', 'crowd-image-classifier-multi-select'];
const BUTTONS = 'crowd-radio-button, input[type=radio]';
const BOXES = 'crowd-checkbox, input[type=checkbox], crowd-toggle-button';
const NUMBERS = 'crowd-slider, input[type=number], input[type=range], crowd-input[type=number]';
const TEXTS = 'crowd-input, crowd-text-area, input, textarea';
const NOT_ANSWERED = ['hidden', 'submit', 'button', 'reset', 'image', 'file', 'radio', 'checkbox', 'number', 'range'];

/** Elements that the simulated annotators have no hand for. */
const UNANSWERED = ['crowd-instance-segmentation', 'crowd-keypoint', 'crowd-line', 'crowd-point', 'crowd-polygon', 'crowd-polyline',
  'crowd-3d-point-cloud', 'crowd-video-object-detection'];

/** Finds in a rendered worker template what is to be answered, in document order of its kinds. */
export async function readWorkerForm(html: string, eye: Eye): Promise<FormField[]> {
  const form = parseHtml(quoteInitialValues(html), { comment: false }).querySelector('crowd-form, crowd-entity-annotation');
  if (form === null) {
    throw new Error('the rendered template has neither a <crowd-form> nor a <crowd-entity-annotation> element');
  }
  const unanswered = form.querySelector(UNANSWERED.join(', '));
  if (unanswered !== null) {
    throw new Error(`the simulated annotators cannot answer <${unanswered.rawTagName}>`);
  }
  const chosen = [...classifiers(form), ...radios(form), ...checkboxes(form), ...selects(form), ...numbers(form), ...texts(form)];
  const fields = [...await readDrawings(form, eye), ...chosen];
  if (fields.length === 0) {
    throw new Error('the rendered template has nothing to answer inside <crowd-form>');
  }
  return fields;
}

function classifiers(form: HTMLElement): FormField[] {
  return form.querySelectorAll([...CATEGORY, ...CATEGORIES].join(', ')).map((element) => {
    const tag = element.rawTagName.toLowerCase();
    const options = listAttribute(element, 'categories').map(String);
    if (options.length === 0) {
      throw new Error(`<${tag}> has no categories`);
    }
    const kind = CATEGORIES.includes(tag) ? 'categories' : 'category';
    return { kind, name: element.getAttribute('name') ?? tag, options };
  });
}

/** Buttons of one `crowd-radio-group`, or plain ones of one name, exclude each other. */
function radios(form: HTMLElement): FormField[] {
  const groups = new Map<HTMLElement | string, Array<{ name: string; value: string }>>();
  for (const button of enabled(form, BUTTONS)) {
    const name = button.getAttribute('name');
    if (name !== undefined) {
      const group = button.closest('crowd-radio-group') ?? name;
      groups.set(group, [...groups.get(group) ?? [], { name, value: button.getAttribute('value') ?? 'on' }]);
    }
  }
  return [...groups.values()].map((buttons) => ({ kind: 'radio', buttons }));
}

function checkboxes(form: HTMLElement): FormField[] {
  const boxes = new Map<string, { values: string[]; required: string[] }>();
  for (const box of enabled(form, BOXES)) {
    const name = box.getAttribute('name');
    if (name !== undefined) {
      const group = boxes.get(name) ?? { values: [], required: [] };
      const value = box.getAttribute('value') ?? 'on';
      group.values.push(value);
      if (box.hasAttribute('required')) {
        group.required.push(value);
      }
      boxes.set(name, group);
    }
  }
  return [...boxes].map(([name, group]) => ({ kind: 'checkboxes', name, ...group }));
}

function selects(form: HTMLElement): FormField[] {
  return named(enabled(form, 'select')).map(([name, element]) => ({
    kind: 'select',
    name,
    options: element.querySelectorAll('option').map((option) => option.getAttribute('value') ?? option.text.trim()).filter((value) => value !== ''),
  }));
}

function numbers(form: HTMLElement): FormField[] {
  return named(enabled(form, NUMBERS)).map(([name, element]) => {
    const attribute = (key: string, otherwise: number) => Number(element.getAttribute(key) ?? otherwise);
    const asText = element.rawTagName.toLowerCase() !== 'crowd-slider';
    return { kind: 'number', name, min: attribute('min', 0), max: attribute('max', 100), step: attribute('step', 1), asText };
  });
}

function texts(form: HTMLElement): FormField[] {
  const elements = enabled(form, TEXTS).filter((element) => !NOT_ANSWERED.includes(element.getAttribute('type') ?? 'text'));
  return named(elements).map(([name, element]) => ({
    kind: 'text',
    name,
    preset: element.getAttribute('value') || element.text.trim() || undefined,
    maxLength: Number(element.getAttribute('max-length') ?? element.getAttribute('maxlength')) || undefined,
  }));
}

function enabled(form: HTMLElement, selector: string): HTMLElement[] {
  return form.querySelectorAll(selector).filter((element) => !element.hasAttribute('disabled'));
}

/** Elements without a name do not appear in the answer. */
function named(elements: HTMLElement[]): Array<[string, HTMLElement]> {
  return elements.flatMap((element) => {
    const name = element.getAttribute('name');
    return name === undefined ? [] : [[name, element] as [string, HTMLElement]];
  });
}

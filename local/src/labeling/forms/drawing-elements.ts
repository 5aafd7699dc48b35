import type { HTMLElement } from 'node-html-parser';
import { listAttribute, objectAttribute } from './element-attributes';
import type { BoxesField, FormField, MaskField, SpansField } from './form-field';
import { decodeMask } from './mask-image';
import { fitBox, type Box, type Size } from './shapes';

/** Looks at what an element shows: the address is one that the template granted read access to. */
export interface Eye {
  imageSize(url: string): Promise<Size>;
  content(url: string): Promise<Buffer>;
}

/** Elements that need an eye and a hand: rectangles, masks, parts of a text. */
export async function readDrawings(form: HTMLElement, eye: Eye): Promise<FormField[]> {
  const fields: FormField[] = [];
  for (const element of select(form, 'crowd-bounding-box')) {
    fields.push(await readBoxes(element, eye));
  }
  for (const element of select(form, 'crowd-semantic-segmentation')) {
    fields.push(await readMask(element, eye));
  }
  return [...fields, ...select(form, 'crowd-entity-annotation').map(readSpans)];
}

/** The form itself may be the element: `crowd-entity-annotation` stands alone. */
function select(form: HTMLElement, tag: string): HTMLElement[] {
  return form.rawTagName.toLowerCase() === tag ? [form] : form.querySelectorAll(tag);
}

async function readBoxes(element: HTMLElement, eye: Eye): Promise<BoxesField> {
  const size = await eye.imageSize(element.getAttribute('src') ?? '');
  return {
    kind: 'boxes',
    name: nameOf(element),
    labels: labelsOf(element),
    size,
    ...(element.hasAttribute('initial-value') && { initial: listAttribute(element, 'initial-value').map((box) => initialBox(box, size)) }),
  };
}

function initialBox(value: unknown, size: Size): Box {
  const { label, left, top, width, height } = (value ?? {}) as Partial<Box>;
  if (typeof label !== 'string' || ![left, top, width, height].every(Number.isFinite)) {
    throw new Error(`a box of the attribute "initial-value" needs label, left, top, width and height, got ${JSON.stringify(value)}`);
  }
  return fitBox({ label, left: left!, top: top!, width: width!, height: height! }, size);
}

async function readMask(element: HTMLElement, eye: Eye): Promise<MaskField> {
  const size = await eye.imageSize(element.getAttribute('src') ?? '');
  const labels = labelsOf(element);
  const field: MaskField = { kind: 'mask', name: nameOf(element), labels, size };
  return element.hasAttribute('initial-value') ? { ...field, initial: await initialMask(element, labels, size, eye) } : field;
}

async function initialMask(element: HTMLElement, labels: readonly string[], size: Size, eye: Eye): Promise<Uint8Array> {
  const { src, labelMappings } = objectAttribute(element, 'initial-value') as { src?: string; labelMappings?: Record<string, { color?: string }> };
  const colors = Object.entries(labelMappings ?? {}).map(([label, { color }]): [string, number] => {
    if (!labels.includes(label) || !/^#[0-9a-f]{6}$/i.test(color ?? '')) {
      throw new Error(`the attribute "initial-value" maps ${JSON.stringify(label)} to the colour ${JSON.stringify(color)}: labels of the element to #rrggbb are needed`);
    }
    return [color!.toLowerCase(), labels.indexOf(label) + 1];
  });
  const mask = decodeMask(await eye.content(src ?? ''), new Map(colors));
  if (mask.width !== size.width || mask.height !== size.height) {
    throw new Error(`the mask under review has ${mask.width} × ${mask.height} pixels, its image ${size.width} × ${size.height}`);
  }
  return mask.classes;
}

function readSpans(element: HTMLElement): SpansField {
  const labels = listAttribute(element, 'labels').map((entry) => (typeof entry === 'string' ? entry : String((entry as { label?: unknown }).label)));
  return { kind: 'spans', name: nameOf(element), labels, text: element.getAttribute('text') ?? '' };
}

function labelsOf(element: HTMLElement): string[] {
  const labels = listAttribute(element, 'labels').map(String);
  if (labels.length === 0) {
    throw new Error(`<${element.rawTagName.toLowerCase()}> has no labels`);
  }
  return labels;
}

function nameOf(element: HTMLElement): string {
  return element.getAttribute('name') ?? element.rawTagName.toLowerCase();
}

/**
 * The guide's templates for reviews print JSON unescaped between the double quotes of `initial-value`. Workers see their boxes all the
 * same, so quotes within are made fit for the attribute.
 */
export function quoteInitialValues(html: string): string {
  return html.replace(/(\sinitial-value=")(\s*[[{][\s\S]*?[\]}]\s*)("(?=[\s/>]))/g, (_, before: string, value: string, after: string) => (
    before + value.replace(/"/g, '&quot;') + after));
}

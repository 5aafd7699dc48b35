import type { LineLabel } from './import-line';
import { LabelProblem } from './label-problem';
import { answered, withMember } from './shape-labels';

/** What a label says of a mask: where it is, and what its colours mean. */
export interface MaskDescription {
  /** An `s3://` URI, or the PNG itself in base64. */
  readonly at: { readonly uri: string } | { readonly base64: string };
  /** What is painted in each colour. Two instances of a class have two colours. */
  readonly objects: readonly MaskObject[];
  /** Colours of no object, `#rrggbb`. */
  readonly background: readonly string[];
}

export interface MaskObject {
  readonly classTitle: string;
  /** `#rrggbb`, in lower case. */
  readonly color: string;
}

const BACKGROUND = 'BACKGROUND';

/** A class for each colour, as Ground Truth's own task type has it. */
export function segmentation(label: LineLabel): MaskDescription {
  const { attribute, value, metadata } = label;
  if (typeof value !== 'string' || !value.startsWith('s3://')) throw new LabelProblem(`"${attribute}" is not the S3 URI of a mask`);
  if (typeof metadata['internal-color-map'] !== 'object') {
    throw new LabelProblem(`"${attribute}-metadata" has no "internal-color-map", so the mask's colours mean nothing`);
  }
  const known = colorsOf(label);
  return {
    at: { uri: value },
    objects: known.filter(({ classTitle }) => classTitle !== BACKGROUND),
    background: known.filter(({ classTitle }) => classTitle === BACKGROUND).map(({ color }) => color),
  };
}

/** An instance for each colour, as `crowd-instance-segmentation` answers. */
export function instances(label: LineLabel): MaskDescription {
  const { attribute } = label;
  const isFile = typeof label.value === 'string';
  const found = withMember(isFile ? label.metadata : answered(label), 'instances');
  const list = found?.instances;
  if (!Array.isArray(list)) throw new LabelProblem(`"${attribute}"${isFile ? '-metadata' : ''} has no "instances"`);
  const png = isFile ? undefined : withMember(found, 'labeledImage')?.labeledImage as { readonly pngImageData?: unknown } | undefined;
  if (!isFile && typeof png?.pngImageData !== 'string') throw new LabelProblem(`"${attribute}" has no "labeledImage" with "pngImageData"`);
  const objects = (list as Array<Record<string, unknown>>).map(({ label: classTitle, color }) => {
    if (typeof classTitle !== 'string' || !isColor(color)) throw new LabelProblem(`an instance of "${attribute}" has no "label" and "color"`);
    return lowerCase({ classTitle, color });
  });
  // what nobody has painted is black or white, depending on the page, unless the metadata say otherwise
  const painted = new Set(objects.map(({ color }) => color));
  const unpainted = new Set(['#000000', '#ffffff', ...colorsOf(label).filter(({ classTitle }) => classTitle === BACKGROUND).map(({ color }) => color)]);
  return {
    at: isFile ? { uri: label.value as string } : { base64: png!.pngImageData as string },
    objects,
    background: [...unpainted].filter((color) => !painted.has(color)),
  };
}

/** What the metadata say of colours. */
function colorsOf({ metadata }: LineLabel): MaskObject[] {
  const entries = Object.values((metadata['internal-color-map'] ?? {}) as Record<string, Record<string, unknown>>);
  return entries.map((entry) => ({ classTitle: entry['class-name'], color: entry['hex-color'] }))
    .filter((one): one is MaskObject => typeof one.classTitle === 'string' && isColor(one.color)).map(lowerCase);
}

function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
}

function lowerCase({ classTitle, color }: MaskObject): MaskObject {
  return { classTitle, color: color.toLowerCase() };
}

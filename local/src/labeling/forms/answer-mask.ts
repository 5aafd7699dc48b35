import { judgeBoxes, trueBoxes } from './answer-boxes';
import type { MaskField } from './form-field';
import { labelColor } from './label-colors';
import { encodeMask } from './mask-image';
import type { Box, Size } from './shapes';
import type { Truth } from './truth';
import type { AnnotatorProfile } from '../annotator';

/** So much of the image must be right for a mask to be left alone. */
const GOOD = 0.97;

/** Answers `crowd-semantic-segmentation` in the form of its output. */
export function answerMask(field: MaskField, truth: Truth, profile: AnnotatorProfile, random: () => number): object {
  const right = trueBoxes(truth, field.labels, field.size);
  const painted = paint(judgeBoxes(right, field, profile, random), field);
  const modified = field.initial !== undefined && random() < profile.accuracy && agreement(field.initial, paint(right, field)) < GOOD;
  const classes = field.initial === undefined || modified ? painted : field.initial;
  const { width, height } = field.size;
  return {
    ...(field.initial !== undefined && { initialValueModified: modified }),
    inputImageProperties: { height, width },
    labelMappings: Object.fromEntries(field.labels.map((label, index) => [label, { color: labelColor(index) }])),
    labeledImage: { pngImageData: encodeMask(classes, field.size, field.labels).toString('base64') },
  };
}

/** Things are ellipses in their boxes; later ones lie on top. */
function paint(boxes: readonly Box[], { labels, size }: { readonly labels: readonly string[]; readonly size: Size }): Uint8Array {
  const classes = new Uint8Array(size.width * size.height);
  for (const box of boxes) {
    const [radiusX, radiusY] = [box.width / 2, box.height / 2];
    for (let y = box.top; y < box.top + box.height; y++) {
      const share = (y + 0.5 - box.top - radiusY) / radiusY;
      const half = radiusX * Math.sqrt(Math.max(0, 1 - share * share));
      const middle = box.left + radiusX;
      classes.fill(labels.indexOf(box.label) + 1, y * size.width + Math.round(middle - half), y * size.width + Math.round(middle + half));
    }
  }
  return classes;
}

function agreement(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((same, value, pixel) => same + (value === b[pixel] ? 1 : 0), 0) / Math.max(1, a.length);
}

import type { BoxesField } from './form-field';
import { judgeOne } from './judging';
import { boxOverlap, fitBox, type Box, type Size } from './shapes';
import type { Truth } from './truth';
import type { AnnotatorProfile } from '../annotator';

/** A box as good as this needs no correction; one that overlaps less is another thing's. */
const GOOD = 0.85;
const SAME_THING = 0.3;

/** Answers `crowd-bounding-box` in the form of its output. */
export function answerBoxes(field: BoxesField, truth: Truth, profile: AnnotatorProfile, random: () => number): object {
  const right = trueBoxes(truth, field.labels, field.size);
  const { width, height } = field.size;
  const inputImageProperties = { width, height };
  if (field.initial === undefined) {
    return { boundingBoxes: judgeBoxes(right, field, profile, random).map(ordered), inputImageProperties };
  }
  const adjusted = adjustBoxes(field.initial, right, truth.boxes !== undefined, field, profile, random);
  return { boundingBoxes: adjusted.boxes.map(ordered), initialValueModified: adjusted.modified, inputImageProperties };
}

/** Where the things are: as stated, else one to three of them by the object's own chance. */
export function trueBoxes(truth: Truth, labels: readonly string[], size: Size): Box[] {
  if (truth.boxes !== undefined) {
    return truth.boxes.filter((box) => labels.includes(box.label)).map((box) => fitBox(box, size));
  }
  const random = truth.drawn('boxes');
  return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const width = size.width * (0.15 + 0.3 * random());
    const height = size.height * (0.15 + 0.3 * random());
    const [left, top] = [random() * (size.width - width), random() * (size.height - height)];
    return fitBox({ label: labels[Math.floor(random() * labels.length)], left, top, width, height }, size);
  });
}

/** As somebody draws them: now and then one is missed, has a wrong class, or is where nothing is; none is exact. */
export function judgeBoxes(right: readonly Box[], { labels, size }: Pick<BoxesField, 'labels' | 'size'>, profile: AnnotatorProfile, random: () => number): Box[] {
  const error = 1 - profile.accuracy;
  const drawn = right.filter(() => random() >= error / 2).map((box) => judgeBox(box, labels, size, profile, random));
  if (random() < error / 4) {
    const [width, height] = [size.width / 5, size.height / 5];
    const label = labels[Math.floor(random() * labels.length)];
    drawn.push(fitBox({ label, left: random() * (size.width - width), top: random() * (size.height - height), width, height }, size));
  }
  return drawn;
}

function judgeBox(box: Box, labels: readonly string[], size: Size, profile: AnnotatorProfile, random: () => number): Box {
  const off = (length: number) => (random() - 0.5) * length * (0.04 + 0.2 * (1 - profile.accuracy));
  const [left, top] = [box.left + off(box.width), box.top + off(box.height)];
  const [width, height] = [box.width + off(box.width), box.height + off(box.height)];
  return fitBox({ label: judgeOne(labels, box.label, profile, random), left, top, width, height }, size);
}

/** Corrects what is off; where the whole truth was stated, also takes away what is wrong and adds what is missing. */
function adjustBoxes(
  initial: readonly Box[], right: readonly Box[], stated: boolean, field: BoxesField, profile: AnnotatorProfile, random: () => number,
): { boxes: Box[]; modified: boolean } {
  let modified = false;
  const boxes = initial.flatMap((box) => {
    const best = closest(box, right);
    const overlap = best === undefined ? 0 : boxOverlap(box, best);
    const wrong = overlap >= SAME_THING ? overlap < GOOD || best!.label !== box.label : stated;
    if (!wrong || random() >= profile.accuracy) {
      return [box];
    }
    modified = true;
    return overlap >= SAME_THING ? [judgeBox(best!, field.labels, field.size, profile, random)] : [];
  });
  const missing = stated ? right.filter((box) => !initial.some((other) => boxOverlap(box, other) >= SAME_THING)) : [];
  const added = missing.filter(() => random() < profile.accuracy);
  return { boxes: [...boxes, ...added], modified: modified || added.length > 0 };
}

export function closest<T extends Box>(box: Omit<Box, 'label'>, others: readonly T[]): T | undefined {
  return others.reduce<T | undefined>((best, other) => (best === undefined || boxOverlap(box, other) > boxOverlap(box, best) ? other : best), undefined);
}

/** The members in the order of the element's documented output. */
function ordered({ height, label, left, top, width }: Box): Box {
  return { height, label, left, top, width };
}

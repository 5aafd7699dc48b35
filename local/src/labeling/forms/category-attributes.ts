import { judgeOne } from './judging';
import type { Truth } from './truth';
import type { CategoryAttribute } from '../../services/sagemaker/label-category-file';
import type { AnnotatorProfile } from '../annotator';

/** What workers say about a label or a frame: one of the values, a number within its bounds, or a few words. */
export function answerAttributes(
  attributes: readonly CategoryAttribute[], about: string, truth: Truth, profile: AnnotatorProfile, random: () => number,
): Record<string, string | number> {
  return Object.fromEntries(attributes.map((attribute) => [attribute.name, answer(attribute, truth.drawn(`${about}/${attribute.name}`), profile, random)]));
}

function answer(attribute: CategoryAttribute, drawn: () => number, profile: AnnotatorProfile, random: () => number): string | number {
  if (attribute.enum !== undefined) {
    return judgeOne(attribute.enum, attribute.enum[Math.floor(drawn() * attribute.enum.length)], profile, random);
  }
  if (attribute.type === 'number') {
    const [min, max] = [attribute.minimum ?? 0, attribute.maximum ?? 100];
    return min + Math.floor(drawn() * (max - min + 1));
  }
  return `${attribute.name} as seen`;
}

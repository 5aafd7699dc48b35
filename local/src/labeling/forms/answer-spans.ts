import type { SpansField } from './form-field';
import { judgeOne } from './judging';
import type { Span } from './shapes';
import type { Truth } from './truth';
import type { AnnotatorProfile } from '../annotator';

/** Answers `crowd-entity-annotation` in the form of its output. */
export function answerSpans(field: SpansField, truth: Truth, profile: AnnotatorProfile, random: () => number): object {
  const error = 1 - profile.accuracy;
  const words = wordsOf(field.text);
  const marked = trueSpans(truth, field.labels, words).filter(() => random() >= error / 2);
  return {
    entities: marked.map((span) => ({
      endOffset: random() < error / 2 ? nextEnd(span, words) : span.endOffset,
      label: judgeOne(field.labels, span.label, profile, random),
      startOffset: span.startOffset,
    })),
  };
}

interface Word {
  readonly start: number;
  readonly end: number;
}

/** Words by their offsets in Unicode code points. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let start: number | undefined;
  [...text, ' '].forEach((character, index) => {
    const inside = /[\p{L}\p{N}_'’-]/u.test(character);
    if (inside && start === undefined) {
      start = index;
    } else if (!inside && start !== undefined) {
      words.push({ start, end: index });
      start = undefined;
    }
  });
  return words;
}

/** As stated, else some of the longer words by the text's own chance. */
function trueSpans(truth: Truth, labels: readonly string[], words: readonly Word[]): Span[] {
  if (truth.entities !== undefined) {
    return truth.entities.filter((entity) => labels.includes(entity.label));
  }
  const random = truth.drawn('spans');
  return words.filter(({ start, end }) => end - start > 3 && random() < 0.25)
    .map(({ start, end }) => ({ label: labels[Math.floor(random() * labels.length)], startOffset: start, endOffset: end }));
}

/** The usual slip: the next word is marked as well. */
function nextEnd(span: Span, words: readonly Word[]): number {
  return words.find((word) => word.start >= span.endOffset)?.end ?? span.endOffset;
}

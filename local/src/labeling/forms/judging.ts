import type { AnnotatorProfile } from '../annotator';

/** The right option, or as often as the annotator errs a wrong one. */
export function judgeOne(options: readonly string[], right: string, profile: AnnotatorProfile, random: () => number): string {
  const wrong = options.filter((option) => option !== right);
  if (random() < profile.accuracy || wrong.length === 0) {
    return right;
  }
  return profile.bias !== undefined && wrong.includes(profile.bias) ? profile.bias : pick(wrong, random);
}

/** Misses each right option, or adds one that is wrong, as often as the annotator errs; at least one is chosen. */
export function judgeMany(options: readonly string[], right: readonly string[], profile: AnnotatorProfile, random: () => number): string[] {
  const extra = (1 - profile.accuracy) / Math.max(1, options.length - right.length);
  const chosen = options.filter((option) => random() < (right.includes(option) ? profile.accuracy : extra));
  return chosen.length > 0 ? chosen : [right[0] ?? pick(options, random)];
}

export function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)];
}

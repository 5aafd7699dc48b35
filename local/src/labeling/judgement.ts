import type { AnnotatorProfile } from './annotator';
import type { FormField } from './worker-form';

/** What is true of one object: stated, or drawn once for all annotators alike. */
export interface Truth {
  /** The right text, where one was stated. */
  readonly text?: string;
  /** A number in [0, 1) that stands for everything else about the object. */
  readonly level: number;
  /** The right ones among the options, in their order; never empty unless there are no options. */
  among(options: readonly string[], many: boolean): string[];
}

/** Fills in a form as the crowd elements would submit it. */
export function answerForm(fields: readonly FormField[], truth: Truth, profile: AnnotatorProfile, random: () => number): Record<string, unknown> {
  const answer: Record<string, unknown> = {};
  for (const field of fields) {
    Object.assign(answer, answerField(field, truth, profile, random));
  }
  return answer;
}

function answerField(field: FormField, truth: Truth, profile: AnnotatorProfile, random: () => number): Record<string, unknown> {
  const one = (options: readonly string[]) => judgeOne(options, truth.among(options, false)[0], profile, random);
  switch (field.kind) {
    case 'category':
      return { [field.name]: { label: one(field.options) } };
    case 'categories':
      return { [field.name]: { labels: judgeMany(field.options, truth.among(field.options, true), profile, random) } };
    case 'radio':
      return answerRadio(field.buttons, one(field.buttons.map((button) => button.value)));
    case 'checkboxes': {
      const checked = [...judgeMany(field.values, truth.among(field.values, true), profile, random), ...field.required];
      return { [field.name]: Object.fromEntries(field.values.map((value) => [value, checked.includes(value)])) };
    }
    case 'select':
      return field.options.length === 0 ? {} : { [field.name]: one(field.options) };
    case 'number': {
      const value = judgeNumber(field.min, field.max, field.step, truth.level, profile, random);
      return { [field.name]: field.asText ? String(value) : value };
    }
    case 'text':
      return { [field.name]: (field.preset ?? writeText(truth, profile, random)).slice(0, field.maxLength) };
  }
}

/** `{ name: { value: checked } }` for each button; buttons may share a name. */
function answerRadio(buttons: ReadonlyArray<{ name: string; value: string }>, chosen: string): Record<string, unknown> {
  const answer: Record<string, Record<string, boolean>> = {};
  const index = buttons.findIndex((button) => button.value === chosen);
  buttons.forEach((button, at) => {
    answer[button.name] = { ...answer[button.name], [button.value]: at === index };
  });
  return answer;
}

function judgeOne(options: readonly string[], right: string, profile: AnnotatorProfile, random: () => number): string {
  const wrong = options.filter((option) => option !== right);
  if (random() < profile.accuracy || wrong.length === 0) {
    return right;
  }
  return profile.bias !== undefined && wrong.includes(profile.bias) ? profile.bias : pick(wrong, random);
}

/** Misses each right option, or adds one that is wrong, as often as the annotator errs; at least one is chosen. */
function judgeMany(options: readonly string[], right: readonly string[], profile: AnnotatorProfile, random: () => number): string[] {
  const extra = (1 - profile.accuracy) / Math.max(1, options.length - right.length);
  const chosen = options.filter((option) => random() < (right.includes(option) ? profile.accuracy : extra));
  return chosen.length > 0 ? chosen : [right[0] ?? pick(options, random)];
}

function judgeNumber(min: number, max: number, step: number, level: number, profile: AnnotatorProfile, random: () => number): number {
  const steps = Math.max(0, Math.floor((max - min) / step));
  const right = Math.round(level * steps);
  const off = random() < profile.accuracy ? 0 : random() < 0.5 ? -1 : 1;
  return min + Math.min(steps, Math.max(0, right + off)) * step;
}

const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'heath', 'inlet', 'juniper', 'knoll', 'larch'];

function writeText(truth: Truth, profile: AnnotatorProfile, random: () => number): string {
  const right = truth.text ?? `${WORDS[Math.floor(truth.level * WORDS.length)]} ${WORDS[Math.floor(truth.level * 1000) % WORDS.length]}`;
  return random() < profile.accuracy ? right : `${pick(WORDS, random)} ${pick(WORDS, random)}`;
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)];
}

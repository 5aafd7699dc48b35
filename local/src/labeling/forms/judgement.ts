import { answerBoxes } from './answer-boxes';
import { answerFrames } from './answer-frames';
import { answerMask } from './answer-mask';
import { answerPointCloud } from './answer-point-cloud';
import { answerSpans } from './answer-spans';
import type { FormField } from './form-field';
import { judgeMany, judgeOne, pick } from './judging';
import type { Truth } from './truth';
import type { AnnotatorProfile } from '../annotator';

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
    case 'boxes':
      return { [field.name]: answerBoxes(field, truth, profile, random) };
    case 'mask':
      return { [field.name]: answerMask(field, truth, profile, random) };
    case 'spans':
      return { [field.name]: answerSpans(field, truth, profile, random) };
    case 'frames':
      return answerFrames(field, truth, profile, random);
    case 'point-cloud':
      return answerPointCloud(field, truth, profile, random);
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

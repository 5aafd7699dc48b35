import { readFileSync } from 'node:fs';
import { PROFILE_DEFAULTS, type AnnotatorProfile } from './annotator';
import type { Crews } from './crews';
import type { Truths } from './truths';
import { ServiceError, type ControlRoute } from '../core/service';

type Content = Readonly<Record<string, unknown>>;

/** `POST /_local/annotators`: who works in a team, and what is true of the objects. */
export function annotatorControl(crews: Crews, truths: Truths): ControlRoute {
  return (body) => {
    only(body, ['workteam', 'annotators', 'truth'], 'the body');
    const workteam = body.workteam === undefined ? undefined : text(body.workteam, 'workteam');
    const profiles = body.annotators === undefined ? undefined : list(body.annotators, 'annotators').map(profileOf);
    const stated = body.truth === undefined ? [] : entriesOf(body.truth).map(truthOf);
    if (profiles !== undefined) {
      refuseTwins(profiles);
      crews.configure(workteam, profiles);
    }
    stated.forEach(({ content, labels }) => truths.tell(content, labels));
    return { annotators: profiles ?? [], truths: truths.size };
  };
}

function profileOf(entry: unknown, index: number): AnnotatorProfile {
  const what = `annotators[${index}]`;
  const given = object(entry, what);
  only(given, ['name', 'accuracy', 'secondsPerTask', 'bias', 'dropout', 'decline'], what);
  return {
    name: text(given.name, `${what}.name`),
    accuracy: number(given.accuracy ?? PROFILE_DEFAULTS.accuracy, `${what}.accuracy`, 0, 1),
    secondsPerTask: number(given.secondsPerTask ?? PROFILE_DEFAULTS.secondsPerTask, `${what}.secondsPerTask`, 0.001, 1e9),
    dropout: number(given.dropout ?? PROFILE_DEFAULTS.dropout, `${what}.dropout`, 0, 1),
    decline: number(given.decline ?? PROFILE_DEFAULTS.decline, `${what}.decline`, 0, 1),
    ...(given.bias !== undefined && { bias: text(given.bias, `${what}.bias`) }),
  };
}

function refuseTwins(profiles: readonly AnnotatorProfile[]): void {
  const names = profiles.map((profile) => profile.name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) {
    throw refusal(`annotators: the name '${twin}' stands twice`);
  }
}

/** A list, or `{ file }` with one entry a line. */
function entriesOf(truth: unknown): unknown[] {
  if (Array.isArray(truth)) {
    return truth;
  }
  const { file } = object(truth, 'truth');
  const path = text(file, 'truth.file');
  try {
    return readFileSync(path, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as unknown);
  } catch (error) {
    throw refusal(`truth.file '${path}' cannot be read: ${(error as Error).message}`);
  }
}

/** Manifest lines with a `label` will do: `source-ref` is read as well as `sourceRef`, and other members are left alone. */
function truthOf(entry: unknown, index: number): { content: string; labels: string[] } {
  const what = `truth[${index}]`;
  const given = object(entry, what);
  const content = given.source ?? given.sourceRef ?? given['source-ref'];
  const labels = Array.isArray(given.label) ? given.label : [given.label];
  return { content: text(content, `${what}.source or ${what}.sourceRef`), labels: labels.map((label) => text(label, `${what}.label`)) };
}

function refusal(message: string): ServiceError {
  return new ServiceError('ValidationException', message);
}

function object(value: unknown, what: string): Content {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`${what} must be an object, got ${JSON.stringify(value)}`);
  }
  return value as Content;
}

function list(value: unknown, what: string): unknown[] {
  if (!Array.isArray(value)) {
    throw refusal(`${what} must be a list, got ${JSON.stringify(value)}`);
  }
  return value;
}

function text(value: unknown, what: string): string {
  if (typeof value !== 'string') {
    throw refusal(`${what} must be a text, got ${JSON.stringify(value)}`);
  }
  return value;
}

function number(value: unknown, what: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw refusal(`${what} must be a number from ${min} to ${max}, got ${JSON.stringify(value)}`);
  }
  return value;
}

function only(value: Content, allowed: readonly string[], what: string): void {
  const other = Object.keys(value).find((key) => !allowed.includes(key));
  if (other !== undefined) {
    throw refusal(`${what} has the unknown member '${other}'; known: ${allowed.join(', ')}`);
  }
}

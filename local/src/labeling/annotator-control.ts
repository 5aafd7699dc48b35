import { readFileSync } from 'node:fs';
import { PROFILE_DEFAULTS, type AnnotatorProfile } from './annotator';
import { list, number, object, only, refusal, text } from './control-input';
import type { Crews } from './crews';
import type { Truths } from './truths';
import type { ControlRoute } from '../core/service';

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
    stated.forEach(({ content, labels, declined }) => {
      if (labels !== undefined) {
        truths.tell(content, labels);
      }
      truths.refuse(content, declined);
    });
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
function truthOf(entry: unknown, index: number): { content: string; labels?: string[]; declined: boolean } {
  const what = `truth[${index}]`;
  const given = object(entry, what);
  const content = text(given.source ?? given.sourceRef ?? given['source-ref'], `${what}.source or ${what}.sourceRef`);
  const declined = given.declined === true;
  if (declined && given.label === undefined) {
    return { content, declined };
  }
  const labels = Array.isArray(given.label) ? given.label : [given.label];
  return { content, declined, labels: labels.map((label) => text(label, `${what}.label`)) };
}

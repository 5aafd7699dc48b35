import { readFileSync } from 'node:fs';
import { PROFILE_DEFAULTS, type AnnotatorProfile } from './annotator';
import { list, number, object, only, refusal, text } from './control-input';
import type { Crews } from './crews';
import type { Box, Span } from './forms/shapes';
import type { StatedTruth, Truths } from './truths';
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
    stated.forEach(({ content, truth }) => truths.tell(content, truth));
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
function truthOf(entry: unknown, index: number): { content: string; truth: StatedTruth } {
  const what = `truth[${index}]`;
  const given = object(entry, what);
  const { label, boxes, entities, declined } = given;
  if (label === undefined && boxes === undefined && entities === undefined && declined !== true) {
    throw refusal(`${what} must have label, boxes, entities or "declined": true`);
  }
  const truth = {
    ...(label !== undefined && { labels: (Array.isArray(label) ? label : [label]).map((each) => text(each, `${what}.label`)) }),
    ...(boxes !== undefined && { boxes: list(boxes, `${what}.boxes`).map((box, at) => boxOf(box, `${what}.boxes[${at}]`)) }),
    ...(entities !== undefined && { entities: list(entities, `${what}.entities`).map((span, at) => spanOf(span, `${what}.entities[${at}]`)) }),
    declined: declined === true,
  };
  return { content: text(given.source ?? given.sourceRef ?? given['source-ref'], `${what}.source or ${what}.sourceRef`), truth };
}

function boxOf(value: unknown, what: string): Box {
  const given = object(value, what);
  const side = (name: string, min: number) => number(given[name], `${what}.${name}`, min, 1e6);
  return { label: text(given.label, `${what}.label`), left: side('left', 0), top: side('top', 0), width: side('width', 1), height: side('height', 1) };
}

function spanOf(value: unknown, what: string): Span {
  const given = object(value, what);
  const startOffset = number(given.startOffset, `${what}.startOffset`, 0, 1e6);
  return { label: text(given.label, `${what}.label`), startOffset, endOffset: number(given.endOffset, `${what}.endOffset`, startOffset + 1, 1e6) };
}

import type { DataKind } from '../services/sagemaker/task-types';

const LONGEST_LINE = 100_000;
const LONGEST_VALUE = 20_000;
/** What streaming jobs add to the lines of their output. */
const OWN_ATTRIBUTE = /^\$(?:sequencer|.+-object-id)$/;
const IMAGE = /\.(?:jpe?g|png)$/i;
const VIDEO = /\.(?:mp4|ogg|webm)$/i;

export interface DataObject {
  /** The whole manifest line. */
  readonly line: Readonly<Record<string, unknown>>;
  readonly source?: string;
  readonly sourceRef?: string;
}

/** Reads a manifest line by the rules of the input manifest and of the task type; the message says what is wrong with it. */
export function readDataObject(text: string, data: DataKind): DataObject {
  const line = parse(text);
  for (const [name, value] of Object.entries(line)) {
    const characters = lengthOf(value);
    if (characters > LONGEST_VALUE) {
      throw new Error(`the value of "${name}" has ${characters} characters; a value has at most ${LONGEST_VALUE}`);
    }
    if (name.startsWith('$') && !OWN_ATTRIBUTE.test(name)) {
      throw new Error(`the attribute name "${name}" starts with "$"`);
    }
  }
  const object = { line, source: textOf(line, 'source'), sourceRef: textOf(line, 'source-ref') };
  checkKind(object, data);
  return object;
}

function parse(text: string): Record<string, unknown> {
  if (text.length > LONGEST_LINE && [...text].length > LONGEST_LINE) {
    throw new Error(`the line has ${[...text].length} characters; a line has at most ${LONGEST_LINE}`);
  }
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch (error) {
    throw new Error(`the line is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof line !== 'object' || line === null || Array.isArray(line)) {
    throw new Error('the line is not a JSON object');
  }
  return line as Record<string, unknown>;
}

function lengthOf(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? [...text].length : text.length;
}

function textOf(line: Record<string, unknown>, name: string): string | undefined {
  const value = line[name];
  if (value !== undefined && typeof value !== 'string') {
    throw new Error(`"${name}" must be a text`);
  }
  return value;
}

function checkKind({ source, sourceRef }: DataObject, data: DataKind): void {
  if (source === undefined && sourceRef === undefined) {
    throw new Error('the line has neither "source" nor "source-ref"');
  }
  if (source !== undefined && sourceRef !== undefined) {
    throw new Error('the line has both "source" and "source-ref"');
  }
  if (data === 'text' && source === undefined) {
    throw new Error('a text task needs "source"');
  }
  if ((data === 'video-frames' || data === 'point-cloud') && sourceRef === undefined) {
    throw new Error(`a task of ${data === 'point-cloud' ? 'point clouds' : 'video frames'} needs "source-ref"`);
  }
  if (data === 'video-clip' && (sourceRef === undefined || !VIDEO.test(sourceRef))) {
    throw new Error('a task of video clips needs "source-ref" with the URI of a .mp4, .ogg or .webm object');
  }
  if (data === 'image' && (sourceRef === undefined || !IMAGE.test(sourceRef))) {
    throw new Error('an image task needs "source-ref" with the URI of a .jpg, .jpeg or .png object');
  }
}

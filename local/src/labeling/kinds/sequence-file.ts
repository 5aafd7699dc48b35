import type { ObjectReader } from '../object-reader';

/** The file that a line of a sequence manifest refers to. */
export interface SequenceFile {
  readonly 'seq-no': number;
  readonly 'prefix': string;
  readonly 'number-of-frames': number;
  readonly 'frames': readonly SequenceFrame[];
}

export interface SequenceFrame {
  readonly 'frame-no'?: number;
  readonly 'frame': string;
  readonly 'format'?: string;
  readonly 'unix-timestamp'?: number;
}

export interface SequenceRules {
  readonly mostFrames: number;
  readonly numbered: boolean;
  readonly timed: boolean;
}

/** Reads a sequence file by the rules of its kind; every frame must be there. */
export async function readSequence(uri: string, reader: ObjectReader, rules: SequenceRules): Promise<SequenceFile> {
  const file = (await reader.json(uri) ?? {}) as Partial<SequenceFile>;
  const refuse = (message: string): never => { throw new Error(`the sequence file '${uri}' ${message}`); };
  const frames = Array.isArray(file.frames) ? file.frames : refuse('has no list "frames"');
  if (typeof file['seq-no'] !== 'number') refuse('has no number "seq-no"');
  if (typeof file.prefix !== 'string' || !/^s3:\/\/[^/]+\/.+\/$/.test(file.prefix)) {
    refuse(`must have a "prefix" such as s3://bucket/folder/, got ${JSON.stringify(file.prefix)}`);
  }
  if (file['number-of-frames'] !== frames.length) refuse(`has "number-of-frames" ${file['number-of-frames']}, and ${frames.length} frames`);
  if (frames.length === 0 || frames.length > rules.mostFrames) refuse(`has ${frames.length} frames; 1 to ${rules.mostFrames} are allowed`);
  frames.forEach((frame, index) => checkFrame(frame, index, frames, rules, refuse));
  await reader.checkCors(file.prefix!);
  for (const { frame } of frames) {
    await reader.size(file.prefix! + frame);
  }
  return file as SequenceFile;
}

function checkFrame(frame: SequenceFrame, index: number, frames: readonly SequenceFrame[], rules: SequenceRules, refuse: (message: string) => never): void {
  if (typeof frame?.frame !== 'string' || frame.frame === '') {
    refuse(`names no "frame" in frames[${index}]`);
  }
  if (rules.numbered && typeof frame['frame-no'] !== 'number') {
    refuse(`has no number "frame-no" in frames[${index}]`);
  }
  if (rules.timed && typeof frame['unix-timestamp'] !== 'number') {
    refuse(`has no number "unix-timestamp" in frames[${index}]`);
  }
  if (rules.timed && index > 0 && frame['unix-timestamp']! <= frames[index - 1]['unix-timestamp']!) {
    refuse(`must have increasing times; frames[${index}] is not later than the frame before`);
  }
}

import { encode } from 'fast-png';
import type { EstateJob } from './estate';
import { DATA, KINDS } from './kinds';
import { chooseMails } from '../quickstart/mails';

const MAILS_A_JOB = 6;
const IMAGES = 6;
const SEQUENCES = 4;
const FRAMES = 3;
const POINTS = 300;

/** Objects by their keys in the bucket of the data. */
export type Objects = Readonly<Record<string, string | Uint8Array>>;

/** Small images, sequences of frames and point clouds: real data, which the engine opens. */
export function sharedObjects(): Objects {
  const objects: Record<string, string | Uint8Array> = {};
  for (let index = 0; index < IMAGES; index++) objects[`images/${index}.png`] = image(32 + index);
  for (let index = 0; index < SEQUENCES; index++) {
    const frames = Array.from({ length: FRAMES }, (_, frame) => ({ 'frame-no': frame, 'frame': `${frame}.png` }));
    frames.forEach(({ frame }) => { objects[`clips/${index}/${frame}`] = image(48); });
    objects[`clips/${index}.json`] = JSON.stringify({ 'seq-no': index + 1, 'prefix': uri(`clips/${index}/`), 'number-of-frames': FRAMES, frames });
    objects[`clouds/${index}.bin`] = cloud();
  }
  return objects;
}

/** The lines of a job's manifest; of one that could not be finished, the last names something that is not there. */
export function manifestOf(job: EstateJob, place: number): string {
  const lines: object[] = linesOf(job, place);
  if (job.state === 'completed with failed objects') lines[lines.length - 1] = KINDS[job.kind].objects === 'mails' ? { text: 'no source' } : { 'source-ref': uri('images/gone.png') };
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function linesOf({ kind }: EstateJob, place: number): object[] {
  const numbered = (count: number, line: (index: number) => object) => Array.from({ length: count }, (_, index) => line(index));
  switch (KINDS[kind].objects) {
    case 'mails': return chooseMails().slice(place * MAILS_A_JOB, (place + 1) * MAILS_A_JOB).map(({ id, text }) => ({ source: text, mail: id }));
    case 'images': return numbered(IMAGES, (index) => ({ 'source-ref': uri(`images/${index}.png`) }));
    case 'clips': return numbered(SEQUENCES, (index) => ({ 'source-ref': uri(`clips/${index}.json`) }));
    case 'clouds': return numbered(SEQUENCES, (index) => ({ 'source-ref': uri(`clouds/${index}.bin`), 'source-ref-metadata': { 'unix-timestamp': 1_566_861_644 + index } }));
  }
}

export function uri(key: string): string {
  return `s3://${DATA}/${key}`;
}

/** A grey square. */
function image(side: number): Uint8Array {
  return encode({ width: side, height: side, data: new Uint8Array(side * side).fill(90), channels: 1 });
}

/** Points on a spiral: x, y, z and intensity, four bytes each. */
function cloud(): Uint8Array {
  const points = Array.from({ length: POINTS }, (_, index) => [Math.cos(index) * index / 50, Math.sin(index) * index / 50, index / 100, 1]);
  return new Uint8Array(new Float32Array(points.flat()).buffer);
}

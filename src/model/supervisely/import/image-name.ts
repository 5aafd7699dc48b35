import { createHash } from 'node:crypto';

const LONGEST_NAME = 255;
/** Every folder may have a file of one name: with eight digits two of 65,000 would meet as often as not, and one of them be lost. */
const DIGITS = 16;

/**
 * Name of the image that a manifest's object becomes: a function of where it lies, so that a repeated call finds what it has made, and two folders
 * may hold one file name.
 */
export function imageName(sourceRef: string): string {
  const file = sourceRef.slice(sourceRef.lastIndexOf('/') + 1).replaceAll('\\', '_');
  const dot = file.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [file.slice(0, dot), file.slice(dot)] : [file, ''];
  const end = `-${createHash('sha256').update(sourceRef, 'utf8').digest('hex').slice(0, DIGITS)}${extension.slice(0, LONGEST_NAME / 2)}`;
  // by characters: half a character would be no text
  return `${[...stem].slice(0, LONGEST_NAME - end.length - extraUnits(stem)).join('')}${end}`;
}

/** Characters that JavaScript counts twice. */
function extraUnits(text: string): number {
  return text.length - [...text].length;
}

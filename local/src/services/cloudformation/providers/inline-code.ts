import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { strToU8, zipSync } from 'fflate';

/** CloudFormation turns `ZipFile` text into `index.<extension>` and adds its own response module for custom resources. */
const LANGUAGES = [
  { runtime: /^nodejs/, extension: 'js', responseModule: 'cfn-response.js', place: 'node_modules/' },
  { runtime: /^python/, extension: 'py', responseModule: 'cfnresponse.py', place: '' },
];
const MAXIMUM_BYTES = 4 * 1024 * 1024;

export function inlineCode(source: string, runtime: string): Buffer {
  const language = LANGUAGES.find((candidate) => candidate.runtime.test(runtime));
  if (!language) {
    throw new Error(`ZipFile can only be used with the Node.js and Python runtimes, not with ${runtime}`);
  }
  if (Buffer.byteLength(source) > MAXIMUM_BYTES) {
    throw new Error(`ZipFile may have at most ${MAXIMUM_BYTES} bytes`);
  }
  const { extension, responseModule, place } = language;
  const module = readFileSync(path.join(__dirname, 'response-modules', responseModule), 'utf8');
  return Buffer.from(zipSync({ [`index.${extension}`]: strToU8(source), [`${place}${responseModule}`]: strToU8(module) }, { mtime: new Date(1980, 0, 1) }));
}

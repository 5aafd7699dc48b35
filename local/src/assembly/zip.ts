import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The oldest time that zip knows: the same content is the same archive, whenever it is packed. */
const TIME = new Date(1980, 0, 1);
const UNIX = 3;

/** A folder as a zip archive: files in order of their names, symbolic links followed, permissions kept. */
export function zipDirectory(directory: string): Uint8Array {
  const entries: Zippable = {};
  for (const file of filesOf(directory)) {
    const full = path.join(directory, file);
    entries[file.split(path.sep).join('/')] = [readFileSync(full), { mtime: TIME, os: UNIX, attrs: statSync(full).mode * 0x10000 }];
  }
  // stored, not deflated: nothing but time is saved on the way to an engine on the same machine
  return zipSync(entries, { level: 0 });
}

function filesOf(directory: string, inside = ''): string[] {
  return readdirSync(path.join(directory, inside)).sort().flatMap((name) => {
    const file = path.join(inside, name);
    const full = path.join(directory, file);
    const status = lstatSync(full).isSymbolicLink() ? statSync(full) : lstatSync(full);
    return status.isDirectory() ? filesOf(directory, file) : [file];
  });
}

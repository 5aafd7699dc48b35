import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { chunksOf } from './checksums';
import { type Bytes, FileBytes } from '../../core/bytes';

const MEMORY_LIMIT = 1024 * 1024;

/** Parts as one content; large ones make a file in `directory`. */
export function joinBytes(parts: readonly Bytes[], directory: string): Bytes {
  if (parts.length === 1) return parts[0];
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (size <= MEMORY_LIMIT) return Buffer.concat(parts.flatMap((part) => [...chunksOf(part)]));
  const file = path.join(directory, randomUUID());
  const descriptor = fs.openSync(file, 'w');
  try {
    for (const part of parts) for (const chunk of chunksOf(part)) fs.writeSync(descriptor, chunk);
  } finally {
    fs.closeSync(descriptor);
  }
  return new FileBytes(file, 0, size);
}

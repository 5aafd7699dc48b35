import * as fs from 'node:fs';
import { Readable } from 'node:stream';

/** Content too large to keep in memory: part of a file that somebody else owns. */
export class FileBytes {
  constructor(readonly path: string, readonly start: number, readonly length: number) {}

  slice(start: number, end: number): FileBytes {
    return new FileBytes(this.path, this.start + start, end - start);
  }

  stream(): Readable {
    if (this.length === 0) return Readable.from([]);
    return fs.createReadStream(this.path, { start: this.start, end: this.start + this.length - 1 });
  }

  read(): Buffer {
    const buffer = Buffer.alloc(this.length);
    const file = fs.openSync(this.path, 'r');
    try {
      fs.readSync(file, buffer, 0, this.length, this.start);
    } finally {
      fs.closeSync(file);
    }
    return buffer;
  }
}

/** Content in memory, or in a file when it is large. */
export type Bytes = Buffer | FileBytes;

export function sliceBytes(bytes: Bytes, start: number, end: number): Bytes {
  return bytes instanceof FileBytes ? bytes.slice(start, end) : bytes.subarray(start, end);
}

export function toBuffer(bytes: Bytes): Buffer {
  return bytes instanceof FileBytes ? bytes.read() : bytes;
}

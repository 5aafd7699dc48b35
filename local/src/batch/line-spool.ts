import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type Bytes, FileBytes } from '../core/bytes';
import { chunksOf } from '../services/s3/checksums';

/** Lines kept in memory only as long as they are few. */
const MEMORY_LIMIT = 64 * 1024;

/** Lines of any number, written once and read in order: tasks of a job, rows of its report. */
export class LineSpool {
  count = 0;
  private pending: string[] = [];
  private pendingSize = 0;
  private file: { readonly path: string; size: number } | undefined;

  constructor(private readonly directory: string) {}

  append(line: string): void {
    this.pending.push(line, '\n');
    this.pendingSize += line.length + 1;
    this.count++;
    if (this.pendingSize > MEMORY_LIMIT) this.spill();
  }

  /** Nothing is appended after this. */
  bytes(): Bytes {
    if (!this.file) return Buffer.from(this.pending.join(''));
    this.spill();
    return new FileBytes(this.file.path, 0, this.file.size);
  }

  * lines(): Generator<string> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for (const chunk of chunksOf(this.bytes())) {
      const lines = (rest + decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length))).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  }

  discard(): void {
    if (this.file) fs.rmSync(this.file.path, { force: true });
    this.pending = [];
  }

  private spill(): void {
    const bytes = Buffer.from(this.pending.join(''));
    this.pending = [];
    this.pendingSize = 0;
    if (!this.file) {
      fs.mkdirSync(this.directory, { recursive: true });
      this.file = { path: path.join(this.directory, randomUUID()), size: 0 };
    }
    fs.appendFileSync(this.file.path, bytes);
    this.file.size += bytes.length;
  }
}

import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsChunkedDecoder, isAwsChunked } from './aws-chunked';
import { type Bytes, FileBytes } from '../core/bytes';

/** Content above this size goes to a file. */
const MEMORY_LIMIT = 1024 * 1024;

export interface ReadBody {
  readonly bytes: Bytes;
  readonly trailers: Readonly<Record<string, string>>;
}

/** Reads a request's body, `aws-chunked` framing taken off; large ones are spilled into `directory`. */
export async function readBody(stream: Readable, headers: Readonly<Record<string, string>>, directory: string): Promise<ReadBody> {
  const sink = new SpillingSink(directory);
  try {
    if (!isAwsChunked(headers)) {
      await pipeline(stream, sink);
      return { bytes: sink.bytes(), trailers: {} };
    }
    const decoder = new AwsChunkedDecoder();
    await pipeline(stream, decoder, sink);
    return { bytes: sink.bytes(), trailers: decoder.trailers };
  } catch (error) {
    sink.discard();
    throw error;
  }
}

/** Keeps what it is given in memory, and moves over to a file when that gets too much. */
class SpillingSink extends Writable {
  private chunks: Buffer[] = [];
  private size = 0;
  private file: { path: string; descriptor: number } | undefined;

  constructor(private readonly directory: string) {
    super();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.size += chunk.length;
    try {
      if (!this.file && this.size > MEMORY_LIMIT) this.spill();
      if (this.file) fs.writeSync(this.file.descriptor, chunk);
      else this.chunks.push(chunk);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _final(done: (error?: Error | null) => void): void {
    if (this.file) fs.closeSync(this.file.descriptor);
    done();
  }

  bytes(): Bytes {
    return this.file ? new FileBytes(this.file.path, 0, this.size) : Buffer.concat(this.chunks);
  }

  discard(): void {
    if (this.file) fs.rmSync(this.file.path, { force: true });
  }

  private spill(): void {
    fs.mkdirSync(this.directory, { recursive: true });
    const file = path.join(this.directory, randomUUID());
    this.file = { path: file, descriptor: fs.openSync(file, 'w') };
    for (const chunk of this.chunks) fs.writeSync(this.file.descriptor, chunk);
    this.chunks = [];
  }
}

import { randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
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
      await collect(stream, sink);
      return { bytes: sink.bytes(), trailers: {} };
    }
    const decoder = new AwsChunkedDecoder();
    await Promise.all([pipeline(stream, decoder), collect(decoder, sink)]);
    return { bytes: sink.bytes(), trailers: decoder.trailers };
  } catch (error) {
    sink.discard();
    throw error;
  }
}

/** A pipeline costs more than reading most bodies does. */
function collect(stream: Readable, sink: SpillingSink): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      try {
        sink.add(chunk);
      } catch (error) {
        stream.destroy(error as Error);
      }
    });
    stream.once('end', () => {
      sink.end();
      resolve();
    });
    stream.once('error', reject);
    // after its end this says nothing new
    stream.once('close', () => reject(new Error('the body ends early')));
  });
}

/** Keeps what it is given in memory, and moves over to a file when that gets too much. */
class SpillingSink {
  private chunks: Buffer[] = [];
  private size = 0;
  private file: { path: string; descriptor: number } | undefined;
  private hasEnded = false;

  constructor(private readonly directory: string) {}

  add(chunk: Buffer): void {
    this.size += chunk.length;
    if (!this.file && this.size > MEMORY_LIMIT) this.spill();
    if (this.file) fs.writeSync(this.file.descriptor, chunk);
    else this.chunks.push(chunk);
  }

  end(): void {
    if (this.file && !this.hasEnded) fs.closeSync(this.file.descriptor);
    this.hasEnded = true;
  }

  bytes(): Bytes {
    // a copy: chunks are parts of larger buffers, which they would keep in memory
    return this.file ? new FileBytes(this.file.path, 0, this.size) : Buffer.concat(this.chunks);
  }

  discard(): void {
    this.end();
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

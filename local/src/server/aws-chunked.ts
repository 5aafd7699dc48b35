import { Transform, type TransformCallback } from 'node:stream';

/** SDKs send uploads in signed or unsigned chunks, with checksums in trailing headers; the content is what is between. */
export function isAwsChunked(headers: Readonly<Record<string, string>>): boolean {
  return (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
    || (headers['content-encoding'] ?? '').split(',').some((coding) => coding.trim() === 'aws-chunked');
}

const LINE_END = Buffer.from('\r\n');
const LONGEST_LINE = 16 * 1024;

type State = 'size' | 'data' | 'data-end' | 'trailers' | 'done';

/** Takes `aws-chunked` framing off; the trailing headers stand in `trailers` when the stream has ended. */
export class AwsChunkedDecoder extends Transform {
  readonly trailers: Record<string, string> = {};
  private state: State = 'size';
  private rest: Buffer = Buffer.alloc(0);
  private left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    try {
      while (this.step());
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    // the last line end after the trailers may be missing
    done(this.state === 'done' || this.state === 'trailers' ? null : new Error('the aws-chunked body ends early'));
  }

  /** False when more input is needed. */
  private step(): boolean {
    switch (this.state) {
      case 'size': return this.withLine((line) => this.startChunk(line));
      case 'data': return this.passData();
      case 'data-end': return this.withLine(() => { this.state = 'size'; });
      case 'trailers': return this.withLine((line) => this.addTrailer(line));
      default: return false;
    }
  }

  private startChunk(line: string): void {
    const [size] = line.split(';');
    if (!/^[0-9a-fA-F]+$/.test(size)) throw new Error('the aws-chunked body has a chunk without a size');
    this.left = parseInt(size, 16);
    this.state = this.left === 0 ? 'trailers' : 'data';
  }

  private passData(): boolean {
    if (this.rest.length === 0) return false;
    const data = this.rest.subarray(0, this.left);
    this.rest = this.rest.subarray(data.length);
    this.left -= data.length;
    this.push(data);
    if (this.left === 0) this.state = 'data-end';
    return true;
  }

  private addTrailer(line: string): void {
    if (line === '') {
      this.state = 'done';
      return;
    }
    const colon = line.indexOf(':');
    if (colon > 0) this.trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }

  private withLine(use: (line: string) => void): boolean {
    const end = this.rest.indexOf(LINE_END);
    if (end < 0) {
      if (this.rest.length > LONGEST_LINE) throw new Error('the aws-chunked body has a line that does not end');
      return false;
    }
    const line = this.rest.subarray(0, end).toString('latin1');
    this.rest = this.rest.subarray(end + LINE_END.length);
    use(line);
    return true;
  }
}

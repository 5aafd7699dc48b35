import { Records } from './records';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** An input manifest as one buffer and the lines' positions: a hundred thousand objects are not a hundred thousand parsed lines. */
export class Manifest extends Records {
  private readonly starts: Uint32Array;
  private readonly states: Uint8Array;

  constructor(private readonly bytes: Buffer) {
    super();
    this.starts = Uint32Array.from(lineStarts(bytes));
    this.states = new Uint8Array(this.starts.length - 1);
    this.arrived(this.size);
  }

  get size(): number {
    return this.starts.length - 1;
  }

  line(index: number): string {
    let end = this.starts[index + 1];
    if (end > 0 && this.bytes[end - 1] === LINE_FEED) end--;
    if (end > 0 && this.bytes[end - 1] === CARRIAGE_RETURN) end--;
    return this.bytes.toString('utf8', this.starts[index], Math.max(end, this.starts[index]));
  }

  /** The first lines that wait, from `start` on. */
  waiting(start: number, most: number): number[] {
    const found: number[] = [];
    for (let index = start; index < this.size && found.length < most; index++) {
      if (this.states[index] === 0) {
        found.push(index);
      }
    }
    return found;
  }

  protected stateNumber(index: number): number {
    return this.states[index];
  }

  protected setStateNumber(index: number, state: number): void {
    this.states[index] = state;
  }
}

/** Where lines start, and where the last one ends; a line feed at the end starts no line. */
function lineStarts(bytes: Buffer): number[] {
  const starts = [0];
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    starts.push(at + 1);
  }
  if (starts.at(-1) !== bytes.length) {
    starts.push(bytes.length);
  }
  return starts;
}

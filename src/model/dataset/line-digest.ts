import { createHash, Hash } from 'node:crypto';

/** The running digest of lines: what makes a part, and with it a job's input, the same one. */
export class LineDigest {
  private hash: Hash = createHash('sha256');
  private count = 0;

  get lines(): number {
    return this.count;
  }

  add(line: string): void {
    this.hash.update(line).update('\n');
    this.count += 1;
  }

  /** Of the lines so far; more may follow. */
  get value(): string {
    return `sha256:${this.hash.copy().digest('hex')}`;
  }
}

export interface DigestedPart {
  readonly objects: number;
  readonly digest: string;
}

/** How a manifest stands to parts that were made before: it is followed line by line, so that nothing has to be kept of it. */
export class PartFollower {
  private followed = 0;
  private lines = 0;
  private digest = new LineDigest();
  private broken = false;

  constructor(private readonly parts: readonly DigestedPart[]) {}

  add(line: string): void {
    if (this.broken || this.followed === this.parts.length) return;
    this.digest.add(line);
    const part = this.parts[this.followed];
    if (this.digest.lines < part.objects) return;
    this.broken = this.digest.value !== part.digest;
    this.followed += 1;
    this.lines += part.objects;
    this.digest = new LineDigest();
  }

  /**
   * How many of the parts, and of its lines in them, the manifest begins with; asked after its last line. `undefined` where it is another
   * dataset: it has other lines, or ends within a part.
   */
  get result(): { readonly parts: number; readonly lines: number } | undefined {
    const isDifferent = this.broken || this.digest.lines > 0 || this.followed === 0;
    return isDifferent ? undefined : { parts: this.followed, lines: this.lines };
  }
}

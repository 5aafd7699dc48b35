import { MergeLine } from './merge-line';

/**
 * Which lines of the generations of one job stand in the merged result. Keeps a digest and a number for each line of the input, whatever
 * the lines hold. First the input is expected; then outputs are offered, the newest first; at last what is left.
 */
export class LabelMerge {
  objects = 0;
  labeled = 0;
  failed = 0;
  unlabeled = 0;
  unmatched = 0;
  /** How often each line is still to be given. */
  private readonly left = new Map<string, number>();
  /** Lines that stand in the input more than once. */
  private readonly repeated = new Set<string>();
  /** How often a label of a repeated line was given. */
  private readonly given = new Map<string, number>();
  /** How often lines, or labels of repeated lines, stood in the present output. */
  private readonly seen = new Map<string, number>();

  get isComplete(): boolean {
    return this.labeled + this.failed + this.unlabeled === this.objects;
  }

  /** A line of the input. */
  expect({ key }: MergeLine): void {
    const times = plusOne(this.left, key);
    if (times > 1) this.repeated.add(key);
    this.objects += 1;
  }

  /** A line of an output, where there is no input: a line stands as often as in the output that has it most often. */
  expectFromOutput(line: MergeLine): void {
    if (plusOne(this.seen, line.key) > (this.left.get(line.key) ?? 0)) this.expect(line);
  }

  /** Before the lines of each file that is offered. */
  beginOutput(): void {
    this.seen.clear();
  }

  /** Whether this labeled line of an output is one of the result. */
  takeLabeled(line: MergeLine): boolean {
    const left = this.left.get(line.key);
    if (left === undefined) this.unmatched += 1;
    if (!left || this.wasGiven(line)) return false;
    this.take(line.key, left);
    this.labeled += 1;
    return true;
  }

  /** Whether this failed line of an output stands for an object that nobody has labeled. */
  takeFailed(line: MergeLine): boolean {
    const left = this.left.get(line.key);
    if (!left) return false;
    this.take(line.key, left);
    this.failed += 1;
    return true;
  }

  /** Whether this line of the input has no other line in the result. A label that it came with is one. */
  takeLeft(line: MergeLine): boolean {
    const left = this.left.get(line.key);
    if (!left || (line.labeled && this.wasGiven(line))) return false;
    this.take(line.key, left);
    if (line.labeled) this.labeled += 1;
    else this.unlabeled += 1;
    return true;
  }

  private take(key: string, left: number): void {
    this.left.set(key, left - 1);
  }

  /**
   * A generation that reads the output of the one before hands its labels on: of lines that are equal, the same label in two outputs is
   * one label, and must not be given to two of them.
   */
  private wasGiven(line: MergeLine): boolean {
    if (!this.repeated.has(line.key)) return false;
    const label = line.key + line.label();
    if (plusOne(this.seen, label) <= (this.given.get(label) ?? 0)) return true;
    plusOne(this.given, label);
    return false;
  }
}

function plusOne(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

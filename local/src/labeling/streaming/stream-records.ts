import { Records } from '../records';

/** Data objects as they come: each is known by an id, and only the first of an id counts. */
export class StreamRecords extends Records {
  private readonly lines: string[] = [];
  private readonly states: number[] = [];
  private readonly ids = new Set<string>();

  get size(): number {
    return this.lines.length;
  }

  line(index: number): string {
    return this.lines[index];
  }

  /** The object's number; nothing for one that was there before. */
  add(id: string, line: string): number | undefined {
    if (this.ids.has(id)) {
      return undefined;
    }
    this.ids.add(id);
    this.states.push(0);
    this.arrived(1);
    return this.lines.push(line) - 1;
  }

  protected stateNumber(index: number): number {
    return this.states[index];
  }

  protected setStateNumber(index: number, state: number): void {
    this.states[index] = state;
  }
}

/** What has become of a data object. */
export type RecordState = 'waiting' | 'carried' | 'open' | 'labeled' | 'failed' | 'excluded';
const STATES: readonly RecordState[] = ['waiting', 'carried', 'open', 'labeled', 'failed', 'excluded'];

/** The data objects of a job, by number: their lines and what has become of them. */
export abstract class Records {
  private readonly counts = new Map<RecordState, number>();

  abstract readonly size: number;

  abstract line(index: number): string;

  protected abstract stateNumber(index: number): number;

  protected abstract setStateNumber(index: number, state: number): void;

  state(index: number): RecordState {
    return STATES[this.stateNumber(index)];
  }

  setState(index: number, state: RecordState): void {
    const before = this.state(index);
    this.counts.set(before, this.count(before) - 1);
    this.counts.set(state, this.count(state) + 1);
    this.setStateNumber(index, STATES.indexOf(state));
  }

  count(state: RecordState): number {
    return this.counts.get(state) ?? 0;
  }

  /** So many more objects wait. */
  protected arrived(objects: number): void {
    this.counts.set('waiting', this.count('waiting') + objects);
  }
}

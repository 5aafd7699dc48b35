/** Carries out a run's steps one after the other, whichever event they come from, as long as the run goes on. */
export class StepQueue {
  private ended = false;
  private last: Promise<void> = Promise.resolve();

  /** `onError` hears of what goes wrong outside single objects (an output bucket that is gone). */
  constructor(private readonly onError: (error: Error) => Promise<void>) {}

  get active(): boolean {
    return !this.ended;
  }

  /** Whether this was the end: it comes once. */
  end(): boolean {
    const first = !this.ended;
    this.ended = true;
    return first;
  }

  async run(action: () => Promise<void>): Promise<void> {
    const before = this.last;
    const after = (async () => {
      await before;
      await this.guard(action);
    })();
    this.last = after;
    await after;
  }

  /** Outside the order of the steps. */
  async guard(action: () => Promise<void>): Promise<void> {
    if (this.ended) {
      return;
    }
    try {
      await action();
    } catch (error) {
      await this.onError(error as Error);
    }
  }
}

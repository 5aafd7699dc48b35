import type { Clock } from './clock';

/** A request's hold of the clock, which it lets go of while it waits for something that only time or another request brings. */
export class ClockHold {
  private letGo: () => void;
  private hasEnded = false;

  constructor(private readonly clock: Clock) {
    this.letGo = clock.hold();
  }

  readonly waiting = async <T>(promise: Promise<T>): Promise<T> => {
    this.letGo();
    try {
      return await promise;
    } finally {
      if (!this.hasEnded) this.letGo = this.clock.hold();
    }
  };

  release(): void {
    this.hasEnded = true;
    this.letGo();
  }
}

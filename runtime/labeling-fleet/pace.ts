import { isTransient } from '../shared/errors';

/** The time of this invocation is over: what was not begun is done by the next one. */
export class TimeOver extends Error {
  constructor() {
    super('the time of this invocation is over');
    this.name = 'TimeOver';
  }
}

export interface Clock {
  readonly isTimeOver: () => boolean;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Calls side by side, as many as the service takes: one fewer of two after a throttle, one more after a success. A throttle or an
 * outage is never a failure: the call is made again, as long as there is time.
 */
export class Pace {
  private active = 0;
  private pauseMs = FIRST_PAUSE_MS;
  private readonly queue: Array<() => void> = [];

  constructor(private readonly clock: Clock, private readonly most: number, private allowed: number = most) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    await this.enter();
    try {
      for (;;) {
        if (this.clock.isTimeOver()) throw new TimeOver();
        try {
          const result = await work();
          this.allowed = Math.min(this.most, this.allowed + 1);
          this.pauseMs = FIRST_PAUSE_MS;
          return result;
        } catch (error) {
          if (!isTransient(error)) throw error;
          await this.slowDown();
        }
      }
    } finally {
      this.active -= 1;
      this.letIn();
    }
  }

  private async slowDown(): Promise<void> {
    this.allowed = Math.max(1, Math.floor(this.allowed / 2));
    const pause = this.pauseMs;
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
    await this.clock.sleep(pause);
  }

  private async enter(): Promise<void> {
    if (this.active < this.allowed) this.active += 1;
    else await new Promise<void>((enter) => this.queue.push(enter));
  }

  private letIn(): void {
    while (this.queue.length > 0 && this.active < this.allowed) {
      this.active += 1;
      this.queue.shift()!();
    }
  }
}

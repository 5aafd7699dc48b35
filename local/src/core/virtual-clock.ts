import type { Clock, EventKind, ScheduledEvent } from './clock';
import { EventQueue, type QueuedEvent } from './event-queue';

/** The longest delay that a real timer takes. */
const LONGEST_TIMER = 2 ** 31 - 1;

export interface WallTime {
  now(): number;
}

export interface VirtualClockOptions {
  readonly wall?: WallTime;
  /** Told of an action that failed; its event counts as done. */
  readonly onError?: (label: string, error: unknown) => void;
}

/**
 * Discrete-event time over wall time. Events fire when time passes them, whoever holds the clock; only jumps wait until nothing is
 * held. Actions of one instant run one after the other; what an action awaits holds the clock, so that nothing jumps under it.
 */
export class VirtualClock implements Clock {
  private readonly wall: WallTime;
  private readonly queue = new EventQueue();
  private offset = 0;
  private holds = 0;
  private paused = false;
  private stopped = false;
  private advancing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private turn: NodeJS.Immediate | undefined;
  private readonly idleWaiters: Array<() => void> = [];

  constructor(private readonly options: VirtualClockOptions = {}) {
    this.wall = options.wall ?? Date;
  }

  now(): number {
    return this.wall.now() + this.offset;
  }

  schedule(delayMs: number, kind: EventKind, label: string, action: () => void | Promise<void>): ScheduledEvent {
    if (!Number.isFinite(delayMs)) throw new RangeError(`the delay of "${label}" is not a number of milliseconds: ${delayMs}`);
    const event = this.queue.add(Math.ceil(this.now() + Math.max(0, delayMs)), kind, label, action);
    this.wake();
    return { cancel: () => { this.queue.remove(event); this.wake(); } };
  }

  sleep(delayMs: number, label: string): Promise<void> {
    return new Promise((resolve) => { this.schedule(delayMs, 'work', label, resolve); });
  }

  hold(): () => void {
    this.holds++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.holds--;
      this.wake();
    };
  }

  /** Calls of `advance` follow one another. */
  async advance(ms: number): Promise<void> {
    if (!(ms >= 0)) throw new RangeError(`time goes forward only: ${ms} ms`);
    const before = this.advancing;
    const advanced = (async () => {
      await before;
      await this.advanceTo(this.now() + ms);
    })();
    this.advancing = advanced;
    try {
      await advanced;
    } finally {
      if (this.advancing === advanced) this.advancing = undefined;
      this.wake();
    }
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.wake();
  }

  get isPaused(): boolean {
    return this.paused;
  }

  /** Nothing fires any more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.turn) clearImmediate(this.turn);
    for (const resolve of this.idleWaiters.splice(0)) resolve();
  }

  private async advanceTo(target: number): Promise<void> {
    for (;;) {
      await this.idle();
      const next = this.queue.peek();
      if (this.stopped || !next || next.time > target) break;
      this.jumpTo(next.time);
      await this.fire(this.queue.takeDue(next.time));
    }
    this.jumpTo(target);
  }

  /** Resolves when nothing holds the clock; what the last action set off gets a turn to take hold first. */
  private async idle(): Promise<void> {
    await new Promise((resolve) => { setImmediate(resolve); });
    while (this.holds > 0 && !this.stopped) await new Promise<void>((resolve) => { this.idleWaiters.push(resolve); });
  }

  /** Time never goes back: a jump to a moment that has passed meanwhile is none. */
  private jumpTo(time: number): void {
    this.offset += Math.max(0, time - this.now());
  }

  /** Looks again in a turn of its own, so that requests that have arrived are seen before time jumps. */
  private wake(): void {
    // whoever waits for nothing to hold is told at once: the look ahead may be under way already, and tells nobody
    if (this.holds === 0) for (const resolve of this.idleWaiters.splice(0)) resolve();
    if (this.turn || this.stopped) return;
    this.turn = setImmediate(() => {
      this.turn = undefined;
      this.look();
    });
  }

  private look(): void {
    this.fireDue();
    const jump = this.nextJump();
    if (jump !== undefined) {
      this.jumpTo(jump);
      this.fireDue();
      this.wake();
    }
    this.setTimer();
  }

  private fireDue(): void {
    for (let next = this.queue.peek(); next && next.time <= this.now(); next = this.queue.peek()) void this.fire(this.queue.takeDue(next.time));
  }

  /** The next event's time if the clock may jump there: towards work, tick by tick, and never to or across an expiry. */
  private nextJump(): number | undefined {
    if (this.paused || this.holds > 0 || this.advancing) return undefined;
    const work = this.queue.firstTime('work');
    const expiry = this.queue.firstTime('expiry');
    if (work === undefined || (expiry !== undefined && expiry <= work)) return undefined;
    return this.queue.peek()!.time;
  }

  private setTimer(): void {
    clearTimeout(this.timer);
    const next = this.queue.peek();
    if (!next || this.stopped) return;
    this.timer = setTimeout(() => this.wake(), Math.min(Math.max(0, next.time - this.now()), LONGEST_TIMER));
    this.timer.unref();
  }

  private async fire(events: QueuedEvent[]): Promise<void> {
    const release = this.hold();
    for (const event of events) {
      if (event.cancelled) continue;
      try {
        await event.action();
      } catch (error) {
        this.options.onError?.(event.label, error);
      }
    }
    release();
  }
}

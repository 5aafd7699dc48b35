/**
 * How an event bears on the clock's jumps:
 * - `work`: the clock jumps to it as soon as nothing is running (a waiter's next poll, an annotator's next answer);
 * - `expiry`: something ends by itself (a task's lifetime, a visibility time-out): the clock never jumps to or across it unless asked;
 * - `tick`: fires when time passes it, neither draws a jump nor stops one (a schedule).
 */
export type EventKind = 'work' | 'expiry' | 'tick';

export interface ScheduledEvent {
  cancel(): void;
}

/** The engine's discrete-event time. */
export interface Clock {
  /** Virtual milliseconds since the epoch; runs at wall speed between jumps. */
  now(): number;
  /** Runs `action` when virtual time reaches now + delay. */
  schedule(delayMs: number, kind: EventKind, label: string, action: () => void | Promise<void>): ScheduledEvent;
  /** A `work` event as a promise. */
  sleep(delayMs: number, label: string): Promise<void>;
  /** Keeps the clock from jumping until released; every request and Lambda invocation holds it. Releasing twice is harmless. */
  hold(): () => void;
  /** Moves on by so much, across expiries, running everything due on the way in order. */
  advance(ms: number): Promise<void>;
  pause(): void;
  resume(): void;
}

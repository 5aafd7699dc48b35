/** Calls a second below which nobody slows down: a service that allows less is out of order. */
const LEAST_RATE = 0.5;
/** What a throttle leaves of the rate that the service has just let through. */
const BACK_OFF = 0.85;
/** How fast the rate grows again, a second. */
const GROWTH = 1.25;
/** Calls a second, where the very first one is throttled. */
const FIRST_GUESS = 10;
/** Calls a second that no client reaches, so that there is nothing to pace any more. */
const UNPACED = 2_000;

/**
 * How many calls may be under way, and how soon the next may start. The number starts at one and doubles with each round trip, as
 * TCP starts; a throttle halves it, and from then on it grows by one a round trip. Where even one call at a time is too much, a
 * pace is kept too: a throttle sets it below what the service let through lately, and it quickens until the next throttle.
 *
 * Times are milliseconds of any clock that does not go back.
 */
export class CallRate {
  private limit = 1;
  private throttledBefore = false;
  private pace = Infinity;
  private nextStart = -Infinity;
  private lastThrottle = -Infinity;
  private firstStart?: number;
  private lastSuccess?: number;
  /** Calls that got through, each counting less the longer ago it was. */
  private recent = 0;

  constructor(private readonly most: number) {}

  /** Milliseconds until another call may start; `Infinity`: not before one has ended. */
  wait(now: number, underWay: number): number {
    return underWay < Math.floor(this.limit) ? Math.max(0, this.nextStart - now) : Infinity;
  }

  started(now: number): void {
    this.nextStart = Math.max(now, this.nextStart) + 1_000 / this.pace;
  }

  succeeded(now: number, startedAt: number): void {
    const since = this.lastSuccess === undefined ? 0 : now - this.lastSuccess;
    this.recent = this.recentAt(now) + 1;
    this.firstStart ??= startedAt;
    this.lastSuccess = now;
    this.limit = Math.min(this.most, this.limit + (this.throttledBefore ? 1 / this.limit : 1));
    this.pace *= GROWTH ** Math.min(1, since / 1_000);
    if (this.pace > UNPACED) this.pace = Infinity;
  }

  /** Calls that started before the last throttle was known say nothing new. */
  throttled(now: number, startedAt: number): void {
    if (startedAt < this.lastThrottle) return;
    this.lastThrottle = now;
    this.throttledBefore = true;
    this.limit = Math.max(1, this.limit / 2);
    const fallen = BACK_OFF * Math.min(this.pace, this.rateAt(now));
    this.pace = Math.max(LEAST_RATE, fallen, this.pace < Infinity ? this.pace / 2 : 0);
    this.nextStart = now + 1_000 / this.pace;
  }

  /** Calls a second that got through lately; what the first second lacks is made up for. */
  private rateAt(now: number): number {
    return this.firstStart === undefined ? FIRST_GUESS : this.recentAt(now) / (1 - Math.exp((this.firstStart - now) / 1_000));
  }

  private recentAt(now: number): number {
    return this.lastSuccess === undefined ? 0 : this.recent * Math.exp((this.lastSuccess - now) / 1_000);
  }
}

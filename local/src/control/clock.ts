import { ServiceError } from '../core/service';
import type { VirtualClock } from '../core/virtual-clock';

export function readClock(clock: VirtualClock): { now: string; paused: boolean } {
  return { now: new Date(clock.now()).toISOString(), paused: clock.isPaused };
}

/** `{"advanceSeconds": n}` moves time on, across expiries; `{"paused": true}` stops its jumps. */
export async function controlClock(clock: VirtualClock, body: Readonly<Record<string, unknown>>): Promise<object> {
  const { advanceSeconds, paused } = body;
  if (advanceSeconds === undefined && paused === undefined) {
    throw new ServiceError('InvalidClock', 'give "advanceSeconds" (a number) or "paused" (true or false)');
  }
  if (paused !== undefined && typeof paused !== 'boolean') throw new ServiceError('InvalidClock', '"paused" is true or false');
  if (advanceSeconds !== undefined && !(typeof advanceSeconds === 'number' && advanceSeconds >= 0 && Number.isFinite(advanceSeconds))) {
    throw new ServiceError('InvalidClock', '"advanceSeconds" is a number of at least 0');
  }
  if (paused === true) clock.pause();
  if (paused === false) clock.resume();
  if (typeof advanceSeconds === 'number') await clock.advance(advanceSeconds * 1000);
  return readClock(clock);
}

import * as fc from 'fast-check';
import type { EventKind } from '../../../local/src/core/clock';
import { VirtualClock } from '../../../local/src/core/virtual-clock';

const HOUR = 3_600_000;

/** Wall time that stands still: only jumps move the clock. */
function stillClock(onError?: (label: string, error: unknown) => void): VirtualClock {
  return new VirtualClock({ wall: { now: () => 1_000_000 }, onError });
}

function turns(count = 20): Promise<void> {
  return count === 0 ? Promise.resolve() : new Promise<void>((resolve) => { setImmediate(resolve); }).then(() => turns(count - 1));
}

describe('jumps', () => {
  test('go to the next work event as soon as nothing is held', async () => {
    const clock = stillClock();
    const start = clock.now();
    await clock.sleep(HOUR, 'poll');
    expect(clock.now()).toBe(start + HOUR);
    clock.stop();
  });

  test('wait for the last hold, and releasing twice is harmless', async () => {
    const clock = stillClock();
    const fired = jest.fn();
    const [first, second] = [clock.hold(), clock.hold()];
    clock.schedule(HOUR, 'work', 'work', fired);
    first();
    first();
    await turns();
    expect(fired).not.toHaveBeenCalled();
    second();
    await turns();
    expect(fired).toHaveBeenCalledTimes(1);
    clock.stop();
  });

  test('never reach or cross an expiry', async () => {
    const clock = stillClock();
    const fired: string[] = [];
    clock.schedule(10, 'expiry', 'expiry', () => { fired.push('expiry'); });
    clock.schedule(HOUR, 'work', 'work', () => { fired.push('work'); });
    await turns();
    expect(fired).toEqual([]);
    clock.stop();
  });

  test('resume when the expiry is cancelled', async () => {
    const clock = stillClock();
    const fired = jest.fn();
    const expiry = clock.schedule(10, 'expiry', 'expiry', fired);
    const worked = clock.sleep(HOUR, 'work');
    expiry.cancel();
    await worked;
    expect(fired).not.toHaveBeenCalled();
    clock.stop();
  });

  test('are not drawn by ticks, which fire on the way', async () => {
    const clock = stillClock();
    const fired: string[] = [];
    clock.schedule(10, 'tick', 'tick', () => { fired.push(`tick at ${clock.now() - 1_000_000}`); });
    await turns();
    expect(fired).toEqual([]);
    await clock.sleep(20, 'work');
    expect(fired).toEqual(['tick at 10']);
    clock.stop();
  });

  test('stop while the clock is paused', async () => {
    const clock = stillClock();
    const fired = jest.fn();
    clock.pause();
    clock.schedule(HOUR, 'work', 'work', fired);
    await turns();
    expect(fired).not.toHaveBeenCalled();
    clock.resume();
    await turns();
    expect(fired).toHaveBeenCalledTimes(1);
    clock.stop();
  });

  test('wait for what an action awaits', async () => {
    const clock = stillClock();
    let finish = (): void => undefined;
    const later = jest.fn();
    clock.schedule(1, 'work', 'invocation', () => new Promise<void>((resolve) => { finish = resolve; }));
    clock.schedule(2, 'work', 'later', later);
    await turns();
    expect(later).not.toHaveBeenCalled();
    finish();
    await turns();
    expect(later).toHaveBeenCalledTimes(1);
    clock.stop();
  });
});

describe('events', () => {
  test('fire when wall time passes them, held or not', async () => {
    const clock = new VirtualClock();
    const release = clock.hold();
    await new Promise<void>((resolve) => { clock.schedule(15, 'expiry', 'time-out', () => resolve()); });
    release();
    clock.stop();
  });

  test('of one instant run one after the other, in the order of their scheduling', async () => {
    const clock = stillClock();
    const order: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      clock.schedule(5, 'work', name, async () => {
        order.push(`${name} begins`);
        await turns(3);
        order.push(`${name} ends`);
      });
    }
    await clock.advance(5);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    clock.stop();
  });

  test('that fail are reported and stop nothing', async () => {
    const failures: string[] = [];
    const clock = stillClock((label) => failures.push(label));
    clock.schedule(1, 'work', 'broken', () => { throw new Error('no'); });
    clock.schedule(1, 'work', 'broken too', () => Promise.reject(new Error('no')));
    await clock.sleep(2, 'after');
    expect(failures).toEqual(['broken', 'broken too']);
    clock.stop();
  });

  test('cannot be scheduled at no time', () => {
    const clock = stillClock();
    expect(() => clock.schedule(NaN, 'work', 'never', () => undefined)).toThrow('the delay of "never" is not a number');
    clock.stop();
  });
});

describe('advance', () => {
  test('crosses expiries and runs what they schedule', async () => {
    const clock = stillClock();
    const fired: number[] = [];
    const start = clock.now();
    const again = (): void => {
      fired.push(clock.now() - start);
      clock.schedule(10, 'expiry', 'again', again);
    };
    clock.schedule(10, 'expiry', 'first', again);
    await clock.advance(35);
    expect(fired).toEqual([10, 20, 30]);
    expect(clock.now() - start).toBe(35);
    clock.stop();
  });

  test('waits for holds that an event has taken', async () => {
    const clock = stillClock();
    const seen: string[] = [];
    clock.schedule(1, 'tick', 'invocation', () => {
      const release = clock.hold();
      void turns(5).then(() => { seen.push('invocation ended'); release(); });
    });
    clock.schedule(2, 'tick', 'later', () => { seen.push('later'); });
    await clock.advance(10);
    expect(seen).toEqual(['invocation ended', 'later']);
    clock.stop();
  });

  test('hears of the last release while a look ahead is under way', async () => {
    const clock = stillClock();
    const release = clock.hold();
    const advanced = jest.fn();
    void clock.advance(HOUR).then(advanced);
    await turns();
    clock.schedule(2 * HOUR, 'tick', 'sets off a look ahead', () => undefined);
    release();
    await turns();
    expect(advanced).toHaveBeenCalled();
    clock.stop();
  });

  test('follows an advance that is under way', async () => {
    const clock = stillClock();
    const start = clock.now();
    await Promise.all([clock.advance(10), clock.advance(10)]);
    expect(clock.now()).toBe(start + 20);
    clock.stop();
  });

  test('refuses to go back', async () => {
    const clock = stillClock();
    await expect(clock.advance(-1)).rejects.toThrow('time goes forward only');
    clock.stop();
  });
});

describe('properties', () => {
  const delays = fc.array(fc.record({
    delay: fc.integer({ min: 0, max: 50 }),
    kind: fc.constantFrom<EventKind>('work', 'expiry', 'tick'),
    cancelled: fc.boolean(),
  }), { maxLength: 40 });

  test('an advance fires every event up to its end, once, by time and then by order, at its own time', async () => {
    await fc.assert(fc.asyncProperty(delays, fc.integer({ min: 0, max: 60 }), async (events, length) => {
      const clock = stillClock();
      const start = clock.now();
      const release = clock.hold();
      const fired: Array<{ index: number; at: number }> = [];
      events.forEach(({ delay, kind, cancelled }, index) => {
        const event = clock.schedule(delay, kind, String(index), () => { fired.push({ index, at: clock.now() - start }); });
        if (cancelled) event.cancel();
      });
      const advanced = clock.advance(length);
      release();
      await advanced;
      const expected = events.map(({ delay, cancelled }, index) => ({ index, at: delay, cancelled }))
        .filter(({ at, cancelled }) => !cancelled && at <= length)
        .sort((left, right) => left.at - right.at || left.index - right.index)
        .map(({ index, at }) => ({ index, at }));
      expect(fired).toEqual(expected);
      expect(clock.now() - start).toBe(length);
      clock.stop();
    }), { numRuns: 100 });
  });

  test('jumps alone fire all work before the first expiry and nothing from it on', async () => {
    await fc.assert(fc.asyncProperty(delays, async (events) => {
      const clock = stillClock();
      const release = clock.hold();
      const fired: number[] = [];
      const live = events.filter(({ cancelled }) => !cancelled).map((event) => ({ ...event, delay: event.delay + 1 }));
      live.forEach(({ delay, kind }, index) => clock.schedule(delay, kind, String(index), () => { fired.push(index); }));
      release();
      await turns(3 * live.length + 5);
      const firstExpiry = Math.min(Infinity, ...live.filter(({ kind }) => kind === 'expiry').map(({ delay }) => delay));
      const lastWork = Math.max(0, ...live.filter(({ kind, delay }) => kind === 'work' && delay < firstExpiry).map(({ delay }) => delay));
      const expected = live.map(({ delay }, index) => ({ delay, index })).filter(({ delay }) => delay <= lastWork)
        .sort((left, right) => left.delay - right.delay || left.index - right.index).map(({ index }) => index);
      expect(fired).toEqual(expected);
      clock.stop();
    }), { numRuns: 60 });
  });

  test('time never goes back', async () => {
    await fc.assert(fc.asyncProperty(delays, async (events) => {
      const clock = stillClock();
      const seen: number[] = [];
      for (const { delay, kind } of events) clock.schedule(delay, kind, 'event', () => { seen.push(clock.now()); });
      await clock.advance(60);
      expect(seen).toEqual([...seen].sort((left, right) => left - right));
      clock.stop();
    }), { numRuns: 50 });
  });
});

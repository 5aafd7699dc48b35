import { CallRate } from '../../../src/model/listing/call-rate';

const LATENCY_MS = 24;

/** So many calls to a service that lets `perSecond` through, after a reserve of `burst`. */
function run(calls: number, perSecond: number, burst: number): { seconds: number; throttled: number; most: number } {
  const rate = new CallRate(16);
  const underWay: Array<{ started: number; ends: number; through: boolean }> = [];
  let [now, filled, tokens, left, throttled, most] = [0, 0, burst, calls, 0, 0];
  while (left > 0 || underWay.length > 0) {
    const wait = left > 0 ? rate.wait(now, underWay.length) : Infinity;
    if (wait === 0) {
      tokens = Math.min(burst, tokens + ((now - filled) * perSecond) / 1_000);
      filled = now;
      const through = tokens >= 1;
      tokens -= Number(through);
      throttled += Number(!through);
      left -= Number(through);
      rate.started(now);
      underWay.push({ started: now, ends: now + LATENCY_MS, through });
      most = Math.max(most, underWay.length);
      continue;
    }
    now = Math.min(now + wait, ...underWay.map(({ ends }) => ends));
    const ended = underWay.findIndex(({ ends }) => ends <= now);
    if (ended < 0) continue;
    const [{ started, through }] = underWay.splice(ended, 1);
    if (through) rate.succeeded(now, started);
    else rate.throttled(now, started);
  }
  return { seconds: now / 1_000, throttled, most };
}

test('starts with one call, and doubles with each round trip up to its limit', () => {
  const rate = new CallRate(6);
  expect(rate.wait(0, 0)).toBe(0);
  expect(rate.wait(0, 1)).toBe(Infinity);
  const allowed: number[] = [];
  for (let round = 0; round < 4; round++) {
    let calls = 0;
    while (rate.wait(round, calls) === 0) calls += 1;
    allowed.push(calls);
    for (let call = 0; call < calls; call++) rate.succeeded(round + 1, round);
  }
  expect(allowed).toEqual([1, 2, 4, 6]);
});

test('throttles of calls that were under way together count once', () => {
  const rate = new CallRate(16);
  for (let call = 0; call < 15; call++) rate.succeeded(1_000, 0);
  for (let call = 0; call < 8; call++) rate.throttled(1_001, 1_000);
  expect(rate.wait(100_000, 7)).toBe(0);
  expect(rate.wait(100_000, 8)).toBe(Infinity);
});

test.each([2, 5, 10, 20, 50, 100, 400])('gets nearly all that a service of %i calls a second gives, with few calls in vain', (perSecond) => {
  for (const burst of [20, 100]) {
    const { seconds, throttled } = run(1_000, perSecond, burst);
    const best = Math.max((1_000 - burst) / perSecond, (1_000 / 16) * (LATENCY_MS / 1_000));
    expect(seconds).toBeLessThanOrEqual(best * 1.05 + 1.5);
    expect(throttled).toBeLessThan(250);
  }
});

test('is no slower than one call after the other where a service has next to no reserve', () => {
  for (const perSecond of [5, 10, 20, 50, 100]) {
    const oneByOne = Math.max(1_000 / perSecond, (1_000 * LATENCY_MS) / 1_000);
    expect(run(1_000, perSecond, 5).seconds).toBeLessThanOrEqual(oneByOne * 1.02);
  }
});

test('a service that throttles the very first calls is asked again soon', () => {
  const rate = new CallRate(16);
  rate.throttled(10, 0);
  expect(rate.wait(10, 0)).toBeGreaterThan(0);
  expect(rate.wait(10, 0)).toBeLessThan(200);
});

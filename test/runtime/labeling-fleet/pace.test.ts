import { Pace, TimeOver } from '../../../runtime/labeling-fleet/pace';

const THROTTLE = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });

function paced(most: number, isTimeOver = () => false) {
  const pauses: number[] = [];
  return { pauses, pace: new Pace({ isTimeOver, sleep: async (milliseconds) => void pauses.push(milliseconds) }, most) };
}

test('so many at once, and no more', async () => {
  const { pace } = paced(3);
  let active = 0;
  let peak = 0;
  await Promise.all(Array.from({ length: 20 }, () => pace.run(async () => {
    peak = Math.max(peak, ++active);
    await new Promise((resolve) => setImmediate(resolve));
    active -= 1;
  })));
  expect(peak).toBe(3);
});

test('a throttled call is made again, after pauses that grow', async () => {
  const { pace, pauses } = paced(3);
  let tries = 0;
  expect(await pace.run(async () => { if (++tries < 4) throw THROTTLE; return 'done'; })).toBe('done');
  expect(pauses).toEqual([500, 1000, 2000]);
});

test('what is no throttle is thrown at once, and the next one may work', async () => {
  const { pace } = paced(1);
  await expect(pace.run(async () => { throw new Error('bad field'); })).rejects.toThrow('bad field');
  expect(await pace.run(async () => 'done')).toBe('done');
});

test('when the time is over nothing more is begun', async () => {
  let over = false;
  const { pace } = paced(1, () => over);
  const calls = [1, 2].map((call) => pace.run(async () => { over = true; return call; }));
  expect(await calls[0]).toBe(1);
  await expect(calls[1]).rejects.toThrow(TimeOver);
});

import { mapBounded } from '../../../runtime/shared/bounded';

const pause = () => new Promise((resolve) => setImmediate(resolve));

test('so many at once, results in the items\' order', async () => {
  let running = 0;
  let most = 0;
  const results = await mapBounded([5, 1, 4, 2, 3], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let left = item; left > 0; left--) await pause();
    running -= 1;
    return item * 2;
  });
  expect(results).toEqual([10, 2, 8, 4, 6]);
  expect(most).toBe(2);
});

test('nothing begins after a failure', async () => {
  const begun: number[] = [];
  await expect(mapBounded([0, 1, 2, 3], 2, async (item) => {
    begun.push(item);
    if (item === 0) throw new Error('no');
    await pause();
    await pause();
  })).rejects.toThrow('no');
  expect(begun).toEqual([0, 1]);
});

test('nothing to do is nothing', async () => expect(await mapBounded([], 3, async () => 1)).toEqual([]));

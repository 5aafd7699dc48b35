import { allOf } from '../../../runtime/labeling-fleet/all-of';

test('a failure is told when everything has ended, not before', async () => {
  let ended = false;
  const slow = (async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
    ended = true;
  })();
  await expect(allOf([Promise.reject(new Error('superseded')), slow])).rejects.toThrow('superseded');
  expect(ended).toBe(true);
});

test('the results come in their order', async () => {
  expect(await allOf([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2]);
});

import * as fc from 'fast-check';
import { drawMask, isMask, maskSize } from '../../../local/src/supervisely/api/mask';
import { inPixels } from '../../../local/src/supervisely/api/pixel-coordinates';

const size = fc.record({ width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 300 }) });

test('a mask is a mask of its size', () => {
  fc.assert(fc.property(size, fc.integer(), (given, seed) => {
    const data = drawMask(given, (x, y) => (x * 31 + y * 17 + seed) % 3 === 0);
    expect([isMask(data), maskSize(data)]).toEqual([true, given]);
  }));
});

test('half of a mask is none', () => {
  const data = drawMask({ width: 100, height: 100 }, (x, y) => (x * y) % 7 === 0);
  expect(isMask(data.slice(0, data.length / 2))).toBe(false);
  expect(maskSize('bm90IGEgbWFzaw==')).toBeUndefined();
});

test('a rectangle that was put between pixels comes back in pixels', () => {
  const pixel = fc.integer({ min: 0, max: 500 });
  fc.assert(fc.property(pixel, pixel, pixel, pixel, (left, top, width, height) => {
    const between = { points: { exterior: [[left, top], [left + width + 1, top + height + 1]], interior: [] } };
    expect(inPixels('rectangle', between, { width: 2000, height: 2000 })).toEqual({ points: { exterior: [[left, top], [left + width, top + height]], interior: [] } });
  }));
});

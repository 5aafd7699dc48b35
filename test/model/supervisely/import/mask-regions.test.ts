import * as fc from 'fast-check';
import { type Pixels, type Region, regionsOf } from '../../../../src/model/supervisely/import/mask-regions';

const RED = '#ff0000';
const BLUE = '#0000ff';
const WHITE = '#ffffff';
const CHANNELS: Readonly<Record<string, readonly number[]>> = { '.': [255, 255, 255], 'r': [255, 0, 0], 'b': [0, 0, 255] };

function image(...rows: string[]): Pixels {
  return { width: rows[0].length, height: rows.length, channels: 3, data: rows.flatMap((row) => [...row].flatMap((one) => CHANNELS[one])) };
}

/** Rows of `x` and `.`, as a mask shows them. */
function drawn({ width, height, rows }: Region): string[] {
  const stride = Math.ceil(width / 8);
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (__, x) => (rows[y * stride + (x >> 3)] & (0x80 >> (x & 7)) ? 'x' : '.')).join(''));
}

test('each colour has its own region, no larger than it must be', () => {
  const [red, blue] = regionsOf(image('....', '.rb.', '.rr.', '....'), [RED, BLUE], [WHITE]);
  expect([red!.left, red!.top, drawn(red!)]).toEqual([1, 1, ['x.', 'xx']]);
  expect([blue!.left, blue!.top, drawn(blue!)]).toEqual([2, 1, ['x']]);
});

test('a colour that does not occur has none', () => {
  expect(regionsOf(image('rr'), [RED, BLUE], [WHITE]).map((region) => region?.width)).toEqual([2, undefined]);
});

test('a colour that means nothing is named, with its place', () => {
  expect(() => regionsOf(image('..', '.b'), [RED], [WHITE])).toThrow('the mask has the colour #0000ff at 1,1, which names no class; those that do: #ff0000');
});

test.each<[string, Pixels]>([
  ['a palette', { width: 2, height: 1, channels: 1, data: [0, 1], palette: [[255, 255, 255], [255, 0, 0]] }],
  ['a palette with transparency', { width: 2, height: 1, channels: 1, data: [0, 1], palette: [[9, 9, 9, 0], [255, 0, 0, 255]] }],
  ['four channels', { width: 2, height: 1, channels: 4, data: [7, 7, 7, 0, 255, 0, 0, 255] }],
])('%s is read', (_, pixels) => {
  const [red] = regionsOf(pixels, [RED], [WHITE]);
  expect([red!.left, drawn(red!)]).toEqual([1, ['x']]);
});

test('regions together are the mask', () => {
  const rows = fc.integer({ min: 1, max: 20 }).chain((width) => fc.array(fc.string({ unit: fc.constantFrom('.', 'r', 'b'), minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));
  fc.assert(fc.property(rows, (mask) => {
    const again = mask.map((row) => [...row].map(() => '.'));
    regionsOf(image(...mask), [RED, BLUE], [WHITE]).forEach((region, index) => {
      if (region) drawn(region).forEach((row, y) => [...row].forEach((one, x) => { if (one === 'x') again[region.top + y][region.left + x] = 'rb'[index]; }));
    });
    expect(again.map((row) => row.join(''))).toEqual(mask);
  }));
});

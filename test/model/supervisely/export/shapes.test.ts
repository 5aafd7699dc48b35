import * as fc from 'fast-check';
import type { DrawnMask, DrawnShape, Point, Size } from '../../../../src/model/supervisely/export/drawn-shape';
import { emptyCanvas, paint } from '../../../../src/model/supervisely/export/paint';
import { boxOf, pixelOf } from '../../../../src/model/supervisely/export/pixel-box';

const IMAGE: Size = { width: 12, height: 9 };
const rectangle = (...[a, b]: [Point, Point]): DrawnShape => ({ kind: 'rectangle', corners: [a, b] });
const polygon = (exterior: readonly Point[], ...holes: Point[][]): DrawnShape => ({ kind: 'polygon', exterior, holes });
const mask = (left: number, top: number, ...rows: string[]): DrawnMask => ({
  kind: 'mask', left, top, width: rows[0].length, height: rows.length, pixels: Uint8Array.from(rows.join(''), (one) => Number(one !== '.')),
});

/** The picture as text: `.` where nothing is. */
function drawn(...shapes: DrawnShape[]): string[] {
  const canvas = emptyCanvas(IMAGE);
  shapes.forEach((shape, index) => paint(canvas, shape, index + 1));
  return Array.from({ length: IMAGE.height }, (_, y) => [...canvas.pixels.subarray(y * IMAGE.width, (y + 1) * IMAGE.width)].map((one) => (one === 0 ? '.' : one)).join(''));
}

test.each<[string, DrawnShape, object | undefined]>([
  ['whole pixels', rectangle([1, 2], [5, 7]), { left: 1, top: 2, width: 4, height: 5 }],
  ['corners the other way round', rectangle([5, 7], [1, 2]), { left: 1, top: 2, width: 4, height: 5 }],
  ['as the server\'s clients round', rectangle([1.74, 1.55], [3.76, 4.63]), { left: 2, top: 1, width: 2, height: 4 }],
  ['within a pixel', rectangle([3.2, 4.4], [3.6, 4.5]), { left: 3, top: 4, width: 1, height: 1 }],
  ['out of the image, cut off', rectangle([-3, -3], [50, 4]), { left: 0, top: 0, width: 12, height: 4 }],
  ['nowhere in the image', rectangle([20, 20], [30, 30]), undefined],
  ['a polygon between pixels\' middles', polygon([[2.5, 1.5], [5.5, 1.5], [5.5, 3.5]]), { left: 2, top: 1, width: 4, height: 3 }],
  ['a mask with empty margins', mask(3, 2, '....', '.#..', '..#.'), { left: 4, top: 3, width: 2, height: 2 }],
  ['a mask of nothing', mask(3, 2, '...'), undefined],
])('the box around %s', (_, shape, box) => {
  expect(boxOf(shape, IMAGE)).toEqual(box);
});

test('what is on top covers what is below, and nothing leaves the image', () => {
  expect(drawn(rectangle([1, 1], [6, 4]), mask(-1, 3, '###', '#.#'), polygon([[8, 5], [12, 5], [12, 9], [8, 9]], [[9, 6], [11, 6], [11, 8], [9, 8]]))).toEqual([
    '............',
    '.11111......',
    '.11111......',
    '221111......',
    '.2..........',
    '........3333',
    '........3..3',
    '........3..3',
    '........3333',
  ]);
});

test('a polygon of a rectangle\'s corners covers what the rectangle does', () => {
  const side = (most: number) => fc.tuple(fc.integer({ min: 0, max: most - 1 }), fc.integer({ min: 1, max: most })).filter(([a, b]) => a < b);
  fc.assert(fc.property(side(IMAGE.width), side(IMAGE.height), ([left, right], [top, bottom]) => {
    expect(drawn(polygon([[left, top], [right, top], [right, bottom], [left, bottom]]))).toEqual(drawn(rectangle([left, top], [right, bottom])));
  }));
});

test('the box around whatever is drawn holds every pixel of it', () => {
  const point = fc.tuple(fc.double({ min: -4, max: 16, noNaN: true }), fc.double({ min: -4, max: 16, noNaN: true }));
  fc.assert(fc.property(fc.array(point, { minLength: 3, maxLength: 8 }), (points) => {
    const canvas = emptyCanvas(IMAGE);
    const shape = polygon(points);
    paint(canvas, shape, 1);
    const box = boxOf(shape, IMAGE);
    canvas.pixels.forEach((value, pixel) => {
      const [x, y] = [pixel % IMAGE.width, Math.floor(pixel / IMAGE.width)];
      const isInside = box !== undefined && x >= box.left && x < box.left + box.width && y >= box.top && y < box.top + box.height;
      if (value !== 0) expect(isInside).toBe(true);
    });
  }));
});

test('a point is in a pixel of the image, even on its far side', () => {
  expect([pixelOf([12, 9], IMAGE), pixelOf([3.9, 0], IMAGE), pixelOf([-1, 4], IMAGE)]).toEqual([{ x: 11, y: 8 }, { x: 3, y: 0 }, { x: 0, y: 4 }]);
});

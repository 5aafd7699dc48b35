import type { DrawnMask, DrawnRectangle, DrawnShape, Point, Size } from './drawn-shape';

/** Whole pixels, as Ground Truth counts them: `left` and `top` are the first ones. */
export interface PixelBox extends Size {
  readonly left: number;
  readonly top: number;
}

/** Of a pixel that a rectangle's side cuts: as much of it must be inside for it to count. */
const COUNTED = 0.3;

/** The box around an object; undefined where no pixel of the image is in it. */
export function boxOf(shape: DrawnShape, image: Size): PixelBox | undefined {
  const [left, top, right, bottom] = edgesOf(shape);
  const inside = { left: Math.max(0, left), top: Math.max(0, top) };
  const [width, height] = [Math.min(image.width, right) - inside.left, Math.min(image.height, bottom) - inside.top];
  return width > 0 && height > 0 ? { ...inside, width, height } : undefined;
}

type Edges = readonly [left: number, top: number, right: number, bottom: number];

function edgesOf(shape: DrawnShape): Edges {
  switch (shape.kind) {
    case 'rectangle': return rectangleEdges(shape);
    case 'polygon': {
      const [xs, ys] = [shape.exterior.map(([x]) => x), shape.exterior.map(([, y]) => y)];
      return [Math.floor(least(xs)), Math.floor(least(ys)), Math.ceil(most(xs)), Math.ceil(most(ys))];
    }
    case 'mask': return maskEdges(shape);
  }
}

/**
 * The server's own clients round rectangles that way; one that is within a single pixel is that pixel.
 *
 * @see https://github.com/supervisely/supervisely/blob/master/supervisely/geometry/rectangle.py
 */
function rectangleEdges({ corners: [[x1, y1], [x2, y2]] }: DrawnRectangle): Edges {
  const [left, right] = sides(x1, x2);
  const [top, bottom] = sides(y1, y2);
  return [left, top, right, bottom];
}

function sides(a: number, b: number): [number, number] {
  const [first, last] = [Math.min(a, b), Math.max(a, b)];
  const from = first - Math.floor(first) >= 1 - COUNTED ? Math.ceil(first) : Math.floor(first);
  const to = last - Math.floor(last) >= COUNTED ? Math.ceil(last) : Math.floor(last);
  return to > from ? [from, to] : [Math.floor(first), Math.floor(first) + 1];
}

/** Without the empty margins that a mask may have. */
function maskEdges({ left, top, width, height, pixels }: DrawnMask): Edges {
  let [first, last, upper, lower] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (pixels[y * width + x] === 0) continue;
      if (x < first) first = x;
      if (x > last) last = x;
      if (y < upper) upper = y;
      lower = y;
    }
  }
  return [left + first, top + upper, left + last + 1, top + lower + 1];
}

/** The pixel that holds a point; points on the image's far sides are in its last pixels. */
export function pixelOf([x, y]: Point, { width, height }: Size): { readonly x: number; readonly y: number } {
  return { x: within(x, width), y: within(y, height) };
}

function within(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.floor(value)));
}

// polygons drawn by a model may have more points than a call may have arguments
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}

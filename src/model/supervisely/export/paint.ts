import type { DrawnMask, DrawnPolygon, DrawnShape, Point, Size } from './drawn-shape';
import { boxOf } from './pixel-box';

/** A number for each pixel of an image, row by row. */
export interface Canvas extends Size {
  readonly pixels: Uint8Array;
}

export function emptyCanvas({ width, height }: Size): Canvas {
  return { width, height, pixels: new Uint8Array(width * height) };
}

/** Gives every pixel of an object its number. What reaches out of the image is cut off. */
export function paint(canvas: Canvas, shape: DrawnShape, number: number): void {
  switch (shape.kind) {
    case 'rectangle': return paintRectangle(canvas, shape, number);
    case 'polygon': return paintPolygon(canvas, shape, number);
    case 'mask': return paintMask(canvas, shape, number);
  }
}

function paintRectangle(canvas: Canvas, shape: DrawnShape, number: number): void {
  const box = boxOf(shape, canvas);
  if (!box) return;
  for (let y = box.top; y < box.top + box.height; y++) {
    canvas.pixels.fill(number, y * canvas.width + box.left, y * canvas.width + box.left + box.width);
  }
}

function paintMask(canvas: Canvas, { left, top, width, height, pixels }: DrawnMask, number: number): void {
  for (let y = Math.max(0, -top); y < height && top + y < canvas.height; y++) {
    for (let x = Math.max(0, -left); x < width && left + x < canvas.width; x++) {
      if (pixels[y * width + x] !== 0) canvas.pixels[(top + y) * canvas.width + left + x] = number;
    }
  }
}

/** A pixel belongs to the polygon whose outline its middle is in, and not in a hole: lines that cross it an odd number of times lie to its left. */
function paintPolygon(canvas: Canvas, { exterior, holes }: DrawnPolygon, number: number): void {
  const lines = [exterior, ...holes];
  for (let y = 0; y < canvas.height; y++) {
    const crossings = lines.flatMap((line) => crossingsOf(line, y + 0.5)).sort((a, b) => a - b);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const from = Math.max(0, Math.ceil(crossings[index] - 0.5));
      const to = Math.min(canvas.width, Math.ceil(crossings[index + 1] - 0.5));
      if (to > from) canvas.pixels.fill(number, y * canvas.width + from, y * canvas.width + to);
    }
  }
}

function crossingsOf(line: readonly Point[], y: number): number[] {
  return line.flatMap(([x1, y1], index) => {
    const [x2, y2] = line[(index + 1) % line.length];
    return (y1 <= y) === (y2 <= y) ? [] : [x1 + (y - y1) / (y2 - y1) * (x2 - x1)];
  });
}

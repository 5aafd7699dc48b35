import { boxOf, type Geometry, type Point } from './geometry';
import type { Image } from '../store/records';

/**
 * Figures are kept between pixels, as clients upload them: a rectangle's right side is behind its last pixel. `integerCoords` asks
 * for pixels: a rectangle's last column and row, and the pixel that holds each point of other shapes.
 */
export function inPixels(type: string, geometry: Geometry, { width, height }: Pick<Image, 'width' | 'height'>): Geometry {
  if ('bitmap' in geometry) {
    const { data, origin } = geometry.bitmap as { data: string; origin: Point };
    return { bitmap: { data, origin: origin.map(Math.floor) } };
  }
  if (type === 'rectangle') return { points: { exterior: rectangle(geometry), interior: [] } };
  const pixel = ([x, y]: Point): Point => [x === width ? x - 1 : Math.floor(x), y === height ? y - 1 : Math.floor(y)];
  const { exterior, interior } = geometry.points as { exterior: Point[]; interior: Point[][] };
  return { points: { exterior: exterior.map(pixel), interior: interior.map((line) => line.map(pixel)) } };
}

function rectangle(geometry: Geometry): Point[] {
  const box = boxOf(geometry);
  const [left, top, right, bottom] = [box.left, box.top, box.right, box.bottom].map(Math.round);
  return [[left, top], [Math.max(left, right - 1), Math.max(top, bottom - 1)]];
}

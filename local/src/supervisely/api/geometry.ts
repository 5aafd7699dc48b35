import { badRequest, notServed } from '../errors';
import { isMask, maskSize } from './mask';
import type { Image, ObjectClass } from '../store/records';

export type Point = readonly [x: number, y: number];
export type Geometry = Readonly<Record<string, unknown>>;

/** Least and most points of each shape that is made of points. */
const POINTS: Readonly<Record<string, readonly [number, number]>> = {
  rectangle: [2, 2],
  polygon: [3, Infinity],
  line: [2, Infinity],
  point: [1, 1],
};

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A geometry that fits its class, and its image unless that check is skipped. */
export function checkedGeometry(type: string, given: Geometry, objectClass: ObjectClass, image: Image, skipBounds: boolean): Geometry {
  if (type !== 'bitmap' && !(type in POINTS)) throw notServed(`figures of the type "${type}", only bitmap, ${Object.keys(POINTS).join(', ')}`);
  if (objectClass.shape !== 'any' && objectClass.shape !== type) {
    throw badRequest(`the class "${objectClass.title}" takes figures of the shape "${objectClass.shape}", not "${type}"`);
  }
  const geometry = type === 'bitmap' ? checkedMask(given) : checkedPoints(type, given);
  const { left, top, right, bottom } = boxOf(geometry);
  const { width, height } = image;
  const isOutside = left < 0 || top < 0 || (width !== null && right > width) || (height !== null && bottom > height);
  if (isOutside && !skipBounds) {
    const spans = `${left},${top} to ${right},${bottom}`;
    throw badRequest(`a figure of "${objectClass.title}" reaches out of the image ${image.id} (${width} x ${height}): it spans ${spans}`);
  }
  return geometry;
}

function checkedPoints(type: string, { points }: Geometry): Geometry {
  const { exterior, interior = [] } = (points ?? {}) as { exterior?: unknown; interior?: unknown };
  if (!isLine(exterior) || !Array.isArray(interior) || !interior.every(isLine)) {
    const got = JSON.stringify(points)?.slice(0, 200);
    throw badRequest(`a figure of the shape "${type}" needs "points": {"exterior": [[x, y], …], "interior": []}, got ${got}`);
  }
  const [least, most] = POINTS[type];
  if (exterior.length < least || exterior.length > most) {
    const wanted = least === most ? least : `at least ${least}`;
    throw badRequest(`a figure of the shape "${type}" has ${wanted} points, not ${exterior.length}`);
  }
  return { points: { exterior, interior } };
}

function checkedMask({ bitmap }: Geometry): Geometry {
  const { data, origin } = (bitmap ?? {}) as { data?: unknown; origin?: unknown };
  if (typeof data !== 'string' || !isPoint(origin) || !isMask(data)) {
    throw badRequest('a figure of the shape "bitmap" needs "bitmap": {"data": base64 of a PNG, deflated, "origin": [x, y]}');
  }
  return { bitmap: { data, origin } };
}

function isPoint(value: unknown): value is Point {
  return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number' && Number.isFinite(one));
}

function isLine(value: unknown): value is Point[] {
  return Array.isArray(value) && value.every(isPoint);
}

export function boxOf(geometry: Geometry): Box {
  if ('bitmap' in geometry) {
    const { data, origin: [left, top] } = geometry.bitmap as { data: string; origin: Point };
    const { width, height } = maskSize(data)!;
    return { left, top, right: left + width, bottom: top + height };
  }
  const { exterior } = geometry.points as { exterior: Point[] };
  const [xs, ys] = [exterior.map(([x]) => x), exterior.map(([, y]) => y)];
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

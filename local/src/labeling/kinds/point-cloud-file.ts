import type { PointCloud, Position } from '../forms/point-cloud-field';

/** How many numbers a point has in each format, the first three being its place. */
const NUMBERS: Readonly<Record<string, number>> = { xyz: 3, xyzi: 4, xyzrgb: 6, xyzirgb: 7 };
const FLOAT_BYTES = 4;

/** The format of a frame: as stated, else by the file's name. */
export function cloudFormat(uri: string, stated: unknown): string {
  const format = stated ?? (uri.endsWith('.txt') ? 'text/xyzi' : 'binary/xyzi');
  const [form, numbers] = String(format).split('/');
  if ((form !== 'binary' && form !== 'text') || NUMBERS[numbers] === undefined) {
    throw new Error(`the format ${JSON.stringify(format)} of '${uri}' is none of binary or text with ${Object.keys(NUMBERS).join(', ')}, such as binary/xyzi`);
  }
  return `${form}/${numbers}`;
}

/** Reads the points of a frame: little-endian floats of four bytes, or a line of numbers each. */
export function readPointCloud(uri: string, content: Buffer, format: string): PointCloud {
  const [form, numbers] = format.split('/');
  const points = form === 'text' ? textPoints(uri, content, NUMBERS[numbers]) : binaryPoints(uri, content, NUMBERS[numbers]);
  if (points.length === 0) {
    throw new Error(`the point cloud '${uri}' has no points`);
  }
  const bound = (choose: (a: number, b: number) => number): Position => points.reduce((found, point) => (
    { x: choose(found.x, point.x), y: choose(found.y, point.y), z: choose(found.z, point.z) }));
  return { points, min: bound(Math.min), max: bound(Math.max) };
}

function binaryPoints(uri: string, content: Buffer, numbers: number): Position[] {
  const bytes = numbers * FLOAT_BYTES;
  if (content.length % bytes !== 0) {
    throw new Error(`the point cloud '${uri}' has ${content.length} bytes, which is not a multiple of ${bytes}, the bytes of a point`);
  }
  return Array.from({ length: content.length / bytes }, (_, index) => {
    const [x, y, z] = [0, 1, 2].map((axis) => content.readFloatLE(index * bytes + axis * FLOAT_BYTES));
    return { x, y, z };
  });
}

function textPoints(uri: string, content: Buffer, numbers: number): Position[] {
  return content.toString('utf8').split('\n').filter((line) => line.trim() !== '').map((line, index) => {
    const values = line.trim().split(/\s+/).map(Number);
    if (values.length !== numbers || values.some(Number.isNaN)) {
      throw new Error(`line ${index + 1} of the point cloud '${uri}' has not ${numbers} numbers: ${line.slice(0, 60)}`);
    }
    const [x, y, z] = values;
    return { x, y, z };
  });
}

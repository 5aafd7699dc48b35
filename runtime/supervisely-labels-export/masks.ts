import { inflateSync } from 'node:zlib';
import { decode, encode } from 'fast-png';
import type { MaskLabel } from '../../src/model/supervisely/export/labels';
import type { ReadMask } from '../../src/model/supervisely/export/server-annotation';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/**
 * The picture of an object: base64 of a PNG, which is deflated once more by most clients. An object is where it can be seen; pictures without transparency
 * have it where they are not black.
 */
export const readMask: ReadMask = (data) => {
  const bytes = Buffer.from(data, 'base64');
  const { width, height, data: samples, channels, depth, palette } = decode(bytes.subarray(0, 4).equals(PNG) ? bytes : inflateSync(bytes));
  const values = depth < 8 ? unpacked(samples, width, height, depth) : samples;
  const isObject = palette ? palette.map(isVisible) : undefined;
  const hasAlpha = channels === 2 || channels === 4;
  const pixels = Uint8Array.from({ length: width * height }, (_, pixel) => {
    if (isObject) return Number(isObject[values[pixel]]);
    const at = pixel * channels;
    return Number(hasAlpha ? values[at + channels - 1] !== 0 : values.subarray(at, at + channels).some((value) => value !== 0));
  });
  return { width, height, pixels };
};

/** A colour of a palette. */
function isVisible([red, green, blue, alpha]: readonly number[]): boolean {
  return alpha === undefined ? red + green + blue > 0 : alpha > 0;
}

/** One number a sample: PNG packs samples of less than eight bits, each row beginning with a byte of its own. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): Uint8Array {
  const perByte = 8 / depth;
  const row = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (data[y * row + Math.floor(x / perByte)] >> depth * (perByte - 1 - x % perByte)) & (2 ** depth - 1);
  });
}

/** An indexed PNG: a pixel's number is its place in the palette. */
export function encodeMask({ canvas, palette }: Pick<MaskLabel, 'canvas' | 'palette'>): Uint8Array {
  const { width, height, pixels } = canvas;
  return encode({ width, height, data: pixels, depth: 8, channels: 1, palette: palette.map((color) => [...color]) });
}

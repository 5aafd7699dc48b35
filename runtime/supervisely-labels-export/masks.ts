import { inflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import type { MaskLabel } from '../../src/model/supervisely/export/labels';
import type { ReadMask } from '../../src/model/supervisely/export/server-annotation';
import { pngPixels } from '../shared/png';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/**
 * The picture of an object: base64 of a PNG, which is deflated once more by most clients. An object is where it can be seen; pictures without transparency
 * have it where they are not black.
 */
export const readMask: ReadMask = (data) => {
  const bytes = Buffer.from(data, 'base64');
  const { width, height, data: samples, channels, palette } = pngPixels(bytes.subarray(0, 4).equals(PNG) ? bytes : inflateSync(bytes));
  const isObject = palette?.map(isVisible);
  const seen = channels === 2 || channels === 4 ? [channels - 1] : Array.from({ length: channels }, (_, channel) => channel);
  const pixels = new Uint8Array(width * height);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const at = pixel * channels;
    pixels[pixel] = Number(isObject ? isObject[samples[pixel]] : seen.some((channel) => samples[at + channel] !== 0));
  }
  return { width, height, pixels };
};

/** A colour of a palette. */
function isVisible([red, green, blue, alpha]: readonly number[]): boolean {
  return alpha === undefined ? red + green + blue > 0 : alpha > 0;
}

/** An indexed PNG: a pixel's number is its place in the palette. */
export function encodeMask({ canvas, palette }: Pick<MaskLabel, 'canvas' | 'palette'>): Uint8Array {
  const { width, height, pixels } = canvas;
  return encode({ width, height, data: pixels, depth: 8, channels: 1, palette: palette.map((color) => [...color]) });
}

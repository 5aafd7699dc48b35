import { decode, encode } from 'fast-png';
import { BACKGROUND, channels, labelColor } from './label-colors';
import type { Size } from './shapes';

/** A mask as an indexed PNG: the number of a pixel's class is its index in the palette, 0 the background. */
export function encodeMask(classes: Uint8Array, { width, height }: Size, labels: readonly string[]): Buffer {
  const palette = [BACKGROUND.color, ...labels.map((_, index) => labelColor(index))].map(channels);
  return Buffer.from(encode({ width, height, data: classes, depth: 8, channels: 1, palette }));
}

/** The class of each pixel of a PNG of whatever form, by its colour; colours that stand for no class are background. */
export function decodeMask(png: Uint8Array, classOf: ReadonlyMap<string, number>): Size & { readonly classes: Uint8Array } {
  const image = decode(png);
  if (image.depth > 8) {
    throw new Error(`a mask has 8 bits a channel, got ${image.depth}`);
  }
  const { width, height, palette, channels: perPixel } = image;
  const lookup = new Map<number, number>([...classOf].map(([color, number]) => [key(channels(color)), number]));
  const pixels = unpacked(image.data, width, height, image.depth);
  const classes = Uint8Array.from({ length: width * height }, (_, pixel) => {
    const at = pixel * perPixel;
    const color = palette ? palette[pixels[at]] : perPixel < 3 ? [pixels[at], pixels[at], pixels[at]] : [pixels[at], pixels[at + 1], pixels[at + 2]];
    return lookup.get(key(color)) ?? 0;
  });
  return { width, height, classes };
}

/** The PNG's classes where its colours are those that workers paint with. */
export function decodeLabels(png: Uint8Array, labels: readonly string[], mappings: Readonly<Record<string, { readonly color: string }>>): Uint8Array {
  const numbers = Object.entries(mappings).map(([label, { color }]): [string, number] => [color, labels.indexOf(label) + 1]);
  return decodeMask(png, new Map(numbers)).classes;
}

function key([red, green, blue]: readonly number[]): number {
  return red * 65_536 + green * 256 + blue;
}

/** One number a sample: PNG packs indexes of less than eight bits, each row beginning with a byte of its own. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number): ArrayLike<number> {
  if (depth === 8 || data.length >= width * height) {
    return data;
  }
  const perByte = 8 / depth;
  const row = Math.ceil(width / perByte);
  return Uint8Array.from({ length: width * height }, (_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const byte = data[y * row + Math.floor(x / perByte)];
    return Math.floor(byte / 2 ** (depth * (perByte - 1 - (x % perByte)))) % 2 ** depth;
  });
}

import { decode } from 'fast-png';
import type { Pixels } from '../../src/model/supervisely/import/mask-regions';

/** Size of a PNG, which stands at its beginning; undefined for what is none. */
export function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.length < 24 || view.readUInt32BE(0) !== 0x89504e47 ? undefined : { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** The samples of a PNG of whatever form, one number each, of eight bits. */
export function pngPixels(bytes: Uint8Array): Pixels {
  const { width, height, data, channels, depth, palette } = decode(bytes);
  if (depth > 8) throw new Error(`it has ${depth} bits a sample, masks have 8`);
  if (depth === 8) return { width, height, channels, data, palette };
  return { width, height, channels, data: unpacked(data, width, height, depth, palette ? 1 : 255 / (2 ** depth - 1)), palette };
}

/** PNG packs samples of less than eight bits, each row beginning with a byte of its own. */
function unpacked(data: ArrayLike<number>, width: number, height: number, depth: number, scale: number): Uint8Array {
  const perByte = 8 / depth;
  const row = Math.ceil(width / perByte);
  const samples = new Uint8Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const shift = depth * (perByte - 1 - x % perByte);
      samples[pixel] = ((data[y * row + Math.floor(x / perByte)] >> shift) & (2 ** depth - 1)) * scale;
    }
  }
  return samples;
}

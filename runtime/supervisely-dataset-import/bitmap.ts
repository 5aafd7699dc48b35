import { crc32, deflateSync } from 'node:zlib';
import type { ObjectLabel } from '../../src/model/supervisely/import/annotation';
import type { Region } from '../../src/model/supervisely/import/mask-regions';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** One bit a pixel, numbers of the palette. */
const FORM = [1, 3, 0, 0, 0];
const PALETTE = Buffer.from([0, 0, 0, 255, 255, 255]);
/** The first colour is transparent: no object there. */
const TRANSPARENCY = Buffer.from([0]);

/**
 * A figure's mask in the server's form: base64 of a deflated PNG of two colours, of which the first is transparent. No library writes PNGs of one
 * bit a pixel; eight would take eight times the memory.
 *
 * @see https://developer.supervisely.com/getting-started/supervisely-annotation-format/objects
 */
export function bitmapOf({ left, top, width, height, rows }: Region): NonNullable<ObjectLabel['bitmap']> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(FORM, 8);
  const parts = [chunk('IHDR', header), chunk('PLTE', PALETTE), chunk('tRNS', TRANSPARENCY), chunk('IDAT', deflateSync(filtered(rows, height))), chunk('IEND', Buffer.alloc(0))];
  return { data: deflateSync(Buffer.concat([SIGNATURE, ...parts])).toString('base64'), origin: [left, top] };
}

/** Each row begins with its filter: none. */
function filtered(rows: Uint8Array, height: number): Buffer {
  const stride = rows.length / height;
  const lines = Buffer.alloc(height * (stride + 1));
  for (let y = 0; y < height; y++) lines.set(rows.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return lines;
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8 + named.length);
  frame.writeUInt32BE(content.length, 0);
  named.copy(frame, 4);
  frame.writeUInt32BE(crc32(named), 4 + named.length);
  return frame;
}

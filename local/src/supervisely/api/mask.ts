import { constants, deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from '../../services/s3/crc';

/** A mask as figures carry it: base64 of a deflated PNG whose visible pixels are the object. */
export interface MaskSize {
  readonly width: number;
  readonly height: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Undefined for what is no mask. Size stands at the beginning, so that is all that is read. */
export function maskSize(data: string): MaskSize | undefined {
  const png = readPng(Buffer.from(data.slice(0, HEAD), 'base64'));
  return png && png.length >= 24 ? { width: png.readUInt32BE(16), height: png.readUInt32BE(20) } : undefined;
}

/** Whether all of it is there. */
export function isMask(data: string): boolean {
  const png = readPng(Buffer.from(data, 'base64'));
  return png !== undefined && png.indexOf('IEND') > 0;
}

/** Characters of base64 in which a PNG's header is found, compressed or not. */
const HEAD = 1024;

function readPng(bytes: Buffer): Buffer | undefined {
  try {
    const png = bytes.subarray(0, 8).equals(SIGNATURE) ? bytes : inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    return png.subarray(0, 8).equals(SIGNATURE) ? png : undefined;
  } catch {
    return undefined;
  }
}

const PALETTE = Buffer.from([0, 0, 0, 255, 255, 255]);
/** The first colour is transparent: no object there. */
const TRANSPARENCY = Buffer.from([0]);

/** Draws a mask: `isObject` says of each pixel whether the object covers it. */
export function drawMask({ width, height }: MaskSize, isObject: (x: number, y: number) => boolean): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // eight bits a pixel, colours from a palette
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    // each row begins with its filter: none
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = Number(isObject(x, y));
  }
  const chunks = [['IHDR', header], ['PLTE', PALETTE], ['tRNS', TRANSPARENCY], ['IDAT', deflateSync(rows)], ['IEND', Buffer.alloc(0)]] as const;
  const png = Buffer.concat([SIGNATURE, ...chunks.map(([type, content]) => chunk(type, content))]);
  return deflateSync(png).toString('base64');
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(8 + named.length);
  frame.writeUInt32BE(content.length, 0);
  named.copy(frame, 4);
  crc32([named]).copy(frame, 4 + named.length);
  return frame;
}

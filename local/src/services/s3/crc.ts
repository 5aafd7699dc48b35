/* eslint-disable no-bitwise -- checks are made of bits */
/** Reflected cyclic redundancy checks, as S3 knows three of them. */
type Crc32 = (chunks: Iterable<Uint8Array>) => Buffer;

function table32(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
}

function crc32With(polynomial: number): Crc32 {
  const table = table32(polynomial);
  return (chunks) => {
    let crc = 0xffffffff;
    for (const chunk of chunks) {
      for (let index = 0; index < chunk.length; index++) crc = table[(crc ^ chunk[index]) & 0xff] ^ (crc >>> 8);
    }
    const result = Buffer.alloc(4);
    result.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return result;
  };
}

export const crc32 = crc32With(0xedb88320);
export const crc32c = crc32With(0x82f63b78);

const NVME = 0x9a6c9329ac4bc9b5n;
const LOW = new Uint32Array(256);
const HIGH = new Uint32Array(256);

for (let index = 0; index < 256; index++) {
  let value = BigInt(index);
  for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ NVME : value >> 1n;
  LOW[index] = Number(value & 0xffffffffn);
  HIGH[index] = Number(value >> 32n);
}

/** In halves of 32 bits: big integers would take seconds for a megabyte. */
export function crc64nvme(chunks: Iterable<Uint8Array>): Buffer {
  let low = 0xffffffff;
  let high = 0xffffffff;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++) {
      const at = (low ^ chunk[index]) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ LOW[at];
      high = (high >>> 8) ^ HIGH[at];
    }
  }
  const result = Buffer.alloc(8);
  result.writeUInt32BE((high ^ 0xffffffff) >>> 0, 0);
  result.writeUInt32BE((low ^ 0xffffffff) >>> 0, 4);
  return result;
}

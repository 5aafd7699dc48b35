/* eslint-disable no-bitwise -- the generator works on bits */
import { createHash } from 'node:crypto';

/** Numbers in [0, 1) from a seed and a name (xoshiro128**): the same pair, the same sequence. */
export function seededRandom(seed: string, name: string): () => number {
  const digest = createHash('sha256').update(JSON.stringify([seed, name])).digest();
  let [a, b, c, d] = [0, 4, 8, 12].map((offset) => digest.readUInt32LE(offset));
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result / 2 ** 32;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Every request has ids: this is asked a hundred thousand times. */
export function randomText(random: () => number, letters: string, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += letters[Math.floor(random() * letters.length)];
  return text;
}

const HEX = '0123456789abcdef';

export function randomHex(random: () => number, length: number): string {
  return randomText(random, HEX, length);
}

export function randomUuid(random: () => number): string {
  const hex = randomHex(random, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${'89ab'[Math.floor(random() * 4)]}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The form of access key ids and unique ids: `AKIA…`, `AROA…`. */
export function randomId(random: () => number, prefix: string, length: number): string {
  return prefix + randomText(random, UPPER, length - prefix.length);
}

/** A seeded maker of ids; names must differ, or two makers give the same ids. */
export function uuids(core: { random(name: string): () => number }, name: string): () => string {
  const random = core.random(name);
  return () => randomUuid(random);
}

import { compareKeys, lowerBound } from './key-order';

/** Chunks are split when they get longer: what one insertion moves stays small, however many keys there are. */
const LONGEST_CHUNK = 512;

/** Different keys in S3's order. */
export class SortedKeys {
  /** None of them is empty. */
  private readonly chunks: string[][] = [];

  get isEmpty(): boolean {
    return this.chunks.length === 0;
  }

  /** The key must not be there yet. */
  add(key: string): void {
    const index = this.chunkOf(key);
    const chunk = this.chunks[index] ?? (this.chunks[index] = []);
    chunk.splice(lowerBound(chunk, key), 0, key);
    if (chunk.length > LONGEST_CHUNK) this.chunks.splice(index + 1, 0, chunk.splice(LONGEST_CHUNK / 2));
  }

  /** The key must be there. */
  delete(key: string): void {
    const index = this.chunkOf(key);
    const chunk = this.chunks[index];
    chunk.splice(lowerBound(chunk, key), 1);
    if (chunk.length === 0) this.chunks.splice(index, 1);
  }

  /** From the first key that is not before `start`. */
  * from(start: string): Generator<string> {
    for (let index = this.chunkOf(start); index < this.chunks.length; index++) {
      const chunk = this.chunks[index];
      // keys of a later chunk are all beyond the start, which its lower bound says as well
      for (let at = lowerBound(chunk, start); at < chunk.length; at++) yield chunk[at];
    }
  }

  /** The last chunk that begins at or before the key, or the first. */
  private chunkOf(key: string): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareKeys(this.chunks[middle][0], key) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
}

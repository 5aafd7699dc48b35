import type { DatasetPorts } from './interface';
import type { RecordedDataset } from './record';
import { concatenated } from './write-parts';
import { compareKeys } from '../../../src/model/dataset/data-objects';

/** The key of the object that a line of ours names. */
export function keyOfLine(line: string, bucket: string): string {
  return (JSON.parse(line)['source-ref'] as string).slice(`s3://${bucket}/`.length);
}

/** The keys of all objects that are in parts, sorted. A single listing stands sorted in its parts. */
export async function* knownKeys({ known, parts }: RecordedDataset, bucket: string, ports: DatasetPorts): AsyncIterable<string> {
  for await (const line of concatenated(known ? [known] : parts.map(({ uri }) => uri), ports)) yield keyOfLine(line, bucket);
}

/** What of the first stands not in the second, both sorted. */
export async function* without<T extends { readonly key: string }>(items: AsyncIterable<T>, keys: AsyncIterable<string>): AsyncIterable<T> {
  const others = keys[Symbol.asyncIterator]();
  try {
    let other = await others.next();
    for await (const item of items) {
      while (!other.done && compareKeys(other.value, item.key) < 0) other = await others.next();
      if (other.done || other.value !== item.key) yield item;
    }
  } finally {
    await others.return?.();
  }
}

/** The lines of two sorted rows of files in one order. */
export async function* mergedLines(left: readonly string[], right: readonly string[], bucket: string, ports: DatasetPorts): AsyncIterable<string> {
  const rows = [left, right].map((uris) => concatenated(uris, ports)[Symbol.asyncIterator]());
  try {
    let [a, b] = await Promise.all(rows.map((row) => row.next()));
    while (!a.done && !b.done) {
      const isLeft = compareKeys(keyOfLine(a.value, bucket), keyOfLine(b.value, bucket)) < 0;
      yield isLeft ? a.value : b.value;
      if (isLeft) a = await rows[0].next();
      else b = await rows[1].next();
    }
    for (; !a.done; a = await rows[0].next()) yield a.value;
    for (; !b.done; b = await rows[1].next()) yield b.value;
  } finally {
    await Promise.all(rows.map((row) => row.return?.()));
  }
}

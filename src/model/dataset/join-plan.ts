/** A piece of a file: bytes from `from` up to, but without, `to`. */
export interface Slice {
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/** A part of a multipart upload: one slice, which S3 copies by itself, or several small ones that go through the memory. */
export type JoinPart = readonly Slice[];

/** S3: every part but the last has at least that much, and an upload at most so many parts. */
export const LEAST_PART_BYTES = 5 * 1024 * 1024;
const MOST_PARTS = 10_000;
/** Below the five gibibytes that one copy takes, so that a small rest can go along. */
const MOST_COPIED_BYTES = 4 * 1024 * 1024 * 1024;

/** How files of these sizes become one object. */
export function planJoin(sizes: readonly number[]): JoinPart[] {
  for (let least = LEAST_PART_BYTES; ; least *= 2) {
    const parts = partsOf(sizes, least);
    if (parts.length <= MOST_PARTS) return parts;
  }
}

function partsOf(sizes: readonly number[], least: number): JoinPart[] {
  const parts: JoinPart[] = [];
  let pending: Slice[] = [];
  let pendingBytes = 0;
  sizes.forEach((size, file) => {
    let from = 0;
    while (from < size) {
      const left = size - from;
      const isCopied = pendingBytes === 0 && left >= least;
      const to = from + (isCopied ? copied(left, least) : Math.min(left, least - pendingBytes));
      pending.push({ file, from, to });
      pendingBytes += to - from;
      from = to;
      if (pendingBytes < least) continue;
      parts.push(pending);
      pending = [];
      pendingBytes = 0;
    }
  });
  return pending.length > 0 ? [...parts, pending] : parts;
}

function copied(left: number, least: number): number {
  return left - MOST_COPIED_BYTES >= least ? MOST_COPIED_BYTES : left;
}

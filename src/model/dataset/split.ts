/** A part that is about to be made of a dataset. */
export interface PlannedPart {
  readonly key: string;
  readonly share?: string;
  readonly objects: number;
}

/** A part of the dataset by weight, for one team. */
export interface Weight {
  readonly key: string;
  readonly weight: number;
}

export interface SplitRules {
  readonly maxObjectsPerJob: number;
  readonly shares?: readonly Weight[];
  /** Place of the first part in its dataset: as many stand before it. */
  readonly partsBefore: number;
}

/** Cuts objects into jobs of nearly the same size. A share with nothing to do gets no part. */
export function planParts(objects: number, { maxObjectsPerJob, shares, partsBefore }: SplitRules): PlannedPart[] {
  const sizes = shares === undefined || shares.length === 0
    ? [{ share: undefined, objects }]
    : divide(objects, shares.map(({ weight }) => weight)).map((size, index) => ({ share: shares[index].key, objects: size }));
  return sizes
    .flatMap(({ share, objects: all }) => balanced(all, Math.ceil(all / maxObjectsPerJob)).map((size) => ({ share, objects: size })))
    .map((part, index) => ({ key: partKey(part.share, partsBefore + index + 1), ...part }));
}

/** The number is the part's place in its dataset, whosever share it is: keys sorted by it have the dataset's order. */
function partKey(share: string | undefined, place: number): string {
  return `${share ?? 'part'}-${String(place).padStart(5, '0')}`;
}

function balanced(objects: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, index) => Math.floor((index + 1) * objects / parts) - Math.floor(index * objects / parts));
}

/** By the greatest remainder; among equal ones the first share is served first. */
function divide(objects: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => objects * weight / sum);
  const sizes = exact.map(Math.floor);
  const byRemainder = exact.map((size, index) => ({ index, remainder: size - sizes[index] })).sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = objects - sizes.reduce((total, size) => total + size, 0);
  for (const { index } of byRemainder) {
    if (left === 0) break;
    sizes[index] += 1;
    left -= 1;
  }
  return sizes;
}

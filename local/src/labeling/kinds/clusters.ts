/** A worker's mark: a rectangle, a part of a text. */
export interface Mark<T> {
  readonly worker: string;
  readonly shape: T;
}

/**
 * Groups marks that mean the same thing: each goes to the group that it overlaps most on average, if by half and if its worker has none
 * there yet. Groups of fewer than half of the workers are slips of single people.
 */
export function clusters<T>(marks: ReadonlyArray<Mark<T>>, overlap: (a: T, b: T) => number, workers: number): Array<ReadonlyArray<Mark<T>>> {
  const groups: Array<Array<Mark<T>>> = [];
  for (const mark of marks) {
    const similarity = (group: ReadonlyArray<Mark<T>>) => mean(group.map((other) => overlap(mark.shape, other.shape)));
    const fitting = groups.filter((group) => group.every((other) => other.worker !== mark.worker) && similarity(group) >= 0.5)
      .sort((a, b) => similarity(b) - similarity(a)).at(0);
    if (fitting === undefined) {
      groups.push([mark]);
    } else {
      fitting.push(mark);
    }
  }
  return groups.filter((group) => group.length >= workers / 2);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

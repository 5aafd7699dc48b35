import { compareKeys, firstIndex, type SortKey } from './paging';

/** Items in the order of their keys, kept so by bisection: adding one does not sort the others again. */
export class SortedIndex<T> {
  private readonly items: T[] = [];

  constructor(readonly keyOf: (item: T) => SortKey) {}

  get sorted(): readonly T[] {
    return this.items;
  }

  add(item: T): void {
    const key = this.keyOf(item);
    const last = this.items.at(-1);
    if (last === undefined || compareKeys(this.keyOf(last), key) < 0) {
      this.items.push(item);
    } else {
      this.items.splice(this.first((other) => compareKeys(other, key) > 0), 0, item);
    }
  }

  /** To be called before anything changes that the item's key is made of. */
  remove(item: T): void {
    const key = this.keyOf(item);
    this.items.splice(this.first((other) => compareKeys(other, key) >= 0), 1);
  }

  /** The first position whose key, and so every later one, fulfils the condition. */
  first(isAfter: (key: SortKey) => boolean): number {
    return firstIndex(this.items, (item) => isAfter(this.keyOf(item)));
  }
}

/** Records by id, and by one other key. Ids grow; a record put with an id of its own moves the sequence past it. */
export class Table<T extends { readonly id: number }> {
  private readonly records = new Map<number, T>();
  private readonly byKey = new Map<number, Set<T>>();
  private last: number;

  constructor(private readonly keyOf: (record: T) => number = () => 0, firstId = 1) {
    this.last = firstId - 1;
  }

  add(record: Omit<T, 'id'> & { readonly id?: number }): T {
    const id = record.id ?? this.nextId();
    this.last = Math.max(this.last, id);
    const added = { ...record, id } as unknown as T;
    this.records.set(id, added);
    const key = this.keyOf(added);
    const group = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, group.add(added));
    return added;
  }

  get(id: number): T | undefined {
    return this.records.get(id);
  }

  /** Those with this key, oldest first. */
  of(key: number): T[] {
    return [...this.byKey.get(key) ?? []];
  }

  all(): T[] {
    return [...this.records.values()];
  }

  remove(id: number): void {
    const record = this.records.get(id);
    if (!record) return;
    this.records.delete(id);
    this.byKey.get(this.keyOf(record))?.delete(record);
  }

  nextId(): number {
    return ++this.last;
  }
}

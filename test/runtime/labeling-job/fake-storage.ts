import { BucketGone, LedgerConflict, LedgerStore, Objects, StoredLedger } from '../../../runtime/shared/ports';
import { Ledger } from '../../../src/model/ledger';

/** Buckets with conditional writes; what is read is a copy, as it is over the wire. */
export class FakeLedgers {
  private readonly buckets = new Map<string, Map<string, { readonly text: string; readonly etag: string }>>();
  private writes = 0;
  /** Runs once before the next write: another writer comes in between. */
  beforeWrite?: () => Promise<void>;

  constructor(...buckets: string[]) {
    buckets.forEach((bucket) => this.buckets.set(bucket, new Map()));
  }

  removeBucket(bucket: string): void {
    this.buckets.delete(bucket);
  }

  clear(bucket: string): void {
    this.buckets.get(bucket)!.clear();
  }

  keys(bucket: string): string[] {
    return [...this.buckets.get(bucket)!.keys()];
  }

  ledger(bucket: string): Ledger {
    return JSON.parse([...this.buckets.get(bucket)!.values()][0].text);
  }

  at(bucket: string, key: string): LedgerStore {
    const objects = () => {
      const found = this.buckets.get(bucket);
      if (!found) throw new BucketGone(bucket);
      return found;
    };
    return {
      read: async () => {
        const found = objects().get(key);
        return found && { ledger: JSON.parse(found.text), etag: found.etag };
      },
      write: async (ledger, over): Promise<StoredLedger> => {
        const before = this.beforeWrite;
        this.beforeWrite = undefined;
        await before?.();
        if (objects().get(key)?.etag !== over) throw new LedgerConflict();
        const stored = { text: JSON.stringify(ledger), etag: `"${++this.writes}"` };
        objects().set(key, stored);
        return { ledger: JSON.parse(stored.text), etag: stored.etag };
      },
      remove: async () => void objects().delete(key),
    };
  }
}

export class FakeObjects implements Objects {
  readonly files = new Map<string, string[]>();

  async exists(uri: string): Promise<boolean> {
    return this.files.has(uri);
  }

  async anyUnder(uri: string): Promise<boolean> {
    return [...this.files.keys()].some((key) => key.startsWith(uri));
  }

  async* allUnder(uri: string): AsyncIterable<string> {
    yield* [...this.files.keys()].filter((key) => key.startsWith(uri)).sort();
  }

  async* lines(uri: string): AsyncIterable<string> {
    yield* this.files.get(uri)!;
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    const written: string[] = [];
    for await (const line of lines) written.push(line);
    this.files.set(uri, written);
  }
}

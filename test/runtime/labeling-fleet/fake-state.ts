import { StateStore, StoredText } from '../../../runtime/labeling-fleet/ports';
import { BucketGone, LedgerConflict } from '../../../runtime/shared/ports';

/** State buckets with conditional writes, in memory. */
export class FakeBuckets {
  private readonly buckets = new Map<string, Map<string, StoredText>>();
  private writes = 0;

  constructor(...names: string[]) {
    names.forEach((name) => this.buckets.set(name, new Map()));
  }

  has(bucket: string): boolean {
    return this.buckets.has(bucket);
  }

  removeBucket(bucket: string): void {
    this.buckets.delete(bucket);
  }

  clear(bucket: string): void {
    this.objects(bucket).clear();
  }

  keys(bucket: string): string[] {
    return [...this.objects(bucket).keys()].sort();
  }

  text(bucket: string, key: string): string {
    return this.objects(bucket).get(key)!.text;
  }

  at(bucket: string, prefix: string): StateStore {
    const put = (key: string, text: string) => {
      const stored = { text, etag: `"${++this.writes}"` };
      this.objects(bucket).set(`${prefix}${key}`, stored);
      return stored.etag;
    };
    return {
      uri: (key) => `s3://${bucket}/${prefix}${key}`,
      read: async (key) => this.objects(bucket).get(`${prefix}${key}`),
      write: async (key, text, over) => {
        if (this.objects(bucket).get(`${prefix}${key}`)?.etag !== over) throw new LedgerConflict();
        return put(key, text);
      },
      put: async (key, text) => void put(key, text),
      writeLines: async (key, lines) => {
        const all: string[] = [];
        for await (const line of lines) all.push(line);
        put(key, `${all.join('\n')}\n`);
      },
      keys: (under) => this.list(bucket, prefix, under),
      remove: async (keys) => keys.forEach((key) => this.objects(bucket).delete(`${prefix}${key}`)),
    };
  }

  private async* list(bucket: string, prefix: string, under: string): AsyncIterable<string> {
    for (const key of this.keys(bucket)) if (key.startsWith(`${prefix}${under}`)) yield key.slice(prefix.length);
  }

  private objects(bucket: string): Map<string, StoredText> {
    const found = this.buckets.get(bucket);
    if (!found) throw new BucketGone(bucket);
    return found;
  }
}

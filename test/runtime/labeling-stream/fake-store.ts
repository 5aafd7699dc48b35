import { Invocation } from './chaos';
import { Mark, StreamStore } from '../../../runtime/labeling-stream/ports';
import { LedgerConflict } from '../../../runtime/shared/ports';

interface Stored {
  readonly text: string;
  readonly etag: string;
  readonly modifiedAt: number;
}

const PAGE = 3;

/** The stream's objects in memory. */
export class FakeObjects {
  readonly objects = new Map<string, Stored>();
  /** Calls by kind. */
  readonly calls = new Map<string, number>();
  onChange: () => void = () => undefined;
  private writes = 0;

  constructor(private readonly now: () => number) {}

  keys(prefix = ''): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  text(key: string): string | undefined {
    return this.objects.get(key)?.text;
  }

  seenBy(invocation: Invocation): StreamStore {
    const call = <T>(kind: string, effect: () => T): Promise<T> => invocation.call(() => {
      this.calls.set(kind, (this.calls.get(kind) ?? 0) + 1);
      return effect();
    });
    const put = (key: string, text: string): string => this.put(key, text);
    return {
      uri: (key) => `s3://store/${key}`,
      create: (key, text) => call(`PUT ${kindOf(key)}`, () => {
        if (this.objects.has(key)) return false;
        put(key, text);
        return true;
      }),
      put: (key, text) => call(`PUT ${kindOf(key)}`, () => void put(key, text)),
      putOnce: (key, text) => call(`PUT ${kindOf(key)}`, () => void put(key, text)),
      write: (key, text, over) => call(`PUT ${kindOf(key)}`, () => {
        if (this.objects.get(key)?.etag !== over) throw new LedgerConflict();
        return put(key, text);
      }),
      read: (key) => call(`GET ${kindOf(key)}`, () => this.objects.get(key)),
      exists: (key) => call(`HEAD ${kindOf(key)}`, () => this.objects.has(key)),
      list: (prefix, after) => this.list(prefix, after, call),
      folders: (prefix) => this.folders(prefix, call),
      remove: (keys) => call(`DELETE ${Math.ceil(keys.length / 1000)}`, () => {
        keys.forEach((key) => this.objects.delete(key));
        this.onChange();
      }),
    };
  }

  put(key: string, text: string): string {
    const stored = { text, etag: `"${++this.writes}"`, modifiedAt: this.now() };
    this.objects.set(key, stored);
    this.onChange();
    return stored.etag;
  }

  /** Pages are small, and what changes between two of them is seen or not, as at S3. */
  private async* list(prefix: string, after: string | undefined, call: <T>(kind: string, effect: () => T) => Promise<T>): AsyncIterable<Mark> {
    let last = after;
    for (;;) {
      const from = last;
      const page = await call(`LIST ${prefix}`, () => this.keys(prefix).filter((key) => from === undefined || key > from).slice(0, PAGE)
        .map((key) => ({ key, size: this.objects.get(key)!.text.length, modifiedAt: this.objects.get(key)!.modifiedAt })));
      yield* page;
      if (page.length < PAGE) return;
      last = page.at(-1)!.key;
    }
  }

  private async* folders(prefix: string, call: <T>(kind: string, effect: () => T) => Promise<T>): AsyncIterable<string> {
    yield* await call(`LIST ${prefix}`, () => [...new Set(this.keys(prefix).map((key) => key.slice(prefix.length).split('/')[0]))]);
  }
}

function kindOf(key: string): string {
  return key.split('/')[0];
}

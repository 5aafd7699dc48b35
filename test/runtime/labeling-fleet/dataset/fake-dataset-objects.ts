import type { DatasetPorts } from '../../../../runtime/labeling-fleet/dataset/interface';
import type { ListedObject } from '../../../../runtime/shared/s3-listing';
import { compareKeys } from '../../../../src/model/dataset/data-objects';

/** A bucket store in memory that can be told to break at any write. */
export class FakeDatasetObjects implements DatasetPorts {
  readonly files = new Map<string, string[]>();
  readonly data = new Map<string, number>();
  readonly writes: string[] = [];
  /** So many writes go through, the next one fails. */
  writesLeft = Infinity;
  lists = 0;

  async* lines(uri: string, etag?: string): AsyncIterable<string> {
    const lines = this.files.get(uri);
    if (!lines) throw Object.assign(new Error(`no ${uri}`), { name: 'NoSuchKey' });
    if (etag !== undefined && etag !== await this.version(uri)) throw Object.assign(new Error(uri), { name: 'PreconditionFailed' });
    yield* lines;
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    const written: string[] = [];
    for await (const line of lines) written.push(line);
    if (this.writesLeft-- <= 0) throw new Error('the process has crashed');
    this.writes.push(uri);
    this.files.set(uri, written);
  }

  async version(uri: string): Promise<string | undefined> {
    const lines = this.files.get(uri);
    return lines && JSON.stringify(lines);
  }

  async remove(uri: string): Promise<void> {
    this.files.delete(uri);
  }

  async* list(bucket: string, prefix: string, after = ''): AsyncIterable<ListedObject> {
    this.lists += 1;
    const start = `s3://${bucket}/`;
    const keys = [...this.data.keys()].filter((uri) => uri.startsWith(start)).map((uri) => uri.slice(start.length));
    for (const key of keys.filter((each) => each.startsWith(prefix)).sort(compareKeys)) {
      if (compareKeys(key, after) > 0) yield { key, size: this.data.get(start + key)! };
    }
  }
}

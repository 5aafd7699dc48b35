import { createHash } from 'node:crypto';
import { type ImportObjects, Overtaken, type Stored, Unreadable } from '../../../runtime/supervisely-dataset-import/ports';

/** S3, in memory. */
export class FakeFiles implements ImportObjects {
  readonly texts = new Map<string, string | Uint8Array>();
  /** Asked before and after each call that writes. */
  fault: (operation: string) => void = () => undefined;
  /** Asked after each call that writes. */
  faultAfter: (operation: string) => void = () => undefined;

  text(uri: string): string {
    return Buffer.from(this.texts.get(uri)!).toString();
  }

  async exists(uri: string): Promise<boolean> {
    return this.texts.has(uri);
  }

  async* lines(uri: string): AsyncIterable<string> {
    yield* this.linesFrom(uri, 0);
  }

  async* linesFrom(uri: string, offset: number): AsyncIterable<string> {
    const lines = Buffer.from(this.texts.get(uri)!).subarray(offset).toString().split('\n');
    if (lines[lines.length - 1] === '') lines.pop();
    yield* lines;
  }

  async writeLines(uri: string, lines: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const line of lines) text += `${line}\n`;
    this.write('writeLines', uri, text);
  }

  async* allUnder(uri: string): AsyncIterable<string> {
    yield* [...this.texts.keys()].filter((each) => each.startsWith(uri)).sort();
  }

  async whole(uri: string, mostBytes: number): Promise<Uint8Array> {
    const found = this.texts.get(uri);
    if (found === undefined) throw new Unreadable(`there is nothing at ${uri}`);
    if (found.length > mostBytes) throw new Unreadable(`${uri} has ${found.length} bytes`);
    return Buffer.from(found);
  }

  async readJson<T>(uri: string): Promise<Stored<T> | undefined> {
    return this.texts.has(uri) ? { value: JSON.parse(this.text(uri)) as T, version: this.version(uri)! } : undefined;
  }

  async writeJson(uri: string, value: object, over: string | undefined): Promise<string> {
    if (this.version(uri) !== over) throw new Overtaken(uri);
    this.write('writeJson', uri, JSON.stringify(value));
    return this.version(uri)!;
  }

  async remove(uri: string): Promise<void> {
    this.fault('remove');
    this.texts.delete(uri);
    this.faultAfter('remove');
  }

  private write(operation: string, uri: string, text: string): void {
    this.fault(operation);
    this.texts.set(uri, text);
    this.faultAfter(operation);
  }

  private version(uri: string): string | undefined {
    return this.texts.has(uri) ? createHash('sha256').update(this.text(uri)).digest('hex') : undefined;
  }
}

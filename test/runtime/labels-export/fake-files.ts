import type { ExportFiles, ExportJob, ExportPorts } from '../../../runtime/labels-export/ports';

/** Files in memory; a write appears when its last chunk has come. */
export class FakeFiles implements ExportFiles {
  readonly files = new Map<string, string>();
  readonly writes: string[] = [];

  async* lines(uri: string): AsyncIterable<string> {
    const text = this.files.get(uri);
    if (text === undefined) throw Object.assign(new Error(`no ${uri}`), { name: 'NoSuchKey' });
    const lines = text.split('\n');
    yield* lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  }

  async write(uri: string, _contentType: string, chunks: AsyncIterable<string>): Promise<void> {
    let text = '';
    for await (const chunk of chunks) text += chunk;
    this.put(uri, text);
  }

  async join(uri: string, _contentType: string, head: string, parts: readonly string[]): Promise<void> {
    this.put(uri, head + parts.map((part) => this.files.get(part)!).join(''));
  }

  async* list(folderUri: string): AsyncIterable<string> {
    yield* [...this.files.keys()].filter((uri) => uri.startsWith(folderUri));
  }

  async remove(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.files.delete(uri);
  }

  put(uri: string, text: string): void {
    this.writes.push(uri);
    this.files.set(uri, text);
  }

  putLines(uri: string, ...records: object[]): void {
    this.files.set(uri, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }

  records(uri: string): Array<Record<string, unknown>> {
    return this.files.get(uri)!.trimEnd().split('\n').map((line) => JSON.parse(line));
  }
}

export function fakePorts(files: FakeFiles, jobs: readonly ExportJob[] = []): ExportPorts {
  return {
    files,
    jobs: {
      describe: async (name) => jobs.find((job) => job.name === name),
      async* namesContaining(text) {
        for (const { name } of jobs) if (name.includes(text)) yield name;
      },
    },
    now: () => Date.UTC(2026, 10, 22),
  };
}

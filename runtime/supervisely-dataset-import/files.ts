import { type ImportObjects, type Stored } from './ports';
import { IMPORT_FILES, type ImportFailure, type ImportFolder, type ImportProgress, type ImportRecord, type MadeHere } from '../../src/supervisely/private/dataset-import-contract';

/** Digits of line numbers in names, which are listed in the order of their characters. */
const DIGITS = 12;

/** The files of an import. */
export class ImportFiles {
  constructor(private readonly objects: ImportObjects, private readonly folder: ImportFolder) {}

  uri(name: string): string {
    return `s3://${this.folder.bucket}/${this.folder.prefix}${name}`;
  }

  get declared(): string {
    return this.uri(IMPORT_FILES.declared);
  }

  async record(): Promise<ImportRecord | undefined> {
    return (await this.objects.readJson<ImportRecord>(this.uri(IMPORT_FILES.record)))?.value;
  }

  async writeRecord(record: ImportRecord): Promise<void> {
    await this.objects.writeLines(this.uri(IMPORT_FILES.record), lines([record]));
  }

  async made(): Promise<MadeHere> {
    return (await this.objects.readJson<MadeHere>(this.uri(IMPORT_FILES.made)))?.value ?? {};
  }

  async noteMade(what: keyof MadeHere): Promise<void> {
    await this.objects.writeLines(this.uri(IMPORT_FILES.made), lines([{ ...await this.made(), [what]: true }]));
  }

  progress(): Promise<Stored<ImportProgress> | undefined> {
    return this.objects.readJson<ImportProgress>(this.uri(IMPORT_FILES.progress));
  }

  async writeProgress(value: ImportProgress, over: string | undefined): Promise<Stored<ImportProgress>> {
    return { value, version: await this.objects.writeJson(this.uri(IMPORT_FILES.progress), value, over) };
  }

  /** Of the batch that begins with this line: a repeated batch writes the same file. */
  async writeFailures(line: number, failures: readonly ImportFailure[]): Promise<void> {
    if (failures.length > 0) await this.objects.writeLines(this.uri(`failed/${String(line).padStart(DIGITS, '0')}.jsonl`), lines(failures));
  }

  async joinFailures(): Promise<void> {
    const { objects } = this;
    const parts = this.uri('failed/');
    await objects.writeLines(this.uri(IMPORT_FILES.failed), (async function* () {
      for await (const part of objects.allUnder(parts)) yield* objects.lines(part);
    })());
  }

  async forgetFailures(): Promise<void> {
    for await (const part of this.objects.allUnder(this.uri('failed/'))) await this.objects.remove(part);
  }

  /** The progress first: a call that still goes on cannot write it any more, and ends. */
  async removeProgress(): Promise<void> {
    await this.objects.remove(this.uri(IMPORT_FILES.progress));
  }

  async removeAll(): Promise<void> {
    for await (const uri of this.objects.allUnder(this.uri(''))) await this.objects.remove(uri);
  }
}

async function* lines(records: Iterable<unknown>): AsyncIterable<string> {
  for (const record of records) yield JSON.stringify(record);
}

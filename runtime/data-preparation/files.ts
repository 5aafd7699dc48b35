import type { PreparationObjects } from './ports';
import { PREPARED_FILES, type PreparationFolder } from '../../src/s3batch/private/data-preparation-contract';

/** An object on its way, and the lines of the declared manifest that name it. */
export interface PreparedObject {
  readonly lines: readonly number[];
  readonly bucket: string;
  readonly key: string;
  /** What the steps have found out, for the lines of the labeling manifest. */
  readonly add?: Readonly<Record<string, unknown>>;
}

/** An object that goes no further. */
export interface FailedObject {
  readonly 'lines': readonly number[];
  readonly 'source-ref': string;
  readonly 'reason': string;
}

/** What became of an object in one step's job. */
export interface Outcome {
  readonly object: PreparedObject;
  readonly succeeded: boolean;
  /** The report's: a result, or why not. */
  readonly message: string;
  readonly errorCode?: string;
}

/** The jobs of a step's newest attempt. */
export interface StepJobs {
  /** From 1. */
  readonly attempt: number;
  /** When it was decided upon. */
  readonly intendedAt: number;
  readonly jobs: readonly StepJob[];
  /** When all of them were found ended. */
  readonly endedAt?: number;
}

export interface StepJob {
  readonly bucket: string;
  readonly manifestUri: string;
  readonly token: string;
  /** Absent until S3 has answered. */
  readonly id?: string;
  /** A Delete of ours ended it: whoever comes back to this preparation does that work. */
  readonly cancelledByUs?: true;
}

/** The files of a preparation. */
export class PreparationFiles {
  constructor(private readonly objects: PreparationObjects, readonly folder: PreparationFolder) {}

  uri(name: string): string {
    return `s3://${this.folder.bucket}/${this.folder.prefix}${name}`;
  }

  step(number: number, name: string): string {
    return this.uri(`steps/${number}/${name}`);
  }

  /** Where the objects stand with which a step begins. */
  objectsOf(step: number): string {
    return this.step(step, 'objects.jsonl');
  }

  get manifest(): string {
    return this.uri(PREPARED_FILES.manifest);
  }

  exists(uri: string): Promise<boolean> {
    return this.objects.exists(uri);
  }

  async* readLines<T>(uri: string): AsyncIterable<T> {
    for await (const line of this.objects.lines(uri)) if (line !== '') yield JSON.parse(line) as T;
  }

  async read<T>(uri: string): Promise<T[]> {
    const all: T[] = [];
    for await (const each of this.readLines<T>(uri)) all.push(each);
    return all;
  }

  async readIfThere<T>(uri: string): Promise<T[]> {
    return await this.exists(uri) ? this.read<T>(uri) : [];
  }

  async write(uri: string, records: Iterable<unknown> | AsyncIterable<unknown>): Promise<void> {
    await this.objects.writeLines(uri, asLines(records));
  }

  async jobs(step: number): Promise<StepJobs | undefined> {
    const uri = this.step(step, 'jobs.json');
    return (await this.readIfThere<StepJobs>(uri))[0];
  }

  async writeJobs(step: number, jobs: StepJobs): Promise<void> {
    await this.write(this.step(step, 'jobs.json'), [jobs]);
  }
}

async function* asLines(records: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<string> {
  for await (const record of records) yield JSON.stringify(record);
}

export function sourceRef({ bucket, key }: Pick<PreparedObject, 'bucket' | 'key'>): string {
  return `s3://${bucket}/${key}`;
}

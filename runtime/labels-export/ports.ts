import type { JobDescription } from '../labeling-job/ports';

/** Everything the function touches outside of itself; tests replace all of it. */
export interface ExportPorts {
  readonly files: ExportFiles;
  readonly jobs: ExportJobs;
  readonly now: () => number;
}

export interface ExportFiles {
  /** The lines of an object; one that is not there throws the SDK's `NoSuchKey` before the first. */
  lines(uri: string): AsyncIterable<string>;
  /** Writes an object of any size at constant memory; it appears whole or not at all. */
  write(uri: string, contentType: string, chunks: AsyncIterable<string>): Promise<void>;
  /** One object of the text and of other objects in their order, which are copied where they lie. */
  join(uri: string, contentType: string, head: string, parts: readonly string[]): Promise<void>;
  /** URIs of all objects below a folder. */
  list(folderUri: string): AsyncIterable<string>;
  remove(uris: readonly string[]): Promise<void>;
}

export interface ExportJobs {
  /** `undefined` when there is no such job. */
  describe(name: string): Promise<ExportJob | undefined>;
  /** Names of all jobs that contain the text. */
  namesContaining(text: string): AsyncIterable<string>;
}

export interface ExportJob extends Pick<JobDescription, 'name' | 'outputUri' | 'inputUri' | 'outputPath' | 'counters'> {
  readonly labelAttributeName: string;
}

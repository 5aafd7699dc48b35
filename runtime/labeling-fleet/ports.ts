import type { DatasetPorts } from './dataset/interface';
import type { JobSummary, LabelingJobs } from '../labeling-job/ports';
import type { Objects } from '../shared/ports';

export type { JobSummary };

/** Everything the handlers touch outside of themselves; tests replace all of it. */
export interface FleetPorts {
  readonly jobs: FleetJobs;
  readonly objects: Objects;
  readonly datasets: DatasetPorts;
  readonly stateAt: (bucket: string, prefix: string) => StateStore;
  readonly executions: Executions;
  readonly parameters: { put(name: string, value: string): Promise<void> };
  /** A line for the log as it is, for metrics. */
  readonly emit: (line: string) => void;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface FleetJobs extends LabelingJobs {
  /** A page of at most 100 jobs whose names contain the text, sorted by their names. */
  pageByName(text: string, token: string | undefined): Promise<JobPage>;
}

export interface JobPage {
  readonly jobs: readonly JobSummary[];
  readonly token?: string;
}

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** The fleet's objects in the state bucket; keys are relative to its prefix. A bucket that is gone throws `BucketGone`. */
export interface StateStore {
  uri(key: string): string;
  /** `undefined` when there is none. */
  read(key: string): Promise<StoredText | undefined>;
  /** Writes over exactly this version, or only where nothing stands; throws `LedgerConflict` otherwise. Answers with the new version. */
  write(key: string, text: string, over: string | undefined): Promise<string>;
  put(key: string, text: string): Promise<void>;
  writeLines(key: string, lines: AsyncIterable<string>): Promise<void>;
  keys(prefix: string): AsyncIterable<string>;
  remove(keys: readonly string[]): Promise<void>;
}

/** The state machine that does the work. */
export interface Executions {
  /** An execution of that name that was started before is no error. */
  start(stateMachineArn: string, name: string): Promise<void>;
  isRunning(stateMachineArn: string, name: string): Promise<boolean>;
}

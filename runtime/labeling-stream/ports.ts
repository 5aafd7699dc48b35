import type { EndedLine } from './ended-lines';
import type { JobDescription } from '../labeling-job/ports';
import type { LedgerStore } from '../shared/ports';
import type { ListedObject } from '../shared/s3-listing';

/** A mark below the store's prefix, as a listing shows it. */
export interface Mark {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: number;
}

export interface StoredText {
  readonly text: string;
  readonly etag: string;
}

/** The stream's objects; keys are relative to its prefix. */
export interface StreamStore {
  uri(key: string): string;
  /** Writes only where nothing stands; `false` where something does, which may be the trace of a try whose answer was lost. */
  create(key: string, text: string): Promise<boolean>;
  put(key: string, text: string): Promise<void>;
  /** One try: when it throws, the object may stand nevertheless. */
  putOnce(key: string, text: string): Promise<void>;
  /** Writes over exactly this version, or only where nothing stands; throws `LedgerConflict` otherwise. Answers with the new version. */
  write(key: string, text: string, over: string | undefined): Promise<string>;
  read(key: string): Promise<StoredText | undefined>;
  exists(key: string): Promise<boolean>;
  /** In the order of their keys. */
  list(prefix: string, after?: string): AsyncIterable<Mark>;
  /** Names of what stands between the prefix and the next slash. */
  folders(prefix: string): AsyncIterable<string>;
  remove(keys: readonly string[]): Promise<void>;
}

/** Of a message for a queue. */
export type MessageAttributes = Readonly<Record<string, string>>;

export interface Queue {
  send(body: string, options?: { readonly attributes?: MessageAttributes; readonly delaySeconds?: number }): Promise<void>;
}

export interface Publication {
  readonly id: string;
  readonly message: string;
}

export interface Topic {
  /** At most 10 of them, 262,144 bytes together; answers with the ids of those that it did not take. */
  publish(publications: readonly Publication[]): Promise<ReadonlyMap<string, string>>;
}

export interface StreamEvent {
  readonly type: string;
  readonly detail: string;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface EventBus {
  /** At most 10 of them; answers for each with what was wrong, if anything was. */
  put(events: readonly StreamEvent[]): Promise<ReadonlyArray<string | undefined>>;
}

/** What is read of the user's data. */
export interface Datasets {
  /** The present version of an object, `undefined` when there is none. */
  version(uri: string): Promise<string | undefined>;
  /** Lines from a byte on; throws `PreconditionFailed` when it is another version. */
  lines(uri: string, from: number, etag: string | undefined): AsyncIterable<EndedLine>;
  list(bucket: string, prefix: string, after: string | undefined): AsyncIterable<ListedObject>;
}

export interface CommonPorts {
  readonly store: StreamStore;
  /** A line for the log as it is, for metrics. */
  readonly emit: (line: string) => void;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
}

export interface AcceptPorts extends CommonPorts {
  readonly deadLetters: Queue;
}

export interface IntakePorts extends AcceptPorts {
  /** Absent: nobody forwards. */
  readonly wakes?: Queue;
}

export interface ResultPorts extends CommonPorts {
  readonly events: EventBus;
}

export interface CollectPorts extends ResultPorts {
  readonly wakes: Queue;
}

export interface ForwardPorts extends AcceptPorts, ResultPorts {
  readonly wakes: Queue;
  readonly topic: Topic;
  readonly datasets: Datasets;
  readonly ledger: Pick<LedgerStore, 'read'>;
  /** `undefined` when there is no such job. */
  readonly describe: (name: string) => Promise<JobDescription | undefined>;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Names this invocation as the holder of a lease. */
  readonly holder: string;
}

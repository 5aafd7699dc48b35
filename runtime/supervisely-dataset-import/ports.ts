import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import type { Executions } from '../shared/executions';
import type { Objects } from '../shared/ports';
import type { Caller } from '../shared/supervisely/client';

/** Everything the functions touch outside of themselves; tests replace all of it. */
export interface Ports {
  readonly objects: ImportObjects;
  readonly executions: Executions;
  readonly connect: (connection: ConnectionInput) => Caller;
  /** Calls a function, and answers what it answers. */
  readonly invoke: (functionArn: string, event: object) => Promise<unknown>;
  readonly now: () => number;
  /** Milliseconds until this invocation is ended. */
  readonly remaining: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export interface ImportObjects extends Pick<Objects, 'exists' | 'lines' | 'writeLines' | 'allUnder'> {
  /** Lines from a byte on. */
  linesFrom(uri: string, offset: number): AsyncIterable<string>;
  /** All of an object; `Unreadable` above so many bytes, or where there is none. */
  whole(uri: string, mostBytes: number): Promise<Uint8Array>;
  readJson<T>(uri: string): Promise<Stored<T> | undefined>;
  /** Writes over exactly this version, or only where nothing stands; throws `Overtaken` otherwise. Answers with the new version. */
  writeJson(uri: string, value: object, over: string | undefined): Promise<string>;
  remove(uri: string): Promise<void>;
}

export interface Stored<T> {
  readonly value: T;
  readonly version: string;
}

/** Somebody else has written in between, or the import was removed. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** An object that cannot be read, for a reason that stays. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

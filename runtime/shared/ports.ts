import type { Ledger } from '../../src/model/ledger';

export interface Objects {
  exists(uri: string): Promise<boolean>;
  /** Whether any object stands under this location. */
  anyUnder(uri: string): Promise<boolean>;
  /** The URIs of all objects under this location. */
  allUnder(uri: string): AsyncIterable<string>;
  lines(uri: string): AsyncIterable<string>;
  writeLines(uri: string, lines: AsyncIterable<string>): Promise<void>;
}

export interface StoredLedger {
  readonly ledger: Ledger;
  readonly etag: string;
}

export interface LedgerStore {
  /** `undefined` when there is none. */
  read(): Promise<StoredLedger | undefined>;
  /** Writes over exactly this version, or only where nothing stands; throws `LedgerConflict` otherwise. */
  write(ledger: Ledger, over: string | undefined): Promise<StoredLedger>;
  remove(): Promise<void>;
}

/** Somebody else has written in between. */
export class LedgerConflict extends Error {
  constructor(cause?: unknown) {
    super('the ledger was changed by another writer', { cause });
    this.name = 'LedgerConflict';
  }
}

/** The bucket of the ledger does not exist, or does not answer to us any more. */
export class BucketGone extends Error {
  constructor(readonly bucket: string, cause?: unknown) {
    super(`the state bucket ${bucket} does not exist or may not be read`, { cause });
    this.name = 'BucketGone';
  }
}

import { StreamRecord } from './stream-record';

/** What stands under `intake/<digest>`. */
export interface StoredRecord {
  readonly format: typeof RECORD_FORMAT;
  readonly key?: string;
  readonly line: string;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
  /** A message's id, or a seed's and the place in it. */
  readonly from: string;
}

const RECORD_FORMAT = 1;

export function storedRecord({ key, line }: StreamRecord, receivedAt: number, from: string): string {
  return JSON.stringify({ format: RECORD_FORMAT, key, line, receivedAt, from } satisfies StoredRecord);
}

export function readStoredRecord(text: string): StoredRecord {
  const record = JSON.parse(text) as StoredRecord;
  if (record.format !== RECORD_FORMAT) throw new Error(`a record has format ${record.format}: a newer release of the library wrote it, deploy with that one`);
  return record;
}

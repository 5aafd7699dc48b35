import { decodeKey } from './csv-manifest';

/** A row of a manifest or report: keys stay as they were written, so that what a job is given again is what it was given. */
export interface TaskRow {
  readonly bucket: string;
  readonly encodedKey: string;
  readonly versionId?: string;
}

/** A row by the names of its columns, as a manifest names them. */
export function taskRow(values: readonly string[], columns: readonly string[]): TaskRow {
  const value = (name: string) => values[columns.indexOf(name)] || undefined;
  const [bucket, encodedKey] = [value('Bucket'), value('Key')];
  if (bucket === undefined || encodedKey === undefined) throw new Error(`a row of a manifest has no bucket or no key: ${values.join(',').slice(0, 200)}`);
  return { bucket, encodedKey, versionId: value('VersionId') };
}

/** What a row is about. How a key is encoded does not matter; versions do only where the manifest names them, because a report may add them. */
export function subject({ bucket, encodedKey, versionId = '' }: TaskRow, versioned: boolean): string {
  return `${bucket}\n${decodeKey(encodedKey) ?? encodedKey}\n${versioned ? versionId : ''}`;
}

const NEEDS_QUOTES = /[",\r\n]/;
/** The version id of objects that were written without versioning. */
const UNVERSIONED = 'null';

/** The row as a line of a CSV manifest. */
export function manifestLine({ bucket, encodedKey, versionId = UNVERSIONED }: TaskRow, versioned: boolean): string {
  return [bucket, encodedKey, ...versioned ? [versionId] : []].map((text) => (NEEDS_QUOTES.test(text) ? `"${text.replace(/"/g, '""')}"` : text)).join(',');
}

const FNV_OFFSET = 0x811C9DC5;
const FNV_PRIME = 0x01000193;

/** Which of so many parts a text belongs to: about equally many to each. */
export function partOf(text: string, parts: number): number {
  if (parts === 1) return 0;
  let hash = FNV_OFFSET;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  return (hash >>> 0) % parts;
}

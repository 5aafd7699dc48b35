import { LIMITS } from './limits';

/** Which key of a line holds the data object. */
export type SourceKey = 'source' | 'source-ref' | 'either';

/** Where a data object lies that a manifest refers to. */
export interface DataLocation {
  readonly bucket: string;
  readonly key: string;
}

/**
 * JSON has no line break but the escaped one, save U+2028 and U+2029, which some readers of lines take for line ends.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sms-input-data-input-manifest.html
 */
export function manifestLine(record: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(record).replace(/[\u2028\u2029\u0085]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON Lines, every line ended. */
export function manifestText(records: ReadonlyArray<Readonly<Record<string, unknown>>>): string {
  return records.map((record) => `${manifestLine(record)}\n`).join('');
}

/** What is wrong with the records of a manifest, by line number. */
export function recordProblems(records: ReadonlyArray<Readonly<Record<string, unknown>>>, source: SourceKey): string[] {
  if (records.length === 0) return ['the manifest has no records, give at least one'];
  return records.flatMap((record, index) => lineProblems(manifestLine(record), record, source, index + 1));
}

/** What is wrong with the text of a manifest, by line number. */
export function manifestProblems(text: string, source: SourceKey): string[] {
  const lines = manifestLines(text);
  if (lines.length === 0) return ['the manifest is empty, give at least one line'];
  return lines.flatMap((line, index) => textLineProblems(line, source, index + 1));
}

/** The S3 objects that the `source-ref` of a valid manifest's lines name. */
export function dataLocations(text: string): DataLocation[] {
  return manifestLines(text).flatMap((line) => {
    const uri = (JSON.parse(line) as Record<string, unknown>)['source-ref'];
    const match = typeof uri === 'string' ? /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) : null;
    return match ? [{ bucket: match[1], key: match[2] }] : [];
  });
}

/** The lines of a manifest's text. */
export function manifestLines(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

/** What is wrong with one line of a manifest's text. */
export function textLineProblems(line: string, source: SourceKey, number: number): string[] {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch (error) {
    return [`line ${number} is not JSON (${(error as Error).message}): give one JSON object a line`];
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return [`line ${number} is not a JSON object, got ${line.slice(0, 60)}`];
  }
  return lineProblems(line, record as Record<string, unknown>, source, number);
}

function lineProblems(line: string, record: Readonly<Record<string, unknown>>, source: SourceKey, number: number): string[] {
  const problems: string[] = [];
  if (line.length > LIMITS.manifestLineLength) {
    problems.push(`line ${number} has ${line.length} characters as JSON, Ground Truth takes at most ${LIMITS.manifestLineLength}: shorten or split it`);
  }
  for (const [key, value] of Object.entries(record)) {
    if (key.startsWith('$')) problems.push(`line ${number}: key ${JSON.stringify(key)} must not begin with '$', rename it`);
    const length = typeof value === 'string' ? value.length : JSON.stringify(value)?.length ?? 0;
    if (length > LIMITS.manifestValueLength) {
      problems.push(`line ${number}: the value of ${JSON.stringify(key)} has ${length} characters, Ground Truth takes at most ${LIMITS.manifestValueLength}: shorten it`);
    }
  }
  return [...problems, ...sourceProblems(record, source, number)];
}

function sourceProblems(record: Readonly<Record<string, unknown>>, source: SourceKey, number: number): string[] {
  const keys = source === 'either' ? ['source', 'source-ref'] : [source];
  const present = keys.filter((key) => record[key] !== undefined);
  const wanted = keys.map((key) => `'${key}'`).join(' or ');
  if (present.length === 0) return [`line ${number} has no ${wanted}, got the keys ${JSON.stringify(Object.keys(record))}`];
  const problems: string[] = [];
  for (const key of present) {
    const value = record[key];
    if (typeof value !== 'string' || value === '') {problems.push(`line ${number}: '${key}' must be a text that is not empty, got ${JSON.stringify(value)}`);} else if (key === 'source-ref' && !/^s3:\/\/[^/]+\/.+/.test(value)) {
      problems.push(`line ${number}: 'source-ref' must be an S3 URI like s3://bucket/key, got ${JSON.stringify(value.slice(0, 80))}`);
    }
  }
  return problems;
}

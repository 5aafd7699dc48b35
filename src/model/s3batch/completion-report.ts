import { decodeKey } from './csv-manifest';

/** What became of one task. */
export interface ReportRow {
  readonly bucket: string;
  /** As in the manifest; `key` is what it stands for, absent where it stands for nothing. */
  readonly encodedKey: string;
  readonly key: string | undefined;
  readonly versionId: string | undefined;
  readonly status: 'succeeded' | 'failed';
  readonly httpStatus: number | undefined;
  readonly errorCode: string | undefined;
  readonly message: string;
}

const COLUMNS = 7;
const STATUS_CODE = /^\d{3}$/;

/**
 * A row of a completion report. The guide's schema names the error's code before the HTTP status, its sample rows have them the other way
 * round: the one that is a number is the status.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-examples-reports.html
 */
export function reportRow(values: readonly string[]): ReportRow {
  if (values.length !== COLUMNS) throw new Error(`a row of a completion report has ${COLUMNS} values, got ${values.length}: ${values.join(',').slice(0, 200)}`);
  const [bucket, encodedKey, versionId, status, fifth, sixth, message] = values;
  if (status !== 'succeeded' && status !== 'failed') throw new Error(`a task's status is succeeded or failed, got '${status}'`);
  const [httpStatus, errorCode] = STATUS_CODE.test(fifth) || !STATUS_CODE.test(sixth) ? [fifth, sixth] : [sixth, fifth];
  return {
    bucket,
    encodedKey,
    key: decodeKey(encodedKey),
    versionId: versionId || undefined,
    status,
    httpStatus: STATUS_CODE.test(httpStatus) ? Number(httpStatus) : undefined,
    errorCode: errorCode || undefined,
    message,
  };
}

/** Rows of CSV: quotes doubled inside quotes, line breaks allowed there. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const [value, next] = csvValue(text, at);
    row.push(value);
    at = next;
    if (text[at] === ',') {
      at++;
      if (at === text.length) row.push('');
      else continue;
    }
    if (at < text.length && text[at] !== '\r' && text[at] !== '\n') throw new Error(`a value goes on behind its closing quote: ${text.slice(at, at + 100)}`);
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
  }
  return rows;
}

const PLAIN = /[^,\r\n]*/y;
const QUOTED = /"((?:[^"]|"")*)"/y;

function csvValue(text: string, at: number): [value: string, next: number] {
  const expression = text[at] === '"' ? QUOTED : PLAIN;
  expression.lastIndex = at;
  const match = expression.exec(text);
  if (!match) throw new Error(`a quoted value is never closed: ${text.slice(at, at + 100)}`);
  return [expression === QUOTED ? match[1].replace(/""/g, '"') : match[0], expression.lastIndex];
}

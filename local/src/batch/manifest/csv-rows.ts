import { StringDecoder } from 'node:string_decoder';
import { invalidManifest } from '../job-failure';

/** Rows of CSV (RFC 4180: quotes doubled inside quotes, line breaks allowed there), as they come in. */
export async function* csvRows(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of pieces) {
    const text = rest + decoder.write(Buffer.from(piece));
    const lines = text.split('\n');
    rest = yield* completeRows(lines.slice(0, -1), lines[lines.length - 1]);
  }
  rest += decoder.end();
  if (rest !== '') yield parseRow(rest);
}

/** Gives every row that is complete; returns what begins the next piece. */
function* completeRows(lines: string[], last: string): Generator<string[], string> {
  let open: string | undefined;
  for (const line of lines) {
    const row = open === undefined ? line : `${open}\n${line}`;
    open = isOpen(row) ? row : undefined;
    if (open === undefined) yield parseRow(row);
  }
  return open === undefined ? last : `${open}\n${last}`;
}

function isOpen(row: string): boolean {
  if (!row.includes('"')) return false;
  return row.split('"').length % 2 === 0;
}

const QUOTED_ROW = /^(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*$/;
const CELL = /(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g;

function parseRow(line: string): string[] {
  const row = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!row.includes('"')) return row.split(',');
  if (!QUOTED_ROW.test(row)) throw invalidManifest(`a quote stands inside a value or is never closed: ${row.slice(0, 100)}`);
  return [...row.matchAll(CELL)].map(([, quoted, plain]) => quoted === undefined ? plain : quoted.replaceAll('""', '"'));
}

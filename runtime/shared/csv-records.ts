import { linesOf } from './lines';
import { csvRows } from '../../src/model/s3batch/completion-report';

/** Records of CSV that streams by: a quoted value may hold line breaks. */
export async function* csvRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  let open = '';
  for await (const line of linesOf(bytes)) {
    const text = open === '' ? line : `${open}\n${line}`;
    open = '';
    if (text === '') continue;
    // the common case first: no quote, no care
    if (!text.includes('"')) yield text.split(',');
    else if (isOpen(text)) open = text;
    else yield csvRows(text)[0];
  }
  if (open !== '') throw new Error(`a quoted value is never closed: ${open.slice(0, 100)}`);
}

function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) quotes++;
  return quotes % 2 === 1;
}

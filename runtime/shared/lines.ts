import { isUtf8 } from 'node:buffer';

const LINE_FEED = 0x0A;
/** Above the longest line of any manifest; what has no line breaks must not fill the memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * Lines of bytes that stream by, ended by `\n` or `\r\n` alone. Node's readline also ends them at U+2028 and U+2029, which JSON
 * allows within a text.
 */
export async function* linesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let number = 0;
  for await (const given of chunks) {
    const chunk = typeof given === 'string' ? Buffer.from(given) : Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      pieces.push(chunk.subarray(from, end));
      yield textOf(pieces, ++number);
      pieces = [];
      bytes = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    pieces.push(chunk.subarray(from));
    bytes += chunk.length - from;
    if (bytes > MAX_LINE_BYTES) throw new Error(`line ${number + 1} is longer than ${MAX_LINE_BYTES} bytes: this is no file of lines`);
  }
  if (pieces.length > 0) yield textOf(pieces, number + 1);
}

function textOf(pieces: readonly Buffer[], number: number): string {
  const line = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  if (!isUtf8(line)) throw new Error(`line ${number} is not UTF-8`);
  const text = line.toString('utf8');
  const start = number === 1 && text.startsWith('\uFEFF') ? 1 : 0;
  return text.slice(start, text.endsWith('\r') ? -1 : undefined);
}

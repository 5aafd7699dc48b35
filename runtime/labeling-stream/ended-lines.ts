/** A line, and how many bytes of the file it and all before it take: where who goes on later begins. */
export interface EndedLine {
  readonly text: string;
  readonly end: number;
}

const LINE_FEED = 0x0A;
/** Above the longest line of any manifest; what has no line breaks must not fill the memory. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Lines of bytes that stream by, counted from a place in the file. Unlike a dataset's, a line that is no UTF-8 is told by its reader. */
export async function* endedLinesOf(chunks: AsyncIterable<Uint8Array>, from: number): AsyncGenerator<EndedLine> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  let end = from;
  const take = (last: Buffer, ended: number): EndedLine => {
    end += bytes + last.length + ended;
    const text = (pieces.length === 0 ? last : Buffer.concat([...pieces, last])).toString('utf8');
    pieces = [];
    bytes = 0;
    return { text, end };
  };
  for await (const given of chunks) {
    const chunk = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    let at = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, at)) {
      yield take(chunk.subarray(at, to), 1);
      at = to + 1;
    }
    if (at === chunk.length) continue;
    pieces.push(chunk.subarray(at));
    bytes += chunk.length - at;
    if (bytes > MAX_LINE_BYTES) throw new Error(`the line after byte ${end} is longer than ${MAX_LINE_BYTES} bytes: this is no file of lines`);
  }
  if (bytes > 0) yield take(Buffer.alloc(0), 0);
}

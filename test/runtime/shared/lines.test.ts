import fc from 'fast-check';
import { linesOf } from '../../../runtime/shared/lines';

async function read(chunks: ReadonlyArray<Uint8Array | string>): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf((async function* () { yield* chunks; })())) lines.push(line);
  return lines;
}

test('however the bytes are cut, the lines are the same', async () => {
  const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\r\n\ufeff]/g, ''));
  await fc.assert(fc.asyncProperty(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.integer({ min: 1, max: 5 }), async (lines, end, isEnded, size) => {
    const text = lines.join(end) + (isEnded && lines.length > 0 ? end : '');
    const bytes = Buffer.from(text);
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    const expected = text.split(end);
    if (expected.at(-1) === '') expected.pop();
    expect(await read(chunks)).toEqual(expected);
  }));
});

test('only a line feed ends a line, and a byte order mark is none of it', async () => {
  expect(await read(['\ufeff"a\u2028\u2029\u0085\rb"\r\n', 'c'])).toEqual(['"a\u2028\u2029\u0085\rb"', 'c']);
});

test('what is no text, or has no lines, is an error', async () => {
  await expect(read(['a\n', Buffer.from([0xff, 0x0a])])).rejects.toThrow('line 2 is not UTF-8');
  await expect(read(Array(17).fill(Buffer.alloc(1024 * 1024, 'x')))).rejects.toThrow('line 1 is longer than 16777216 bytes');
});

import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as fc from 'fast-check';
import { AwsChunkedDecoder } from '../../../local/src/server/aws-chunked';

function framed(chunks: Buffer[], trailers: string[], signed: boolean): Buffer {
  const signature = signed ? `;chunk-signature=${'0'.repeat(64)}` : '';
  const data = chunks.flatMap((chunk) => [Buffer.from(`${chunk.length.toString(16)}${signature}\r\n`), chunk, Buffer.from('\r\n')]);
  return Buffer.concat([...data, Buffer.from(`0${signature}\r\n${trailers.map((trailer) => `${trailer}\r\n`).join('')}\r\n`)]);
}

test('content and trailers come out, however the network cuts the stream', async () => {
  const chunk = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
  await fc.assert(fc.asyncProperty(fc.array(chunk), fc.boolean(), fc.integer({ min: 1, max: 17 }), async (chunks, signed, cut) => {
    const sent = framed(chunks, ['x-amz-checksum-crc32: AAAAAA==', 'x-amz-trailer-signature:0'], signed);
    const pieces = Array.from({ length: Math.ceil(sent.length / cut) }, (_, index) => sent.subarray(index * cut, (index + 1) * cut));
    const decoder = new AwsChunkedDecoder();
    expect(await buffer(Readable.from(pieces).pipe(decoder))).toEqual(Buffer.concat(chunks));
    expect(decoder.trailers).toEqual({ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-trailer-signature': '0' });
  }));
});

test.each(['5\r\nab', 'zz\r\n', ''])('a body cut short or misshapen (%j) fails', async (text) => {
  const decoder = new AwsChunkedDecoder();
  const read = buffer(decoder);
  decoder.end(Buffer.from(text));
  await expect(read).rejects.toThrow('aws-chunked');
});

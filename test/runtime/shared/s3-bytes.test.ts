import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { bytesOf } from '../../../runtime/shared/s3-bytes';

const s3 = mockClient(S3Client);
const CLIENT = new S3Client({ region: 'us-east-1' });

beforeEach(() => s3.reset());

/** An answer whose connection breaks after these bytes. */
function broken(text: string, length: number) {
  const body = async function* () {
    yield Buffer.from(text);
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
  };
  return { Body: Readable.from(body()) as never, ContentLength: length, ETag: '"1"' };
}

function whole(text: string) {
  return { Body: Readable.from([Buffer.from(text)]) as never, ContentLength: text.length, ETag: '"1"' };
}

async function read(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(CLIENT, { bucket: 'b', key: 'k' })) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('goes on after a break, with the rest of the same version', async () => {
  s3.on(GetObjectCommand).resolvesOnce(broken('abc', 8)).resolvesOnce(broken('de', 5)).resolvesOnce(whole('fgh'));
  expect(await read()).toBe('abcdefgh');
  expect(s3.commandCalls(GetObjectCommand).map(({ args: [{ input }] }) => [input.Range, input.IfMatch]))
    .toEqual([[undefined, undefined], ['bytes=3-', '"1"'], ['bytes=5-', '"1"']]);
});

test('gives up where nothing comes any more', async () => {
  s3.on(GetObjectCommand).callsFake(() => ({ ...broken('', 8), Body: Readable.from((async function* () { throw new Error('reset'); })()) }));
  await expect(read()).rejects.toThrow('reset');
  expect(s3.commandCalls(GetObjectCommand)).toHaveLength(4);
});

test('an answer that ends too early is a break too', async () => {
  s3.on(GetObjectCommand).resolvesOnce({ ...whole('abc'), ContentLength: 5 }).resolvesOnce(whole('de'));
  expect(await read()).toBe('abcde');
});

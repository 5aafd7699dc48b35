import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { BucketGone, LedgerConflict } from '../../../runtime/shared/ports';
import { S3LedgerStore } from '../../../runtime/shared/s3-ledger-store';
import { emptyLedger } from '../../../src/model/ledger';

const s3 = mockClient(S3Client);
const store = new S3LedgerStore(new S3Client({ region: 'us-east-1' }), 'state', 'guid/Job/ledger.json');
const LEDGER = emptyLedger({ stackId: 'stack', logicalId: 'Job' });

beforeEach(() => s3.reset());

function answer(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
}

function body(text: string) {
  return { Body: { transformToString: async () => text } as never, ETag: '"1"' };
}

test('reads what was written', async () => {
  s3.on(GetObjectCommand, { Bucket: 'state', Key: 'guid/Job/ledger.json' }).resolves(body(JSON.stringify(LEDGER)));
  expect(await store.read()).toEqual({ ledger: LEDGER, etag: '"1"' });
});

test('a missing ledger is none, a missing or closed bucket is gone', async () => {
  s3.on(GetObjectCommand).rejectsOnce(answer('NoSuchKey', 404)).rejectsOnce(answer('NoSuchBucket', 404)).rejectsOnce(answer('AccessDenied', 403));
  expect(await store.read()).toBeUndefined();
  await expect(store.read()).rejects.toThrow(BucketGone);
  await expect(store.read()).rejects.toThrow(BucketGone);
});

test('fails on the ledger of a newer release', async () => {
  s3.on(GetObjectCommand).resolves(body(JSON.stringify({ ...LEDGER, format: 2 })));
  await expect(store.read()).rejects.toThrow(/has format 2: a newer release of the library wrote it/);
});

test('writes only over the version that was read, or where nothing stands', async () => {
  s3.on(PutObjectCommand).resolves({ ETag: '"2"' });
  await store.write(LEDGER, undefined);
  await store.write(LEDGER, '"1"');
  const [first, second] = s3.commandCalls(PutObjectCommand).map((call) => call.args[0].input);
  expect([first.IfNoneMatch, first.IfMatch]).toEqual(['*', undefined]);
  expect([second.IfNoneMatch, second.IfMatch]).toEqual([undefined, '"1"']);
});

test.each([['PreconditionFailed', 412], ['ConditionalRequestConflict', 409], ['NoSuchKey', 404]])('%s is another writer', async (name, status) => {
  s3.on(PutObjectCommand).rejects(answer(name, status));
  await expect(store.write(LEDGER, '"1"')).rejects.toThrow(LedgerConflict);
});

import * as S3 from '@aws-sdk/client-s3';
import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
let s3: S3.S3Client;
const HOUR = 3600;

beforeAll(async () => {
  engine = await startEngine();
  s3 = new S3.S3Client({ ...engine.clientConfig, forcePathStyle: true, maxAttempts: 1 });
});

afterAll(() => engine.stop());

afterEach(async () => {
  await engine.control('DELETE', 'faults');
  await engine.control('DELETE', 'calls');
});

function refused(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => 'not refused', (error: Error) => error.name);
}

describe('the clock', () => {
  test('moves on when asked', async () => {
    const before = Date.parse((await engine.control('GET', 'clock')).body.now as string);
    const { status, body } = await engine.control('POST', 'clock', { advanceSeconds: HOUR });
    expect(status).toBe(200);
    const moved = Date.parse(body.now as string) - before;
    expect(moved).toBeGreaterThanOrEqual(HOUR * 1000);
    expect(moved).toBeLessThan((HOUR + 60) * 1000);
  });

  test('is paused and goes on', async () => {
    expect((await engine.control('POST', 'clock', { paused: true })).body.paused).toBe(true);
    const fired = jest.fn();
    engine.core.clock.schedule(HOUR * 1000, 'work', 'work', fired);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    expect(fired).not.toHaveBeenCalled();
    expect((await engine.control('POST', 'clock', { paused: false })).body.paused).toBe(false);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
    expect(fired).toHaveBeenCalledTimes(1);
  });

  test.each([{}, { advanceSeconds: -1 }, { advanceSeconds: '1' }, { paused: 1 }])('refuses %j', async (body) => {
    expect(await engine.control('POST', 'clock', body)).toMatchObject({ status: 400, body: { code: 'InvalidClock' } });
  });
});

describe('calls', () => {
  test('are recorded with caller and error', async () => {
    await s3.send(new S3.ListBucketsCommand({}));
    await refused(s3.send(new S3.HeadBucketCommand({ Bucket: 'absent' })));
    await engine.core.call('s3', 'ListBuckets', {});
    const { body } = await engine.control('GET', 'calls');
    const caller = engine.core.root.arn;
    expect(body.calls).toEqual([
      expect.objectContaining({ service: 's3', operation: 'ListBuckets', callerArn: caller, via: 'wire' }),
      expect.objectContaining({ service: 's3', operation: 'HeadBucket', errorCode: 'NotFound' }),
      expect.objectContaining({ operation: 'ListBuckets', via: 'engine' }),
    ]);
    expect(body.counts).toEqual({ 's3:HeadBucket': 1, 's3:ListBuckets': 2 });
  });

  test('name the function behind issued keys', async () => {
    const keys = engine.core.issueCredentials({ arn: 'arn:aws:sts::123456789012:assumed-role/r/f', functionName: 'f' });
    await new S3.S3Client({ ...engine.clientConfig, credentials: keys, forcePathStyle: true }).send(new S3.ListBucketsCommand({}));
    const { body } = await engine.control('GET', 'calls');
    expect(body.calls[0]).toMatchObject({ callerArn: 'arn:aws:sts::123456789012:assumed-role/r/f', functionName: 'f' });
  });
});

describe('faults', () => {
  const put = (Key: string) => s3.send(new S3.PutObjectCommand({ Bucket: 'faults', Key, Body: 'x' }));

  beforeAll(() => s3.send(new S3.CreateBucketCommand({ Bucket: 'faults' })));

  test('before: the operation does not run', async () => {
    await engine.control('POST', 'faults', { service: 's3', operation: 'PutObject', when: 'before', error: { code: 'SlowDown', statusCode: 503 }, times: 1 });
    expect(await refused(put('before'))).toBe('SlowDown');
    expect(await refused(s3.send(new S3.HeadObjectCommand({ Bucket: 'faults', Key: 'before' })))).toBe('NotFound');
    expect(await refused(put('before'))).toBe('not refused');
  });

  test('after: it has run, and its caller does not learn so', async () => {
    await engine.control('POST', 'faults', { service: 's3', operation: 'PutObject', match: { Key: 'after' }, when: 'after', error: { code: 'InternalError', statusCode: 500 } });
    expect(await refused(put('other'))).toBe('not refused');
    expect(await refused(put('after'))).toBe('InternalError');
    expect(await refused(s3.send(new S3.HeadObjectCommand({ Bucket: 'faults', Key: 'after' })))).toBe('not refused');
  });

  test('strike one function\'s calls only, and crash its process', async () => {
    const killed = jest.spyOn(engine.core.service<{ killProcess(key: string): void }>('lambda'), 'killProcess').mockImplementation(() => undefined);
    const keys = engine.core.issueCredentials({ arn: 'arn:aws:sts::123456789012:assumed-role/r/f', functionName: 'f' });
    const lambda = new S3.S3Client({ ...engine.clientConfig, credentials: keys, forcePathStyle: true, maxAttempts: 1 });
    await engine.control('POST', 'faults', { service: 's3', operation: 'ListBuckets', functionName: 'f', when: 'after', crash: true });
    expect(await refused(s3.send(new S3.ListBucketsCommand({})))).toBe('not refused');
    await refused(lambda.send(new S3.ListBucketsCommand({})));
    expect(killed).toHaveBeenCalledWith(keys.accessKeyId);
    killed.mockRestore();
  });

  test('may delay', async () => {
    await engine.control('POST', 'faults', { service: 's3', operation: 'ListBuckets', when: 'before', delayMs: 50, times: 1 });
    const started = Date.now();
    await s3.send(new S3.ListBucketsCommand({}));
    expect(Date.now() - started).toBeGreaterThanOrEqual(45);
  });

  test.each([[{}], [{ service: 's3', operation: 'PutObject', when: 'never', error: { code: 'X' } }], [{ service: 's3', operation: 'PutObject', when: 'before' }]])(
    'refuse %j', async (body) => {
      expect(await engine.control('POST', 'faults', body)).toMatchObject({ status: 400, body: { code: 'InvalidFault' } });
    });
});

test('an unknown control is named', async () => {
  expect(await engine.control('GET', 'nothing')).toEqual({ status: 404, body: { code: 'NotFound', message: 'there is no control GET /_local/nothing' } });
});

import { answerInvocation } from '../../../runtime/object-function/answer';
import type { BatchObject, InvocationAnswer, ObjectHandler } from '../../../runtime/object-function/protocol';

const context = (left = 10_000) => ({ getRemainingTimeInMillis: () => left });
const task = (taskId: string, s3Key = taskId, more: object = {}) => ({ taskId, s3Key, s3VersionId: null, s3Bucket: 'data', ...more });
const event = (tasks: object[], more: object = {}) => ({ invocationSchemaVersion: '2.0', invocationId: 'i', job: { id: 'j', userArguments: { a: 'b' } }, tasks, ...more });
const settings = (handler: ObjectHandler, errors: 'TemporaryFailure' | 'PermanentFailure' = 'PermanentFailure') => ({ handler, errors, missing: 'TemporaryFailure' as const });
const named = (name: string, message = 'why', more: object = {}) => Object.assign(new Error(message), { name }, more);

async function resultOf(handler: ObjectHandler, errors?: 'TemporaryFailure') {
  return (await answerInvocation(event([task('t')]), context(), settings(handler, errors))).results[0];
}

let logged: jest.SpyInstance;
beforeEach(() => { logged = jest.spyOn(console, 'error').mockImplementation(() => undefined); });
afterEach(() => logged.mockRestore());

test('schema 2.0: bucket by name, arguments, and the answer names what it answers', async () => {
  const seen: BatchObject[] = [];
  const answer = await answerInvocation(event([task('t', 'a%20b%2Bc+d/%C3%BC', { s3VersionId: 'v' })]), context(), settings((object) => void seen.push(object)));

  expect(seen).toEqual([{ bucket: 'data', key: 'a b+c d/ü', versionId: 'v', jobId: 'j', taskId: 't', arguments: { a: 'b' } }]);
  expect(answer).toEqual<InvocationAnswer>({
    invocationSchemaVersion: '2.0', invocationId: 'i', treatMissingKeysAs: 'TemporaryFailure', results: [{ taskId: 't', resultCode: 'Succeeded', resultString: '' }],
  });
});

test.each(['arn:aws:s3:::data', 'arn:aws:s3:us-east-1:0123456788:data', 'arn:aws-cn:s3:::data'])('schema 1.0: bucket of %s', async (s3BucketArn) => {
  const seen: BatchObject[] = [];
  const given = event([{ taskId: 't', s3Key: 'k', s3VersionId: null, s3BucketArn }], { invocationSchemaVersion: '1.0', job: { id: 'j' } });
  const { invocationSchemaVersion } = await answerInvocation(given, context(), settings((object) => void seen.push(object)));

  expect(invocationSchemaVersion).toBe('1.0');
  expect(seen).toEqual([{ bucket: 'data', key: 'k', jobId: 'j', taskId: 't', arguments: {} }]);
});

test.each<[unknown, string]>([['as it is', 'as it is'], [{ width: 3 }, '{"width":3}'], [0, '0'], [null, 'null'], [undefined, '']])('%p is answered as %p', async (result, text) => {
  expect(await resultOf(async () => result)).toEqual({ taskId: 't', resultCode: 'Succeeded', resultString: text });
});

test('a failure of one object leaves the results of the others', async () => {
  const handler: ObjectHandler = ({ key }) => {
    if (key === 'thrown') throw new TypeError('no such member');
    if (key === 'rejected') return Promise.reject(named('TemporaryFailure', 'come back'));
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- authors do
    if (key === 'text') throw 'just a text';
    return key;
  };
  const { results } = await answerInvocation(event(['a', 'thrown', 'rejected', 'text', '%E0%A4%A', 'b'].map((key) => task(key))), context(), settings(handler));

  expect(results.map(({ taskId, resultCode, resultString }) => [taskId, resultCode, resultString])).toEqual([
    ['a', 'Succeeded', 'a'],
    ['thrown', 'PermanentFailure', 'TypeError: no such member'],
    ['rejected', 'TemporaryFailure', 'come back'],
    ['text', 'PermanentFailure', 'just a text'],
    ['%E0%A4%A', 'PermanentFailure', 'the key "%E0%A4%A" is not URL-encoded'],
    ['b', 'Succeeded', 'b'],
  ]);
});

test.each([
  ['TemporaryFailure', named('TemporaryFailure')],
  ['PermanentFailure', named('PermanentFailure')],
  ['TemporaryFailure', named('SlowDown')],
  ['TemporaryFailure', named('Error', 'socket', { code: 'ECONNRESET' })],
  ['TemporaryFailure', named('AnyError', 'x', { $metadata: { httpStatusCode: 503 } })],
  ['PermanentFailure', named('NoSuchKey', 'x', { $metadata: { httpStatusCode: 404 } })],
])('%s for %s', async (code, error) => {
  expect((await resultOf(() => { throw error; })).resultCode).toBe(code);
});

test('the author decides how other errors count, but not of those that say it', async () => {
  expect((await resultOf(() => { throw new Error('any'); }, 'TemporaryFailure')).resultCode).toBe('TemporaryFailure');
  expect((await resultOf(() => { throw named('PermanentFailure'); }, 'TemporaryFailure')).resultCode).toBe('PermanentFailure');
});

test('what is not done in time is tried again; the others keep their results', async () => {
  const handler: ObjectHandler = ({ key }) => (key === 'slow' ? new Promise(() => undefined) : 'done');
  const { results } = await answerInvocation(event([task('slow'), task('fast')]), context(40), settings(handler));

  expect(results).toEqual([
    { taskId: 'slow', resultCode: 'TemporaryFailure', resultString: 'not done before the function\'s time-out' },
    { taskId: 'fast', resultCode: 'Succeeded', resultString: 'done' },
  ]);
});

test('a long reason is cut, and the log has it with its trace', async () => {
  expect((await resultOf(() => { throw new Error('x'.repeat(5000)); })).resultString).toHaveLength(1000);
  expect(JSON.parse(logged.mock.calls[0][0])).toMatchObject({ taskId: 't', resultCode: 'PermanentFailure', stack: expect.stringContaining('answer.test') });
});

test.each([[{}], [{ invocationSchemaVersion: '3.0' }], [{ invocationSchemaVersion: '2.0', invocationId: 'i', job: { id: 'j' } }], [null]])('%j is no invocation', async (given) => {
  await expect(answerInvocation(given, context(), settings(() => ''))).rejects.toThrow('expected an invocation by S3 Batch Operations');
});

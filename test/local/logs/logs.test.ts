import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startEngine();
  await call('CreateLogGroup', { logGroupName: 'group', tags: { a: '1' } });
  await call('CreateLogStream', { logGroupName: 'group', logStreamName: 'one' });
});
afterAll(() => engine.stop());

const call = (operation: string, input: object = {}) => engine.core.call('logs', operation, input);
const put = (messages: string[], from = engine.core.clock.now()) => call('PutLogEvents', {
  logGroupName: 'group', logStreamName: 'one', logEvents: messages.map((message, index) => ({ message, timestamp: Math.floor(from) + index })),
});

test('events are read in pages, forwards and backwards, and filtered', async () => {
  await put(['alpha ERROR', 'beta', 'gamma ERROR timeout', 'delta WARN']);
  const read = (more: object) => call('GetLogEvents', { logGroupName: 'group', logStreamName: 'one', limit: 3, ...more });
  const texts = ({ events }: { events: Array<{ message: string }> }) => events.map(({ message }) => message);
  const head = await read({ startFromHead: true });
  expect(texts(head)).toEqual(['alpha ERROR', 'beta', 'gamma ERROR timeout']);
  const next = await read({ nextToken: head.nextForwardToken });
  expect(texts(next)).toEqual(['delta WARN']);
  expect(texts(await read({ nextToken: next.nextBackwardToken }))).toEqual(texts(head));
  expect(texts(await read({}))).toEqual(['beta', 'gamma ERROR timeout', 'delta WARN']);

  const filtered = async (filterPattern: string) => texts(await call('FilterLogEvents', { logGroupName: 'group', filterPattern }));
  expect(await filtered('ERROR')).toEqual(['alpha ERROR', 'gamma ERROR timeout']);
  expect(await filtered('ERROR -timeout')).toEqual(['alpha ERROR']);
  expect(await filtered('?beta ?WARN')).toEqual(['beta', 'delta WARN']);
  expect(await filtered('"ERROR timeout"')).toEqual(['gamma ERROR timeout']);
  expect(await filtered('%^.elta%')).toEqual(['delta WARN']);
  await expect(filtered('{ $.a = 1 }')).rejects.toMatchObject({ code: 'NotImplemented' });
});

test('events out of order are refused, those too old or too new rejected', async () => {
  const now = Math.floor(engine.core.clock.now());
  await expect(call('PutLogEvents', { logGroupName: 'group', logStreamName: 'one', logEvents: [{ message: 'b', timestamp: now }, { message: 'a', timestamp: now - 1 }] })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  await expect(put(['old', 'also'], now - 15 * 86_400_000)).resolves.toMatchObject({ rejectedLogEventsInfo: { tooOldLogEventEndIndex: 2 } });
});

test('groups have retention and tags', async () => {
  await call('PutRetentionPolicy', { logGroupName: 'group', retentionInDays: 7 });
  await expect(call('PutRetentionPolicy', { logGroupName: 'group', retentionInDays: 8 })).rejects.toMatchObject({ code: 'InvalidParameterException' });
  expect((await call('DescribeLogGroups', { logGroupNamePrefix: 'gr' })).logGroups).toMatchObject([{ logGroupName: 'group', retentionInDays: 7, arn: 'arn:aws:logs:us-east-1:123456789012:log-group:group:*' }]);
  await call('TagResource', { resourceArn: 'arn:aws:logs:us-east-1:123456789012:log-group:group', tags: { b: '2' } });
  await call('UntagResource', { resourceArn: 'arn:aws:logs:us-east-1:123456789012:log-group:group', tagKeys: ['a'] });
  await expect(call('ListTagsForResource', { resourceArn: 'arn:aws:logs:us-east-1:123456789012:log-group:group' })).resolves.toEqual({ tags: { b: '2' } });
});

test('what is there or not there is named', async () => {
  await expect(call('CreateLogGroup', { logGroupName: 'group' })).rejects.toMatchObject({ code: 'ResourceAlreadyExistsException' });
  await expect(call('GetLogEvents', { logGroupName: 'none', logStreamName: 'x' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'The specified log group does not exist.' });
});

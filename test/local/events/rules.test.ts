import { startEngine, type TestEngine } from '../engine-for-tests';

let engine: TestEngine;
beforeAll(async () => { engine = await startEngine(); });
afterAll(() => engine.stop());

const QUEUE = 'arn:aws:sqs:us-east-1:123456789012:heard';
const call = (operation: string, input: object = {}) => engine.core.call('events', operation, input);
const put = (event: object) => call('PutEvents', { Entries: [{ Source: 'my.app', DetailType: 'Thing', Detail: '{}', ...event }] });

async function heard(): Promise<unknown[]> {
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  const QueueUrl = `${engine.endpoint}/123456789012/heard`;
  const { Messages = [] } = await engine.core.call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  await Promise.all(Messages.map(({ ReceiptHandle }: { ReceiptHandle: string }) => engine.core.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle })));
  return Messages.map(({ Body }: { Body: string }) => JSON.parse(Body));
}

async function rule(settings: object, target: object = {}): Promise<void> {
  await call('PutRule', { Name: 'rule', ...settings });
  await call('PutTargets', { Rule: 'rule', Targets: [{ Id: 'queue', Arn: QUEUE, ...target }] });
}

beforeAll(() => engine.core.call('sqs', 'CreateQueue', { QueueName: 'heard', Attributes: { MessageRetentionPeriod: '1209600' } }));
afterEach(async () => {
  await call('RemoveTargets', { Rule: 'rule', Ids: ['queue'] }).catch(() => undefined);
  await call('DeleteRule', { Name: 'rule' });
});

test('a matching event goes to the targets, in EventBridge\'s envelope', async () => {
  await rule({ EventPattern: '{"source":["my.app"],"detail":{"ok":[true]}}' });
  const { FailedEntryCount, Entries } = await put({ Detail: '{"ok":true}', Resources: ['arn:x'] });
  await put({ Detail: '{"ok":false}' });
  expect(FailedEntryCount).toBe(0);
  expect(await heard()).toEqual([{
    'version': '0',
    'id': Entries[0].EventId,
    'detail-type': 'Thing',
    'source': 'my.app',
    'account': '123456789012',
    'time': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    'region': 'us-east-1',
    'resources': ['arn:x'],
    'detail': { ok: true },
  }]);
});

test.each([
  ['a constant', { Input: '{"always":1}' }, { always: 1 }],
  ['a part', { InputPath: '$.detail.list[1]' }, 'b'],
  ['a text made of parts', { InputTransformer: { InputPathsMap: { name: '$.detail.name', list: '$.detail.list', gone: '$.detail.gone' }, InputTemplate: '{"text": "is <name>, by <aws.events.rule-name><gone>", "list": <list>, "name": <name>}' } },
    { text: 'is a "b", by rule', list: ['a', 'b'], name: 'a "b"' }],
])('a target may get %s', async (_, target, expected) => {
  await rule({ EventPattern: '{"source":["my.app"]}' }, target);
  await put({ Detail: JSON.stringify({ name: 'a "b"', list: ['a', 'b'] }) });
  expect(await heard()).toEqual([expected]);
});

test('a disabled rule hears nothing', async () => {
  await rule({ EventPattern: '{"source":["my.app"]}' });
  await call('DisableRule', { Name: 'rule' });
  await put({});
  expect(await heard()).toEqual([]);
  await call('EnableRule', { Name: 'rule' });
  await put({});
  expect(await heard()).toHaveLength(1);
});

test('users may not speak for AWS; AWS services may', async () => {
  await rule({ EventPattern: '{"source":["aws.sagemaker"]}' });
  await expect(put({ Source: 'aws.sagemaker' })).resolves.toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }] });
  engine.core.service<{ emit(event: object): void }>('events').emit({ 'source': 'aws.sagemaker', 'detail-type': 'x', 'detail': {} });
  expect(await heard()).toMatchObject([{ source: 'aws.sagemaker' }]);
});

test.each([
  ['no source', { Source: '' }, 'InvalidArgument'],
  ['a detail that is no object', { Detail: '[]' }, 'MalformedDetail'],
])('an entry with %s is refused by itself', async (_, entry, ErrorCode) => {
  const { FailedEntryCount, Entries } = await call('PutEvents', { Entries: [{ Source: 'my.app', DetailType: 'x', Detail: '{}', ...entry }, { Source: 'my.app', DetailType: 'x', Detail: '{}' }] });
  expect([FailedEntryCount, Entries[0].ErrorCode, Entries[1].ErrorCode]).toEqual([1, ErrorCode, undefined]);
});

test('what cannot be delivered goes to the dead-letter queue', async () => {
  await rule({ EventPattern: '{"source":["my.app"]}' }, { Arn: 'arn:aws:sqs:us-east-1:123456789012:gone', DeadLetterConfig: { Arn: QUEUE } });
  await put({ Detail: '{"lost":true}' });
  expect(await heard()).toMatchObject([{ detail: { lost: true } }]);
});

describe('schedules', () => {
  test('tick as time passes, and draw no jump', async () => {
    await rule({ ScheduleExpression: 'rate(1 hour)' });
    expect(await heard()).toEqual([]);
    await engine.core.clock.advance(3 * 3_600_000 + 1_000);
    expect(await heard()).toMatchObject([{ 'detail-type': 'Scheduled Event' }, {}, {}]);
  });

  test('cron counts days from Sunday as 1, in UTC', async () => {
    await rule({ ScheduleExpression: 'cron(30 12 ? * 2 *)' });
    await engine.core.clock.advance(14 * 86_400_000);
    const times = (await heard() as Array<{ time: string }>).map(({ time }) => new Date(time));
    expect(times).toHaveLength(2);
    for (const time of times) expect([time.getUTCDay(), time.getUTCHours(), time.getUTCMinutes()]).toEqual([1, 12, 30]);
  });

  test.each(['rate(1 hours)', 'rate(5 minute)', 'rate(0 minutes)', 'cron(0 12 * * *)', 'cron(0 12 * * * *)', 'cron(99 12 * * ? *)', 'every day'])('%s is refused', async (ScheduleExpression) => {
    await expect(call('PutRule', { Name: 'bad', ScheduleExpression })).rejects.toMatchObject({ code: 'ValidationException', message: 'Parameter ScheduleExpression is not valid.' });
  });
});

test('a rule with targets stays; one without pattern and schedule is refused', async () => {
  await rule({ EventPattern: '{"source":["my.app"]}' });
  await expect(call('DeleteRule', { Name: 'rule' })).rejects.toMatchObject({ code: 'ValidationException', message: 'Rule can\'t be deleted since it has targets.' });
  await expect(call('PutRule', { Name: 'empty' })).rejects.toMatchObject({ code: 'ValidationException' });
  await expect(call('PutRule', { Name: 'bad', EventPattern: '{"a":"b"}' })).rejects.toMatchObject({ code: 'InvalidEventPatternException' });
  await expect(call('DescribeRule', { Name: 'none' })).rejects.toMatchObject({ code: 'ResourceNotFoundException', message: 'Rule none does not exist on EventBus default.' });
});

test('a target that the engine cannot serve is refused by name', async () => {
  await call('PutRule', { Name: 'rule', EventPattern: '{"source":["my.app"]}' });
  await expect(call('PutTargets', { Rule: 'rule', Targets: [{ Id: 'x', Arn: 'arn:aws:kinesis:us-east-1:123456789012:stream/x' }] })).rejects.toMatchObject({ code: 'NotImplemented', message: expect.stringContaining('kinesis') });
});

test('a bus of one\'s own has rules of its own', async () => {
  await call('CreateEventBus', { Name: 'mine' });
  await call('PutRule', { Name: 'rule', EventBusName: 'mine', EventPattern: '{"source":["my.app"]}' });
  await call('PutTargets', { Rule: 'rule', EventBusName: 'mine', Targets: [{ Id: 'queue', Arn: QUEUE }] });
  await put({});
  await put({ EventBusName: 'mine' });
  expect(await heard()).toHaveLength(1);
  await call('RemoveTargets', { Rule: 'rule', EventBusName: 'mine', Ids: ['queue'] });
  await call('DeleteRule', { Name: 'rule', EventBusName: 'mine' });
  await call('DeleteEventBus', { Name: 'mine' });
  await expect(put({ EventBusName: 'mine' })).resolves.toMatchObject({ FailedEntryCount: 1 });
});

test('TestEventPattern', async () => {
  const Event = '{"id":"1","source":"a"}';
  await expect(call('TestEventPattern', { EventPattern: '{"source":["a"]}', Event })).resolves.toEqual({ Result: true });
  await expect(call('TestEventPattern', { EventPattern: '{"source":["b"]}', Event })).resolves.toEqual({ Result: false });
});

import { readIncoming } from '../../../src/model/stream/incoming';

const LINE = '{"source":"a text"}';
const NONE = { texts: [], problems: [], ignored: 0 };

function envelope(Message: string): string {
  return JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: 'arn:aws:sns:us-east-1:123456789012:in', Message, Timestamp: '2026-11-01T00:00:00Z' });
}

function notification(...objects: ReadonlyArray<{ readonly key: string; readonly size?: number; readonly eventName?: string }>): string {
  return JSON.stringify({
    Records: objects.map(({ key, size = 3, eventName = 'ObjectCreated:Put' }) => ({ eventSource: 'aws:s3', eventName, s3: { bucket: { name: 'in' }, object: { key, size } } })),
  });
}

function event(key: string, type = 'Object Created'): string {
  return JSON.stringify({ 'source': 'aws.s3', 'detail-type': type, 'detail': { bucket: { name: 'in' }, object: { key, size: 3 } } });
}

test.each([['as it is', LINE], ['in the envelope of a topic', envelope(LINE)]])('a record comes %s', (_, body) => {
  expect(readIncoming(body)).toEqual({ ...NONE, texts: [LINE] });
});

test('what is no JSON is passed on to be refused', () => {
  expect(readIncoming('{\'source\': 1}')).toEqual({ ...NONE, texts: ['{\'source\': 1}'] });
});

test('a record whose own members look like an envelope is a record', () => {
  const record = '{"Type":"Notification","Message":"x","source":"y"}';
  expect(readIncoming(record).texts).toEqual([record]);
});

test.each([
  ['plain', 'a/b.jpg', 'a/b.jpg'],
  ['a plus for a blank', 'a+b.jpg', 'a b.jpg'],
  ['an encoded plus', 'a%2Bb.jpg', 'a+b.jpg'],
  ['other characters', '%C3%BC%2F%22.jpg', 'ü/".jpg'],
])('a notification\'s key is decoded: %s', (_, encoded, key) => {
  for (const body of [notification({ key: encoded }), envelope(notification({ key: encoded }))]) {
    expect(readIncoming(body)).toEqual({ ...NONE, texts: [JSON.stringify({ 'source-ref': `s3://in/${key}` })] });
  }
});

test('an event\'s key is not encoded', () => {
  expect(readIncoming(event('a+b%20c.jpg')).texts).toEqual(['{"source-ref":"s3://in/a+b%20c.jpg"}']);
});

test('a notification may tell of several objects, good and bad', () => {
  const body = notification({ key: 'a.jpg' }, { key: 'gone.jpg', eventName: 'ObjectRemoved:Delete' }, { key: 'folder/', size: 0 }, { key: 'empty.jpg', size: 0 }, { key: '%E0%A4%A', size: 1 });
  const { texts, problems, ignored } = readIncoming(body);
  expect(texts).toEqual(['{"source-ref":"s3://in/a.jpg"}']);
  expect(ignored).toBe(2);
  expect(problems).toEqual([expect.stringMatching(/s3:\/\/in\/empty.jpg is empty/), expect.stringMatching(/is not URL-encoded/)]);
});

test.each([
  ['S3\'s test event', JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'in' })],
  ['an event of another kind', event('a.jpg', 'Object Deleted')],
])('%s means no record', (_, body) => {
  expect(readIncoming(body)).toEqual({ ...NONE, ignored: 1 });
  expect(readIncoming(envelope(body))).toEqual({ ...NONE, ignored: 1 });
});

test('an event without a key is a problem', () => {
  expect(readIncoming('{"source":"aws.s3","detail-type":"Object Created","detail":{}}').problems).toEqual([expect.stringMatching(/names no bucket or no key/)]);
});

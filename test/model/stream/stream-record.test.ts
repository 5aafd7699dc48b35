import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../../src/model/groundtruth/identity';
import { forwardedLine, readRecord, RecordRules, StreamRecord } from '../../../src/model/stream/stream-record';

const OBJECT = { stream: 'mail', receivedAt: 1, forwardedAt: 2, labelingJobName: 'job-r1', labelAttributeName: 'spam' };

function taken(text: string, rules: RecordRules = {}): StreamRecord {
  const record = readRecord(text, rules);
  if ('problems' in record) throw new Error(record.problems.join());
  return record;
}

function problems(text: string, rules: RecordRules = {}): readonly string[] {
  const record = readRecord(text, rules);
  return 'problems' in record ? record.problems : [];
}

describe('a record\'s key', () => {
  test('is the record itself, however it is spelled', () => {
    const { key, digest } = taken('{"source":"x","n":1}');
    expect(key).toBeUndefined();
    expect(digest).toBe(sha256(canonicalJson({ n: 1, source: 'x' })));
    expect(taken('{ "n": 1,\n "source": "\\u0078" }').digest).toBe(digest);
  });

  test('is the member that the stream names', () => {
    expect(taken('{"source":"x","ticket":7}', { deduplicationKey: 'ticket' })).toMatchObject({ key: '7', digest: sha256('7') });
    expect(taken('{"source":"y","ticket":"7"}', { deduplicationKey: 'ticket' }).digest).toBe(sha256('7'));
  });

  test('else the member that the record names, which is the stream\'s from then on', () => {
    expect(taken('{"source":"x","id":"a","dataset-objectid-attribute-name":"id"}')).toEqual({ key: 'a', digest: sha256('a'), line: '{"source":"x","id":"a"}' });
  });

  test.each([
    ['is missing', '{"source":"x"}', { deduplicationKey: 'ticket' }, /'ticket' must be its key, a text or a number, got nothing/],
    ['is an object', '{"source":"x","ticket":{}}', { deduplicationKey: 'ticket' }, /'ticket' must be its key, a text or a number, got \{\}/],
    ['is inherited by every object', '{"source":"x","dataset-objectid-attribute-name":"toString"}', {}, /'toString' must be its key/],
    ['is not named by a text', '{"source":"x","dataset-objectid-attribute-name":1}', {}, /must name a member, got 1/],
    ['is too long', JSON.stringify({ source: 'x', id: 'a'.repeat(1025) }), { deduplicationKey: 'id' }, /has 1025 characters, at most 1024/],
  ])('that %s is refused', (_, text, rules, expected) => {
    expect(problems(text, rules)).toEqual([expect.stringMatching(expected)]);
  });
});

test.each([
  ['no JSON', '{\'source\': \'x\'}', {}, /the record is not JSON .*: give one JSON object a line/],
  ['no object', '["x"]', {}, /the record is not a JSON object, got \["x"\]/],
  ['no data', '{"text":"x"}', {}, /the record has no 'source' or 'source-ref', got the keys \["text"\]/],
  ['other data', '{"source":"x"}', { source: 'source-ref' } as const, /the record has no 'source-ref'/],
  ['both', '{"source":"x","source-ref":"s3://b/k"}', {}, /the record has 'source' and 'source-ref', give one of them/],
  ['no URI', '{"source-ref":"https://b/k"}', {}, /the record: 'source-ref' must be an S3 URI like s3:\/\/bucket\/key/],
  ['a member of the service', '{"source":"x","$y":1}', {}, /the record: key "\$y" must not begin with '\$', rename it/],
  ['a member of ours', '{"source":"x","stream-object":1}', {}, /the stream itself sets 'stream-object', rename yours/],
  ['a value too long', JSON.stringify({ source: 'x'.repeat(20_001) }), {}, /has 20001 characters, Ground Truth takes at most 20000/],
])('a record with %s is refused', (_, text, rules, expected) => {
  expect(problems(text, rules)).toEqual([expect.stringMatching(expected)]);
});

test('everything that is wrong is told at once', () => {
  expect(problems('{"$a":1,"stream-object-id":"x"}')).toHaveLength(3);
});

test('a record must fit with what the stream adds, in characters and in bytes', () => {
  const members = (count: number, char: string) => JSON.stringify({ source: 'x', ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, char.repeat(19_000)])) });
  expect(problems(`${members(5, 'a').slice(0, -1)},"more":"${'a'.repeat(4_400)}"}`)).toEqual([expect.stringMatching(/the record has 100\d\d\d characters with what the stream adds/)]);
  expect(problems(members(4, 'ü'))).toEqual([]);
  expect(problems(members(5, '語'))).toEqual([expect.stringMatching(/bytes with what the stream adds, a message holds at most 262144/)]);
});

test('the output of another stream may come in', () => {
  const upstream = forwardedLine('{"source":"x"}', 'a'.repeat(64), OBJECT);
  const labeled = JSON.stringify({ ...JSON.parse(upstream) as object, label: 1 });
  expect(taken(labeled)).toEqual({ key: 'a'.repeat(64), digest: sha256('a'.repeat(64)), line: '{"source":"x","label":1}' });
});

test('the stream\'s own output may not: it would be labeled for ever', () => {
  const own = JSON.stringify({ ...JSON.parse(forwardedLine('{"source":"x"}', 'a'.repeat(64), OBJECT)) as object, label: 1 });
  expect(problems(own, { stream: 'mail' })).toEqual(['the record: it comes from this stream itself, whose output must not be its input']);
  expect(problems(own, { stream: 'other' })).toEqual([]);
});

test('what is published is the record\'s own text with our members, in one line', () => {
  const { line } = taken('\uFEFF {"source":"a\u2028b",\r\n "n":12345678901234567890} ');
  expect(line).toBe('{"source":"a\\u2028b",  "n":12345678901234567890}'.replace(',  ', ',  ').replace('  ', '  '));
  const published = forwardedLine(line, 'id', OBJECT);
  expect(published).toContain('"n":12345678901234567890');
  expect(published).not.toMatch(/[\r\n\u2028]/);
  expect(JSON.parse(published)).toMatchObject({ 'source': 'a\u2028b', 'dataset-objectid-attribute-name': 'stream-object-id', 'stream-object-id': 'id', 'stream-object': OBJECT });
});

test('whatever a record holds comes back', () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1 }).filter((key) => !key.startsWith('$') && !key.startsWith('stream-')), fc.jsonValue()), (members) => {
    const { line } = taken(JSON.stringify({ ...members, source: 'x' }, null, 2));
    const { 'dataset-objectid-attribute-name': _, 'stream-object-id': __, 'stream-object': ___, ...rest } = JSON.parse(forwardedLine(line, 'id', OBJECT)) as Record<string, unknown>;
    expect(rest).toEqual(JSON.parse(JSON.stringify({ ...members, source: 'x' })));
  }));
});

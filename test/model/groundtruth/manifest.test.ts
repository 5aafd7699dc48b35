import * as fc from 'fast-check';
import { dataLocations, manifestProblems, manifestText, recordProblems } from '../../../src/model/groundtruth/manifest';

describe('the text', () => {
  test('is one JSON object a line for any text', () => {
    fc.assert(fc.property(fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), { minLength: 1 }), (records) => {
      const lines = manifestText(records).split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.map((line) => JSON.parse(line))).toEqual(records.map((record) => ({ ...record })));
    }));
  });

  test.each([
    ['quotes', 'say "no"'], ['line breaks', 'a\nb\r\nc'], ['an emoji', 'fine 😀'], ['a line separator', 'a\u2028b\u2029c\u0085d'], ['a backslash', 'a\\nb'],
    ['half an emoji', 'a\ud83d'],
  ])('carries %s', (_, source) => {
    const text = manifestText([{ source }]);
    expect(text.match(/[\n\r\u2028\u2029\u0085]/g)).toEqual(['\n']);
    expect(JSON.parse(text)).toEqual({ source });
  });
});

describe('records', () => {
  test('fail when there are none', () => {
    expect(recordProblems([], 'source')).toEqual([expect.stringContaining('no records')]);
  });

  test('fail without the key of the data object, by their number', () => {
    expect(recordProblems([{ source: 'a' }, { text: 'b' }], 'source')).toEqual(['line 2 has no \'source\', got the keys ["text"]']);
    expect(recordProblems([{ source: 'a' }], 'source-ref')).toEqual([expect.stringContaining("no 'source-ref'")]);
    expect(recordProblems([{ text: 'a' }], 'either')).toEqual([expect.stringContaining("no 'source' or 'source-ref'")]);
  });

  test.each(['', 'a.png', 'https://host/a.png', 's3://bucket', 's3://bucket/', 's3:///key'])('fail with the URI %p', (uri) => {
    expect(recordProblems([{ 'source-ref': uri }], 'source-ref')).toHaveLength(1);
  });

  test('fail with a key that begins with a dollar sign', () => {
    expect(recordProblems([{ source: 'a', $id: '1' }], 'source')).toEqual([expect.stringContaining('"$id" must not begin with \'$\'')]);
  });

  test.each([[20_000, 0], [20_001, 1]])('with a value of %d characters have %d problems', (length, problems) => {
    expect(recordProblems([{ source: 'a' }, { source: 'x'.repeat(length) }], 'source')).toHaveLength(problems);
  });

  test('fail with a value that is too long, by number and key', () => {
    expect(recordProblems([{ source: 'a' }, { source: 'b', note: 'x'.repeat(20_001) }], 'source')).toEqual([
      expect.stringMatching(/^line 2: the value of "note" has 20001 characters/),
    ]);
  });

  test.each([[100_000, 0], [100_001, 1]])('with a line of %d characters have %d problems', (length, problems) => {
    const keys = ['source', 'b', 'c', 'd', 'e', 'f'];
    const rest = length - JSON.stringify(Object.fromEntries(keys.map((key) => [key, '']))).length;
    const share = Math.floor(rest / keys.length);
    const record = Object.fromEntries(keys.map((key, i) => [key, 'x'.repeat(i === 0 ? rest - share * (keys.length - 1) : share)]));
    expect(JSON.stringify(record)).toHaveLength(length);
    expect(recordProblems([record], 'source')).toHaveLength(problems);
  });
});

describe('a manifest file', () => {
  test.each([
    ['{"source":"a"}\n{"source":"b"}\n'], ['{"source":"a"}\r\n{"source":"b"}'], ['\uFEFF{"source":"a"}'], ['{"source":"a","n":1,"deep":{"x":[1]}}'],
  ])('%j is fine', (text) => {
    expect(manifestProblems(text, 'source')).toEqual([]);
  });

  test('fails when it is empty', () => {
    expect(manifestProblems('', 'source')).toEqual([expect.stringContaining('empty')]);
  });

  test.each([
    ['{"source":"a"}\nnonsense', 'line 2 is not JSON'],
    ['{"source":"a"}\n\n{"source":"b"}', 'line 2 is not JSON'],
    ['[1]', 'line 1 is not a JSON object'],
    ['{"source":1}', "line 1: 'source' must be a text"],
  ])('%j fails: %s', (text, problem) => {
    expect(manifestProblems(text, 'source')).toEqual([expect.stringContaining(problem)]);
  });
});

test('the data of a manifest are the objects that it names', () => {
  expect(dataLocations('{"source-ref":"s3://a/b/c.png"}\n{"source":"x"}\n{"source-ref":"s3://a/d"}\n')).toEqual([
    { bucket: 'a', key: 'b/c.png' }, { bucket: 'a', key: 'd' },
  ]);
});

import * as fc from 'fast-check';
import { labeledLine } from '../../../local/src/labeling/job-output';
import { Manifest } from '../../../local/src/labeling/manifest';

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\nb', ['a', 'b']],
  ['a\n\nb\n', ['a', '', 'b']],
  ['\n', ['']],
  ['ü\u2028😀\nb', ['ü\u2028😀', 'b']],
])('lines of %j', (text, lines) => {
  const manifest = new Manifest(Buffer.from(text));
  expect(Array.from({ length: manifest.size }, (_, index) => manifest.line(index))).toEqual(lines);
});

test('counts states', () => {
  const manifest = new Manifest(Buffer.from('a\nb\nc'));
  manifest.setState(1, 'carried');
  expect([manifest.count('waiting'), manifest.count('carried'), manifest.waiting(0, 5)]).toEqual([2, 1, [0, 2]]);
});

test('a labeled line is the line with the label, whatever the line holds', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (line, label) => {
    const members = { 'kind': label, 'kind-metadata': { type: 'x' } };
    const parsed = JSON.parse(labeledLine(JSON.stringify(line), JSON.stringify(members))) as object;
    expect(parsed).toEqual(JSON.parse(JSON.stringify({ ...line, ...members })));
  }));
});

test.each(['{"kind":1}', '{"k\\u0069nd":1}', '{ }', '{"a":1.0 } '])('a label replaces one of the same name, however it is written: %s', (line) => {
  const labeled = labeledLine(line, '{"kind":2,"kind-metadata":{}}');
  expect(JSON.parse(labeled)).toMatchObject({ 'kind': 2, 'kind-metadata': {} });
  expect(labeled.match(/k(?:i|\\u0069)nd"/g)).toHaveLength(1);
});

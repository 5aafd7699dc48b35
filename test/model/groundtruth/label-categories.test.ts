import { labelCategoryDocument, labelCountProblems, labelProblems, readLabelCategoryDocument } from '../../../src/model/groundtruth/label-categories';

test('the document is read back as it was written', () => {
  const labels = ['ham', 'spam "x"', 'ü'];
  const entries = labels.map((label) => ({ label }));
  expect(JSON.parse(labelCategoryDocument(entries))).toEqual({
    'document-version': '2018-11-28', 'labels': [{ label: 'ham' }, { label: 'spam "x"' }, { label: 'ü' }],
  });
  expect(readLabelCategoryDocument(labelCategoryDocument(entries))).toEqual({ labels, document: '2018-11-28', problems: [] });
});

test.each([['x'.repeat(256), 0], ['x'.repeat(257), 1], ['', 1], [' a', 1]])('label %# has the right number of problems', (label, problems) => {
  expect(labelProblems([label])).toHaveLength(problems);
});

test('fails for a label that stands there twice', () => {
  expect(labelProblems(['a', 'b', 'a'])).toEqual([expect.stringContaining('label 3 "a" stands there twice')]);
});

test.each([[1, 1], [2, 0], [50, 0], [51, 1]])('%d labels have %d problems where 2 to 50 are allowed', (count, problems) => {
  expect(labelCountProblems(count, 'TextMultiClassMultiLabel', { min: 2, max: 50 })).toHaveLength(problems);
});

test.each([
  ['nonsense', 'not JSON'],
  ['{"labels":[{"label":"a"}]}', 'document-version'],
  ['{"documentVersion":"2018-11-28","labels":[{"label":"a"}]}', 'video frames'],
  ['{"document-version":"2018-11-28"}', '"labels"'],
  ['{"document-version":"2018-11-28","labels":["a"]}', '"labels"'],
  ['null', 'document-version'],
])('fails for the file %j: %s', (text, problem) => {
  expect(readLabelCategoryDocument(text).problems).toEqual([expect.stringContaining(problem)]);
});

import { labelAttributeProblems } from '../../../src/model/groundtruth/label-attribute';

test.each(['a', 'label', 'My-Label', 'a--b', 'x'.repeat(127), '0'])('accepts %p', (name) => {
  expect(labelAttributeProblems(name, 'TextMultiClass', false)).toEqual([]);
});

test.each(['', '-a', 'a-', 'a_b', 'a b', '$a', 'ä', 'x'.repeat(128), 'label\n'])('fails for %p', (name) => {
  expect(labelAttributeProblems(name, 'TextMultiClass', false)).toEqual([expect.stringContaining('must have 1 to 127 letters, digits and hyphens')]);
});

test.each(['source', 'source-ref'])('fails for %p, the data object itself', (name) => {
  expect(labelAttributeProblems(name, 'TextMultiClass', false)).toEqual([expect.stringContaining('data object itself')]);
});

test('fails for a name that ends like the metadata', () => {
  expect(labelAttributeProblems('a-metadata', 'TextMultiClass', false)).toEqual([expect.stringContaining("must not end in '-metadata'")]);
});

test('fails without -ref where the type needs it, and names a right one', () => {
  expect(labelAttributeProblems('mask', 'SemanticSegmentation', true)).toEqual([expect.stringMatching(/must end in '-ref'.*"mask-ref"/)]);
  expect(labelAttributeProblems('mask-ref', 'SemanticSegmentation', true)).toEqual([]);
});

test('fails with -ref where the type forbids it, and names a right one', () => {
  expect(labelAttributeProblems('label-ref', 'TextMultiClass', false)).toEqual([expect.stringMatching(/must not end in '-ref'.*"label"/)]);
});

test('leaves -ref to the author of a custom type', () => {
  expect(labelAttributeProblems('mask-ref', 'Custom', undefined)).toEqual([]);
  expect(labelAttributeProblems('mask', 'Custom', undefined)).toEqual([]);
});

import { columnsOf, labelRow, withoutFormula } from '../../../src/model/dataset/label-row';

test('data come first, the label last, and keys that clash are told apart', () => {
  expect(columnsOf(['zeta', 'label', 'source-ref', 'alpha', 'source-ref'])).toEqual([
    'source-ref', 'alpha', 'input.label', 'zeta',
    'job', 'label-attribute', 'label', 'class-name', 'confidence', 'human-annotated', 'creation-date', 'job-name', 'type', 'failure-reason',
  ]);
});

test('a single class is flat', () => {
  const metadata = {
    'class-name': 'cat', 'confidence': 0.8, 'human-annotated': 'yes', 'creation-date': '2026-11-22T00:00:00', 'job-name': 'labeling-job/pets', 'type': 'groundtruth/image-classification',
  };
  expect(labelRow({ 'source-ref': 's3://b/k', 'pet': 3, 'pet-metadata': metadata }, 'pet', 'part-00001')).toEqual({
    'source-ref': 's3://b/k',
    'job': 'part-00001',
    'label-attribute': 'pet',
    'label': 3,
    'class-name': 'cat',
    'confidence': 0.8,
    'human-annotated': 'yes',
    'creation-date': '2026-11-22T00:00:00',
    'job-name': 'pets',
    'type': 'groundtruth/image-classification',
    'failure-reason': null,
  });
});

test('several classes, boxes and spans stand as JSON', () => {
  const several = labelRow({ 'source': 'x', 'kind': [0, 2], 'kind-metadata': { 'class-map': { 0: 'a', 2: 'b' }, 'confidence-map': { 0: 0.5, 2: 0.7 } } }, 'kind', 'j');
  expect(several).toMatchObject({ 'label': '[0,2]', 'class-name': '{"0":"a","2":"b"}', 'confidence': '{"0":0.5,"2":0.7}' });
  const boxes = labelRow({ 'source-ref': 's3://b/k', 'box': { annotations: [] }, 'box-metadata': { 'class-map': { 0: 'a' }, 'objects': [{ confidence: 0.5 }, {}] } }, 'box', 'j');
  expect(boxes).toMatchObject({ label: '{"annotations":[]}', confidence: '[0.5,null]' });
});

test('custom labels spell their metadata with underscores', () => {
  const row = labelRow({ 'source': 'x', 'own': { a: 1 }, 'own-metadata': { job_name: 'labeling-job/own', creation_date: 'today', type: 'groundTruth/custom' } }, 'own', 'j');
  expect(row).toMatchObject({ 'label': '{"a":1}', 'job-name': 'own', 'creation-date': 'today', 'type': 'groundTruth/custom' });
});

test.each([
  ['=1+1', '\'=1+1'], ['+x', '\'+x'], ['-x', '\'-x'], ['@SUM(A1)', '\'@SUM(A1)'], ['\t=1', '\'\t=1'], ['-5', '-5'], ['+1.5', '+1.5'], ['a=1', 'a=1'], [-5, -5], [null, null],
])('%j becomes %j where formulas are taken out', (value, expected) => expect(withoutFormula(value)).toBe(expected));

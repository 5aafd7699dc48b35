import { frameLabelDocument, frameLabelProblems, FrameLabels, instructionProblems } from '../../../src/model/groundtruth/frame-label-categories';
import { LabelAttributeEntry } from '../../../src/model/groundtruth/label-categories';
import { frameDocument, plainDocument } from '../../../src/model/groundtruth/label-document';

const instructions = { shortInstruction: 'Draw', fullInstruction: 'Draw it all' };

function labelsWith(parts: Partial<FrameLabels>): FrameLabels {
  return { labels: [{ label: 'Car' }], categoryGlobalAttributes: [], frameAttributes: [], ...parts };
}

function attribute(parts: Partial<LabelAttributeEntry> = {}): LabelAttributeEntry {
  return { name: 'doors', type: 'number', minimum: 2, maximum: 5, ...parts };
}

test('the document of frames names its version in camel case', () => {
  const labels = labelsWith({ labels: [{ label: 'Car', categoryAttributes: [attribute()] }], frameAttributes: [attribute({ description: 'how many' })] });
  expect(JSON.parse(frameLabelDocument(labels, { instructions, annotationType: 'Polygon', auditLabelAttributeName: 'first-ref' }))).toEqual({
    documentVersion: '2020-03-01',
    frameAttributes: [{ name: 'doors', type: 'number', minimum: 2, maximum: 5, description: 'how many' }],
    labels: [{ label: 'Car', categoryAttributes: [{ name: 'doors', type: 'number', minimum: 2, maximum: 5 }] }],
    annotationType: 'Polygon',
    instructions,
    auditLabelAttributeName: 'first-ref',
  });
});

test('who only judges may edit no label', () => {
  const file = JSON.parse(frameLabelDocument(labelsWith({}), { instructions, verifyOnly: true }));
  expect(file.labels).toEqual([{ label: 'Car', editsAllowed: 'none' }]);
});

test('instructions are no part of what labels mean', () => {
  const document = (shortInstruction: string) => frameDocument({ instructions: { ...instructions, shortInstruction }, labelAttributes: true });
  expect(document('a').meaning(labelsWith({}))).toBe(document('b').meaning(labelsWith({})));
  expect(document('a').render(labelsWith({}))).not.toBe(document('b').render(labelsWith({})));
  const plain = (shortInstruction: string) => plainDocument({ instructions: { ...instructions, shortInstruction } });
  expect(plain('a').meaning(labelsWith({}))).toBe(plain('b').meaning(labelsWith({})));
});

const free = (count: number) => Array.from({ length: count }, (_, index) => attribute({ name: `free${index}`, type: 'string', minimum: undefined, maximum: undefined }));

test.each<[string, Partial<FrameLabels>, string | undefined]>([
  ['a label of 16 characters', { labels: [{ label: 'x'.repeat(16) }] }, undefined],
  ['a label of 17 characters', { labels: [{ label: 'x'.repeat(17) }] }, 'must have at most 16 characters'],
  ['ten attributes', { categoryGlobalAttributes: Array.from({ length: 10 }, (_, index) => attribute({ name: `n${index}` })) }, undefined],
  ['eleven attributes', { categoryGlobalAttributes: Array.from({ length: 11 }, (_, index) => attribute({ name: `n${index}` })) }, '11 attributes, at most 10'],
  ['five free texts', { categoryGlobalAttributes: free(5) }, undefined],
  ['six free texts', { categoryGlobalAttributes: free(6) }, '6 attributes of free text, at most 5'],
  ['an attribute twice', { categoryGlobalAttributes: [attribute(), attribute()] }, 'has attribute "doors" twice'],
  ['a frame attribute without a description', { frameAttributes: [attribute()] }, 'needs a description'],
  ['a long name', { categoryGlobalAttributes: [attribute({ name: 'x'.repeat(17) })] }, 'a name of 1 to 16 characters'],
  ['no values', { categoryGlobalAttributes: [attribute({ enum: [] })] }, '1 to 10 values'],
  ['a long value', { categoryGlobalAttributes: [attribute({ enum: ['x'.repeat(17)] })] }, 'values of 1 to 16 characters'],
  ['a minimum above the maximum', { categoryGlobalAttributes: [attribute({ minimum: 6 })] }, 'a minimum below its maximum'],
])('%s', (_, parts, problem) => {
  expect(frameLabelProblems(labelsWith(parts))).toEqual(problem === undefined ? [] : expect.arrayContaining([expect.stringContaining(problem)]));
});

test('attributes are refused where the file has none', () => {
  const labels = labelsWith({ labels: [{ label: 'Car', categoryAttributes: [attribute()] }] });
  expect(plainDocument().ownProblems(labels)).toEqual([expect.stringContaining('for video frames and point clouds only')]);
  expect(frameDocument({ instructions, labelAttributes: false }).ownProblems(labels)).toEqual([expect.stringContaining('have no attributes')]);
  expect(frameDocument({ instructions, labelAttributes: true }).ownProblems(labels)).toEqual([]);
});

test.each([[254, 2047, 0], [255, 2047, 1], [254, 2048, 1], [0, 1, 1]])('instructions of %d and %d characters have %d problems', (short, full, problems) => {
  expect(instructionProblems({ shortInstruction: 'x'.repeat(short), fullInstruction: 'x'.repeat(full) })).toHaveLength(problems);
});

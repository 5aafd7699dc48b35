import type { LineLabel } from '../../../../src/model/supervisely/import/import-line';
import type { LabelForm } from '../../../../src/model/supervisely/import/label-source';
import { instances, segmentation } from '../../../../src/model/supervisely/import/mask-labels';
import { boxes, classes, polygons } from '../../../../src/model/supervisely/import/shape-labels';

const label = (form: LabelForm, value: unknown, metadata: object = {}): LineLabel => ({ attribute: 'label', form, value, metadata: metadata as LineLabel['metadata'] });
const BOX = { class_id: 1, left: 10, top: 20, width: 30, height: 40 };
const COLORS = {
  0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', 'confidence': 0.9 }, 1: { 'class-name': 'road', 'hex-color': '#2CA02C', 'confidence': 0.9 },
};
const ANSWER = { polygons: [{ label: 'bird', vertices: [{ x: 1, y: 2 }, { x: 3, y: 4 }, { x: 5, y: 2 }] }], inputImageProperties: { height: 10, width: 10 } };

test('a box spans from its first pixel to behind its last one', () => {
  expect(boxes(label('BOUNDING_BOX', { image_size: [], annotations: [BOX] }, { 'class-map': { 1: 'car' }, 'human-annotated': 'no' }))).toEqual({
    tags: [],
    objects: [{ classTitle: 'car', geometryType: 'rectangle', points: { exterior: [[10, 20], [40, 60]], interior: [] }, nnCreated: true }],
  });
});

test('an image may have no boxes and be labeled', () => {
  expect(boxes(label('BOUNDING_BOX', { annotations: [] }, {}))).toEqual({ tags: [], objects: [] });
});

test.each([
  ['consolidated', ANSWER],
  ['below another key', { annotatedResult: ANSWER }],
  ['the answer of the only worker', { annotationsFromAllWorkers: [{ workerId: 'a', annotationData: { content: JSON.stringify({ annotatedResult: ANSWER }) } }] }],
])('polygons are found: %s', (_, value) => {
  expect(polygons(label('POLYGON', value)).objects).toMatchObject([{ classTitle: 'bird', geometryType: 'polygon', points: { exterior: [[1, 2], [3, 4], [5, 2]] } }]);
});

test.each([
  ['one', 0, { 'class-name': 'dog', 'confidence': 0.9 }, ['dog']],
  ['several', [2, 5], { 'class-map': { 2: 'sky', 5: 'sea' } }, ['sky', 'sea']],
  ['none of several', [], { 'class-map': {} }, []],
  ['a verification', 1, { 'class-name': 'bad', 'type': 'groundtruth/label-verification' }, ['bad']],
])('classes of an image are tags: %s', (_, value, metadata, tags) => {
  expect(classes(label('CLASSIFICATION', value, metadata))).toEqual({ objects: [], tags });
});

test('the colours of a mask are classes, and one of them is none', () => {
  expect(segmentation(label('SEMANTIC_SEGMENTATION', 's3://masks/a.png', { 'internal-color-map': COLORS }))).toEqual({
    at: { uri: 's3://masks/a.png' }, objects: [{ classTitle: 'road', color: '#2ca02c' }], background: ['#ffffff'],
  });
});

test('instances have a colour each, in the answer or in a file beside it', () => {
  const list = [{ color: '#1F77b4', label: 'bird' }, { color: '#2ca02c', label: 'bird' }];
  const objects = [{ classTitle: 'bird', color: '#1f77b4' }, { classTitle: 'bird', color: '#2ca02c' }];
  expect(instances(label('INSTANCE_SEGMENTATION', { annotatedResult: { instances: list, labeledImage: { pngImageData: 'iVBO' } } })))
    .toEqual({ at: { base64: 'iVBO' }, objects, background: ['#000000', '#ffffff'] });
  expect(instances(label('INSTANCE_SEGMENTATION', 's3://masks/a.png', { instances: list }))).toMatchObject({ at: { uri: 's3://masks/a.png' }, objects });
});

test.each<[string, () => unknown, string]>([
  ['boxes', () => boxes(label('BOUNDING_BOX', 3)), '"label" has no "annotations": these are no boxes'],
  ['a class', () => boxes(label('BOUNDING_BOX', { annotations: [BOX] }, { 'class-map': {} })), 'the class 1 of "label" has no name'],
  ['a place', () => boxes(label('BOUNDING_BOX', { annotations: [{ ...BOX, left: 'x' }] }, { 'class-map': { 1: 'car' } })), 'not told in numbers'],
  ['polygons', () => polygons(label('POLYGON', { shapes: [] })), '"label" has no "polygons"'],
  ['vertices', () => polygons(label('POLYGON', { polygons: [{ label: 'a', vertices: [{ x: 1, y: 1 }] }] })), 'fewer than 3 vertices'],
  ['a consolidation', () => polygons(label('POLYGON', { annotationsFromAllWorkers: [{}, {}] })), 'holds the answers of 2 workers and no label made of them'],
  ['a class name', () => classes(label('CLASSIFICATION', 1)), '"label-metadata" has no "class-name"'],
  ['a mask', () => segmentation(label('SEMANTIC_SEGMENTATION', 3)), 'is not the S3 URI of a mask'],
  ['colours', () => segmentation(label('SEMANTIC_SEGMENTATION', 's3://a/b')), 'has no "internal-color-map"'],
  ['instances', () => instances(label('INSTANCE_SEGMENTATION', { labeledImage: {} })), 'has no "instances"'],
  ['an instance\'s colour', () => instances(label('INSTANCE_SEGMENTATION', { instances: [{ label: 'a' }], labeledImage: { pngImageData: '' } })), 'no "label" and "color"'],
])('a label without %s says so', (_, read, reason) => {
  expect(read).toThrow(reason);
});

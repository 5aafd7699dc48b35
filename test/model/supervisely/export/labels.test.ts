import * as fc from 'fast-check';
import type { DrawnObject } from '../../../../src/model/supervisely/export/drawn-shape';
import { figureClasses, tagClasses } from '../../../../src/model/supervisely/export/label-classes';
import { formatOfShapes } from '../../../../src/model/supervisely/export/label-format';
import { failureMetadata } from '../../../../src/model/supervisely/export/label-metadata';
import { boxLabel, instanceLabel, multiLabel, polygonLabel, segmentationLabel, singleLabel } from '../../../../src/model/supervisely/export/labels';
import { copyKey, manifestLine, sourceOf } from '../../../../src/model/supervisely/export/manifest-line';
import { distinctColors } from '../../../../src/model/supervisely/export/mask-colors';
import type { ProjectMeta } from '../../../../src/model/supervisely/project-meta';

const IMAGE = { width: 6, height: 4 };
const CLASSES = [{ name: 'lemon', color: '#FFFF00' }, { name: 'kiwi', color: '#00ff00' }, { name: 'plum', color: '#00FF00' }];
const ORIGIN = { jobName: 'fruit-r1-u7', labeledAt: '2026-01-02T03:04:05.678Z', accepted: false };
const COMMON = { 'human-annotated': 'yes', 'creation-date': '2026-01-02T03:04:05.678000', 'job-name': 'labeling-job/fruit-r1-u7' };
const box = (classId: number, left: number, top: number, right: number, bottom: number): DrawnObject =>
  ({ classId, shape: { kind: 'rectangle', corners: [[left, top], [right, bottom]] } });
const OBJECTS = [box(2, 0, 0, 2, 2), box(0, 1, 1, 4, 4), box(2, 9, 9, 12, 12)];

test('boxes, as Ground Truth writes them', () => {
  expect(boxLabel(IMAGE, OBJECTS, CLASSES, ORIGIN)).toEqual({
    value: {
      image_size: [{ width: 6, height: 4, depth: 3 }],
      annotations: [{ class_id: 2, left: 0, top: 0, width: 2, height: 2 }, { class_id: 0, left: 1, top: 1, width: 3, height: 3 }],
    },
    metadata: { 'objects': [{ confidence: 0 }, { confidence: 0 }], 'class-map': { 0: 'lemon', 2: 'plum' }, 'type': 'groundtruth/object-detection', ...COMMON },
    objects: 2,
  });
});

test('what a reviewer has accepted, two people agree on', () => {
  expect(boxLabel(IMAGE, OBJECTS, CLASSES, { ...ORIGIN, accepted: true }).metadata.objects).toEqual([{ confidence: 1 }, { confidence: 1 }]);
});

test('polygons, in the words of crowd-polygon; rectangles are some, masks are none', () => {
  const holed: DrawnObject = { classId: 1, shape: { kind: 'polygon', exterior: [[0.5, 0.5], [5.9, 0], [6, 4]], holes: [[[1, 1], [2, 1], [2, 2]]] } };
  const mask: DrawnObject = { classId: 0, shape: { kind: 'mask', left: 0, top: 0, width: 1, height: 1, pixels: Uint8Array.of(1) } };
  const label = polygonLabel(IMAGE, [holed, box(0, 1, 1, 4, 4), mask], CLASSES, ORIGIN);
  expect(label).toEqual({
    value: {
      inputImageProperties: IMAGE,
      polygons: [
        { label: 'kiwi', vertices: [{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 5, y: 3 }], holes: [[{ x: 1, y: 1 }, { x: 2, y: 1 }, { x: 2, y: 2 }]] },
        { label: 'lemon', vertices: [{ x: 1, y: 1 }, { x: 3, y: 1 }, { x: 3, y: 3 }, { x: 1, y: 3 }] },
      ],
    },
    metadata: { 'class-map': { 0: 'lemon', 1: 'kiwi' }, 'type': 'groundtruth/custom', ...COMMON },
    objects: 2,
  });
});

test('a segmentation: numbers of classes, and colours that no two of them share', () => {
  const { canvas, palette, metadata } = segmentationLabel(IMAGE, OBJECTS, CLASSES, ORIGIN);
  expect([...canvas.pixels]).toEqual([3, 3, 0, 0, 0, 0, 3, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0]);
  expect(palette.slice(0, 3)).toEqual([[255, 255, 255], [255, 255, 0], [0, 255, 0]]);
  expect(metadata).toMatchObject({
    'type': 'groundtruth/semantic-segmentation',
    ...COMMON,
    'internal-color-map': {
      0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff', 'confidence': 0 },
      1: { 'class-name': 'lemon', 'hex-color': '#ffff00', 'confidence': 0 },
      2: { 'class-name': 'kiwi', 'hex-color': '#00ff00', 'confidence': 0 },
      3: { 'class-name': 'plum', 'confidence': 0 },
    },
  });
});

test('instances: an entry for each object', () => {
  const { canvas, metadata } = instanceLabel(IMAGE, [box(0, 0, 0, 1, 1), box(0, 1, 0, 2, 1)], CLASSES, ORIGIN);
  expect([...canvas.pixels.subarray(0, 3)]).toEqual([1, 2, 0]);
  const map = metadata['internal-color-map'] as Record<string, Record<string, string>>;
  expect(Object.values(map).map((entry) => entry['class-name'])).toEqual(['BACKGROUND', 'lemon', 'lemon']);
  expect(metadata.instances).toEqual([{ label: 'lemon', color: map[1]['hex-color'] }, { label: 'lemon', color: map[2]['hex-color'] }]);
});

test('classes of images', () => {
  expect(singleLabel([1], CLASSES, ORIGIN)).toEqual({ value: 1, metadata: { 'class-name': 'kiwi', 'confidence': 0, 'type': 'groundtruth/image-classification', ...COMMON }, objects: 1 });
  expect([singleLabel([], CLASSES, ORIGIN), singleLabel([0, 1], CLASSES, ORIGIN)]).toEqual([undefined, undefined]);
  expect(multiLabel([2, 0], CLASSES, ORIGIN)).toEqual({
    value: [0, 2],
    metadata: { 'class-map': { 0: 'lemon', 2: 'plum' }, 'confidence-map': { 0: 0, 2: 0 }, 'type': 'groundtruth/image-classification-multilabel', ...COMMON },
    objects: 2,
  });
});

test('a label that cannot be said has a reason in its metadata', () => {
  expect(failureMetadata('classification', ORIGIN, 'no tag')).toEqual({ 'type': 'groundtruth/image-classification', ...COMMON, 'failure-reason': 'no tag' });
});

test('colours: one\'s own where it is nobody else\'s and not the background\'s; never one twice', () => {
  expect(distinctColors(['#FFFFFF', '#112233', '#112233', 'red', undefined])[1]).toBe('#112233');
  fc.assert(fc.property(fc.array(fc.option(fc.constantFrom('#ffffff', '#000000', '#112233', '#A0A0A0'), { nil: undefined }), { maxLength: 255 }), (wanted) => {
    const colors = distinctColors(wanted);
    expect(new Set([...colors, '#ffffff']).size).toBe(wanted.length + 1);
    expect(colors.every((color) => /^#[0-9a-f]{6}$/.test(color))).toBe(true);
  }));
});

describe('which classes, in which order', () => {
  const tag = (name: string, others: object = {}) => ({ name, value_type: 'none', ...others });
  const meta: ProjectMeta = {
    classes: ['kiwi', 'lemon', 'plum'].map((title) => ({ title, shape: 'bitmap' })),
    tags: [tag('ripe', { color: '#123456' }), tag('ground-truth'), tag('of-object', { applicable_type: 'objectsOnly' }), tag('size', { value_type: 'oneof_string', values: ['small', 'big'] }), tag('note', { value_type: 'any_string' })],
  };
  const titles = (...args: Parameters<typeof figureClasses>) => {
    const found = figureClasses(...args);
    return typeof found === 'string' ? found : found.map(({ title }) => title);
  };
  const names = (...args: Parameters<typeof tagClasses>) => {
    const found = tagClasses(...args);
    return typeof found === 'string' ? found : found.map(({ name }) => name);
  };
  const restricted = (...classes: string[]) => ({ classes, tags: classes });

  test('of objects: the declared ones, the jobs\', the project\'s', () => {
    expect(titles(meta, [restricted('lemon')], ['plum', 'kiwi'])).toEqual(['plum', 'kiwi']);
    expect(titles(meta, [restricted('lemon', 'kiwi'), restricted('kiwi', 'plum')], undefined)).toEqual(['lemon', 'kiwi', 'plum']);
    expect(titles(meta, [restricted('lemon'), restricted()], undefined)).toEqual(['kiwi', 'lemon', 'plum']);
    expect(titles(meta, [], ['fig'])).toBe('the project has no class "fig"; it has "kiwi", "lemon", "plum"');
  });

  test('of images: tags without values, or the values of one', () => {
    expect(names(meta, [], undefined, { kind: 'classification' })).toEqual(['ripe']);
    expect(names(meta, [], undefined, { kind: 'classification', tag: 'size' })).toEqual(['small', 'big']);
    expect(names(meta, [], ['a', 'b'], { kind: 'classification', tag: 'note' })).toEqual(['a', 'b']);
    expect(names(meta, [], undefined, { kind: 'classification', tag: 'note' })).toMatch(/the tag "note" takes values of the type any_string, which are no list: say with 'labels'/);
    expect(names(meta, [], undefined, { kind: 'classification', tag: 'taste' })).toMatch(/^the project has no tag "taste"; it has "ripe"/);
    expect(names(meta, [restricted('size')], undefined, { kind: 'classification' })).toMatch(/there is no tag without values/);
    expect(names(meta, [], ['ground-truth', 'fig'], { kind: 'classification' })).toMatch(/^the project has no tag "fig"/);
  });

  test('the format that shapes ask for', () => {
    expect([['rectangle', 'rectangle'], ['polygon'], []].map((shapes) => formatOfShapes(shapes, false))).toEqual([{ kind: 'boundingBox' }, { kind: 'polygons' }, { kind: 'multiLabelClassification' }]);
    expect(formatOfShapes(['bitmap'], true)).toEqual({ kind: 'semanticSegmentation' });
    expect(formatOfShapes(['bitmap'], false)).toMatch(/their attribute must end in '-ref'/);
    expect(formatOfShapes(['rectangle'], true)).toMatch(/must not end in '-ref'/);
    expect(formatOfShapes(['rectangle', 'any'], false)).toBe('the classes have the shapes any, rectangle: say with \'format\' what the labels are to be');
  });
});

describe('lines', () => {
  const image = { id: 7, name: 'a/ü b.jpg', link: null, width: 1, height: 1, meta: null };

  test('keep what the manifest said of an imported image, and nothing of its former labels', () => {
    const imported = { ...image, meta: { 'source-ref': 's3://in/a.jpg', 'ticket': 7, 'fruit': 'old', 'fruit-metadata': {} } };
    expect(sourceOf(imported)).toBe('s3://in/a.jpg');
    expect(JSON.stringify(manifestLine(imported, 's3://in/a.jpg', 'fruit', { value: 0, metadata: {} }))).toBe('{"source-ref":"s3://in/a.jpg","ticket":7,"fruit":0,"fruit-metadata":{}}');
    expect(manifestLine(imported, 's3://in/a.jpg', 'fruit')).toEqual({ 'source-ref': 's3://in/a.jpg', 'ticket': 7 });
  });

  test('name a link into S3, and say nothing of what the server notes of images', () => {
    const linked = { ...image, link: 's3://theirs/a.jpg', meta: { Camera: 'x' } };
    expect(sourceOf(linked)).toBe('s3://theirs/a.jpg');
    expect(manifestLine(linked, 's3://theirs/a.jpg', 'fruit')).toEqual({ 'source-ref': 's3://theirs/a.jpg' });
    expect([sourceOf(image), sourceOf({ ...image, link: 'https://theirs/a.jpg' })]).toEqual([undefined, undefined]);
    expect(copyKey(image)).toBe('7/a___b.jpg');
  });
});

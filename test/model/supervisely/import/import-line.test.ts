import * as fc from 'fast-check';
import { imageName } from '../../../../src/model/supervisely/import/image-name';
import { importLine } from '../../../../src/model/supervisely/import/import-line';
import type { ImportLine } from '../../../../src/model/supervisely/import/import-line';
import { NeededMeta } from '../../../../src/model/supervisely/import/needed-meta';

const SOURCES = [{ attribute: 'boxes', form: 'BOUNDING_BOX' }, { attribute: 'animal', form: 'CLASSIFICATION' }] as const;
const read = (record: unknown, sources: Parameters<typeof importLine>[2] = SOURCES) => importLine(typeof record === 'string' ? record : JSON.stringify(record), 7, sources);

test('a line is an image: its name, what it remembers, its labels', () => {
  const line = read({ 'source-ref': 's3://photos/a/cat.jpg', 'camera': 3, 'boxes': { annotations: [] }, 'boxes-metadata': { type: 'x' }, 'other': 1, 'other-metadata': {} });
  expect(line).toEqual({
    number: 7,
    sourceRef: 's3://photos/a/cat.jpg',
    name: expect.stringMatching(/^cat-[0-9a-f]{16}\.jpg$/),
    meta: { 'source-ref': 's3://photos/a/cat.jpg', 'camera': 3, 'other': 1, 'other-metadata': {} },
    labels: [{ attribute: 'boxes', form: 'BOUNDING_BOX', value: { annotations: [] }, metadata: { type: 'x' } }],
  });
});

test.each([
  ['no JSON', 'x', 'the line is not a JSON object'],
  ['a list', [], 'the line is not a JSON object'],
  ['a text', { source: 'hello' }, 'the line has no "source-ref": the server keeps texts in projects of other kinds'],
  ['a folder', { 'source-ref': 's3://photos/a/' }, '"source-ref" is not like s3://bucket/key'],
  ['another address', { 'source-ref': 'https://photos/a' }, '"source-ref" is not like s3://bucket/key'],
  ['too much besides', { 'source-ref': 's3://photos/a.jpg', 'note': 'x'.repeat(10_000) }, 'an image remembers 10000 at most'],
])('%s cannot be imported', (_, record, reason) => {
  expect(read(record)).toMatchObject({ number: 7, reason: expect.stringContaining(reason) });
});

test('an empty line is none', () => {
  expect(read(' ')).toBeUndefined();
});

test('names are the server\'s, and tell every source apart', () => {
  expect(imageName('s3://a/x/1.png')).not.toBe(imageName('s3://a/y/1.png'));
  expect(imageName('s3://a/no-extension')).toMatch(/^no-extension-[0-9a-f]{16}$/);
  const uris = fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }), fc.string({ maxLength: 300 }));
  fc.assert(fc.property(uris, ([key, extension]) => {
    const name = imageName(`s3://bucket/${key}.${extension}`);
    expect(name.length).toBeLessThanOrEqual(255);
    expect(name).not.toMatch(/[/\\]/);
    expect(imageName(`s3://bucket/${key}.${extension}`)).toBe(name);
  }));
});

test('a project needs the classes and tags of all labels, each once', () => {
  const needed = new NeededMeta('ground-truth');
  const box = { 'boxes': { annotations: [{ class_id: 0, left: 0, top: 0, width: 1, height: 1 }] }, 'boxes-metadata': { 'class-map': { 0: 'car' } } };
  const lines = [box, { ...box, 'animal': 0, 'animal-metadata': { 'class-name': 'cat' } }, { boxes: 'no boxes' }];
  for (const line of lines) needed.add(read({ 'source-ref': 's3://a/b.png', ...line }) as ImportLine);
  expect(needed.get()).toEqual({
    classes: [{ title: 'car', shape: 'rectangle', color: expect.stringMatching(/^#[0-9A-F]{6}$/) }],
    tags: ['cat', 'ground-truth'].map((name) => expect.objectContaining({ name, value_type: 'none', applicable_type: 'imagesOnly' })),
  });
});

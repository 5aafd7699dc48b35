import { inflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { boxLine, FakeImport, FOLDER, MANIFEST } from './fake-import';
import { pngPixels } from '../../../runtime/shared/png';
import { imageName } from '../../../src/model/supervisely/import/image-name';

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
});

const named = (image: string) => imageName(`s3://photos/${image}`);
const MASKS = { labels: [{ attribute: 'mask-ref', form: 'SEMANTIC_SEGMENTATION' }] } as const;
const COLORS = { 0: { 'class-name': 'BACKGROUND', 'hex-color': '#ffffff' }, 1: { 'class-name': 'road', 'hex-color': '#ff0000' }, 2: { 'class-name': 'field', 'hex-color': '#00ff00' } };
const maskLine = (image: string) => ({ 'source-ref': `s3://photos/${image}`, 'mask-ref': `s3://masks/${image}`, 'mask-ref-metadata': { 'internal-color-map': COLORS } });

test('what cannot be imported is told with line and reason, the rest goes on', async () => {
  const some = new FakeImport().manifest([
    boxLine('a.jpg', 'cat'), 'no JSON', '', { source: 'a text' }, boxLine('gone.jpg', 'cat'), { ...boxLine('odd.jpg', 'cat'), boxes: 3 }, boxLine('far.jpg', 'cat', 5000),
  ]);
  some.server.broken.add('s3://photos/gone.jpg');
  await some.run();
  expect(some.failed).toEqual([
    { line: 2, reason: 'the line is not a JSON object' },
    { line: 4, reason: expect.stringContaining('no "source-ref"') },
    { 'line': 5, 'source-ref': 's3://photos/gone.jpg', 'reason': 'nothing can be read at "s3://photos/gone.jpg"' },
    { 'line': 6, 'source-ref': 's3://photos/odd.jpg', 'image-id': some.server.image(named('odd.jpg')).id, 'reason': expect.stringContaining('these are no boxes') },
    { 'line': 7, 'source-ref': 's3://photos/far.jpg', 'image-id': some.server.image(named('far.jpg')).id, 'reason': 'out of the image' },
  ]);
  expect(some.record).toMatchObject({ images: 3, labeled: 1, failed: 5, teamId: 8, attempt: 1, manifest: MANIFEST });
  expect(some.server.image(named('odd.jpg'))).toMatchObject({ objects: [], tags: [] });
});

test('images remember their source and the other keys of their lines', async () => {
  const one = new FakeImport().manifest([boxLine('a.jpg', 'cat')]);
  await one.run();
  expect(one.server.image(named('a.jpg'))).toMatchObject({ link: 's3://photos/a.jpg', meta: { 'source-ref': 's3://photos/a.jpg', 'camera': 'one' } });
});

test('labels of people are never written over, also where the list has labels now', async () => {
  const grown = new FakeImport().manifest([boxLine('a.jpg'), boxLine('b.jpg'), boxLine('c.jpg', 'cat')]);
  await grown.run();
  grown.server.image(named('a.jpg')).objects = [{ classTitle: 'cat', geometryType: 'rectangle' }];
  grown.manifest([boxLine('a.jpg', 'cat'), boxLine('b.jpg', 'cat'), boxLine('c.jpg', 'cat'), boxLine('d.jpg')]);
  await grown.run({ attempt: 2 });
  expect(grown.server.image(named('a.jpg')).annotated).toBe(0);
  expect(grown.server.image(named('b.jpg')).annotated).toBe(1);
  expect(grown.server.image(named('c.jpg')).annotated).toBe(1);
  expect(grown.failed).toMatchObject([{ line: 1, reason: 'the image has labels already, which stay as they are' }]);
  expect(grown.record).toMatchObject({ attempt: 2, images: 4, labeled: 2, failed: 1 });
});

test('what is imported is not imported again', async () => {
  const once = new FakeImport().manifest([boxLine('a.jpg', 'cat')]);
  await once.run();
  const { length } = once.server.calls;
  await once.run();
  expect(once.server.calls.length).toBe(length);
});

test('an image that a list names twice is one image, with the labels of the line that has them', async () => {
  const twice = new FakeImport().manifest([boxLine('a.jpg'), boxLine('a.jpg', 'cat')]);
  await twice.run();
  expect(twice.server.images.map(({ objects }) => objects.length)).toEqual([1]);
});

test('a mask becomes a bitmap for each class in it, in the server\'s form', async () => {
  const masks = new FakeImport(MASKS).manifest([maskLine('a.png')]);
  const palette = [[255, 255, 255], [255, 0, 0], [0, 255, 0]];
  masks.files.texts.set('s3://masks/a.png', encode({ width: 3, height: 2, channels: 1, depth: 8, data: new Uint8Array([0, 1, 1, 0, 2, 1]), palette }));
  await masks.run();
  const objects = masks.server.image(named('a.png')).objects as unknown as Array<{ classTitle: string; bitmap: { data: string; origin: number[] } }>;
  const drawn = objects.map(({ classTitle, bitmap: { data, origin } }) => {
    const { width, height, data: pixels, palette: colors } = pngPixels(inflateSync(Buffer.from(data, 'base64')));
    return { classTitle, origin, width, height, pixels: [...pixels as Uint8Array], isTransparent: colors!.map(([,,, alpha]) => alpha === 0) };
  });
  const isTransparent = [true, false];
  expect(drawn).toEqual([
    { classTitle: 'road', origin: [1, 0], width: 2, height: 2, pixels: [1, 1, 0, 1], isTransparent },
    { classTitle: 'field', origin: [1, 1], width: 1, height: 1, pixels: [1], isTransparent },
  ]);
});

test.each<[string, string | Uint8Array | undefined, string]>([
  ['is not there', undefined, 'there is nothing at s3://masks/b.png'],
  ['is no PNG', 'GIF89a and more of it, which is no PNG', 'is no PNG'],
  ['is cut off', encode({ width: 9, height: 9, channels: 1, data: new Uint8Array(81) }).slice(0, 40), 'cannot be decoded'],
  ['is too large', hugePng(), 'has 20000 x 20000 pixels, at most 64000000 are read'],
  ['has a colour of no class', encode({ width: 1, height: 1, channels: 3, data: new Uint8Array([1, 2, 3]) }), 'the mask has the colour #010203 at 0,0, which names no class'],
])('a mask that %s is told, and its image is there', async (_, mask, reason) => {
  const masks = new FakeImport(MASKS).manifest([maskLine('b.png')]);
  if (mask !== undefined) masks.files.texts.set('s3://masks/b.png', mask);
  await masks.run();
  expect(masks.failed).toMatchObject([{ 'line': 1, 'image-id': expect.any(Number), 'reason': expect.stringContaining(reason) }]);
});

/** A header that promises much. */
function hugePng(): Uint8Array {
  const png = Buffer.from(encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }));
  png.writeUInt32BE(20_000, 16);
  png.writeUInt32BE(20_000, 20);
  return png;
}

test('uploads send each content once, and tell what is no image', async () => {
  const uploads = new FakeImport({ transfer: 'UPLOAD' }).manifest(['a', 'b', 'c', 'd'].map((name) => boxLine(`${name}.jpg`)));
  for (const name of ['a', 'b']) uploads.files.texts.set(`s3://photos/${name}.jpg`, 'the same bytes');
  uploads.files.texts.set('s3://photos/c.jpg', 'no image');
  await uploads.run();
  expect(uploads.server.images.map(({ name }) => name)).toEqual([named('a.jpg'), named('b.jpg')]);
  expect(uploads.failed.map(({ line, reason }) => [line, reason])).toEqual([[3, 'the file is no image'], [4, 'there is nothing at s3://photos/d.jpg']]);
  expect(uploads.server.files.size).toBe(1);
});

test('no manifest, a server that can read none of the links, and another shape of a class end the import with a reason', async () => {
  await expect(new FakeImport().step()).rejects.toThrow(`there is no manifest at ${MANIFEST}`);
  const unread = new FakeImport().manifest([boxLine('a.jpg')]);
  unread.server.broken.add('s3://photos/a.jpg');
  await expect(unread.step()).rejects.toThrow(/none of the first 1 images.*connect the bucket to its team as cloud storage, or use ImageTransfer.UPLOAD/s);
  const other = new FakeImport().manifest([boxLine('a.jpg', 'cat')]);
  other.server.projects.push({ id: 1, name: 'Moved', workspaceId: 349, meta: { classes: [{ id: 2, title: 'cat', shape: 'bitmap' }], tags: [] } });
  await expect(other.step()).rejects.toThrow('class "cat" has the shape \'bitmap\' in the project, not \'rectangle\'');
});

test('a silent server is asked again, ever more rarely, for twelve hours', async () => {
  const silent = new FakeImport().manifest([boxLine('a.jpg')]);
  silent.server.fault = (method) => (method === 'images.list' ? 'not received' : undefined);
  const waits: number[] = [];
  await expect((async () => {
    for (;;) {
      const { waitSeconds } = await silent.step();
      waits.push(waitSeconds!);
      silent.clock.now += waitSeconds! * 1000;
    }
  })()).rejects.toThrow('connection refused, for 12 hours');
  expect([waits[0], Math.max(...waits), waits.length < 200]).toEqual([30, 600, true]);
});

test('an import that was removed writes nothing any more', async () => {
  const removed = new FakeImport().manifest(Array.from({ length: 60 }, (_, index) => boxLine(`${index}.jpg`)));
  removed.server.fault = (method) => {
    if (method === 'images.bulk.add') removed.files.texts.delete(`s3://${FOLDER.bucket}/${FOLDER.prefix}progress.json`);
    return undefined;
  };
  await expect(removed.step()).resolves.toEqual({ next: 'again', waitSeconds: 1 });
  expect(removed.server.images.length).toBe(50);
});

import { S3Client, CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { startSupervisely, type TestSupervisely } from './supervisely-for-tests';
import { drawMask } from '../../../local/src/supervisely/api/mask';
import { greyJpeg } from '../../../local/src/supervisely/fixtures/jpeg';

/** What an estate that moves in needs: projects, images from anywhere, labels of every shape. */
let server: TestSupervisely;
let datasetId: number;
let classIds: Record<string, number>;

const SHAPES = { box: 'rectangle', outline: 'polygon', mask: 'bitmap', path: 'line', spot: 'point', anything: 'any' };
const JPEG = greyJpeg(200, 100, 210, 2000);

beforeEach(async () => {
  server = await startSupervisely();
  const { id } = await server.ok('projects.add', { workspaceId: 349, name: 'moved in', type: 'images' });
  const classes = Object.entries(SHAPES).map(([title, shape]) => ({ title, shape, color: '#112233' }));
  const meta = { classes, tags: [{ name: 'good', value_type: 'none' }, { name: 'count', value_type: 'any_number' }] };
  const made = await server.ok('projects.meta.update', { id, meta });
  classIds = Object.fromEntries(made.classes.map((one: { id: number; title: string }) => [one.title, one.id]));
  datasetId = (await server.ok('datasets.add', { projectId: id, name: 'ds' })).id;
});

afterEach(() => server.stop());

async function upload(bytes: Buffer): Promise<string> {
  const form = new FormData();
  form.append('0-file', new Blob([new Uint8Array(bytes)]), '0');
  const { address, token } = server.engine.supervisely;
  const response = await fetch(`${address}/public/api/v3/images.bulk.upload`, { method: 'POST', body: form, headers: { 'x-api-key': token } });
  return (await response.json() as Array<{ hash: string }>)[0].hash;
}

const add = async (...images: object[]): Promise<Array<Record<string, unknown> & { id: number }>> => server.ok('images.bulk.add', { datasetId, images });

describe('images', () => {
  test('by content: uploaded once, found by its hash, downloaded as it was', async () => {
    const hash = await upload(JPEG);
    expect(await server.ok('images.internal.hashes.list', [hash, 'other'])).toEqual([hash]);
    const [image] = await add({ title: 'a.jpeg', hash, meta: { from: 'here' } });
    expect(image).toMatchObject({ name: 'a.jpeg', hash, mime: 'image/jpeg', size: '2000', width: 200, height: 100, meta: { from: 'here' }, labelsCount: 0 });
    const { address, token } = server.engine.supervisely;
    const response = await fetch(`${address}/public/api/v3/images.download?id=${image.id}`, { headers: { 'x-api-key': token } });
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await response.arrayBuffer()).equals(JPEG)).toBe(true);
  });

  test('by link: the engine\'s own buckets are read, others are taken as they are', async () => {
    const s3 = new S3Client({ ...server.engine.clientConfig, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'estate' }));
    await s3.send(new PutObjectCommand({ Bucket: 'estate', Key: 'in/a b.jpeg', Body: JPEG }));
    expect(await add({ title: 'a', link: 's3://estate/in/a b.jpeg' })).toMatchObject([{ link: 's3://estate/in/a b.jpeg', width: 200, height: 100, fullStorageUrl: 's3://estate/in/a b.jpeg' }]);
    expect(await add({ title: 'b', link: 'https://example.com/b.jpeg' })).toMatchObject([{ width: null, height: null, size: null }]);
    expect(await server.refused('images.bulk.add', { datasetId, images: [{ title: 'c', link: 's3://estate/none.jpeg' }] })).toBe('400 nothing can be read at "s3://estate/none.jpeg"');
    expect(await server.ok('images.bulk.add', { datasetId, images: [{ title: 'c', link: 's3://estate/none.jpeg' }], skipValidation: true })).toHaveLength(1);
  });

  test('by another image\'s id', async () => {
    expect(await add({ title: 'copy.jpeg', imageId: 3882697 })).toMatchObject([{ width: 1067, height: 800, size: '226405' }]);
  });

  test('names are unique in a dataset; a refusal names the images that have them, and adds none', async () => {
    const hash = await upload(JPEG);
    const [{ id }] = await add({ title: 'a.jpeg', hash });
    const { status, body } = await server.call('images.bulk.add', { datasetId, images: [{ title: 'b.jpeg', hash }, { title: 'a.jpeg', hash }] });
    expect([status, body.details.type, body.details.errors]).toEqual([400, 'NONUNIQUE', [expect.objectContaining({ id, name: 'a.jpeg' })]]);
    expect(await server.ok('images.list', { datasetId })).toMatchObject({ total: 1 });
  });

  test.each([
    ['a hash that was not uploaded', { title: 'a', hash: 'x' }, 'no content with the hash "x" has been uploaded'],
    ['no source', { title: 'a' }, 'the image "a" needs exactly one of "hash", "link" and "imageId"'],
    ['two sources', { title: 'a', imageId: 3882697, hash: 'x' }, 'exactly one of'],
    ['no name', { imageId: 3882697 }, 'each of "images" needs a "title"'],
  ])('%s', async (_name, image, message) => {
    expect(await server.refused('images.bulk.add', { datasetId, images: [image] })).toContain(message);
  });

  test('a removed image is gone with its labels', async () => {
    const [{ id }] = await add({ title: 'copy.jpeg', imageId: 3882697 });
    await server.ok('images.bulk.remove', { imageIds: [id] });
    expect(await server.refused('images.info', { id })).toBe(`404 Image with id ${id} not found`);
  });
});

const MASK = drawMask({ width: 5, height: 4 }, (x, y) => x + y > 2);
const points = (...exterior: number[][]): object => ({ points: { exterior, interior: [] } });

describe('labels', () => {
  let imageId: number;

  beforeEach(async () => { [{ id: imageId }] = await add({ title: 'copy.jpeg', imageId: 3882697 }); });

  const annotate = (objects: object[], tags: object[] = []): Promise<{ status: number; body: { details?: { message: string } } }> =>
    server.call('annotations.bulk.add', { datasetId, annotations: [{ imageId, annotation: { description: '', tags, objects } }] });

  const FIGURES = {
    box: { geometryType: 'rectangle', ...points([10, 20], [31, 41]) },
    outline: { geometryType: 'polygon', ...points([1.5, 1.5], [9.5, 1.5], [9.5, 800]) },
    mask: { geometryType: 'bitmap', bitmap: { data: MASK, origin: [7, 8] } },
    path: { geometryType: 'line', ...points([0.5, 0.5], [1067, 3.5]) },
    spot: { geometryType: 'point', ...points([3.5, 4.5]) },
    anything: { geometryType: 'point', ...points([5.5, 6.5]) },
  };

  test('every shape comes back as it went in; in pixels when asked', async () => {
    expect(await annotate(Object.entries(FIGURES).map(([classTitle, figure]) => ({ classTitle, ...figure, tags: [{ name: 'count', value: 3 }] })), [{ name: 'good' }])).toMatchObject({ status: 200 });
    const between = await server.ok('annotations.bulk.info', { datasetId, imageIds: [imageId], integerCoords: false });
    expect(between).toMatchObject([{ imageId, annotation: { size: { width: 1067, height: 800 }, tags: [{ name: 'good', value: null }] } }]);
    expect(between[0].annotation.objects).toMatchObject(Object.entries(FIGURES).map(([classTitle, figure]) => ({ classTitle, ...figure, tags: [{ name: 'count', value: 3 }] })));
    const { entities } = await server.ok('figures.list', { datasetId, filter: [{ field: 'entityId', operator: 'in', value: [imageId] }], fields: ['geometry'], integerCoords: true });
    expect(entities.map(({ geometry, entityId }: { geometry: object; entityId: number }) => [entityId, geometry])).toEqual([
      [imageId, points([10, 20], [30, 40])],
      [imageId, points([1, 1], [9, 1], [9, 799])],
      [imageId, { bitmap: { data: MASK, origin: [7, 8] } }],
      [imageId, points([0, 0], [1066, 3])],
      [imageId, points([3, 4])],
      [imageId, points([5, 6])],
    ]);
  });

  test('an annotation replaces the one before; figures are added to it', async () => {
    await annotate([{ classTitle: 'box', ...FIGURES.box }]);
    await annotate([{ classTitle: 'spot', ...FIGURES.spot }]);
    const added = await server.ok('figures.bulk.add', { entityId: imageId, figures: [{ classId: classIds.box, geometryType: 'rectangle', geometry: points([1, 1], [2, 2]) }] });
    const { annotation } = await server.ok('annotations.info', { imageId });
    expect(annotation.objects.map(({ classTitle }: { classTitle: string }) => classTitle)).toEqual(['spot', 'box']);
    await server.ok('figures.bulk.remove', { figureIds: [added[0].id] });
    expect(await server.ok('images.info', { id: imageId })).toMatchObject({ labelsCount: 1 });
  });

  test.each([
    ['a class that the project has not', { classTitle: 'banana', ...FIGURES.box }, 'has no class "banana"; it has box, outline'],
    ['a shape that the class does not take', { classTitle: 'box', ...FIGURES.spot }, 'the class "box" takes figures of the shape "rectangle", not "point"'],
    ['too few points', { classTitle: 'outline', geometryType: 'polygon', ...points([1, 1], [2, 2]) }, 'a figure of the shape "polygon" has at least 3 points, not 2'],
    ['a mask that is none', { classTitle: 'mask', geometryType: 'bitmap', bitmap: { data: 'eA==', origin: [0, 0] } }, 'needs "bitmap": {"data": base64 of a PNG'],
    ['a figure outside the image', { classTitle: 'box', geometryType: 'rectangle', ...points([0, 0], [1068, 5]) }, 'reaches out of the image'],
    ['a tag that the project has not', { classTitle: 'box', ...FIGURES.box, tags: [{ name: 'ripe' }] }, 'has no tag "ripe"'],
    ['a value of another type', { classTitle: 'box', ...FIGURES.box, tags: [{ name: 'count', value: 'three' }] }, 'the tag "count" wants a number, got "three"'],
  ])('%s is refused, and nothing of the annotation is kept', async (_name, object, message) => {
    const { status, body } = await annotate([{ classTitle: 'spot', ...FIGURES.spot }, object]);
    expect([status, body.details?.message]).toEqual([400, expect.stringContaining(message)]);
    expect(await server.ok('images.info', { id: imageId })).toMatchObject({ labelsCount: 0 });
  });

  test('shapes that the engine has not are not taken for others', async () => {
    expect(await annotate([{ classTitle: 'anything', geometryType: 'graph', ...points([1, 1]) }])).toMatchObject({ status: 501 });
  });
});

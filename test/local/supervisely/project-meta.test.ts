import { startSupervisely, type TestSupervisely } from './supervisely-for-tests';

let server: TestSupervisely;
let meta: { classes: Array<Record<string, unknown>>; tags: Array<Record<string, unknown>> };

beforeEach(async () => {
  server = await startSupervisely();
  meta = await server.ok('projects.meta', { id: 5555 });
});

afterEach(() => server.stop());

const update = async (classes: object[], tags: object[]): Promise<typeof meta> => server.ok('projects.meta.update', { id: 5555, meta: { classes, tags } });
const lime = { title: 'lime', shape: 'polygon', color: '#00FF00' };

test('classes and tags that are known keep their ids, new ones get some', async () => {
  const { classes, tags } = await update([...meta.classes, lime], [...meta.tags, { name: 'ripe', value_type: 'none', classes: ['lime'] }]);
  expect(classes.slice(0, 2)).toEqual(meta.classes);
  expect(classes[2]).toMatchObject({ ...lime, id: expect.any(Number) });
  expect(tags.slice(0, 2)).toEqual(meta.tags);
  expect(tags[2]).toMatchObject({ name: 'ripe', applicable_type: 'all', classes: ['lime'] });
  expect(await server.ok('projects.meta', { id: 5555 })).toMatchObject({ classes, tags });
});

test('what an update leaves out is dropped, figures and all', async () => {
  const points = { points: { exterior: [[1, 1], [9, 1], [9, 9]], interior: [] } };
  const { classes } = await update([...meta.classes, lime], meta.tags);
  await server.ok('figures.bulk.add', { entityId: 3882697, figures: [{ classId: classes[2].id, geometryType: 'polygon', geometry: points }] });
  expect(await server.ok('images.info', { id: 3882697 })).toMatchObject({ labelsCount: 1 });
  await update(meta.classes, meta.tags);
  expect(await server.ok('images.info', { id: 3882697 })).toMatchObject({ labelsCount: 0 });
});

test.each([
  ['another shape', { classes: [{ title: 'kiwi', shape: 'polygon', color: '#D0021B' }], tags: [] }, 'the class "kiwi" has the shape "bitmap", which can only become "any", not "polygon"'],
  ['another type of value', { classes: [], tags: [{ name: 'size', value_type: 'none' }] }, 'the tag "size" has the value type "oneof_string", which cannot become "none"'],
  ['one of nothing', { classes: [], tags: [{ name: 'taste', value_type: 'oneof_string' }] }, 'the tag "taste" of the value type "oneof_string" needs "values"'],
  ['a tag for a class that is not there', { classes: [], tags: [{ name: 'taste', value_type: 'none', classes: ['kiwi'] }] }, 'is for the class "kiwi", which is not among the given classes'],
  ['a name twice', { classes: [lime, lime], tags: [] }, '"lime" stands twice in "classes"'],
  ['no colour', { classes: [{ ...lime, color: 'green' }], tags: [] }, '"meta.classes[0].color" must match pattern'],
])('%s is refused and changes nothing', async (_name, wrong, message) => {
  expect(await server.refused('projects.meta.update', { id: 5555, meta: wrong })).toContain(message);
  expect(await server.ok('projects.meta', { id: 5555 })).toEqual(meta);
});

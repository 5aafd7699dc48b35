import { World } from './fake-world';

let world: World;
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  world = new World();
});

test('an image that came with the label that nothing is on it is labeled', async () => {
  world.server.image(1, { tags: [{ name: 'ground-truth', value: null }] });
  world.server.image(2);
  expect(await world.export({ jobIds: [], dataset: { Id: '50' } })).toMatchObject({ objects: 2, labeled: 1, unlabeled: 1, failed: 0 });
  expect(world.lines[0].fruit.annotations).toEqual([]);
  expect(world.lines[1].fruit).toBeUndefined();
});

test('classes that an import has made tags of are classes, though people give them as values of one tag', async () => {
  world.server.meta.tags = [{ name: 'kind', value_type: 'oneof_string', values: ['kiwi', 'lemon'] }, { name: 'kiwi', value_type: 'none' }];
  world.server.image(1, { tags: [{ name: 'kiwi', value: null }, { name: 'ground-truth', value: null }] });
  world.server.image(2, { tags: [{ name: 'kind', value: 'lemon' }, { name: 'kiwi', value: null }] });
  world.server.image(3);
  const format = { kind: 'classification', tag: 'kind' } as const;
  expect(await world.export({ jobIds: [], dataset: { Id: '50' }, format })).toMatchObject({ labeled: 2, failed: 0, unlabeled: 1 });
  expect(world.lines.map((line) => line.fruit)).toEqual([0, 1, undefined]);
  expect(world.lines[0]['fruit-metadata']).toMatchObject({ 'class-name': 'kiwi', 'type': 'groundtruth/image-classification' });
});

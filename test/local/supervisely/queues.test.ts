import { addLabelers, startSupervisely, type TestSupervisely } from './supervisely-for-tests';

let server: TestSupervisely;
const QUEUE = { name: 'q', datasetId: 10555, userIds: [101, 102], reviewerIds: [7], meta: { classes: ['kiwi'] } };

afterEach(() => server.stop());

async function start(annotators: 'on' | 'off'): Promise<void> {
  server = await startSupervisely({ annotators });
  await addLabelers(server);
}

/** Names of a queue's images that are as far as this. */
async function entities(entityStatus: Array<string | null>, others: object = {}): Promise<string[]> {
  const { images, total } = await server.ok('labeling-queues.stats.entities', { id: 1, page: 1, per_page: 25, sort: 'name', sort_order: 'asc', entityStatus, ...others });
  expect(total).toBe(images.length);
  return images.map(({ name }: { name: string }) => name);
}

test('a queue has a job for each labeler, and images that wait', async () => {
  await start('off');
  expect(await server.ok('labeling-queues.add', QUEUE)).toEqual({ id: 1 });
  expect(await server.ok('labeling-queues.info', { id: 1 })).toMatchObject({
    status: 'pending', labelers: [{ id: 101 }, { id: 102 }], reviewers: [{ id: 7 }], jobs: [{ id: 1 }, { id: 2 }], entitiesCount: 6, pendingCount: 6, acceptedCount: 0,
  });
  const listed = async (filter: object[]): Promise<number> => (await server.ok('jobs.list', { teamId: 8, filter })).total;
  expect(await listed([{ field: 'labelingQueueId', operator: 'in', value: [1] }])).toBe(2);
  expect(await listed([{ field: 'labelingQueueId', operator: '=', value: null }])).toBe(0);
  expect(await server.ok('labeling-queues.list', { teamId: 8, filter: [{ field: 'name', operator: 'in', value: ['q'] }] })).toMatchObject({ total: 1 });
  expect(await server.ok('labeling-queues.stats.entities', { id: 1, page: 2, per_page: 4, sort: 'name', sort_order: 'asc', entityStatus: [null] }))
    .toMatchObject({ total: 6, images: [{ name: 'IMG_4451.jpeg', entityStatus: null }, { name: 'IMG_8144.jpeg', entityStatus: null }] });
});

test('stopping it stops its jobs', async () => {
  await start('off');
  await server.ok('labeling-queues.add', QUEUE);
  await server.ok('labeling-queues.set-status', { id: 1, status: 'stopped' });
  expect((await server.ok('jobs.list', { teamId: 8 })).entities.map(({ status }: { status: string }) => status)).toEqual(['stopped', 'stopped']);
});

test('labelers share its images until all are accepted', async () => {
  await start('on');
  await server.ok('labeling-queues.add', QUEUE);
  await server.engine.control('POST', 'clock', { advanceSeconds: 3600 });
  expect(await server.ok('labeling-queues.info', { id: 1 })).toMatchObject({ status: 'completed', acceptedCount: 6, finishedAt: expect.any(String) });
  const { entities: jobs } = await server.ok('jobs.list', { teamId: 8 });
  expect(jobs).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
  expect(jobs[0].imagesCount + jobs[1].imagesCount).toBe(6);
  expect(jobs.every(({ imagesCount }: { imagesCount: number }) => imagesCount > 0)).toBe(true);
});

test('an image that was sent back is at work again, and counted so', async () => {
  await start('on');
  await server.engine.control('POST', 'supervisely/labelers', { reviewers: [{ secondsPerImage: 1, rejects: 1 }], labelers: [{ secondsPerImage: 100_000 }, { login: 'labeler_1', secondsPerImage: 10 }] });
  await server.ok('labeling-queues.add', { ...QUEUE, userIds: [101] });
  await server.engine.control('POST', 'clock', { advanceSeconds: 3600 });
  const { pendingCount, inProgressCount, annotatedCount, acceptedCount } = await server.ok('labeling-queues.info', { id: 1 });
  expect([(await entities([null])).length, (await entities(['none'])).length, (await entities(['done'])).length, (await entities(['accepted'])).length])
    .toEqual([pendingCount, inProgressCount, annotatedCount, acceptedCount]);
});

test('nobody reviews their own annotations, unless the queue says so', async () => {
  await start('on');
  await server.ok('labeling-queues.add', { ...QUEUE, userIds: [101], reviewerIds: [101] });
  await server.ok('labeling-queues.add', { ...QUEUE, userIds: [102], reviewerIds: [102], queueMeta: { reviewOwnAnnotationsAvailable: true } });
  await server.engine.control('POST', 'clock', { advanceSeconds: 7200 });
  const { entities: queues } = await server.ok('labeling-queues.list', { teamId: 8 });
  expect(queues).toMatchObject([{ status: 'in_progress', annotatedCount: 6, acceptedCount: 0 }, { status: 'completed', acceptedCount: 6 }]);
});

test('a queue of a collection has its images, whatever dataset they are in', async () => {
  await start('off');
  const { id: collectionId } = await server.ok('entities-collections.add', { projectId: 5555, name: 'Hard ones', type: 'default' });
  const added = await server.ok('entities-collections.items.bulk.add', { collectionId, entityIds: [3882697, 3882698, 99] });
  expect(added).toMatchObject({ items: [{ entityId: 3882697 }, { entityId: 3882698 }], missing: [99] });
  expect(await server.ok('entities-collections.info', { id: collectionId })).toMatchObject({ name: 'Hard ones', teamId: 8, projectId: 5555 });
  const filters = [{ type: 'entities_collection', data: { collectionId, include: true } }];
  expect((await server.ok('images.list', { projectId: 5555, filters })).total).toBe(2);
  await server.ok('labeling-queues.add', { ...QUEUE, datasetId: undefined, collectionId });
  expect(await server.ok('labeling-queues.info', { id: 1 })).toMatchObject({ collectionId, datasetId: null, projectId: 5555, entitiesCount: 2 });
  expect(await entities([null], { filters })).toEqual(['IMG_3861.jpeg', 'IMG_4451.jpeg']);
  expect(await server.ok('jobs.info', { id: 1 })).toMatchObject({ datasetId: null, datasetTitle: null });
  expect(await server.refused('labeling-queues.add', { ...QUEUE, datasetId: undefined, collectionId, meta: { entityIds: [3882699] } }))
    .toBe('400 the collection 1 ("Hard ones") has no image 3882699 of "meta.entityIds"');
  expect(await server.ok('entities-collections.items.bulk.remove', { collectionId, entityIds: [3882697, 7] })).toMatchObject({ items: [{ entityId: 3882697 }], missing: [7] });
  await server.ok('entities-collections.remove', { id: collectionId, hardDelete: true });
  expect((await server.ok('entities-collections.list', { projectId: 5555, type: 'default', filter: [] })).total).toBe(0);
});

test.each([
  ['an unknown collection', { ...QUEUE, datasetId: undefined, collectionId: 1 }, '404 Entities collection with id 1 not found'],
  ['no dataset', { ...QUEUE, datasetId: undefined }, '400 "datasetId" or "collectionId" is required'],
  ['both', { ...QUEUE, collectionId: 1 }, '400 "datasetId" and "collectionId" exclude each other'],
  ['a reviewer outside the team', { ...QUEUE, reviewerIds: [9] }, '400 there is no user 9'],
  ['quality checkers for nothing', { ...QUEUE, qualityCheckUserIds: [7] }, '400 "qualityCheckUserIds" and "meta.enableIntermediateReview" belong together'],
  ['what only jobs have', { ...QUEUE, customData: {} }, '400 the body has the unknown member "customData"'],
  ['settings that only jobs have', { ...QUEUE, meta: { allowRestore: true } }, '400 "meta" has the unknown member "allowRestore"'],
])('%s', async (_name, body, message) => {
  await start('off');
  expect(await server.refused('labeling-queues.add', body)).toContain(message);
});

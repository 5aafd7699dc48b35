import { addLabelers, startSupervisely, type TestSupervisely } from './supervisely-for-tests';

let server: TestSupervisely;
const QUEUE = { name: 'q', datasetId: 10555, userIds: [101, 102], reviewerIds: [7], meta: { classes: ['kiwi'] } };

afterEach(() => server.stop());

async function start(annotators: 'on' | 'off'): Promise<void> {
  server = await startSupervisely({ annotators });
  await addLabelers(server);
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
  const { entities } = await server.ok('jobs.list', { teamId: 8 });
  expect(entities).toMatchObject([{ status: 'completed' }, { status: 'completed' }]);
  expect(entities[0].imagesCount + entities[1].imagesCount).toBe(6);
  expect(entities.every(({ imagesCount }: { imagesCount: number }) => imagesCount > 0)).toBe(true);
});

test.each([
  ['a collection', { ...QUEUE, datasetId: undefined, collectionId: 1 }, '501 the local engine does not serve queues of collections'],
  ['no dataset', { ...QUEUE, datasetId: undefined }, '400 "datasetId" is required'],
  ['a reviewer outside the team', { ...QUEUE, reviewerIds: [9] }, '400 there is no user 9'],
])('%s', async (_name, body, message) => {
  await start('off');
  expect(await server.refused('labeling-queues.add', body)).toContain(message);
});

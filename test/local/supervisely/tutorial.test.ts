import { addLabelers, startSupervisely, type TestSupervisely } from './supervisely-for-tests';

/** The labeling-jobs tutorial, call by call as its SDK makes them. */
let server: TestSupervisely;
const SORT = { sort: 'id', sort_order: 'asc' };
const NO_LIMITS = { imageTags: [], imageFiguresLimit: 0, imageTagsLimit: 0, entityIds: [], projectTags: [] };
const META = { ...NO_LIMITS, dynamicClasses: false, dynamicTags: false, allowRestore: false };
const TEXTS = { readme: 'annotation manual for fruits in markdown format here (optional)', description: 'short description is here (optional)' };

beforeAll(async () => { server = await startSupervisely(); });

afterAll(() => server.stop());

test('step 1: labelers are made when they are not there, and put into the team', async () => {
  const byLogin = { filter: [{ field: 'login', operator: '=', value: 'labeler_1' }], ...SORT };
  expect(await server.ok('users.list', byLogin)).toEqual({ total: 0, perPage: 500, pagesCount: 0, entities: [] });
  expect(await addLabelers(server)).toEqual([101, 102]);
  expect(await server.ok('users.list', byLogin)).toMatchObject({ total: 1, entities: [{ id: 101, login: 'labeler_1' }] });
  expect(await server.ok('users.info', { id: 101 })).toMatchObject({ teams: [{ id: 8, roleId: 3, role: 'annotator' }] });
});

test('step 2: the project\'s meta and its dataset', async () => {
  const fruits = ['kiwi', 'lemon'];
  expect(await server.ok('projects.meta', { id: 5555 })).toMatchObject({
    classes: [{ title: 'kiwi', shape: 'bitmap', color: '#D0021B' }, { title: 'lemon', shape: 'bitmap', color: '#50E3C2' }],
    tags: [
      { name: 'origin', value_type: 'any_string', applicable_type: 'objectsOnly', classes: fruits },
      { name: 'size', value_type: 'oneof_string', values: ['small', 'medium', 'large'], applicable_type: 'objectsOnly', classes: fruits },
    ],
    projectType: 'images',
  });
  const dates = { createdAt: '2022-10-18T15:39:57.377Z', updatedAt: '2022-10-18T15:39:57.377Z' };
  expect(await server.ok('datasets.list', { projectId: 5555, filter: [], recursive: false, ...SORT })).toMatchObject({
    total: 1, entities: [{ id: 10555, name: 'ds1', description: '', size: '1277440', projectId: 5555, imagesCount: 6, ...dates }],
  });
});

test('step 3: a job of all images, stopped', async () => {
  const job = { ...TEXTS, name: 'labeler1_lemons_task', datasetId: 10555, userIds: [101], meta: { ...META, classes: ['lemon'] } };
  expect(await server.ok('jobs.add', job)).toEqual([{ id: 1, name: 'labeler1_lemons_task', userId: 101 }]);
  expect(await server.ok('jobs.info', { id: 1 })).toMatchObject({
    ...TEXTS,
    id: 1,
    name: 'labeler1_lemons_task',
    teamId: 8,
    workspaceId: 349,
    workspaceTitle: 'Testing Workspace',
    projectId: 5555,
    projectTitle: 'Lemons (Test)',
    datasetTitle: 'ds1',
    createdBy: 7,
    managerLogin: 'my_username',
    userId: 101,
    labelerLogin: 'labeler_1',
    startedAt: null,
    finishedAt: null,
    status: 'pending',
    disabled: false,
    imagesCount: 6,
    finishedImagesCount: 0,
    // clients need these four
    meta: { classes: [{ id: 2, name: 'lemon' }], projectTags: [], imageTags: [], range: { start: null, end: null }, imageFiguresLimit: null, imageTagsLimit: null },
    entities: [3882702, 3882697, 3882698, 3882700, 3882701, 3882699].map((id) => expect.objectContaining({ id, reviewStatus: 'none' })),
  });
  expect(await server.ok('jobs.stop', { id: 1 })).toEqual({ success: true });
  expect(await server.ok('jobs.info', { id: 1 })).toMatchObject({ status: 'stopped' });
});

test('a job of half of the images, with limits', async () => {
  const { entities } = await server.ok('images.list', { projectId: null, datasetId: 10555, filter: [], ...SORT, forceMetadataForLinks: true, recursive: false });
  const entityIds = entities.slice(0, 3).map(({ id }: { id: number }) => id);
  expect(entityIds).toEqual([3882697, 3882698, 3882699]);
  const meta = { ...META, classes: ['kiwi'], imageFiguresLimit: 10, projectTags: ['size', 'origin'], imageTagsLimit: 20, entityIds };
  await server.ok('jobs.add', { ...TEXTS, name: 'labeler2_kiwi_task_with_complex_settings', datasetId: 10555, userIds: [102], meta });
  expect(await server.ok('jobs.info', { id: 2 })).toMatchObject({
    userId: 102,
    // the tutorial's page shows 6
    imagesCount: 3,
    meta: { classes: [{ name: 'kiwi' }], projectTags: [{ name: 'size' }, { name: 'origin' }], imageFiguresLimit: 10, imageTagsLimit: 20 },
    entities: [{ id: 3882697, name: 'IMG_4451.jpeg' }, { id: 3882698, name: 'IMG_3861.jpeg' }, { id: 3882699, name: 'IMG_0748.jpeg' }],
  });
});

test.each([
  ['all in the team', [], [1, 2]],
  ['by creator', [['createdBy', 7]], [1, 2]],
  ['by creator and labeler', [['createdBy', 7], ['userId', 102]], [2]],
  ['by project and dataset', [['projectId', 5555], ['datasetId', 10555]], [1, 2]],
  ['of somebody else', [['createdBy', 100]], []],
])('listing %s', async (_name, filters, ids) => {
  const filter = filters.map(([field, value]) => ({ field, operator: '=', value }));
  const { total, entities } = await server.ok('jobs.list', { teamId: 8, showDisabled: false, filter, ...SORT });
  expect([total, entities.map(({ id }: { id: number }) => id)]).toEqual([ids.length, ids]);
  for (const job of entities) expect(job).not.toHaveProperty('entities');
});

test('a job that is archived shows when asked for; statistics, activity, and the end by status', async () => {
  await server.ok('jobs.archive', { id: 1 });
  const listed = async (showDisabled: boolean): Promise<number[]> =>
    (await server.ok('jobs.list', { teamId: 8, showDisabled })).entities.map(({ id }: { id: number }) => id);
  expect([await listed(false), await listed(true)]).toEqual([[2], [1, 2]]);
  expect(await server.ok('jobs.stats', { id: 2 })).toMatchObject({ job: { id: 2, imagesCount: 3, finishedImagesCount: 0 }, images: { total: 3 } });
  await server.ok('jobs.set-status', { id: 2, status: 'completed' }, { verb: 'PUT' });
  expect(await server.ok('jobs.info', { id: 2 })).toMatchObject({ status: 'completed', finishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/) });
  expect(await server.ok('teams.activity', { teamId: 8, filter: [] })).toMatchObject({ entities: expect.arrayContaining([expect.objectContaining({ action: 'add_member' })]) });
});

import { addLabelers, startSupervisely, type TestSupervisely, tokenOf } from './supervisely-for-tests';

let server: TestSupervisely;

async function start(): Promise<void> {
  server = await startSupervisely();
  await addLabelers(server);
  await server.ok('users.add', { login: 'outsider', password: '11111abc' });
}

const stop = (): Promise<void> => server.stop();

const JOB = { name: 'fruit', datasetId: 10555, userIds: [101] };
const STATUSES = ['pending', 'in_progress', 'on_review', 'review_completed', 'completed', 'stopped'];

describe('what jobs.add refuses, making nothing', () => {
  beforeAll(start);
  afterAll(stop);

  test.each([
    ['a class that the project has not', { meta: { classes: ['banana'] } }, 'the project 5555 ("Lemons (Test)") has no class "banana"; its classes are kiwi, lemon'],
    ['a tag that the project has not', { meta: { projectTags: ['size', 'ripe'] } }, 'has no tag "ripe"; its tags are origin, size'],
    ['a tag to select by that the project has not', { meta: { imageTags: [{ name: 'ripe', positive: true }] } }, 'has no tag "ripe"'],
    ['a labeler outside the team', { userIds: [101, 103] }, 'User with id 103 ("outsider") is not a member of the team with id 8'],
    ['a reviewer outside the team', { reviewerId: 103 }, 'User with id 103'],
    ['nobody', { userIds: [] }, '"userIds" must NOT have fewer than 1 items'],
    ['somebody who is not there', { userIds: [9] }, 'there is no user 9'],
    ['a dataset that is not there', { datasetId: 1 }, 'Dataset with id 1 not found'],
    ['an image of another dataset', { meta: { entityIds: [3882697, 5] } }, 'the dataset 10555 ("ds1") has no image 5 of "meta.entityIds"'],
    ['a slash in the name', { name: 'a/b' }, '"name" must match pattern'],
    ['a name that is too long', { name: 'x'.repeat(256) }, '"name" must NOT have more than 255 characters'],
    ['a description that is too long', { description: 'x'.repeat(256) }, '"description" must NOT have more than 255 characters'],
    ['a range that ends before it starts', { meta: { range: { start: 3, end: 2 } } }, '"meta.range" ends before it starts: 3 to 2'],
    ['a selection without images', { meta: { range: { start: 7, end: 9 } } }, 'No images found'],
    ['an unknown setting', { meta: { speed: 3 } }, '"meta" has the unknown member "speed"'],
    ['settings of the video tool', { meta: { toolboxSettings: { playbackRate: 2 } } }, '"meta.toolboxSettings" is for projects of videos'],
  ])('%s', async (_name, wrong, message) => {
    expect(await server.refused('jobs.add', { ...JOB, ...wrong })).toContain(message);
    expect(await server.ok('jobs.list', { teamId: 8, showDisabled: true })).toMatchObject({ total: 0 });
  });
});

describe('statuses', () => {
  beforeAll(start);
  afterAll(stop);

  test.each(STATUSES.flatMap((from) => STATUSES.map((to) => [from, to])))('one follows any other: %s, %s', async (from, to) => {
    const [{ id }] = await server.ok('jobs.add', JOB);
    for (const status of [from, to]) expect(await server.ok('jobs.set-status', { id, status })).toEqual({ success: true });
    const { status, startedAt, finishedAt } = await server.ok('jobs.info', { id });
    const hasEnded = to === 'completed' || to === 'stopped';
    expect([status, finishedAt !== null]).toEqual([to, hasEnded]);
    expect(startedAt === null).toBe(to === 'pending' || (to === 'stopped' && (from === 'pending' || from === 'stopped')));
  });

  test('an unknown one names those that there are', async () => {
    const allowed = STATUSES.map((status) => `"${status}"`).join(', ');
    expect(await server.refused('jobs.set-status', { id: 1, status: 'done' })).toBe(`400 "status" must be one of ${allowed}, got "done"`);
  });
});

describe('a job\'s life', () => {
  beforeEach(start);
  afterEach(stop);

  test('one job a labeler, names not unique', async () => {
    expect(await server.ok('jobs.add', { ...JOB, userIds: [101, 102] })).toEqual([{ id: 1, name: 'fruit', userId: 101 }, { id: 2, name: 'fruit', userId: 102 }]);
    expect(await server.ok('jobs.add', JOB)).toEqual([{ id: 3, name: 'fruit', userId: 101 }]);
  });

  test('images are selected by place and by tag', async () => {
    const entitiesWith = async (meta: object): Promise<number[]> => {
      const [{ id }] = await server.ok('jobs.add', { ...JOB, meta });
      return (await server.ok('jobs.info', { id })).entities.map((entity: { id: number }) => entity.id).sort();
    };
    expect(await entitiesWith({ range: { start: 2, end: 3 } })).toEqual([3882698, 3882699]);
    const meta = await server.ok('projects.meta', { id: 5555 });
    const { tags } = await server.ok('projects.meta.update', { id: 5555, meta: { ...meta, tags: [...meta.tags, { name: 'blurred', value_type: 'none' }] } });
    await server.ok('image-tags.bulk.add-to-image', { tagId: tags.at(-1).id, ids: [3882697, 3882700] });
    expect(await entitiesWith({ imageTags: [{ name: 'blurred', positive: true }] })).toEqual([3882697, 3882700]);
    expect(await entitiesWith({ imageTags: [{ name: 'blurred', positive: false }], entityIds: [3882697, 3882698] })).toEqual([3882698]);
  });

  test('a job is edited in place: people, custom data, some settings, nothing else', async () => {
    await server.ok('jobs.add', { ...JOB, customData: { mine: 1 } });
    expect(await server.ok('jobs.editInfo', { id: 1, userId: 102, reviewerId: 7, customData: { mine: 2 }, meta: { disableSubmit: true } }, { verb: 'PUT' })).toEqual({});
    expect(await server.ok('jobs.info', { id: 1 })).toMatchObject({
      labelerLogin: 'labeler_2', reviewerLogin: 'my_username', customData: { mine: 2 }, meta: { disableSubmit: true, classes: [] },
    });
    expect(await server.refused('jobs.editInfo', { id: 1, userId: 103 })).toContain('is not a member of the team with id 8');
    expect(await server.refused('jobs.editInfo', { id: 1, name: 'other' })).toBe('400 the body has the unknown member "name"');
  });

  test('jobs are removed for good, fifty at a time, all or none', async () => {
    for (let made = 0; made < 3; made++) await server.ok('jobs.add', JOB);
    expect(await server.refused('jobs.bulk.remove', { ids: Array.from({ length: 51 }, (_, index) => index + 1) })).toContain('"ids" must NOT have more than 50 items');
    expect(await server.refused('jobs.bulk.remove', { ids: [1, 99] })).toBe('404 Job with id 99 not found');
    await server.ok('jobs.bulk.remove', { ids: [1, 2] });
    expect(await server.ok('jobs.list', { teamId: 8, showDisabled: true })).toMatchObject({ total: 1, entities: [{ id: 3 }] });
    expect(await server.ok('jobs.add', JOB)).toMatchObject([{ id: 4 }]);
  });

  test('rejected images make the next job', async () => {
    await server.ok('jobs.add', { ...JOB, meta: { classes: ['kiwi'] }, customData: { mine: 1 } });
    expect(await server.refused('jobs.restart', { id: 1 })).toContain('400 No images found');
    await server.ok('jobs.entities.update-review-status', { jobId: 1, entityId: 3882697, status: 'accepted' }, { verb: 'PUT' });
    await server.ok('jobs.entities.update-review-status', { jobId: 1, entityId: 3882698, status: 'rejected' });
    expect(await server.ok('jobs.restart', { id: 1, userIds: [102], reviewerId: null })).toEqual([{ id: 2, userId: 102, type: 'annotation', name: 'fruit' }]);
    expect(await server.ok('jobs.info', { id: 1 })).toMatchObject({ status: 'completed', acceptedImagesCount: 1, rejectedImagesCount: 1, finishedImagesCount: 2 });
    expect(await server.ok('jobs.info', { id: 2 })).toMatchObject({ status: 'pending', entities: [{ id: 3882698, reviewStatus: 'none' }], meta: { classes: [{ name: 'kiwi' }] } });
    // "unmarked" leaves what has been accepted
    await server.ok('jobs.reject', { id: 1, mode: 'unmarked' });
    expect(await server.ok('jobs.restart', { id: 1, completeExisting: false, name: 'again' })).toMatchObject([{ id: 3, userId: 101, name: 'again' }]);
    expect((await server.ok('jobs.info', { id: 3 })).entities).toHaveLength(5);
  });

  test('an annotator works on the own job and manages none', async () => {
    await server.ok('jobs.add', { ...JOB, userIds: [101, 102] });
    const token = await tokenOf(server, 'labeler_1');
    await server.ok('jobs.set-status', { id: 1, status: 'on_review' }, { token });
    await server.ok('jobs.entities.update-review-status', { jobId: 1, entityId: 3882697, status: 'done' }, { token });
    expect(await server.refused('jobs.set-status', { id: 2, status: 'on_review' }, { token })).toBe('403 "labeler_1" is annotator in the team 8 and may not manage jobs there');
    expect(await server.refused('jobs.entities.update-review-status', { jobId: 1, entityId: 3882697, status: 'accepted' }, { token })).toContain('403');
    expect(await server.refused('jobs.add', JOB, { token })).toContain('403');
    const outsider = await tokenOf(server, 'outsider');
    expect(await server.refused('jobs.info', { id: 1 }, { token: outsider })).toBe('404 Job with id 1 not found');
  });
});

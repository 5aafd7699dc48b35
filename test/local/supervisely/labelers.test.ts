import { addLabelers, startSupervisely, type TestSupervisely } from './supervisely-for-tests';
import type { EngineOptions } from '../../../local/src/engine';

let server: TestSupervisely;

async function start(options: EngineOptions = {}): Promise<void> {
  server = await startSupervisely({ annotators: 'on', ...options });
  // time moves only when the test says so
  await server.engine.control('POST', 'clock', { paused: true });
  await addLabelers(server);
}

afterEach(() => server.stop());

const people = (body: object): Promise<{ status: number }> => server.engine.control('POST', 'supervisely/labelers', body);
const advance = (advanceSeconds: number): Promise<unknown> => server.engine.control('POST', 'clock', { advanceSeconds });
const job = (id = 1): Promise<Record<string, unknown> & { entities: Array<{ id: number }> }> => server.ok('jobs.info', { id });
const statusOf = async (id = 1): Promise<unknown> => (await job(id)).status;
const addJob = (others: object = {}): Promise<unknown> => server.ok('jobs.add', { name: 'fruit', datasetId: 10555, userIds: [101], ...others });

const CALM = { reviewers: [{ rejects: 0, finds: 0 }] };

/** The statuses that the next job goes through, from the first on. */
async function statusesWhile(work: () => Promise<unknown>): Promise<unknown[]> {
  const seen: string[] = [];
  server.engine.supervisely.site.observe({ changed: ({ status }) => { if (status !== seen.at(-1)) seen.push(status); } });
  await work();
  await advance(3600);
  return seen;
}

test('a job is opened, labeled, reviewed, completed', async () => {
  await start();
  await people(CALM);
  expect(await statusesWhile(() => addJob({ meta: { entityIds: [3882697, 3882698] } }))).toEqual(['pending', 'in_progress', 'on_review', 'completed']);
  const { acceptedImagesCount, startedAt, annotationFinishedAt, reviewFinishedAt, finishedAt } = await job();
  const times = [startedAt, annotationFinishedAt, reviewFinishedAt, finishedAt];
  expect([acceptedImagesCount, times]).toEqual([2, [...times].sort()]);
  expect(times.every((time) => typeof time === 'string')).toBe(true);
  const filter = [{ field: 'jobId', operator: '=', value: 1 }, { field: 'type', operator: 'in', value: ['image_review_status_updated'] }];
  const { entities } = await server.ok('teams.activity', { teamId: 8, filter });
  expect(entities.map(({ user, meta }: { user: string; meta: { reviewStatus: string } }) => [user, meta.reviewStatus]))
    .toEqual([['labeler_1', 'done'], ['labeler_1', 'done'], ['my_username', 'accepted'], ['my_username', 'accepted']]);
});

test('an intermediate review is one step more', async () => {
  await start();
  await people(CALM);
  const meta = { entityIds: [3882697], enableIntermediateReview: true };
  expect(await statusesWhile(() => addJob({ meta }))).toEqual(['pending', 'in_progress', 'on_review', 'review_completed', 'completed']);
});

test('labels are of the job\'s classes and tags, within its limits, and of each class\'s shape', async () => {
  await start();
  const shapes = ['rectangle', 'polygon', 'bitmap', 'line', 'point', 'any'];
  const tags = Object.entries({ origin: 'any_string', good: 'none', when: 'date', other: 'none' }).map(([name, type]) => ({ name, value_type: type }));
  const classes = [...shapes, 'unused'].map((title) => ({ title, shape: title === 'unused' ? 'point' : title, color: '#112233' }));
  await server.ok('projects.meta.update', { id: 5555, meta: { classes, tags } });
  await people({ ...CALM, labelers: [{ accuracy: 1, objectsPerImage: 9 }] });
  await addJob({ meta: { classes: shapes, projectTags: ['origin', 'good', 'when'], imageFiguresLimit: 5, imageTagsLimit: 4 } });
  await advance(3600);
  expect(await statusOf()).toBe('completed');
  const annotations = await server.ok('annotations.bulk.info', { datasetId: 10555, imageIds: (await job()).entities.map(({ id }) => id) });
  const objects = annotations.flatMap(({ annotation }: { annotation: { objects: object[] } }) => annotation.objects);
  expect(new Set(objects.map(({ classTitle }: { classTitle: string }) => classTitle))).toEqual(new Set(shapes));
  for (const { classTitle, geometryType } of objects) expect(geometryType).toBe(classTitle === 'any' ? 'rectangle' : classTitle);
  for (const { annotation } of annotations) {
    const tagCount = annotation.tags.length + annotation.objects.reduce((sum: number, object: { tags: object[] }) => sum + object.tags.length, 0);
    expect([annotation.objects.length, tagCount]).toEqual([expect.any(Number), 4]);
    expect(annotation.objects.length).toBeLessThanOrEqual(5);
  }
});

test('nobody labels with --annotators off', async () => {
  await start({ annotators: 'off' });
  await addJob();
  await advance(100_000);
  expect(await statusOf()).toBe('pending');
});

test('a job that is stopped is left alone; when it is resumed, work goes on where it was', async () => {
  await start();
  await people({ ...CALM, labelers: [{ secondsPerImage: 100, secondsToStart: 1 }] });
  await addJob();
  await advance(400);
  await server.ok('jobs.stop', { id: 1 });
  const done = (await job()).finishedImagesCount as number;
  expect(done).toBeGreaterThan(0);
  await advance(10_000);
  expect(await job()).toMatchObject({ status: 'stopped', finishedImagesCount: done });
  await server.ok('jobs.set-status', { id: 1, status: 'in_progress' });
  await advance(10_000);
  expect(await job()).toMatchObject({ status: 'completed', acceptedImagesCount: 6 });
});

test('the one whom a job is given to goes on with it', async () => {
  await start();
  await people({ ...CALM, labelers: [{ login: 'labeler_1', secondsPerImage: 1e6, secondsToStart: 1 }] });
  await addJob();
  await advance(100);
  await server.ok('jobs.editInfo', { id: 1, userId: 102 });
  await advance(3600);
  expect(await statusOf()).toBe('completed');
});

describe('a reviewer who rejects', () => {
  const STRICT = { labelers: [{ accuracy: 0 }], reviewers: [{ rejects: 0, finds: 1 }] };

  test('sends the job back until it is right', async () => {
    await start();
    await people(STRICT);
    expect(await statusesWhile(() => addJob({ meta: { entityIds: [3882697, 3882698] } })))
      .toEqual(['pending', 'in_progress', 'on_review', 'in_progress', 'on_review', 'completed']);
    expect(await job()).toMatchObject({ acceptedImagesCount: 2, rejectedImagesCount: 0 });
  });

  test('makes a job of what is to be done again', async () => {
    await start();
    await people({ ...STRICT, reviewers: [{ finds: 1, rework: 'restart' }] });
    await addJob({ meta: { entityIds: [3882697] } });
    await advance(300);
    expect(await job(1)).toMatchObject({ status: 'completed', rejectedImagesCount: 1 });
    expect(await job(2)).toMatchObject({ name: 'fruit', entities: [{ id: 3882697 }] });
  });

  test('leaves it to whoever made the job', async () => {
    await start();
    await people({ ...STRICT, reviewers: [{ finds: 1, rework: 'leave' }] });
    await addJob();
    await advance(3600);
    expect(await job()).toMatchObject({ status: 'completed', rejectedImagesCount: 6 });
    expect(await server.ok('jobs.restart', { id: 1 })).toMatchObject([{ id: 2 }]);
  });
});

test('the same seed, the same labels', async () => {
  const labels = async (seed: string): Promise<unknown> => {
    await start({ seed });
    await addJob();
    await advance(36_000);
    const { entities } = await server.ok('figures.list', { datasetId: 10555 });
    return entities.map(({ classId, geometry }: { classId: number; geometry: object }) => [classId, geometry]);
  };
  const first = await labels('a');
  await server.stop();
  expect(await labels('a')).toEqual(first);
  await server.stop();
  expect(await labels('b')).not.toEqual(first);
});

test('who cannot be is refused', async () => {
  await start();
  expect(await people({ labelers: [{ accuracy: 2 }] })).toMatchObject({ status: 400, body: { message: '"labelers[0].accuracy" must be <= 1, got 2' } });
  expect(await people({ annotators: [] })).toMatchObject({ status: 400, body: { message: 'the body has the unknown member "annotators"' } });
});

import { Job } from '../../examples/supervisely-tutorial/server';
import { tellTutorial, TutorialStory } from '../../examples/supervisely-tutorial/story';

jest.setTimeout(1_200_000);

let story: TutorialStory;
beforeAll(async () => { story = await tellTutorial(); });

const LEMONS = 'labeler1_lemons_task';
const KIWIS = 'labeler2_kiwi_task_with_complex_settings';

/** The user's parts of names, without what the library puts behind them. */
const titles = (jobs: readonly Job[]) => jobs.map(({ name }) => name.split(' [')[0]).sort();
const find = (jobs: readonly Job[], title: string) => jobs.find(({ name }) => name.startsWith(`${title} [`))!;

test('both labelers are in the team, as annotators', () => {
  expect(story.members).toMatchObject([{ login: 'labeler_1', role: 'annotator' }, { login: 'labeler_2', role: 'annotator' }]);
});

test('the project has its classes and tags, and none of them twice', () => {
  expect(story.projectMeta.classes.map(({ title, shape }) => [title, shape])).toEqual([['kiwi', 'bitmap'], ['lemon', 'bitmap']]);
  expect(story.projectMeta.tags.map(({ name, value_type: type, applicable_type: applicable }) => [name, type, applicable]).sort())
    .toEqual([['origin', 'any_string', 'objectsOnly'], ['size', 'oneof_string', 'objectsOnly']]);
});

test('the first job is for all six images and one class, and waits for its labeler', () => {
  expect(find(story.started.lists.All, LEMONS)).toMatchObject({
    readme: 'annotation manual for fruits in markdown format here (optional)',
    description: 'short description is here (optional)',
    teamId: 8,
    workspaceId: 349,
    workspaceTitle: 'Testing Workspace',
    projectId: 5555,
    projectTitle: 'Lemons (Test)',
    datasetId: 10555,
    datasetTitle: 'ds1',
    managerLogin: 'my_username',
    labelerLogin: 'labeler_1',
    status: 'pending',
    disabled: false,
    imagesCount: 6,
    meta: { classes: [{ name: 'lemon' }], projectTags: [], imageFiguresLimit: null, imageTagsLimit: null },
  });
});

test('the second job is for three images, one class and two tags, with limits, and waits for its labeler', () => {
  const job = find(story.started.lists.All, KIWIS);
  expect(job).toMatchObject({
    labelerLogin: 'labeler_2',
    status: 'pending',
    imagesCount: 3,
    finishedImagesCount: 0,
    meta: { classes: [{ name: 'kiwi' }], projectTags: [{ name: 'size' }, { name: 'origin' }], imageFiguresLimit: 10, imageTagsLimit: 20 },
  });
  expect(job.entities!.map(({ id, name, reviewStatus }) => [id, name, reviewStatus]).sort()).toEqual([
    [3882697, 'IMG_4451.jpeg', 'none'], [3882698, 'IMG_3861.jpeg', 'none'], [3882699, 'IMG_0748.jpeg', 'none'],
  ]);
});

test.each<[string, string[]]>([
  ['All', [LEMONS, KIWIS]],
  ['CreatedByUser', [LEMONS, KIWIS]],
  ['CreatedByUserForLabeler2', [KIWIS]],
  ['OfProject', [LEMONS, KIWIS]],
  ['OfDataset', [LEMONS, KIWIS]],
  ['Active', [LEMONS, KIWIS]],
])('the list %s has what its filters let through', (list, expected) => {
  expect(titles(story.started.lists[list])).toEqual(expected);
});

test('statuses are as of the deployment', () => {
  expect(story.started.outputs).toMatchObject({ LemonsStatus: 'pending', KiwisStatus: 'pending' });
});

test('a stopped job is active no more, and is in the other lists', () => {
  expect(find(story.labeled.lists.All, LEMONS).status).toBe('stopped');
  expect(titles(story.labeled.lists.CreatedByUser)).toEqual([LEMONS, KIWIS]);
  expect(titles(story.labeled.lists.Active)).toEqual([KIWIS]);
});

test('a deployment waits until the labeler has finished', () => {
  expect(story.labeled.outputs).toMatchObject({ LemonsStatus: 'stopped', KiwisStatus: 'on_review' });
  expect(find(story.labeled.lists.Active, KIWIS)).toMatchObject({ status: 'on_review', finishedImagesCount: 3 });
});

test('a status is set, and the job is not made again', () => {
  expect(story.completed.outputs).toMatchObject({ LemonsStatus: 'stopped', KiwisStatus: 'completed' });
  expect(story.completed.lists.All.map(({ id }) => id)).toEqual(story.started.lists.All.map(({ id }) => id));
  expect(story.completed.lists.Active).toEqual([]);
});

test('of the jobs whose stack is gone one is archived, and the other one removed', () => {
  expect(titles(story.remaining)).toEqual([LEMONS]);
  expect(story.remaining).toMatchObject([{ disabled: true, status: 'stopped' }]);
});

import { onFakeServer, properties } from './group-stack';
import { silence } from './silence';
import { OWNER_KEY } from '../../../src/model/supervisely/custom-data';

beforeEach(silence);

describe('a group of jobs is made', () => {
  test('one job for each labeler, found by its name, with our note in its custom data', async () => {
    const { stack, server } = onFakeServer();
    const { id, data } = await stack.create({
      Labelers: [{ Login: 'labeler_2' }, { Id: '101' }],
      Editable: { Reviewer: { Login: 'my_username' }, CustomData: '{"batch":7}', DisableSubmit: 'true' },
      Settings: { Title: 'Lemons', Readme: 'How to', ObjectsLimitPerImage: '10' },
    });

    const jobs = server.list();
    expect(jobs.map(({ name, userId }) => [name, userId])).toEqual([[`Lemons [${id}-r1-u102]`, 102], [`Lemons [${id}-r1-u101]`, 101]]);
    expect(jobs[0]).toMatchObject({ reviewerId: 7, readme: 'How to', meta: { classes: ['lemon'], imageFiguresLimit: 10, disableSubmit: true } });
    expect(jobs[0].customData).toMatchObject({ batch: 7, [OWNER_KEY]: { logicalId: 'Lemons', requestId: 'request-1' } });
    expect(data).toEqual({
      ...{ JobId: '1', JobIds: '1,2', LabelerIds: '102,101', Statuses: 'pending,pending', Status: 'pending', State: 'Pending', Generation: '1' },
      ...{ TeamId: '8', ProjectId: '5555', DatasetId: '10555', ImagesCount: '12', FinishedImagesCount: '0', AcceptedImagesCount: '0', RejectedImagesCount: '0' },
      ...{ LabeledImagesCount: '0', UnlabeledImagesCount: '12' },
      Message: '',
    });
  });

  test.each([
    ['an unknown dataset', { Dataset: { Id: '99' } }, 'there is no dataset 99 on https://supervisely.test, or the owner of the API token may not see it; '
      + 'datasets: 10555 ("ds1" of the project 5555, "Lemons (Test)"), 10556 ("ds2" of the project 5555, "Lemons (Test)")'],
    ['an unknown team', { TeamId: '9' }, 'there is no team 9 on https://supervisely.test, or the owner of the API token is not in it; teams: 8 ("Fruits")'],
    ['a labeler outside the team', { Labelers: [{ Login: 'labeler_1' }, { Login: 'nobody' }] },
      'the labeler "nobody" is not in the team 8 ("Fruits"), add them first; its members: my_username, labeler_1, labeler_2, labeler_3'],
    ['a labeler twice', { Labelers: [{ Login: 'labeler_1' }, { Id: '101' }] }, 'the labeler "labeler_1" (101) is declared twice: name them once'],
    ['an unknown reviewer', { Editable: { Reviewer: { Id: '5' } } }, 'the reviewer the user 5 is not in the team 8'],
    ['a title with a slash', { Settings: { Title: 'Lemons/1' } }, 'has a slash or a backslash'],
  ])('%s is refused before anything is written', async (_, changes, message) => {
    const { stack, server } = onFakeServer();
    await expect(stack.create(changes)).rejects.toThrow(message);
    expect(server.list()).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('classes and tags that the project lacks are named together, and no job is made', async () => {
    const { stack, server } = onFakeServer();
    const create = stack.event('Create', properties({
      Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }], Work: { Classes: ['lemon', 'lime'], Tags: ['origin'] },
    }));
    const begun = await stack.onEvent(create);
    await expect(stack.wait(begun)).rejects.toThrow('the project 5555 has no class "lime"; its classes: kiwi, lemon; '
      + 'the project 5555 has no tag "origin"; its tags: size. Add them first, as ProjectMeta does; no job was made');
    await stack.run(stack.event('Delete', create.ResourceProperties, { PhysicalResourceId: begun.PhysicalResourceId }));
    expect(server.list()).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('what was half made is removed when the deployment fails', async () => {
    const { stack, server } = onFakeServer();
    const create = stack.event('Create', properties({ WaitForStatus: 'on_review', TimeoutSeconds: '20' }));
    const begun = await stack.onEvent(create);
    await expect(stack.wait(begun)).rejects.toThrow('timed out after 20 seconds, waiting for all jobs to be on_review: job 1 pending');
    await stack.run(stack.event('Delete', create.ResourceProperties, { PhysicalResourceId: begun.PhysicalResourceId }));
    expect(server.list()).toEqual([]);
  });
});

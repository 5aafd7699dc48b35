import { onFakeServer } from './group-stack';
import { silence } from './silence';

beforeEach(silence);

const RECORD = 's3://state/guid/imports/0a1b2c3d/0123456789ab/import.json';
const IMPORTED = { Dataset: { ImportRecord: RECORD, ImportIdentity: '0123456789ab' }, Work: { Classes: ['lemon'], ExcludeImagesWithTags: ['ground-truth'] } };
const ALL = [1, 2, 3, 4, 5, 6];
const BOTH = [{ Login: 'labeler_1' }, { Login: 'labeler_2' }];

function onLabeledDataset(labeled: readonly number[] = ALL): ReturnType<typeof onFakeServer> & { readonly asked: () => number } {
  const run = onFakeServer();
  run.server.labeled = labeled;
  run.server.meta.tags.push({ name: 'ground-truth', value_type: 'none' });
  run.stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
  return { ...run, asked: () => run.server.calls.filter((method) => method === 'jobs.add').length };
}

describe('an import that has brought all labels', () => {
  test('ends its jobs before they begin: completed, told once, and not asked for again', async () => {
    const { stack, server, asked } = onLabeledDataset();
    stack.imports.clear();
    const { id } = await stack.create({ ...IMPORTED, Labelers: BOTH });
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    const note = 'the user 101 gets no job, for nothing is left to label: no image of the dataset is selected; change "attempt" to look for some again';
    expect(await stack.reconcile()).toMatchObject({ jobIds: '', status: 'completed', notes: [note, note.replace('101', '102')] });
    expect(await stack.reconcile()).toMatchObject({ status: 'completed', steps: [] });
    expect(asked()).toBe(2);
    expect(server.list()).toEqual([]);
    expect(stack.bus.told.map(({ status, state }) => [status, state])).toEqual([['preparing', 'Pending'], ['completed', 'Completed']]);
    expect(stack.bus.told[1]).toMatchObject({ jobName: id, formerStatus: 'preparing', jobs: [], imagesCount: 0, projectId: 5555, datasetId: 10556 });
    await stack.delete();
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('is deployed as completed, and with every status that is waited for', async () => {
    const { stack } = onLabeledDataset();
    const { data } = await stack.create({ ...IMPORTED, WaitForStatus: 'completed' });
    expect(data).toMatchObject({ Status: 'completed', State: 'Completed', JobId: '', JobIds: '', Message: expect.stringContaining('nothing is left to label') });
  });

  test.each([
    ['another attempt', { Settings: { Title: 'Lemons', Attempt: '2' } }],
    ['another identity', { Work: { ExcludeImagesWithTags: ['ground-truth'] } }],
  ])('is looked at again with %s', async (_, changes) => {
    const { stack, server, asked } = onLabeledDataset();
    await stack.create(IMPORTED);
    await stack.update({ Editable: { CustomData: '{"a":1}' } });
    expect(asked()).toBe(1);
    server.labeled = [1, 2];
    expect((await stack.update(changes)).data).toMatchObject({ Status: 'pending', JobIds: '1', ImagesCount: '4', Message: '' });
    expect(await stack.reconcile()).toMatchObject({ jobIds: '1', steps: [], notes: [] });
    server.labeled = ALL;
    expect(await stack.reconcile()).toMatchObject({ status: 'pending', steps: [] });
  });

  test('leaves who joins late without a job, and the jobs of others count', async () => {
    const { stack, server } = onLabeledDataset([1]);
    await stack.create(IMPORTED);
    server.labeled = ALL;
    expect((await stack.update({ Labelers: BOTH })).data).toMatchObject({ Status: 'pending', JobIds: '1', LabelerIds: '101' });
    server.person(1, (job) => Object.assign(job, { status: 'completed', entities: job.entities.map((one) => ({ ...one, reviewStatus: 'accepted' })) }));
    expect(await stack.reconcile()).toMatchObject({ status: 'completed', steps: [] });
  });

  test('a rollback to it succeeds, whatever was labeled meanwhile', async () => {
    const { stack, server } = onLabeledDataset();
    await stack.create(IMPORTED);
    const former = { id: stack.id!, properties: stack.current! };
    await stack.update({ Work: { Classes: ['lemon'] } });
    server.label(1, 1);
    const back = stack.event('Update', former.properties, { PhysicalResourceId: stack.id, OldResourceProperties: stack.current });
    expect(await stack.run(back)).toMatchObject({ id: former.id, data: { Status: 'completed', JobIds: '' } });
    expect(server.list()).toMatchObject([{ id: 1, status: 'stopped' }]);
  });

  test('whatever is lost on the way', async () => {
    const { stack, server } = onLabeledDataset();
    stack.imports.clear();
    await stack.create(IMPORTED);
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    for (const fault of ['not received', 'crash before'] as const) {
      server.fault = () => fault;
      await expect(stack.reconcile()).rejects.toThrow();
      stack.now += 600_000;
    }
    server.fault = () => undefined;
    expect(await stack.reconcile()).toMatchObject({ status: 'completed' });
    expect(stack.bus.told.map(({ status }) => status)).toEqual(['preparing', 'completed']);
  });

  test('a job that was removed is not made again on nothing', async () => {
    const { stack, server, asked } = onLabeledDataset([1]);
    await stack.create(IMPORTED);
    server.jobs.clear();
    server.labeled = ALL;
    expect((await stack.update({ Settings: { Title: 'Lemons', Attempt: '2' } })).data).toMatchObject({ Status: 'completed', JobIds: '' });
    expect(await stack.reconcile()).toMatchObject({ status: 'completed', steps: [] });
    expect(asked()).toBe(2);
  });
});

test('of any other dataset a selection without images is refused, with what selects', async () => {
  const { stack, server } = onLabeledDataset();
  await expect(stack.create({ Work: { ImageIds: ['1', '2'], ExcludeImagesWithTags: ['ground-truth'] } })).rejects.toThrow(
    /^jobs\.add for .*-r1-u101: No images found; the dataset 10555 \("ds1"\) has no image that is selected by imageIds \[1,2\], excludeImagesWithTags \["ground-truth"\]: add images/,
  );
  expect(server.list()).toEqual([]);
});

test('other refusals on an import are none of these', async () => {
  const { stack, server } = onLabeledDataset([]);
  server.refusal = 'User with id 101 is not a member of the team';
  await expect(stack.create(IMPORTED)).rejects.toThrow('jobs.add for');
});

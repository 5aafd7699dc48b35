import { onFakeServer, properties } from './group-stack';
import { silence } from './silence';

beforeEach(silence);

const RECORD = 's3://state/guid/imports/0a1b2c3d/0123456789ab/import.json';
const IMPORTED = { Dataset: { ImportRecord: RECORD, ImportIdentity: '0123456789ab' } };

describe('jobs on a dataset that an import makes', () => {
  test('are deployed as preparing, and made when the import wakes the reconciler', async () => {
    const { stack, server } = onFakeServer();
    const { id, data } = await stack.create({ ...IMPORTED, TeamId: '8' });
    expect(server.list()).toEqual([]);
    expect(data).toEqual({
      ...{ JobId: '', JobIds: '', LabelerIds: '', Statuses: '', Status: 'preparing', State: 'Pending', Generation: '1' },
      ...{ TeamId: '8', ProjectId: '', DatasetId: '', ImagesCount: '0', FinishedImagesCount: '0', AcceptedImagesCount: '0', RejectedImagesCount: '0' },
      ...{ LabeledImagesCount: '0', UnlabeledImagesCount: '0' },
      Message: `waiting for the import of its dataset, which ends with ${RECORD}`,
    });
    expect(await stack.reconcile()).toMatchObject({ status: 'preparing', steps: [] });

    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    expect(await stack.reconcile()).toMatchObject({ jobIds: '1', status: 'pending', steps: ['make job 1 of the user 101'], notes: [] });
    expect(server.list()).toMatchObject([{ name: `Lemons [${id}-r1-u101]`, datasetId: 10556, status: 'pending' }]);
    expect(await stack.reconcile()).toMatchObject({ jobIds: '1', steps: [] });
  });

  test('stay where they are when the record goes', async () => {
    const { stack, server } = onFakeServer();
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    await stack.create(IMPORTED);
    stack.imports.clear();
    expect(await stack.reconcile()).toMatchObject({ jobIds: '1', status: 'pending', steps: [], notes: [] });
    expect(server.list()).toHaveLength(1);
  });

  test('a status that is waited for is waited for until the jobs have it', async () => {
    const { stack, server } = onFakeServer();
    const begun = await stack.onEvent(stack.event('Create', properties({ ...IMPORTED, WaitForStatus: 'in_progress' })));
    expect(await stack.poll(begun)).toEqual({ IsComplete: false });
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    expect(await stack.poll(begun)).toEqual({ IsComplete: false });
    server.label(1, 1);
    expect(await stack.poll(begun)).toMatchObject({ IsComplete: true, Data: { Status: 'in_progress' } });
  });

  test('a wait that is too long says what for', async () => {
    const { stack } = onFakeServer();
    await expect(stack.create({ ...IMPORTED, WaitForStatus: 'pending', TimeoutSeconds: '20' }))
      .rejects.toThrow('timed out after 20 seconds, waiting for all jobs to be pending: the import of the dataset goes on');
  });

  test('people are looked up at once where the team is known', async () => {
    const { stack } = onFakeServer();
    await expect(stack.create({ ...IMPORTED, TeamId: '8', Labelers: [{ Login: 'nobody' }] })).rejects.toThrow('the labeler "nobody" is not in the team 8');
    await expect(stack.create({ ...IMPORTED, TeamId: '9' })).rejects.toThrow('there is no team 9');
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('another import is another identity, wherever its record lies', async () => {
    const { stack } = onFakeServer();
    const { id } = await stack.create(IMPORTED);
    expect((await stack.update({ Dataset: { ...IMPORTED.Dataset, ImportRecord: 's3://other/import.json' } })).id).toBe(id);
    expect((await stack.update({ Dataset: { ...IMPORTED.Dataset, ImportIdentity: 'ba9876543210' } })).id).not.toBe(id);
  });

  test('jobs on another dataset end when the import takes their place, and a rollback takes them up again', async () => {
    const { stack, server } = onFakeServer();
    const { id } = await stack.create();
    server.label(1, 1, 'none');
    const former = stack.current!;
    const imported = properties(IMPORTED);
    const update = await stack.run(stack.event('Update', imported, { PhysicalResourceId: id, OldResourceProperties: former }));
    expect(update.data).toMatchObject({ Status: 'preparing', JobIds: '' });
    expect(server.list()).toMatchObject([{ id: 1, status: 'stopped' }]);

    // what comes after it in the stack has failed
    const back = await stack.run(stack.event('Update', former, { PhysicalResourceId: update.id, OldResourceProperties: imported }));
    expect(back).toMatchObject({ id, data: { JobIds: '1', Status: 'in_progress' } });
    await stack.run(stack.event('Delete', imported, { PhysicalResourceId: update.id }));
    expect(server.list()).toMatchObject([{ id: 1, status: 'in_progress' }]);
  });

  test('are removed while they wait, and not made afterwards', async () => {
    const { stack, server } = onFakeServer();
    await stack.create(IMPORTED);
    await stack.delete();
    expect(stack.ledgers.keys('state')).toEqual([]);
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    expect(await stack.reconcile()).toMatchObject({ skipped: 'there is no ledger' });
    expect(server.list()).toEqual([]);
  });

  test('a Delete without a ledger finds jobs by the record, and succeeds without one', async () => {
    const { stack, server } = onFakeServer();
    stack.imports.set(RECORD, { teamId: 8, datasetId: 10556 });
    await stack.create(IMPORTED);
    await stack.ledgers.at('state', stack.ledgers.keys('state')[0]).remove();
    await stack.delete();
    expect(server.list()).toMatchObject([{ id: 1, status: 'stopped' }]);
    stack.imports.clear();
    await stack.delete();
  });
});

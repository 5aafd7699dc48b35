import { onFakeServer } from './group-stack';
import { silence } from './silence';

beforeEach(silence);

function told({ stack }: ReturnType<typeof onFakeServer>): unknown[] {
  return stack.bus.told.map(({ change, formerStatus, status, state }) => [change, formerStatus, status, state]);
}

describe('changes of the jobs\' state are told', () => {
  test('once each, by whoever sees them first', async () => {
    const run = onFakeServer();
    const { stack, server } = run;
    const { id } = await stack.create();
    await stack.reconcile();
    server.label(1, 2);
    await stack.reconcile();
    server.person(1, (job) => job.status = 'on_review');
    await stack.update({ Settings: { Title: 'Lemons' }, Editable: { CustomData: '{"a":1}' } });
    await stack.reconcile();
    server.person(1, (job) => job.status = 'completed');
    await stack.reconcile();
    await stack.reconcile();
    expect(told(run)).toEqual([
      [1, undefined, 'pending', 'Pending'], [2, 'pending', 'in_progress', 'Running'], [3, 'in_progress', 'on_review', 'InReview'], [4, 'on_review', 'completed', 'Completed'],
    ]);
    expect(stack.bus.told[3]).toEqual({
      ...{ change: 4, formerStatus: 'on_review', jobName: id, serverUrl: 'https://supervisely.test', status: 'completed', state: 'Completed', generation: 1 },
      jobs: [{ jobId: 1, labelerId: 101, status: 'completed' }],
      ...{ imagesCount: 6, finishedImagesCount: 2, acceptedImagesCount: 0, rejectedImagesCount: 0, teamId: 8, projectId: 5555, datasetId: 10555 },
    });
  });

  test('what the bus did not take is told at the next look, in its order; nothing fails for it', async () => {
    const run = onFakeServer();
    const { stack, server } = run;
    stack.bus.fault = () => 'not received';
    expect((await stack.create()).data.Status).toBe('pending');
    server.label(1, 1);
    await stack.reconcile();
    stack.bus.fault = () => undefined;
    await stack.reconcile();
    expect(told(run)).toEqual([[1, undefined, 'pending', 'Pending'], [2, 'pending', 'in_progress', 'Running']]);
  });

  test.each([['before', 1], ['after', 2]] as const)('a crash %s the event loses nothing; what is told twice has one number', async (moment, times) => {
    const run = onFakeServer();
    const { stack, server } = run;
    await stack.create();
    server.label(1, 1);
    stack.bus.fault = () => `crash ${moment}`;
    // what a crashed call catches and does afterwards never happens
    await expect(stack.reconcile()).resolves.toBeDefined();
    stack.now += 600_000;
    stack.bus.fault = () => undefined;
    await stack.reconcile();
    await stack.reconcile();
    expect(told(run).slice(1)).toEqual(Array.from({ length: times }, () => [2, 'pending', 'in_progress', 'Running']));
  });

  test('next jobs of the same status are another change', async () => {
    const run = onFakeServer();
    const { stack, server } = run;
    await stack.create();
    server.label(1, 1);
    await stack.reconcile();
    await stack.update({ Settings: { Title: 'Lemons', Attempt: '2' } });
    expect(stack.bus.told.map(({ generation, status }) => [generation, status])).toEqual([[1, 'pending'], [1, 'in_progress'], [2, 'pending']]);
    expect(server.list()).toHaveLength(2);
  });

  test('a look that fails is told once for each reason, and what follows it too', async () => {
    const run = onFakeServer();
    const { stack, server } = run;
    await stack.create();
    const [labeler] = server.members.splice(1, 1);
    for (let look = 0; look < 2; look++) await expect(stack.reconcile()).rejects.toThrow('the labeler "labeler_1" is not in the team 8');
    server.members.push(labeler);
    await stack.reconcile();
    expect(told(run).slice(1)).toEqual([[2, 'pending', 'failed', 'Failed'], [3, 'failed', 'pending', 'Pending']]);
    expect(stack.bus.told[1]).toMatchObject({ reason: expect.stringContaining('"labeler_1" is not in the team 8'), jobs: [{ jobId: 1 }], imagesCount: 6 });
    expect(stack.bus.told[2]).not.toHaveProperty('reason');
  });

  test('an import that fails is told, until it succeeds', async () => {
    const run = onFakeServer();
    const { stack } = run;
    const uri = 's3://state/import.json';
    await stack.create({ Dataset: { ImportRecord: uri, ImportIdentity: '0123456789ab' } });
    await stack.reconcile(undefined, { importFailure: 'the import of the dataset has ended without one' });
    await stack.reconcile();
    stack.imports.set(uri, { teamId: 8, datasetId: 10555 });
    await stack.reconcile(undefined, { importFailure: 'late' });
    expect(told(run)).toEqual([[1, undefined, 'preparing', 'Pending'], [2, 'preparing', 'failed', 'Failed'], [3, 'failed', 'pending', 'Pending']]);
  });

  test('a removal ends what has not ended', async () => {
    const run = onFakeServer();
    const { stack, server } = run;
    await stack.create({ Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }] });
    server.person(1, (job) => Object.assign(job, { status: 'completed', startedAt: '2026-11-22T00:00:00.000Z' }));
    await stack.reconcile();
    await stack.delete();
    expect(told(run)).toEqual([[1, undefined, 'pending', 'Pending'], [2, 'pending', 'stopped', 'Stopped']]);
    expect(stack.bus.told[1].jobs).toMatchObject([{ jobId: 1, status: 'completed' }, { jobId: 2, status: 'stopped' }]);
  });

  test('jobs that are retained have not ended', async () => {
    const run = onFakeServer();
    await run.stack.create({ RemovalMode: 'RETAIN' });
    await run.stack.delete();
    expect(told(run)).toEqual([[1, undefined, 'pending', 'Pending']]);
  });
});

import { onFakeServer } from './group-stack';
import { silence } from './silence';

beforeEach(silence);

const ONE = [{ Login: 'labeler_1' }];
const TWO = [{ Login: 'labeler_1' }, { Login: 'labeler_2' }];

describe('changes in place', () => {
  test('reviewer, settings and custom data; the user\'s other custom data of the server stays where none is declared', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.person(1, (job) => job.customData.note = 'by a person');
    const { id } = await stack.update({ Editable: { Reviewer: { Id: '7' }, DisableConfirm: 'true' } });
    expect(server.list()).toMatchObject([{ id: 1, reviewerId: 7, meta: { disableConfirm: true }, customData: { note: 'by a person' } }]);
    await stack.update({ Editable: { Reviewer: { Id: '102' }, CustomData: '{"batch":2}' } });
    expect(server.list()).toMatchObject([{ id: 1, reviewerId: 102, meta: { disableConfirm: false }, customData: { batch: 2, cdkLabelingWorkflows: { logicalId: 'Lemons' } } }]);
    expect(stack.id).toBe(id);
  });

  test('what a person changed since is theirs', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Editable: { Reviewer: { Id: '7' } } });
    server.person(1, (job) => job.reviewerId = 102);
    await stack.update({ ReconcileNonce: '2' });
    expect(server.list()[0].reviewerId).toBe(102);
  });

  test('a desired status is set when it is declared, and not again', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ DesiredStatus: 'on_review' });
    expect(server.list()[0].status).toBe('on_review');
    server.person(1, (job) => job.status = 'in_progress');
    await stack.update({ ReconcileNonce: '2' });
    expect(server.list()[0].status).toBe('in_progress');
    await stack.update({ DesiredStatus: 'completed' });
    expect(server.list()[0].status).toBe('completed');
  });

  test('stopped, and opened again as the same job', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 2);
    await stack.update({ DesiredStatus: 'stopped' });
    expect(server.list()).toMatchObject([{ id: 1, status: 'stopped' }]);
    await stack.update({ DesiredStatus: undefined });
    expect(server.list()).toMatchObject([{ id: 1, status: 'in_progress' }]);
  });

  test('a job that is not to start is not made', async () => {
    const { stack, server } = onFakeServer();
    const { data } = await stack.create({ DesiredStatus: 'stopped' });
    expect(server.list()).toEqual([]);
    expect(data).toMatchObject({ JobIds: '', Status: '', Message: 'the user 101 gets no job: the desired status is stopped' });
  });
});

describe('settings that the server cannot change', () => {
  test('the next job takes the images that are left, rejected ones too', async () => {
    const { stack, server } = onFakeServer();
    const { id } = await stack.create();
    server.label(1, 2);
    server.label(1, 1, 'rejected');
    const { data } = await stack.update({ Settings: { Title: 'Lemons', Readme: 'Look twice' } });
    const [former, next] = server.list();
    expect(former.status).toBe('stopped');
    expect(next).toMatchObject({ name: `Lemons [${id}-r2-u101]`, status: 'pending', readme: 'Look twice' });
    expect(next.entities.map((entity) => entity.id)).toEqual([3, 4, 5, 6]);
    expect(data).toMatchObject({ JobId: '2', Generation: '2', ImagesCount: '4' });
  });

  test('a job that nobody has begun is replaced without a trace', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    await stack.update({ Settings: { Title: 'Lemons', Readme: 'Look twice' } });
    expect(server.list()).toMatchObject([{ id: 2, readme: 'Look twice', status: 'pending' }]);
  });

  test('where nothing is left to label, the job stays in review', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 6);
    server.person(1, (job) => job.status = 'on_review');
    const { data } = await stack.update({ Settings: { Title: 'Lemons', Readme: 'Look twice' } });
    expect(server.list()).toMatchObject([{ id: 1, status: 'on_review' }]);
    expect(data.Message).toContain('no image left to label');
  });
});

describe('another meaning of the labels', () => {
  test('is refused once images are finished, unless the user says so', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 2);
    await expect(stack.update({ Work: { Classes: ['kiwi'] } })).rejects.toThrow('job 1 has 2 finished images');
    expect(server.list()).toMatchObject([{ id: 1, status: 'in_progress' }]);
    await stack.update({ Work: { Classes: ['kiwi'] }, Relabel: 'kiwis' });
    expect(server.list()).toMatchObject([{ id: 1, status: 'stopped' }, { id: 2, status: 'pending', meta: { classes: ['kiwi'] } }]);
  });

  test('a rollback opens the former job again', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 2);
    const former = { id: stack.id!, properties: stack.current! };
    const failed = { ...former.properties, Work: { Classes: ['kiwi'] }, Relabel: 'kiwis', WaitForStatus: 'completed' as const, TimeoutSeconds: '20' };
    const update = stack.event('Update', failed, { PhysicalResourceId: former.id, OldResourceProperties: former.properties });
    await expect(stack.run(update)).rejects.toThrow('timed out');
    expect(server.list().map(({ status }) => status)).toEqual(['stopped', 'pending']);
    await stack.run(stack.event('Update', former.properties, { PhysicalResourceId: former.id, OldResourceProperties: failed }));
    expect(server.list()).toMatchObject([{ id: 1, status: 'in_progress' }]);
  });
});

describe('labelers come and go', () => {
  test('who takes the place of another gets the images that are left', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Labelers: ONE });
    server.label(1, 2);
    const { data } = await stack.update({ Labelers: [{ Login: 'labeler_3' }] });
    const [former, next] = server.list();
    expect([former.status, next.userId, next.entities.map(({ id }) => id)]).toEqual(['stopped', 103, [3, 4, 5, 6]]);
    expect(data.LabelerIds).toBe('103');
  });

  test('and back again: nobody gets an image that was done', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Labelers: ONE });
    server.label(1, 2);
    await stack.update({ Labelers: [{ Login: 'labeler_3' }] });
    server.label(2, 1);
    await stack.update({ Labelers: ONE });
    const jobs = server.list();
    expect(jobs.map(({ userId, status, entities }) => [userId, status, entities.length])).toEqual([[101, 'stopped', 6], [103, 'stopped', 4], [101, 'pending', 3]]);
  });

  test('who joins without a leaver gets the declared images, who leaves is stopped', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Labelers: ONE, Work: { Classes: ['lemon'], ImageIds: ['2', '4'] } });
    await stack.update({ Labelers: TWO });
    expect(server.list().map(({ userId, entities }) => [userId, entities.map(({ id }) => id)])).toEqual([[101, [2, 4]], [102, [2, 4]]]);
    server.label(2, 1);
    await stack.update({ Labelers: ONE });
    expect(server.list().map(({ status }) => status)).toEqual(['pending', 'stopped']);
  });
});

describe('what people did is left', () => {
  test.each([
    ['stopped', (job: { status: string }) => { job.status = 'stopped'; }, 'the job 1 was stopped outside of this stack and is left as it is, with 4 images left'],
    ['archived', (job: { disabled: boolean }) => { job.disabled = true; }, 'the job 1 was archived outside of this stack and is left as it is, with 4 images left'],
  ])('%s', async (_, change, message) => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 2);
    server.person(1, change);
    expect((await stack.update({ ReconcileNonce: '2' })).data.Message).toBe(message);
    expect(server.list()).toHaveLength(1);
    await stack.update({ Settings: { Title: 'Lemons', Attempt: '2' } });
    expect(server.list().map(({ entities }) => entities.length)).toEqual([6, 4]);
  });

  test('removed: made again only when the user asks for it', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.jobs.delete(1);
    expect((await stack.update({ ReconcileNonce: '2' })).data.Message).toContain('was removed outside of this stack and is not made again');
    await stack.update({ Settings: { Title: 'Lemons', Attempt: '2' } });
    expect(server.list()).toMatchObject([{ id: 2, status: 'pending' }]);
  });

  test('resumed by policy, so many times', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Resume: '{"stopped":"RESUME","maxAttempts":1}' });
    server.person(1, (job) => job.status = 'stopped');
    await stack.reconcile();
    expect(server.list()[0].status).toBe('pending');
    server.person(1, (job) => job.status = 'stopped');
    const { notes } = await stack.reconcile();
    expect(server.list()).toMatchObject([{ status: 'stopped' }]);
    expect(notes.join()).toContain('no further attempt is left');
  });

  test('rejected images are restarted by policy', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Resume: '{"rejected":"RESTART"}' });
    server.label(1, 2, 'rejected');
    server.label(1, 4, 'accepted');
    server.person(1, (job) => job.status = 'completed');
    const { steps } = await stack.reconcile('/drift');
    expect(steps).toEqual([`make job 2 of the user 101 for the 2 images that ${stack.id}-r1-u101 left`]);
    expect(server.list()[1].entities.map(({ id }) => id)).toEqual([1, 2]);
    expect(stack.parameters.get('/drift')).toContain('2 pending');
    expect((await stack.reconcile('/drift')).steps).toEqual([]);
  });
});

test('a clone has the settings and images of its model, but for what is declared', async () => {
  const { stack, server } = onFakeServer();
  await server.call('jobs.add', {
    name: 'model', datasetId: 10556, userIds: [102], reviewerId: 103, readme: 'model\'s', description: 'of the model',
    meta: { classes: ['kiwi'], projectTags: ['size'], imageTags: [], imageFiguresLimit: 4, imageTagsLimit: 0, entityIds: [2, 3], dynamicTags: true },
  });
  await stack.create({ Dataset: {}, Labelers: [], Work: { CloneOf: '1', Tags: [] }, Settings: { Title: 'Copy', Readme: 'own' } });
  expect(server.list()[1]).toMatchObject({
    datasetId: 10556, userId: 102, reviewerId: 103, readme: 'own', description: 'of the model',
    meta: { classes: ['kiwi'], projectTags: [], imageFiguresLimit: 4, entityIds: [2, 3], dynamicTags: true },
  });
});

test('REPORT_ONLY says what would happen', async () => {
  const { stack, server } = onFakeServer();
  await stack.create();
  server.label(1, 2);
  const { data } = await stack.update({ Settings: { Title: 'Lemons', Readme: 'new' }, Mode: 'REPORT_ONLY' });
  expect(data.Message).toBe('would stop the job 1 of the user 101: its settings change');
  expect(server.list()).toMatchObject([{ id: 1, status: 'in_progress' }]);
});

test('a rollback is not refused for people who have left meanwhile', async () => {
  const { stack, server } = onFakeServer();
  await stack.create({ Labelers: TWO });
  server.label(1, 2);
  const former = { id: stack.id!, properties: stack.current! };
  const failed = { ...former.properties, Settings: { Title: 'Lemons', Readme: 'new' } };
  await stack.run(stack.event('Update', failed, { PhysicalResourceId: former.id, OldResourceProperties: former.properties }));
  server.members.splice(2, 1);
  const { data } = await stack.run(stack.event('Update', former.properties, { PhysicalResourceId: former.id, OldResourceProperties: failed }));
  expect(data.Message).toContain('goes on at the next reconcile: the labeler "labeler_2" is not in the team 8');
  expect(data.JobIds.split(',')).toHaveLength(2);
  await expect(stack.update({ Labelers: [{ Login: 'nobody' }], Settings: { Title: 'Others' } })).rejects.toThrow('the labeler "nobody"');
});

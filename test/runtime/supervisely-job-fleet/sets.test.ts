import { FleetStack, fleetOn, fleetProperties } from './fleet-stack';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

test('an image that two sets select belongs to the first; sets by tags take what gets the tag later', async () => {
  const { stack, server } = fleetOn(4);
  Object.assign(server.meta.tags[0], { id: 28 });
  server.addImages(10555, [11, 12], 28);
  await stack.create({
    ImageSets: [{ Dataset: { Id: '10555' }, ImageIds: ['1', '2', '11'] }, { Dataset: { Id: '10555' }, IncludeImagesWithTags: ['size'] }],
    Labelers: [{ Login: 'labeler_1' }],
  });
  expect(server.list().map(({ entities }) => entities.map(({ id }) => id))).toEqual([[1, 2, 11], [12]]);
  server.addImages(10555, [13], 28);
  expect((await stack.reconcile()).steps).toHaveLength(1);
  await stack.update({ ImageSets: [{ Dataset: { Id: '10555' }, ExcludeImagesWithTags: ['size'] }] });
  expect([...server.holders().keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 11, 12, 13]);
});

test('what a set names no more is taken away; what is done under another set is not labeled again', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create({ ImageSets: [{ Dataset: { Id: '10555' }, ImageIds: ['1', '2', '3'] }], Labelers: [{ Login: 'labeler_1' }] });
  server.label(1, 1);
  await stack.update({ ImageSets: [{ Dataset: { Id: '10555' }, ImageIds: ['1', '2', '5'] }] });
  expect([...server.holders().keys()].sort()).toEqual([2, 5]);
});

test('images that are not there, and tags that the project lacks, are refused before a job is made', async () => {
  const { stack, server } = fleetOn(3);
  await expect(stack.create({ ImageSets: [{ Dataset: { Id: '10555' }, ImageIds: ['1', '77'] }] }))
    .rejects.toThrow('the dataset 10555 ("ds1") has no image 77: correct the ids');
  const other = fleetOn(3).stack;
  await expect(other.create({ ImageSets: [{ Dataset: { Id: '10555' }, IncludeImagesWithTags: ['ripe'] }] }))
    .rejects.toThrow('the project 5555 has no tag "ripe"; its tags: size. Add it first, as ProjectMeta does');
  await expect(fleetOn(3).stack.create({ Work: { Classes: ['melon'] } })).rejects.toThrow('the project 5555 has no class "melon"; its classes: kiwi, lemon');
  expect(server.list()).toEqual([]);
});

test('other classes on finished images are refused, unless "relabel" says so', async () => {
  const { stack, server } = fleetOn(4);
  await stack.create();
  server.label(1, 1);
  await expect(stack.update({ Work: { Classes: ['kiwi'] } })).rejects.toThrow('the fleet has 1 finished images, and the change of classes or tags would have them labeled again');
  await stack.update({ Work: { Classes: ['kiwi'] }, Relabel: '2026-11 kiwis' });
  expect(server.left()).toEqual({ 101: 2, 102: 2 });
  expect(server.alive().every(({ meta }) => (meta.classes as string[])[0] === 'kiwi')).toBe(true);
});

test('a fleet waits for a dataset that an import makes', async () => {
  const stack = new FleetStack();
  const data = await stack.create({ ImageSets: [{ Dataset: { ImportRecord: 's3://data/import.json', ImportIdentity: '0123456789ab' } }], TeamId: '8' });
  expect(data).toMatchObject({ Status: 'preparing', State: 'Pending', Message: 'waits for s3://data/import.json, which an import writes last' });
  stack.server.addImages(10556, [1, 2]);
  stack.imports.set('s3://data/import.json', { teamId: 8, datasetId: 10556 });
  expect(await stack.reconcile()).toMatchObject({ next: 'done', status: 'pending' });
  expect(stack.server.left()).toEqual({ 101: 1, 102: 1 });
});

test('REPORT_ONLY says what it would do, and does nothing', async () => {
  const { stack, server } = fleetOn(4);
  const { Message: message } = await stack.create({ Mode: 'REPORT_ONLY' });
  expect(message).toBe('would make job 1 of the user 101 on 2 images of the dataset 10555; would make job 1 of the user 102 on 2 images of the dataset 10555');
  expect(server.list()).toEqual([]);
});

test('a ledger that was lost is made anew from names and custom data, and nobody is given anything twice', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create();
  server.label(1, 2);
  stack.ledgers.clear('state');
  await stack.update({ Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }, { Login: 'labeler_3' }] });
  expect(server.holders().size).toBe(4);
  expect(server.done().size).toBe(2);
  stack.ledgers.removeBucket('state');
  stack.buckets.removeBucket('state');
  await stack.delete();
  expect(server.alive()).toEqual([]);
});

test('another state bucket takes over ledger and pages, and the former one is left empty', async () => {
  const { stack, server } = fleetOn(4);
  await stack.create();
  await stack.update({ StateBucket: 'other-state' });
  expect([...stack.ledgers.keys('state'), ...stack.buckets.keys('state')]).toEqual([]);
  expect(stack.buckets.keys('other-state').filter((key) => key.includes('/images/'))).toHaveLength(2);
  expect(server.list()).toHaveLength(2);
});

test('a deployment waits for a status, and fails when a job is stopped meanwhile', async () => {
  const { stack, server } = fleetOn(4);
  const begun = await stack.onEvent(stack.event('Create', fleetProperties({ WaitForStatus: 'in_progress' })));
  expect(await stack.poll(begun)).toEqual({ IsComplete: false });
  server.label(1, 1);
  expect(await stack.poll(begun)).toEqual({ IsComplete: false });
  server.label(2, 1);
  expect(await stack.poll(begun)).toMatchObject({ IsComplete: true, Data: { Status: 'in_progress', State: 'Running', InProgress: '2', FinishedImagesCount: '2' } });
  const again = fleetOn(4);
  const waiting = await again.stack.onEvent(again.stack.event('Create', fleetProperties({ WaitForStatus: 'completed' })));
  await again.stack.poll(waiting);
  again.server.person(1, (job) => { job.status = 'stopped'; });
  await expect(again.stack.poll(waiting)).rejects.toThrow('the job 1 is stopped and will not be completed by itself');
});

test.each(['STOP', 'ARCHIVE', 'REMOVE', 'RETAIN'] as const)('removal: %s', async (RemovalMode) => {
  const { stack, server } = fleetOn(4);
  await stack.create({ RemovalMode });
  server.label(1, 1);
  await stack.delete();
  const jobs = server.list().map(({ status, disabled }) => `${status}${disabled ? ', archived' : ''}`);
  expect(jobs).toEqual({
    STOP: ['stopped', 'stopped'], ARCHIVE: ['stopped, archived', 'stopped, archived'], REMOVE: [], RETAIN: ['in_progress', 'pending'],
  }[RemovalMode]);
  expect([...stack.ledgers.keys('state'), ...stack.buckets.keys('state')]).toEqual([]);
});

test('what takes longer than a call goes on in the next one', async () => {
  const { stack, server } = fleetOn(200);
  const sets = Array.from({ length: 50 }, (_, set) => ({ Dataset: { Id: '10555' }, ImageIds: [1, 2, 3, 4].map((image) => String(set * 4 + image)) }));
  await stack.create({ ImageSets: [sets[0]], TimeoutSeconds: '3300' });
  const properties = { ...stack.current!, ImageSets: sets };
  const begun = await stack.onEvent(stack.event('Update', properties, { PhysicalResourceId: stack.id, OldResourceProperties: stack.current }));
  // every job takes the server ten seconds
  const add = server.call.bind(server);
  server.call = async (method, body) => {
    if (method === 'jobs.add') stack.now += 10_000;
    return add(method, body);
  };
  expect(await stack.poll(begun)).toEqual({ IsComplete: false });
  const made = server.list().length;
  expect(made).toBeGreaterThan(2);
  expect(made).toBeLessThan(100);
  while (!(await stack.poll(begun)).IsComplete) expect(server.holders().size).toBeLessThan(200);
  expect(server.holders().size).toBe(200);
  expect(server.list()).toHaveLength(100);
});

import { fleetOn } from './fleet-stack';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

const THREE = [{ Login: 'labeler_1', Weight: '2' }, { Login: 'labeler_2' }, { Id: '103' }];

test('a set is shared out by weight, and the record says who has what', async () => {
  const { stack, server } = fleetOn(8);
  const data = await stack.create({ Labelers: THREE });
  expect(server.left()).toEqual({ 101: 4, 102: 2, 103: 2 });
  expect(data).toMatchObject({
    LabelerIds: '101,102,103', Status: 'pending', State: 'Pending', Jobs: '3', Pending: '3', Stopped: '0', ImagesCount: '8', FinishedImagesCount: '0',
    UnassignedImagesCount: '0', TeamId: '8', Message: '',
  });
  expect(stack.record().map(({ userId, left, jobs }) => [userId, left, jobs.length])).toEqual([[101, 4, 1], [102, 2, 1], [103, 2, 1]]);
  expect(server.list()[0].name).toMatch(/^Lemons \[fruits-0a1b2c-lemons-0123abcd-[0-9a-f]{12}-r1-u101\]$/);
});

test('who leaves is stopped before others get their images, and what they have done stays done', async () => {
  const { stack, server } = fleetOn(8);
  await stack.create({ Labelers: THREE });
  server.label(1, 3);
  server.calls.length = 0;
  await stack.update({ Labelers: THREE.slice(1) });
  expect(server.left()).toEqual({ 102: 3, 103: 2 });
  expect(server.done().size).toBe(3);
  const order = server.calls.filter((method) => method === 'jobs.stop' || method === 'jobs.add');
  expect(order).toEqual(['jobs.stop', 'jobs.add']);
});

test('who joins gets their share from those who have more, once: people who are faster than others are not stopped for it', async () => {
  const { stack, server } = fleetOn(12);
  await stack.create();
  await stack.update({ Labelers: THREE });
  expect(server.left()).toEqual({ 101: 6, 102: 3, 103: 3 });
  // jobs that nobody had begun are gone, now that their images have others
  expect(server.list().map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
  const [first] = server.alive();
  server.label(first.id, 5);
  expect((await stack.reconcile()).steps).toEqual([]);
});

test('a job in review stays, whoever leaves; its rejected images go to others when it is completed', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create();
  server.label(1, 3);
  server.person(1, (job) => { job.status = 'on_review'; });
  await stack.update({ Labelers: [{ Login: 'labeler_2' }] });
  expect(server.alive().map(({ id, status }) => [id, status])).toEqual([[1, 'on_review'], [2, 'pending']]);
  server.person(1, (job) => {
    job.status = 'completed';
    job.entities.forEach((image, index) => { image.reviewStatus = index === 0 ? 'rejected' : 'accepted'; });
  });
  const { steps } = await stack.reconcile();
  expect(steps).toEqual(['make job 2 of the user 102 on 1 images of the dataset 10555']);
});

test('rejected images go back to whoever has labeled them, or are reported', async () => {
  const { stack, server } = fleetOn(8);
  await stack.create();
  server.label(1, 4);
  server.person(1, (job) => {
    job.status = 'completed';
    job.entities.forEach((image, index) => { image.reviewStatus = index < 2 ? 'rejected' : 'accepted'; });
  });
  const { Message: reported } = await stack.update({ RejectedImages: 'REPORT' });
  expect(reported).toBe('2 images were rejected in completed jobs: change "attempt" to give them out again');
  await stack.update({ RejectedImages: 'RESTART' });
  expect(server.alive().map(({ userId, entities }) => [userId, entities.length])).toEqual([[102, 4], [101, 2]]);
});

test('what people have stopped, removed or completed unfinished is held back until another attempt', async () => {
  const { stack, server } = fleetOn(12);
  await stack.create({ Labelers: [...THREE.slice(1), { Login: 'labeler_1' }] });
  server.person(1, (job) => { job.status = 'stopped'; });
  server.person(2, (job) => { job.status = 'completed'; });
  server.jobs.delete(3);
  const { steps, notes } = await stack.reconcile();
  expect(steps).toEqual([]);
  expect(notes).toEqual(['4 images are in jobs that somebody has stopped or archived, 4 images were not marked as done when their jobs were completed, '
    + '4 images were in jobs that somebody has removed: change "attempt" to give them out again']);
  const data = await stack.update({ Settings: { Title: 'Lemons', Attempt: '1' } });
  expect(server.left()).toEqual({ 101: 4, 102: 4, 103: 4 });
  expect(data.Message).toBe('');
});

test('the ledger remembers whether every image is in somebody\'s job', async () => {
  const { stack, server } = fleetOn(4);
  await stack.create();
  const { desired, fleet } = stack.ledgers.ledger('state');
  expect(fleet!.sharedOut).toBe(desired!.requestId);
  server.person(1, (job) => { job.status = 'stopped'; });
  await stack.reconcile();
  expect(stack.ledgers.ledger('state').fleet).not.toHaveProperty('sharedOut');
});

test('images that come later go to whoever has least, and nobody is stopped for them', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create();
  server.label(2, 3);
  server.addImages(10555, [21, 22, 23]);
  expect((await stack.reconcile()).steps).toEqual(['make job 2 of the user 102 on 3 images of the dataset 10555']);
});

test('between deployments whoever is not in the team any more has left; a deployment that names them is refused', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create();
  server.members.splice(2, 1);
  const { notes } = await stack.reconcile();
  expect(server.left()).toEqual({ 101: 6 });
  expect(notes).toEqual(['labeler_2 cannot label: not in the team "Fruits" any more']);
  await expect(stack.update({ Settings: { Title: 'Limes' } })).rejects.toThrow('the labeler "labeler_2" is not in the team 8 ("Fruits"), add them first');
  // CloudFormation goes back to what was deployed
  const data = await stack.update({});
  expect(data.Message).toContain('labeler_2');
});

test('without the reviewer, who has left the team, a reconcile goes on with the others and says so', async () => {
  const { stack, server } = fleetOn(4);
  await stack.create({ Editable: { Reviewer: { Login: 'labeler_3' } } });
  const reviewers = () => server.alive().map(({ reviewerId }) => reviewerId);
  expect(reviewers()).toEqual([103, 103]);
  const [reviewer] = server.members.splice(server.members.findIndex(({ login }) => login === 'labeler_3'), 1);
  server.addImages(10555, [21, 22]);
  const { notes, steps } = await stack.reconcile();
  expect(notes).toEqual(['labeler_3 cannot review: not in the team "Fruits" any more']);
  // jobs that there are stay as they are
  expect(steps).toEqual([expect.stringMatching(/^make job 2 of the user 101/), expect.stringMatching(/^make job 2 of the user 102/)]);
  expect(reviewers().slice(0, 2)).toEqual([103, 103]);
  await expect(stack.update({ Settings: { Title: 'Limes' } })).rejects.toThrow('the reviewer "labeler_3" is not in the team 8 ("Fruits"), add them first');
  await stack.update({});
  server.members.push(reviewer);
  await stack.reconcile();
  expect(reviewers()).toEqual([103, 103, 103, 103]);
});

test('a server that does not do what it is asked for is asked ever more rarely, and not for ever', async () => {
  const { stack, server } = fleetOn(6);
  await stack.create();
  server.members.splice(2, 1);
  const call = server.call.bind(server);
  let stops = 0;
  server.call = async <Answer>(...[method, body]: Parameters<typeof call>) => (method === 'jobs.stop' ? void stops++ as Answer : call<Answer>(method, body));
  const waits: Array<number | undefined> = [];
  let answer = await stack.reconcile();
  for (; answer.next === 'again' && waits.length < 100; answer = await stack.reconcile(answer.turn)) waits.push(answer.waitSeconds);
  expect(answer).toMatchObject({ next: 'stuck', steps: [expect.stringMatching(/^stop the job 2 of the user 102/)] });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
  expect(stops).toBe(11);
  // what has changed in between counts from the beginning
  server.person(1, (job) => { job.status = 'in_progress'; });
  expect(await stack.reconcile(answer.turn)).toMatchObject({ next: 'again', turn: { idle: 0 }, waitSeconds: 1 });
});

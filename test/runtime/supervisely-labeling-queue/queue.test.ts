import { properties, QueueStack } from './queue-stack';
import { silence } from '../supervisely-labeling-job/silence';

beforeEach(silence);

const statuses = ({ server }: QueueStack) => server.list().map(({ status }) => status);

describe('a queue is made', () => {
  test('with its people, settings and a name by which it is found again', async () => {
    const stack = new QueueStack();
    const { id, data } = await stack.create({
      QualityCheckers: [{ Id: '103' }],
      Work: { Classes: ['lemon'], Tags: ['size'], ImageIds: ['1', '2'], ExcludeImagesWithTags: ['size'] },
      Settings: { Title: 'Lemons', Readme: 'How to', ObjectsLimitPerImage: '10', HideFigureAuthor: 'true', ReviewOwnAnnotations: 'true', DisableSubmit: 'true' },
    });
    const [queue] = stack.server.list();
    expect(queue.request).toEqual({
      ...{ name: `Lemons [${id}-r1]`, datasetId: 10555, userIds: [101, 102], reviewerIds: [7], qualityCheckUserIds: [103], readme: 'How to' },
      meta: {
        classes: ['lemon'], projectTags: ['size'], imageTags: [{ name: 'size', positive: false }], entityIds: [1, 2], imageFiguresLimit: 10, imageTagsLimit: 0,
        dynamicClasses: false, dynamicTags: false, hideFigureAuthor: true, disableSubmit: true, enableIntermediateReview: true,
      },
      queueMeta: { reviewOwnAnnotationsAvailable: true },
    });
    expect(data).toEqual({
      ...{ QueueId: '1', QueueName: `Lemons [${id}-r1]`, Status: 'pending', State: 'Pending', Generation: '1', TeamId: '8', ProjectId: '5555' },
      ...{ DatasetId: '10555', Message: '' },
      ...{ ImagesCount: '2', PendingImagesCount: '2', InProgressImagesCount: '0', AnnotatedImagesCount: '0', AcceptedImagesCount: '0' },
    });
  });

  test('of a collection', async () => {
    const stack = new QueueStack();
    const { data } = await stack.create({ Dataset: undefined, CollectionId: '3' });
    expect(data).toMatchObject({ DatasetId: '', ProjectId: '5555' });
    expect(stack.server.list()[0]).toMatchObject({ collectionId: 3, datasetId: null });
  });

  test.each([
    ['an unknown dataset', { Dataset: { Id: '99' } }, 'there is no dataset 99 on https://supervisely.test'],
    ['an unknown collection', { Dataset: undefined, CollectionId: '9' }, 'there is no collection 9 on https://supervisely.test'],
    ['an unknown team', { TeamId: '9' }, 'there is no team 9 on https://supervisely.test, or the owner of the API token is not in it; teams: 8 ("Fruits")'],
    ['a labeler outside the team', { Labelers: [{ Login: 'nobody' }] },
      'the labeler "nobody" is not in the team 8 ("Fruits"), add them first; its members: my_username, labeler_1, labeler_2, labeler_3'],
    ['a reviewer outside the team', { Reviewers: [{ Id: '5' }] }, 'the reviewer the user 5 is not in the team 8'],
    ['a quality checker outside the team', { QualityCheckers: [{ Id: '5' }] }, 'the quality checker the user 5 is not in the team 8'],
    ['a labeler twice', { Labelers: [{ Login: 'labeler_1' }, { Id: '101' }] }, 'the labeler "labeler_1" (101) is declared twice: name them once'],
    ['a title with a slash', { Settings: { Title: 'Lemons/1' } }, 'has a slash or a backslash'],
  ])('%s is refused before anything is written', async (_, changes, message) => {
    const stack = new QueueStack();
    await expect(stack.create(changes)).rejects.toThrow(message);
    expect(stack.server.list()).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('a class that the project lacks: no queue, and nothing stays behind', async () => {
    const stack = new QueueStack();
    const create = stack.event('Create', properties({ Work: { Classes: ['lime'] } }));
    const begun = await stack.onEvent(create);
    await expect(stack.wait(begun)).rejects.toThrow('the project 5555 has no class "lime"; its classes: kiwi, lemon. Add them first, as ProjectMeta does; no queue was made');
    await stack.run(stack.event('Delete', create.ResourceProperties, { PhysicalResourceId: begun.PhysicalResourceId }));
    expect(stack.server.list()).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('what a failed deployment has made is stopped, whatever the removal policy', async () => {
    const stack = new QueueStack();
    const create = stack.event('Create', properties({ WaitForStatus: 'completed', TimeoutSeconds: '20', RemovalMode: 'RETAIN' }));
    const begun = await stack.onEvent(create);
    await expect(stack.wait(begun)).rejects.toThrow('timed out after 20 seconds, waiting for the queue 1 to be completed: it is pending');
    await stack.run(stack.event('Delete', create.ResourceProperties, { PhysicalResourceId: begun.PhysicalResourceId }));
    expect(statuses(stack)).toEqual(['stopped']);
  });

  test('a deployment waits for a status, and not for one that cannot come', async () => {
    const stack = new QueueStack();
    const begun = await stack.onEvent(stack.event('Create', properties({ WaitForStatus: 'completed' })));
    expect(await stack.poll(begun)).toEqual({ IsComplete: false });
    stack.server.list()[0].status = 'stopped';
    await expect(stack.poll(begun)).rejects.toThrow('the queue 1 is stopped and will not be completed by itself');
    stack.server.list()[0].status = 'completed';
    expect(await stack.poll(begun)).toMatchObject({ IsComplete: true, Data: { Status: 'completed', State: 'Completed' } });
  });
});

describe('a queue changes', () => {
  test.each([
    ['its people', { Labelers: [{ Login: 'labeler_3' }] }, { userIds: [103] }],
    ['its settings', { Settings: { Title: 'Lemons', Readme: 'Look twice' } }, { request: expect.objectContaining({ readme: 'Look twice' }) }],
    ['nothing but the attempt', { Attempt: '1' }, {}],
  ])('%s: it stops, and a next one gets the images that nobody has finished', async (_, changes, expected) => {
    const stack = new QueueStack();
    const { id } = await stack.create();
    stack.server.work(1, 1, 'accepted');
    stack.server.work(1, 1, 'done');
    stack.server.work(1, 1, 'none');
    const { data, id: same } = await stack.update(changes);
    expect(same).toBe(id);
    expect(statuses(stack)).toEqual(['stopped', 'pending']);
    expect(stack.server.list()[1]).toMatchObject({ name: `Lemons [${id}-r2]`, images: [{ id: 3 }, { id: 4 }, { id: 5 }, { id: 6 }], ...expected });
    expect(data).toMatchObject({ QueueId: '2', Generation: '2', Message: 'the queue 1 was stopped with 1 images that wait for their review, and is not taken up again' });
  });

  test('neither the order of people nor how they are named is a change', async () => {
    const stack = new QueueStack();
    await stack.create();
    await stack.update({ Labelers: [{ Login: 'labeler_2' }, { Id: '101' }] });
    expect(statuses(stack)).toEqual(['pending']);
  });

  test('a status is given once, and taken back with its declaration', async () => {
    const stack = new QueueStack();
    await stack.create({ DesiredStatus: 'in_progress' });
    expect(statuses(stack)).toEqual(['in_progress']);
    stack.server.list()[0].status = 'on_review';
    await stack.update({ TimeoutSeconds: '200' });
    expect(statuses(stack)).toEqual(['on_review']);
    await stack.update({ DesiredStatus: 'stopped' });
    expect(statuses(stack)).toEqual(['stopped']);
    await stack.update({ DesiredStatus: undefined });
    expect(statuses(stack)).toEqual(['pending']);
  });

  test('other classes on images that are labeled need a word, and the former queue is stopped', async () => {
    const stack = new QueueStack();
    const { id } = await stack.create();
    stack.server.work(1, 2, 'accepted');
    await expect(stack.update({ Work: { Classes: ['kiwi'] } })).rejects.toThrow('queue 1 has 2 labeled images');
    expect(statuses(stack)).toEqual(['in_progress']);
    const { id: other } = await stack.update({ Work: { Classes: ['kiwi'] }, Relabel: 'kiwis' });
    expect(other).not.toBe(id);
    expect(statuses(stack)).toEqual(['stopped', 'pending']);
  });

  test('a rollback takes the former queue up again, though people have left meanwhile', async () => {
    const stack = new QueueStack();
    await stack.create();
    stack.server.work(1, 1, 'none');
    const former = stack.current!;
    const next = { ...former, Work: { Classes: ['kiwi'] } };
    const update = await stack.onEvent(stack.event('Update', next, { PhysicalResourceId: stack.id, OldResourceProperties: former }));
    await stack.wait(update);
    expect(statuses(stack)).toEqual(['stopped', 'pending']);
    const back = stack.event('Update', former, { PhysicalResourceId: update.PhysicalResourceId, OldResourceProperties: next });
    expect((await stack.run(back)).id).toBe(stack.id);
    expect(statuses(stack)).toEqual(['in_progress', 'stopped']);

    await stack.wait(await stack.onEvent(stack.event('Update', next, { PhysicalResourceId: stack.id, OldResourceProperties: former })));
    stack.server.members.splice(1, 1);
    const again = stack.event('Update', former, { PhysicalResourceId: update.PhysicalResourceId, OldResourceProperties: next });
    expect((await stack.run(again)).data).toMatchObject({ QueueId: '1', Message: expect.stringContaining('goes on at the next reconcile: the labeler "labeler_1"') });
  });

  test('a report touches nothing', async () => {
    const stack = new QueueStack();
    await stack.create();
    const { data } = await stack.update({ Mode: 'REPORT_ONLY', Attempt: '2' });
    expect(data.Message).toBe('would stop the queue 1: its settings or people change');
    expect(statuses(stack)).toEqual(['pending']);
  });

  test('what a person has stopped or removed stays so, and is told', async () => {
    const stack = new QueueStack();
    await stack.create();
    stack.server.list()[0].status = 'stopped';
    expect((await stack.update({ TimeoutSeconds: '200' })).data.Message).toContain('was stopped outside of this stack and is left as it is, with 6 images left');
    stack.server.queues.clear();
    expect((await stack.update({ TimeoutSeconds: '201' })).data).toMatchObject({ QueueId: '', Message: expect.stringContaining('was removed outside of this stack') });
    expect((await stack.reconcile('/drift')).notes).toHaveLength(1);
    expect(stack.parameters.size).toBe(1);
  });
});

describe('bad days', () => {
  test.each(['lost answer', 'not received', 'crash before', 'crash after'] as const)('%s of labeling-queues.add leaves one queue', async (kind) => {
    const stack = new QueueStack();
    let times = 2;
    stack.server.fault = (method) => (method === 'labeling-queues.add' && times-- > 0 ? kind : undefined);
    const begun = await stack.onEvent(stack.event('Create', properties({ TimeoutSeconds: '3300' })));
    for (let tries = 0; ; tries++) {
      const answer = await stack.poll(begun).catch(() => undefined);
      if (answer?.IsComplete) break;
      expect(tries).toBeLessThan(10);
      stack.now += 400_000;
    }
    expect(statuses(stack)).toEqual(['pending']);
  });

  test('a late request makes a second queue: the younger one is stopped, one that somebody has begun is told of', async () => {
    const stack = new QueueStack();
    await stack.create();
    stack.server.copy(1);
    expect((await stack.reconcile()).notes).toEqual([]);
    expect(statuses(stack)).toEqual(['pending', 'stopped']);
    const begun = stack.server.copy(1, { status: 'in_progress' });
    begun.images[0].stage = 'done';
    expect((await stack.reconcile()).notes[0]).toContain('queue 3 has the name of queue 1 and is left alone');
    expect(statuses(stack)).toEqual(['pending', 'stopped', 'in_progress']);
  });

  test('somebody else\'s queue of our name is not touched', async () => {
    const stack = new QueueStack();
    await stack.create();
    stack.server.copy(1, { createdBy: 9 });
    // not even where it has the name that is wanted next
    stack.server.copy(1, { createdBy: 9, name: `Lemons [${stack.id}-r2]` });
    expect((await stack.update({ Attempt: '1' })).data.QueueId).toBe('4');
    await stack.delete();
    expect(statuses(stack)).toEqual(['stopped', 'pending', 'pending', 'stopped']);
  });

  test('a queue of a former life of the stack is not ours', async () => {
    const stack = new QueueStack();
    await stack.create();
    const other = stack.server.copy(1, { name: `Lemons [${stack.id!.replace(/[^-]+$/, 'ffffffffffff')}-r1]` });
    await stack.update({ Attempt: '1' });
    await stack.delete();
    expect(stack.server.queues.get(other.id)!.status).toBe('pending');
  });

  test('a ledger that was lost is rebuilt from names: the queue stays', async () => {
    const stack = new QueueStack();
    await stack.create();
    await stack.ledgers.at('state', stack.ledgers.keys('state')[0]).remove();
    const { data } = await stack.update({ Attempt: '4' });
    expect(data.QueueId).toBe('1');
    expect(statuses(stack)).toEqual(['pending']);
    // from then on it is known again
    await stack.update({ Attempt: '5' });
    expect(statuses(stack)).toEqual(['stopped', 'pending']);
  });
});

describe('a queue is removed', () => {
  test.each([['STOP', 'stopped'], ['COMPLETE', 'completed'], ['RETAIN', 'in_progress']] as const)('%s leaves it %s', async (RemovalMode, status) => {
    const stack = new QueueStack();
    await stack.create({ RemovalMode });
    stack.server.work(1, 1, 'done');
    await stack.delete();
    expect(statuses(stack)).toEqual([status]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('draining waits for its end, and then does something else', async () => {
    const stack = new QueueStack();
    await stack.create({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '60', DrainThen: 'COMPLETE' });
    stack.server.work(1, 1, 'done');
    const begun = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: stack.id }));
    expect(await stack.poll(begun)).toEqual({ IsComplete: false });
    stack.now += 61_000;
    expect(await stack.poll(begun)).toEqual({ IsComplete: true });
    expect(statuses(stack)).toEqual(['completed']);
  });

  test('without a ledger it is found by its name', async () => {
    const stack = new QueueStack();
    await stack.create();
    await stack.ledgers.at('state', stack.ledgers.keys('state')[0]).remove();
    await stack.delete();
    expect(statuses(stack)).toEqual(['stopped']);
  });
});

import { ServiceError } from './fake-service';
import { FakeStack, NAME_BASE, otherIdentity, properties } from './fake-stack';

let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('stops the job, waits until it has stopped, and removes the ledger last', async () => {
  const { id } = await stack.create();
  const answer = await stack.delete();
  expect(answer.id).toBe(id);
  expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped' });
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('a second waiter of the same Delete succeeds too', async () => {
  await stack.create();
  const waiting = await stack.onEvent(stack.event('Delete', properties(), { PhysicalResourceId: stack.id }));
  await stack.wait(waiting);
  expect(await stack.poll(waiting)).toEqual({ IsComplete: true });
});

test('waits for a job that is still initializing before it stops it', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  await stack.poll(waiting);
  await stack.delete(waiting.PhysicalResourceId, properties());
  expect(Object.values(stack.service.statuses())).toEqual(['Stopped']);
  expect(stack.service.calls.filter((call) => call.startsWith('stop'))).toHaveLength(1);
});

test('a job that has ended meanwhile is left as it is', async () => {
  const { id } = await stack.create();
  stack.service.end(`${id}-r1`, 'Completed');
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Completed' });
});

test('a stop that loses the race is not a failure', async () => {
  const { id } = await stack.create();
  stack.service.fail('stop', new ServiceError('ValidationException', 'cannot stop a labeling job in Completed'));
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped' });
});

test('RETAIN leaves the job running and takes the ledger away', async () => {
  const { id } = await stack.create(properties({ RemovalMode: 'RETAIN' }));
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
  expect(stack.ledgers.keys('state')).toEqual([]);
});

describe('DRAIN', () => {
  test('lets the job end by itself', async () => {
    const { id } = await stack.create(properties({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '600' }));
    const waiting = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: id }));
    expect(await stack.poll(waiting)).toEqual({ IsComplete: false });
    stack.now += 60_000;
    stack.service.end(`${id}-r1`, 'Completed');
    await stack.wait(waiting);
    expect(stack.service.calls.filter((call) => call.startsWith('stop'))).toEqual([]);
  });

  test.each([['STOP', 'Stopped'], ['RETAIN', 'InProgress']] as const)('then does what was chosen: %s', async (DrainThen, status) => {
    const { id } = await stack.create(properties({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '60', DrainThen }));
    const start = stack.now;
    await stack.delete();
    expect(stack.now - start).toBeGreaterThanOrEqual(60_000);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: status });
  });

  test.each([['STOP', 'Stopped'], ['RETAIN', 'InProgress']] as const)('may take longer than the time for a deployment, then %s', async (DrainThen, status) => {
    const { id } = await stack.create(properties({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '3300', DrainThen, TimeoutSeconds: '30' }));
    const waiting = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: id }));
    stack.now += 3_299_000;
    expect(await stack.poll(waiting)).toEqual({ IsComplete: false });
    stack.now += 1_000;
    await stack.wait(waiting);
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: status });
  });
});

test('throttles to the end fail with the reason, before CloudFormation gives up without one', async () => {
  const { id } = await stack.create();
  const waiting = await stack.onEvent(stack.event('Delete', properties(), { PhysicalResourceId: id }));
  jest.spyOn(stack.service, 'describe').mockRejectedValue(new ServiceError('ThrottlingException', 'Rate exceeded'));
  await expect(stack.wait(waiting)).rejects.toThrow('timed out after 900 seconds, waiting for an answer other than: Rate exceeded');
});

describe('ids', () => {
  test('an id that CloudFormation invented, after a cancelled Create: everything that the resource owns', async () => {
    const waiting = await stack.onEvent(stack.event('Create', properties()));
    await stack.poll(waiting);
    await stack.delete('Mails-SpamJob-1A2B3C4D5E6F', properties());
    expect(Object.values(stack.service.statuses())).toEqual(['Stopped']);
    await expect(stack.poll(waiting)).rejects.toThrow(/superseded by a Delete, or the ledger was lost/);
    expect(stack.service.jobs.size).toBe(1);
  });

  test('an unknown id of a resource that never was succeeds', async () => {
    const answer = await stack.delete('never-existed', properties());
    expect(answer.id).toBe('never-existed');
  });

  test('a foreign id that an Update came in with and replaced is a clean-up: the live job lives', async () => {
    stack.id = 'an-id-of-another-form';
    stack.current = properties();
    const { id } = await stack.updateOnly(properties());
    await stack.cleanUp();
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
  });

  test('another identity in our form: that identity only', async () => {
    const { id } = await stack.create();
    await stack.delete(`${NAME_BASE}-ffffffffffff`, properties());
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'InProgress' });
    expect(stack.ledgers.ledger('state').desired?.id).toBe(id);
  });

  test('a former id of the live identity: the live job lives', async () => {
    const { id } = await stack.create();
    const renamed = properties({ NameBase: 'mails-0a1b2c-renamed-0123abcd' });
    const { id: renamedId } = await stack.update(renamed);
    expect(renamedId).not.toBe(id);
    expect(Object.values(stack.service.statuses())).toContain('InProgress');
  });
});

describe('without a ledger', () => {
  test.each([
    ['bucket', () => stack.ledgers.removeBucket('state')],
    ['ledger', () => stack.ledgers.clear('state')],
  ])('when the %s is gone, it stops what names and tags show, and succeeds', async (_, arrange) => {
    const { id } = await stack.create();
    arrange();
    await stack.delete();
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped' });
  });

  test('the job of another resource in the same stack is left alone', async () => {
    const { id } = await stack.create();
    await stack.service.create({ ...stack.service.get(`${id}-r1`).request, LabelingJobName: `${id}-r2`, Tags: [] });
    stack.ledgers.removeBucket('state');
    stack.now += 60_000;
    await stack.delete();
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped', [`${id}-r2`]: 'InProgress' });
  });

  test('a clean-up lets the job live that was made last', async () => {
    const { id } = await stack.create();
    const { id: live } = await stack.updateOnly(properties(otherIdentity('phishing')));
    stack.ledgers.removeBucket('state');
    await stack.delete(id, properties());
    expect(stack.service.statuses()).toEqual({ [`${id}-r1`]: 'Stopped', [`${live}-r1`]: 'InProgress' });
  });
});

test('waits for the lease of a writer that has died, and stops what it had made', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  jest.spyOn(stack.service, 'create').mockImplementationOnce(async (request) => {
    await stack.service.create(request);
    // the process dies: nothing after this line is ever written down
    stack.ledgers.beforeWrite = () => { throw new ServiceError('TimeoutError', 'died'); };
    throw new ServiceError('TimeoutError', 'died');
  });
  await stack.poll(waiting);
  const start = stack.now;
  await stack.delete(waiting.PhysicalResourceId, properties());
  // one minute until the dead writer's deadline, one minute of grace
  expect(stack.now - start).toBeGreaterThanOrEqual(120_000);
  expect(Object.values(stack.service.statuses())).toEqual(['Stopped']);
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('a Delete that comes between plan and act: the late writer makes nothing', async () => {
  const waiting = await stack.onEvent(stack.event('Create', properties()));
  let writes = 0;
  // its lease is the first write, its intention the second
  const between = async () => {
    if (++writes < 2) stack.ledgers.beforeWrite = between;
    else await stack.onEvent(stack.event('Delete', properties(), { PhysicalResourceId: waiting.PhysicalResourceId }));
  };
  stack.ledgers.beforeWrite = between;
  expect(await stack.poll(waiting)).toEqual({ IsComplete: false });
  expect(stack.service.jobs.size).toBe(0);
  await expect(stack.poll(waiting)).rejects.toThrow(/superseded by/);
});

test('the resource made again after its Delete resumes what is left', async () => {
  const { id } = await stack.create();
  await stack.delete();
  const { data } = await stack.create();
  expect(data).toMatchObject({ LabelingJobName: `${id}-r2`, LabelingJobStatus: 'InProgress' });
});

test('the resource made again while its retained job still runs takes that job over', async () => {
  const { id } = await stack.create(properties({ RemovalMode: 'RETAIN' }));
  await stack.delete();
  const { data } = await stack.create();
  expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, LabelingJobStatus: 'InProgress' });
  expect(stack.service.jobs.size).toBe(1);
});

test('fails clearly on a state that it does not know, and stops nothing', async () => {
  const { id } = await stack.create();
  stack.service.get(`${id}-r1`).status = 'Archiving';
  await expect(stack.delete()).rejects.toThrow(/is in state "Archiving", which this version does not know/);
  expect(stack.service.calls.filter((call) => call.startsWith('stop'))).toEqual([]);
});

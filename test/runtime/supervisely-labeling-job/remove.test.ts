import { onFakeServer } from './group-stack';
import { silence } from './silence';

beforeEach(silence);

describe('a group of jobs goes', () => {
  test.each([
    ['STOP', [['stopped', false], ['completed', false]]],
    ['ARCHIVE', [['stopped', true], ['completed', true]]],
    ['REMOVE', []],
    ['RETAIN', [['pending', false], ['completed', false]]],
  ] as const)('by %s', async (RemovalMode, left) => {
    const { stack, server } = onFakeServer();
    await stack.create({ RemovalMode, Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }] });
    server.person(2, (job) => job.status = 'completed');
    await stack.delete();
    expect(server.list().map(({ status, disabled }) => [status, disabled])).toEqual(left);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('DRAIN waits for the jobs to end, and then does what it should', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ RemovalMode: 'DRAIN', DrainThen: 'REMOVE', DrainTimeoutSeconds: '600' });
    const event = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: stack.id! }));
    expect(await stack.poll(event)).toEqual({ IsComplete: false });
    server.person(1, (job) => job.status = 'completed');
    expect(await stack.poll(event)).toEqual({ IsComplete: true });
    expect(server.list()).toEqual([]);
  });

  test('all generations are removed, and one that is gone already does not keep the others', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ RemovalMode: 'REMOVE', Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }] });
    server.label(1, 1);
    await stack.update({ Settings: { Title: 'Lemons', Attempt: '2' } });
    const foreign = server.copy(1, { name: 'somebody else\'s' });
    let hit = 0;
    server.fault = (method) => {
      if (method === 'jobs.bulk.remove' && hit++ === 0) server.jobs.delete(3);
      return undefined;
    };
    await stack.delete();
    expect(server.list()).toEqual([foreign]);
  });

  test('declared again, the stopped job goes on', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    server.label(1, 2);
    await stack.delete();
    expect(server.list()[0].status).toBe('stopped');
    const { data } = await stack.create();
    expect(data).toMatchObject({ JobIds: '1', Status: 'in_progress', FinishedImagesCount: '2' });
  });

  test('without a ledger the jobs are found by their names', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    stack.ledgers.clear('state');
    await stack.delete();
    expect(server.list()[0].status).toBe('stopped');
  });

  test('a group that never had a job needs no server to go', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ DesiredStatus: 'stopped' });
    const calls = server.calls.length;
    await stack.delete();
    expect(server.calls).toHaveLength(calls);
  });
});

describe('waiting', () => {
  test('ends when every job has come so far, or further', async () => {
    const { stack, server } = onFakeServer();
    await stack.create({ Labelers: [{ Login: 'labeler_1' }, { Login: 'labeler_2' }] });
    const event = await stack.onEvent(stack.event('Update', { ...stack.current!, WaitForStatus: 'on_review' },
      { PhysicalResourceId: stack.id!, OldResourceProperties: stack.current! }));
    server.person(1, (job) => job.status = 'completed');
    expect(await stack.poll(event)).toEqual({ IsComplete: false });
    server.person(2, (job) => job.status = 'on_review');
    expect(await stack.poll(event)).toMatchObject({ IsComplete: true, Data: { Statuses: 'completed,on_review', Status: 'on_review', State: 'InReview' } });
  });

  test('stopped while waiting for completed fails at once', async () => {
    const { stack, server } = onFakeServer();
    await stack.create();
    const event = await stack.onEvent(stack.event('Update', { ...stack.current!, WaitForStatus: 'completed' },
      { PhysicalResourceId: stack.id!, OldResourceProperties: stack.current! }));
    expect(await stack.poll(event)).toEqual({ IsComplete: false });
    server.person(1, (job) => job.status = 'stopped');
    await expect(stack.poll(event)).rejects.toThrow('the job 1 is stopped and will not be completed by itself');
  });
});

import { FakeFleet, keys, member, PREFIX } from './fake-fleet';
import { JOB_FLEET_ATTRIBUTES } from '../../../src/groundtruth/private/job-fleet-contract';

let fleet: FakeFleet;
beforeEach(() => {
  fleet = new FakeFleet();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const EIGHT = keys(8).map((key) => member(key));

function creates(): string[] {
  return fleet.service.calls.filter((call) => call.startsWith('create '));
}

test('starts every job, waits until all are accepted, and says so', async () => {
  const data = await fleet.create(fleet.declare(EIGHT));
  expect(fleet.id).toMatch(/^mails-0a1b2c-fleet-[0-9a-f]{8}$/);
  expect(Object.values(fleet.service.statuses())).toEqual(Array(8).fill('InProgress'));
  expect(Object.keys(data).sort()).toEqual([...JOB_FLEET_ATTRIBUTES].sort());
  expect(data).toMatchObject({ Jobs: '8', Running: '8', Created: '8', NotStarted: '0', ResultUri: 's3://out/result', Message: '' });
});

test('what only the deployment knows is put into the requests, numbers as numbers', async () => {
  const request = { ...member('a').request, HumanTaskConfig: { TaskTimeLimitInSeconds: '${Limit}', TaskDescription: 'say "${Word}", ${notAToken}' } };
  await fleet.create(fleet.declare([member('a', { request })], { Tokens: { Role: 'arn:role', Limit: '300', Word: 'a "quoted" word' } }));
  expect(fleet.service.get(fleet.nameOf('a')).request).toMatchObject({
    RoleArn: 'arn:role',
    LabelAttributeName: 'spam',
    HumanTaskConfig: {
      TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: 3, TaskTimeLimitInSeconds: 300, TaskDescription: 'say "a "quoted" word", ${notAToken}',
    },
  });
});

test('tags are those of the fleet and of the job', async () => {
  await fleet.create(fleet.declare([member('a', { tags: { team: 'mail' } })], { Tags: [{ Key: 'team', Value: 'all' }, { Key: 'cost', Value: '7' }] }));
  expect(fleet.service.get(fleet.nameOf('a')).tags).toMatchObject({ 'team': 'mail', 'cost': '7', 'cdk-labeling-workflows:logical-id': 'Fleet' });
});

test('more members than a page holds', async () => {
  const data = await fleet.create(fleet.declare(keys(1100).map((key) => member(key))));
  expect(data).toMatchObject({ Jobs: '1100', Running: '1100' });
  expect(fleet.head().desired!.pages.map((page) => page.members)).toEqual([500, 500, 100]);
  expect(creates()).toHaveLength(1100);
});

describe('waves', () => {
  test('a limit: so many at once, and the rest as places become free', async () => {
    const data = await fleet.create(fleet.declare(EIGHT, { MaxConcurrentJobs: '3' }));
    expect(data).toMatchObject({ Running: '3', NotStarted: '5', WaitingForQuota: '5', Created: '3' });
    fleet.service.end(fleet.service.live()[0], 'Completed');
    await fleet.wake();
    expect(fleet.service.live()).toHaveLength(3);
    expect(creates()).toHaveLength(4);
  });

  test('the quota of the account: what it refuses waits, and is no failure and no try', async () => {
    fleet.service.quota = 3;
    const data = await fleet.create(fleet.declare(EIGHT));
    expect(data).toMatchObject({ Running: '3', NotStarted: '5', WaitingForQuota: '5', Message: '' });
    expect(fleet.members().flatMap((one) => one.generations)).toHaveLength(3);
    const before = creates().length;
    fleet.service.end(fleet.service.live()[0], 'Completed');
    await fleet.wake();
    expect(fleet.service.live()).toHaveLength(3);
    // one that was accepted, and the first that was refused
    expect(creates().length - before).toBeLessThanOrEqual(3);
  });

  test('all of them in the end, each object in one job', async () => {
    await fleet.create(fleet.declare(EIGHT, { MaxConcurrentJobs: '3' }));
    for (let wave = 0; wave < 8; wave++) {
      fleet.service.live().forEach((name) => fleet.service.end(name, 'Completed'));
      await fleet.wake();
    }
    expect([...fleet.service.inputs.values()].sort()).toEqual(keys(8).map((key) => `s3://in/${key}.manifest`).sort());
    expect(fleet.head().run!.summary).toMatchObject({ states: { Completed: 8 }, unsettled: 0 });
  });
});

describe('what goes wrong', () => {
  test('a request that the service refuses fails the deployment, and the others are started', async () => {
    fleet.service.fail('create', Object.assign(new Error('bad field'), { name: 'ValidationException' }));
    await expect(fleet.create(fleet.declare(EIGHT))).rejects.toThrow(/job-\d: CreateLabelingJob .*bad field/);
    expect(fleet.service.live()).toHaveLength(7);
  });

  test('a throttle is never a failure', async () => {
    for (let count = 0; count < 9; count++) fleet.service.fail('create', Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    expect(await fleet.create(fleet.declare(EIGHT))).toMatchObject({ Running: '8' });
  });

  test('failOn: a job that fails fails the deployment, with its reason', async () => {
    fleet.service.failsWith = 'ClientError: no such manifest';
    await expect(fleet.create(fleet.declare([member('a')], { FailOn: 'JOB_FAILED' }))).rejects.toThrow(/1 jobs of the fleet have failed.*no such manifest/);
  });

  test('without failOn it stands in the attributes', async () => {
    fleet.service.failsWith = 'ClientError: no such manifest';
    expect(await fleet.create(fleet.declare([member('a')]))).toMatchObject({ Failed: '1', Message: expect.stringContaining('no such manifest') });
  });

  test('two keys with the same name base', async () => {
    await expect(fleet.create(fleet.declare([member('a'), { ...member('b'), base: member('a').base }]))).rejects.toThrow(/"a" and "b".*change one key/);
    expect(fleet.service.jobs.size).toBe(0);
  });

  test('a deployment that takes too long says what it waits for', async () => {
    fleet.service.startsAfterMs = 10_000_000;
    await expect(fleet.create(fleet.declare(EIGHT, { TimeoutSeconds: '300' }))).rejects.toThrow('timed out after 300 seconds, waiting for 8 jobs to start or stop');
  });
});

test('REPORT_ONLY shows what it would do, and touches no job', async () => {
  const data = await fleet.create(fleet.declare(EIGHT, { Mode: 'REPORT_ONLY' }));
  expect(fleet.service.jobs.size).toBe(0);
  expect(data).toMatchObject({ NotStarted: '8', Created: '8' });
  const record = fleet.buckets.keys('state').find((key) => key.endsWith('.jsonl') && key.startsWith(`${PREFIX}runs/`))!;
  expect(fleet.buckets.text('state', record).split('\n').filter(Boolean).map((line) => JSON.parse(line))).toEqual(
    expect.arrayContaining([expect.objectContaining({ kind: 'would', act: 'create', key: 'job-1', generation: 1 })]));
  expect(await fleet.update(fleet.declare(EIGHT))).toMatchObject({ Running: '8' });
});

test('a run leaves a record, a summary and metrics', async () => {
  await fleet.create(fleet.declare(EIGHT));
  const { run } = fleet.head();
  const current = JSON.parse(fleet.buckets.text('state', `${PREFIX}current.json`));
  expect(current).toMatchObject({ id: run!.id, requestId: 'request-1', summary: { created: 8, states: { Running: 8 } } });
  expect(JSON.parse(fleet.metrics.at(-1)!)).toMatchObject({ Fleet: 'mails-0a1b2c-fleet', JobsRunning: 8, Created: 8, Converged: 1, RunErrors: 0 });
});

test('of the runs, the last hundred are remembered', async () => {
  await fleet.create(fleet.declare([member('a')]));
  for (let count = 0; count < 110; count++) await fleet.wake();
  const summaries = fleet.buckets.keys('state').filter((key) => key.startsWith(`${PREFIX}runs/`) && key.endsWith('.json'));
  expect(summaries).toHaveLength(100);
  expect(summaries.at(-1)).toContain(fleet.head().run!.id);
});

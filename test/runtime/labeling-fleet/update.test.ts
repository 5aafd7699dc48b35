import { FakeFleet, keys, member, PREFIX, SPEC_HEAD } from './fake-fleet';

let fleet: FakeFleet;
beforeEach(() => {
  fleet = new FakeFleet();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

const THREE = keys(3).map((key) => member(key));
const REVISED = { revision: { TaskTitle: 'Spam or ham?' } };

function outputOf(name: string): string {
  return `s3://out/labels/${name}/manifests/output/output.manifest`;
}

function label(key: string, labeled: number): void {
  const name = fleet.nameOf(key);
  fleet.service.label(name, { totalLabeled: labeled, humanLabeled: labeled, unlabeled: 100 - labeled });
  fleet.objects.files.set(outputOf(name), []);
}

function otherLabels(key: string): ReturnType<typeof member> {
  return member(key, { identity: { ...member(key).identity, LabelAttributeName: 'phishing' } });
}

describe('members', () => {
  test('an added one is started, the others are left alone', async () => {
    await fleet.create(fleet.declare(THREE));
    const before = [...fleet.service.calls];
    expect(await fleet.update(fleet.declare([...THREE, member('new')]))).toMatchObject({ Running: '4', Created: '1' });
    const acts = fleet.service.calls.slice(before.length).filter((call) => !call.startsWith('list'));
    expect(acts).toEqual([`create ${fleet.nameOf('new')}`]);
  });

  test('a removed one is stopped, remembered, and goes on when it comes back', async () => {
    await fleet.create(fleet.declare(THREE));
    label('job-2', 30);
    expect(await fleet.update(fleet.declare([THREE[0], THREE[2]]))).toMatchObject({ Jobs: '2', Running: '2', StoppedNow: '1' });
    expect(fleet.service.get(fleet.nameOf('job-2')).status).toBe('Stopped');
    await fleet.update(fleet.declare(THREE));
    expect(fleet.service.inputs.get(fleet.nameOf('job-2', 2))).toBe(outputOf(fleet.nameOf('job-2')));
  });

  test('another revision stops and resumes what is left', async () => {
    await fleet.create(fleet.declare(THREE));
    keys(3).forEach((key) => label(key, 30));
    expect(await fleet.update(fleet.declare(THREE, {}, REVISED))).toMatchObject({ Running: '3', Resumed: '3', StoppedNow: '3' });
    for (const key of keys(3)) expect(fleet.service.inputs.get(fleet.nameOf(key, 2))).toBe(outputOf(fleet.nameOf(key)));
  });

  test('another identity on a job with labels is refused before anything is written or stopped', async () => {
    await fleet.create(fleet.declare(THREE));
    label('job-2', 30);
    const before = fleet.head().desired;
    await expect(fleet.update(fleet.declare(keys(3).map(otherLabels)))).rejects.toThrow(/job "job-2": .* has 30 labeled objects.*"relabel"/);
    expect(fleet.head().desired).toEqual(before);
    expect(Object.values(fleet.service.statuses())).toEqual(Array(3).fill('InProgress'));
    expect(fleet.buckets.keys('state').filter((key) => key.startsWith(`${PREFIX}members/request-1/`))).toHaveLength(1);
  });

  test('the rollback of a refused change succeeds, and changes nothing', async () => {
    const declared = fleet.declare(THREE);
    await fleet.create(declared);
    label('job-2', 30);
    await expect(fleet.update(fleet.declare(keys(3).map(otherLabels)))).rejects.toThrow('labeled objects');
    expect(await fleet.update(declared)).toMatchObject({ Running: '3', Created: '0' });
    expect(fleet.service.jobs.size).toBe(3);
  });

  test('relabel allows it once', async () => {
    await fleet.create(fleet.declare(THREE));
    label('job-2', 30);
    expect(await fleet.update(fleet.declare(keys(3).map(otherLabels), { Relabel: 'phishing too' }))).toMatchObject({ Running: '3', Created: '3' });
    fleet.service.live().forEach((name) => fleet.service.label(name, { totalLabeled: 1 }));
    await expect(fleet.update(fleet.declare(keys(3).map((key) => member(key, { identity: { ...member(key).identity, LabelAttributeName: 'third' } })),
      { Relabel: 'phishing too' }))).rejects.toThrow('labeled objects');
  });

  test('a return to an identity that is known resumes it', async () => {
    const declared = fleet.declare(THREE);
    await fleet.create(declared);
    label('job-2', 30);
    await fleet.update(fleet.declare(keys(3).map(otherLabels), { Relabel: 'x' }));
    await fleet.update(declared);
    expect(fleet.service.inputs.get(fleet.nameOf('job-2', 2))).toBe(outputOf(fleet.nameOf('job-2')));
  });
});

test('tags change in place', async () => {
  await fleet.create(fleet.declare(THREE, { Tags: [{ Key: 'team', Value: 'mail' }, { Key: 'old', Value: 'x' }] }));
  await fleet.update(fleet.declare(THREE, { Tags: [{ Key: 'team', Value: 'post' }] }));
  expect(fleet.service.get(fleet.nameOf('job-1')).tags).toMatchObject({ team: 'post' });
  expect(fleet.service.get(fleet.nameOf('job-1')).tags).not.toHaveProperty('old');
  expect(fleet.service.jobs.size).toBe(3);
});

test('a fleet that is stopped and started again', async () => {
  await fleet.create(fleet.declare(THREE));
  keys(3).forEach((key) => label(key, 30));
  expect(await fleet.update(fleet.declare(THREE, { DesiredState: 'STOPPED' }))).toMatchObject({ Stopped: '3' });
  expect(await fleet.update(fleet.declare(THREE))).toMatchObject({ Running: '3', Resumed: '3' });
});

describe('between deployments', () => {
  test('a job that aged is renewed; one that a person stopped is left; nothing is labeled twice', async () => {
    await fleet.create(fleet.declare(THREE, { DriftParameter: '/fleet/drift' }));
    keys(3).forEach((key) => label(key, 30));
    fleet.service.end(fleet.nameOf('job-1'), 'Stopped');
    await fleet.wake();
    expect(fleet.parameters.get('/fleet/drift')).toBe(fleet.head().run!.id);
    fleet.now += 30 * 24 * 3600 * 1000;
    fleet.service.end(fleet.nameOf('job-2'), 'Stopped');
    await fleet.wake();
    expect(Object.keys(fleet.service.statuses())).toHaveLength(4);
    expect(fleet.service.inputs.get(fleet.nameOf('job-2', 2))).toBe(outputOf(fleet.nameOf('job-2')));
    expect(fleet.head().run!.summary!.notes).toEqual([expect.stringContaining('was stopped outside of this stack')]);
  });

  test('labels that have come to their end are exported, once', async () => {
    await fleet.create(fleet.declare(THREE));
    label('job-1', 100);
    fleet.service.end(fleet.nameOf('job-1'), 'Completed');
    expect(await fleet.wake()).toMatchObject({ next: 'export' });
    expect(await fleet.wake()).toMatchObject({ next: 'done' });
  });

  test('where nothing has happened, a run makes one listing and no other call', async () => {
    await fleet.create(fleet.declare(THREE));
    const before = fleet.service.calls.length;
    await fleet.wake();
    expect(fleet.service.calls.slice(before)).toEqual(['list mails-0a1b2c-fleet-']);
  });

  test('jobs of others whose names contain ours are not touched', async () => {
    await fleet.create(fleet.declare(THREE));
    const request = { ...fleet.service.get(fleet.nameOf('job-1')).request, Tags: [] };
    for (const name of ['x-mails-0a1b2c-fleet-y', 'mails-0a1b2c-fleet-00000000-000000000000-r1', 'mails-0a1b2c-fleet-other']) {
      await fleet.service.create({ ...request, LabelingJobName: name });
    }
    await fleet.wake();
    await fleet.delete();
    expect(fleet.service.live()).toHaveLength(3);
  });
});

test('the ledger is lost: names and tags show what is there', async () => {
  await fleet.create(fleet.declare(THREE));
  keys(3).forEach((key) => label(key, 30));
  fleet.buckets.clear('state');
  expect(await fleet.update(fleet.declare([...THREE, member('new')]))).toMatchObject({ Running: '4', Created: '1' });
  expect(fleet.service.jobs.size).toBe(4);
  expect(fleet.members().map((one) => one.key).sort()).toEqual(['job-1', 'job-2', 'job-3', 'new']);
});

test('without its ledger a wake does nothing', async () => {
  await fleet.create(fleet.declare(THREE));
  fleet.buckets.clear('state');
  expect(await fleet.wake()).toMatchObject({ next: 'done' });
  fleet.buckets.removeBucket('state');
  expect(await fleet.wake()).toMatchObject({ next: 'done' });
});

test('the state bucket changes: the ledger goes along, and comes back with a rollback', async () => {
  const declared = fleet.declare(THREE);
  await fleet.create(declared);
  await fleet.buckets.at('state', PREFIX).put('parts.jsonl', '{"format":1}\n');
  label('job-2', 30);
  fleet.service.end(fleet.nameOf('job-2'), 'Stopped');
  expect(await fleet.update({ ...declared, StateBucket: 'other-state' })).toMatchObject({ Running: '2', Stopped: '1' });
  expect(fleet.buckets.keys('state')).toEqual([]);
  expect(fleet.buckets.text('other-state', `${PREFIX}parts.jsonl`)).toBe('{"format":1}\n');
  expect(await fleet.update(declared)).toMatchObject({ Running: '2', Stopped: '1', Created: '0' });
  expect(fleet.buckets.keys('other-state')).toEqual([]);
  expect(fleet.service.jobs.size).toBe(3);
});

test('a fleet that moves in the tree is refused, for all of its jobs would get other names', async () => {
  await fleet.create(fleet.declare(THREE));
  await expect(fleet.update(fleet.declare(THREE, { Path: 'Mails/Elsewhere' }))).rejects.toThrow('would get other names');
});

test('the head of the specification is what members inherit', async () => {
  await fleet.create(fleet.declare([member('a', { labelsOnlyUnlabeled: false })], {}, { resume: { ...SPEC_HEAD.resume, stopped: 'RESUME' } }));
  expect(fleet.members()[0].desired).toMatchObject({ labelsOnlyUnlabeled: false, resume: { stopped: 'RESUME' }, desiredState: 'RUNNING' });
});

test('between deployments nothing acts for a version whose deployment has failed, and a rollback goes back', async () => {
  await fleet.create(fleet.declare(THREE));
  const before = fleet.current!;
  const failing = fleet.declare([...THREE, member('new')], { TimeoutSeconds: '60' });
  const waiting = await fleet.onEvent(fleet.event('Update', failing, { PhysicalResourceId: fleet.id, OldResourceProperties: before }));
  // CloudFormation gives up, because of another resource, before the fleet has been looked at
  await fleet.wake('by a schedule');
  expect(fleet.head().desired!.requestId).toBe(waiting.RequestId);
  expect(fleet.service.live()).toHaveLength(3);
  fleet.current = failing;
  await fleet.update(before);
  await fleet.wake('after the rollback');
  expect(fleet.service.jobs.size).toBe(3);
});

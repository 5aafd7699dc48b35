import { FakeFleet, member, SPEC_HEAD } from './fake-fleet';
import { CreateRequest } from '../../../runtime/labeling-job/ports';

let fleet: FakeFleet;
beforeEach(() => {
  fleet = new FakeFleet();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

/** A job as somebody made it by hand. */
async function makeByHand(name: string, changes: Partial<CreateRequest> = {}): Promise<void> {
  await fleet.service.create({
    ...SPEC_HEAD.request, ...member(name).request, RoleArn: 'arn:aws:iam::111122223333:role/execution', LabelAttributeName: 'spam', LabelingJobName: name, ...changes,
  } as CreateRequest);
  fleet.now += 60_000;
}

test('a job that is there becomes the first generation, and is found again without another describe than its own', async () => {
  await makeByHand('old-job');
  expect(await fleet.create(fleet.declare([member('old-job', { adopt: 'old-job' })]))).toMatchObject({ Adopted: '1', Running: '1', Created: '0' });
  expect(fleet.members()[0].generations).toEqual([expect.objectContaining({ name: 'old-job', generation: 1, adopted: true })]);
  const before = fleet.service.calls.length;
  await fleet.wake();
  expect(fleet.service.calls.slice(before).sort()).toEqual(['describe old-job', 'list mails-0a1b2c-fleet-']);
});

test('its next generation has a name in our form and reads what it left', async () => {
  await makeByHand('old-job');
  const declared = [member('old-job', { adopt: 'old-job' })];
  await fleet.create(fleet.declare(declared));
  fleet.service.label('old-job', { totalLabeled: 40, humanLabeled: 40, unlabeled: 60 });
  const output = 's3://out/labels/old-job/manifests/output/output.manifest';
  fleet.objects.files.set(output, []);
  expect(await fleet.update(fleet.declare(declared, {}, { revision: { TaskTitle: 'Spam or ham?' } }))).toMatchObject({ Resumed: '1', Running: '1' });
  expect(fleet.service.inputs.get(fleet.nameOf('old-job', 2))).toBe(output);
});

test('labels of another meaning are refused field by field, with the job\'s key, before any other job is touched', async () => {
  await makeByHand('old-job', { LabelAttributeName: 'other' });
  await makeByHand('good-job');
  const declared = fleet.declare(['a', 'old-job', 'good-job'].map((key) => member(key, key === 'a' ? {} : { adopt: key })));
  await expect(fleet.create(declared)).rejects.toThrow(/job "old-job": old-job cannot be adopted.*LabelAttributeName: declared "spam", is "other"/);
  expect(fleet.service.live().sort()).toEqual(['good-job', 'old-job']);
  expect(fleet.service.jobs.get('good-job')!.tags).toEqual({});
});

test('another label attribute for a job that was adopted is refused field by field, and nothing is stopped', async () => {
  await makeByHand('old-job');
  const declared = member('old-job', { adopt: 'old-job' });
  await fleet.create(fleet.declare([declared]));
  const other = { ...declared, identity: { ...declared.identity, LabelAttributeName: 'other' } };
  await expect(fleet.update(fleet.declare([other]))).rejects.toThrow(/job "old-job": .*LabelAttributeName: declared "other", is "spam"/);
  expect(fleet.service.live()).toEqual(['old-job']);
});

test('a fleet that leaves its jobs to themselves says so on them, so that another one may adopt them', async () => {
  await makeByHand('old-job');
  const declared = [member('old-job', { adopt: 'old-job' })];
  await fleet.create(fleet.declare(declared, { RemovalMode: 'RETAIN' }));
  await fleet.delete();
  expect(fleet.service.live()).toEqual(['old-job']);
  expect(fleet.service.jobs.get('old-job')!.tags).toMatchObject({ 'cdk-labeling-workflows:released': 'true' });
  expect(await fleet.create(fleet.declare(declared))).toMatchObject({ Adopted: '1' });
});

test('a job that is gone is named', async () => {
  await expect(fleet.create(fleet.declare([member('a', { adopt: 'nowhere' })]))).rejects.toThrow(/no labeling job of that name/);
});

test('a declaration that is taken back gives its job back, and adopts it again where it returns', async () => {
  await makeByHand('old-job');
  const declared = [member('a'), member('old-job', { adopt: 'old-job' })];
  await fleet.create(fleet.declare(declared));
  await fleet.update(fleet.declare([member('a')]));
  expect(fleet.service.get('old-job').status).toBe('InProgress');
  expect(fleet.service.calls).not.toContain('stop old-job');
  expect(await fleet.update(fleet.declare(declared))).toMatchObject({ Adopted: '1', Running: '2' });
});

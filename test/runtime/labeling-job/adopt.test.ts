import { ServiceError } from './fake-service';
import { FakeStack, properties, STACK_ID } from './fake-stack';
import { LabelingJobs } from '../../../runtime/labeling-job/ports';
import { LabelingJobProperties, RELEASED_TAG } from '../../../src/groundtruth/private/labeling-job-contract';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';

let stack: FakeStack;
beforeEach(() => {
  stack = new FakeStack();
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

type Request = Parameters<LabelingJobs['create']>[0];

/** A job that somebody made by hand, and that runs. */
async function theirs(changes: Record<string, unknown> = {}, tags: Record<string, string> = {}): Promise<void> {
  const { Request } = properties();
  const task = { TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: 3, MaxConcurrentTaskCount: 1000 };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await stack.service.create({ ...Request, LabelAttributeName: 'spam', HumanTaskConfig: task, LabelingJobName: 'theirs', Tags, ...changes } as unknown as Request);
  stack.now += 60_000;
  stack.service.label('theirs', { totalLabeled: 40, humanLabeled: 40, unlabeled: 60 });
}

const adopting = (changes: Partial<LabelingJobProperties> = {}) => properties({ Adopt: 'theirs', RemovalMode: undefined, ...changes });
const acts = () => stack.service.calls.filter((call) => /^(create|stop|addTags|removeTags) /.test(call));

test('a running job becomes the first generation: it gets its owner\'s tags, and nothing else happens to it', async () => {
  await theirs();
  const { data } = await stack.create(adopting({ Tags: [{ Key: 'team', Value: 'mail' }] }));
  expect(data).toMatchObject({ LabelingJobName: 'theirs', LabelingJobStatus: 'InProgress', Generation: '1', TotalLabeled: '40', Drift: '0', Message: '' });
  expect(stack.service.get('theirs').tags).toMatchObject({ team: 'mail', [OWNER_TAGS.stackId]: STACK_ID, [OWNER_TAGS.logicalId]: 'SpamJob' });
  expect(acts().slice(1).map((call) => call.split(' ')[0])).toEqual(['addTags']);
});

test('one that a person has stopped is left, and nothing is started beside it', async () => {
  await theirs();
  stack.service.end('theirs', 'Stopped');
  const { data } = await stack.create(adopting());
  expect(data).toMatchObject({ State: 'Stopped', Message: expect.stringContaining('theirs was stopped outside of this stack and is left as it is') });
  expect(Object.keys(stack.service.statuses())).toEqual(['theirs']);
});

test('its next generation has a name in our form and reads what it left', async () => {
  await theirs();
  const { id } = await stack.create(adopting());
  stack.objects.files.set('s3://out/labels/theirs/manifests/output/output.manifest', []);
  const { data } = await stack.update(adopting({ Revision: '{"TaskTitle":"Spam or ham?"}' }));
  expect(stack.service.statuses()).toEqual({ theirs: 'Stopped', [`${id}-r2`]: 'InProgress' });
  expect(data.LabelingJobName).toBe(`${id}-r2`);
  expect(stack.service.get(`${id}-r2`).request.InputConfig!.DataSource!.S3DataSource!.ManifestS3Uri)
    .toBe('s3://out/labels/theirs/manifests/output/output.manifest');
});

test('a job that is not there is an error that names it', async () => {
  await expect(stack.create(adopting())).rejects.toThrow(/"adopt" names theirs, but this account and region have no labeling job of that name/);
});

test('other labels are refused, field by field, before anything is written to the job', async () => {
  await theirs({ LabelAttributeName: 'ham', InputConfig: { DataSource: { S3DataSource: { ManifestS3Uri: 's3://in/other.manifest' } } } });
  const before = { ...stack.service.get('theirs').tags };
  await expect(stack.create(adopting())).rejects.toThrow(
    /LabelAttributeName: declared "spam", is "ham".*Declare these as the job has them; nothing was changed/);
  await expect(stack.create(adopting())).rejects.toThrow(/ManifestS3Uri: declared "s3:\/\/in\/declared.manifest", is "s3:\/\/in\/other.manifest"/);
  expect(stack.service.get('theirs').tags).toEqual(before);
});

test('label categories are the same where their files say the same', async () => {
  await theirs({ LabelCategoryConfigS3Uri: 's3://in/theirs.json' });
  const request = { ...properties().Request, LabelCategoryConfigS3Uri: 's3://in/ours.json' };
  const file = (...labels: string[]) => [JSON.stringify({ 'document-version': '2018-11-28', 'labels': labels.map((label) => ({ label })) })];
  stack.objects.files.set('s3://in/ours.json', file('ham', 'spam')).set('s3://in/theirs.json', ['', ...file('ham', 'spam')]);
  expect((await stack.create(adopting({ Request: request }))).data.LabelingJobName).toBe('theirs');

  stack = new FakeStack();
  await theirs({ LabelCategoryConfigS3Uri: 's3://in/theirs.json' });
  stack.objects.files.set('s3://in/ours.json', file('ham', 'spam')).set('s3://in/theirs.json', file('ham', 'scam'));
  await expect(stack.create(adopting({ Request: request }))).rejects.toThrow(/LabelCategoryConfigS3Uri: declared/);
});

test('other work is drift: a count, a message, and all fields beside the ledger; the job goes on', async () => {
  await theirs({ HumanTaskConfig: { TaskTitle: 'Junk?', NumberOfHumanWorkersPerDataObject: 5 } });
  const { data } = await stack.create(adopting());
  expect(data).toMatchObject({ Drift: '2', LabelingJobStatus: 'InProgress', Message: expect.stringContaining('HumanTaskConfig.TaskTitle: declared "Spam?", is "Junk?"') });
  const [[uri, [record]]] = [...stack.objects.files].filter(([key]) => key.endsWith('drift.json'));
  expect(uri).toBe('s3://state/0f8fad5b-d9cb-469f-a165-70867728950e/SpamJob/drift.json');
  expect(JSON.parse(record).drift).toHaveLength(2);
});

test('a job of another resource of this library is refused, unless it was released', async () => {
  const owner = { [OWNER_TAGS.stackId]: 'arn:another-stack', [OWNER_TAGS.logicalId]: 'TheirJob' };
  await theirs({}, owner);
  await expect(stack.create(adopting())).rejects.toThrow(/theirs belongs to the resource TheirJob of the stack arn:another-stack.*JobRemoval\.RETAIN/);

  stack = new FakeStack();
  await theirs({}, { ...owner, [RELEASED_TAG]: 'true' });
  expect((await stack.create(adopting())).data.LabelingJobName).toBe('theirs');
  expect(stack.service.get('theirs').tags).toMatchObject({ [OWNER_TAGS.stackId]: STACK_ID });
  expect(stack.service.get('theirs').tags).not.toHaveProperty([RELEASED_TAG]);
});

test('a crash between tags and ledger is repaired by the next poll, and a Delete in between finds the job', async () => {
  await theirs();
  stack.service.fail('addTags', new ServiceError('TimeoutError', 'socket hang up'), true);
  const waiting = await stack.onEvent(stack.event('Create', adopting()));
  await stack.poll(waiting);
  await stack.delete(waiting.PhysicalResourceId, adopting());
  expect(stack.service.get('theirs')).toMatchObject({ status: 'InProgress', tags: { [RELEASED_TAG]: 'true' } });

  expect((await stack.create(adopting())).data).toMatchObject({ LabelingJobName: 'theirs', Generation: '1' });
});

test('who has a job already cannot adopt another one for the same labels', async () => {
  await theirs();
  const { id } = await stack.create();
  await expect(stack.update(adopting())).rejects.toThrow(new RegExp(`has a job already, ${id}-r1: only a resource that never had one can adopt theirs`));
  expect(stack.service.get('theirs').status).toBe('InProgress');
});

test('the deletion of an adopting resource releases the job by default, and stops it where that was said', async () => {
  await theirs();
  await stack.create(adopting());
  await stack.delete();
  expect(stack.service.get('theirs')).toMatchObject({ status: 'InProgress', tags: { [RELEASED_TAG]: 'true' } });
  expect(stack.ledgers.keys('state')).toEqual([]);

  await stack.create(adopting({ RemovalMode: 'STOP' }));
  await stack.delete();
  expect(stack.service.get('theirs').status).toBe('Stopped');
});

test('a Delete without ledger finds the adopted job by its declaration and its tags', async () => {
  await theirs();
  await stack.create(adopting({ RemovalMode: 'STOP' }));
  stack.ledgers.clear('state');
  await stack.delete();
  expect(stack.service.get('theirs').status).toBe('Stopped');
});

test('the rollback of an adoption gives the job back: it runs on', async () => {
  const { id } = await stack.create();
  await theirs({ LabelAttributeName: 'ham' });
  const other = { Identity: { ...properties().Identity, LabelAttributeName: 'ham' } };
  await stack.updateOnly(adopting({ ...other, Relabel: 'yes' }));
  const { data } = await stack.update(properties());
  expect(data.LabelingJobName).toBe(`${id}-r2`);
  expect(stack.service.get('theirs')).toMatchObject({ status: 'InProgress', tags: { [RELEASED_TAG]: 'true' } });
  expect(stack.ledgers.ledger('state').generations.map(({ name }) => name)).not.toContain('theirs');
});

test('RETAIN releases jobs of our own too, and the same resource made again takes them back', async () => {
  const { id } = await stack.create(properties({ RemovalMode: 'RETAIN' }));
  await stack.delete();
  expect(stack.service.get(`${id}-r1`)).toMatchObject({ status: 'InProgress', tags: { [RELEASED_TAG]: 'true' } });

  const { data } = await stack.create(properties());
  expect(data).toMatchObject({ LabelingJobName: `${id}-r1`, LabelingJobStatus: 'InProgress' });
  expect(stack.service.get(`${id}-r1`).tags).not.toHaveProperty([RELEASED_TAG]);
  expect(stack.service.jobs.size).toBe(1);
});

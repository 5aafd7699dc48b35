import { ServiceError } from './fake-service';
import { FakeStack, GUID, MANIFEST_PREFIX, properties } from './fake-stack';
import { OWNER_TAGS } from '../../../src/private/owner-tags-contract';
import { BATCH_JOB_ATTRIBUTES } from '../../../src/s3batch/private/batch-job-contract';

let stack: FakeStack;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stack = new FakeStack();
});

function creations(): string[] {
  return stack.service.calls.filter((call) => call.startsWith('create'));
}

test('a job is made by one exact request, and deployed when it is Ready', async () => {
  const { id, data } = await stack.create();
  expect(Object.keys(data).sort()).toEqual([...BATCH_JOB_ATTRIBUTES].sort());
  expect(data).toMatchObject({ JobId: 'id-1', JobName: `${id}-r1`, Generation: '1', State: expect.stringMatching(/Pending|Running/), ManifestS3Uri: 's3://in/manifest.csv' });
  const [{ request }] = stack.service.jobs;
  expect(request).toMatchObject({
    ClientRequestToken: `${id}-r1`,
    Description: `Old mails [${id}-r1]`,
    ConfirmationRequired: false,
    Priority: 10,
    Manifest: { Spec: { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Bucket', 'Key'] }, Location: { ObjectArn: 'arn:aws:s3:::in/manifest.csv', ETag: 'etag-of-14-bytes' } },
  });
  expect(Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value]))).toMatchObject({ team: 'mail', [OWNER_TAGS.logicalId]: 'RestoreJob', [OWNER_TAGS.generation]: '1' });
  expect(stack.ledgers.ledger('state').generations[0].request).toEqual(request);
});

test('rows without a bucket are written with it, and go with the resource', async () => {
  stack.files.put('assets/rows.csv', 'a%20b\nc%2Cd\n');
  const Manifest = { Format: 'S3BatchOperations_CSV_20180820', Fields: ['Key'], Bucket: 'assets', Key: 'rows.csv', RowsBucket: 'data' } as const;
  const { data } = await stack.create(properties({ Manifest }));
  const key = `${MANIFEST_PREFIX}${data.JobName}.csv`;
  expect(stack.files.text(`state/${key}`)).toBe('data,a%20b\ndata,c%2Cd\n');
  expect(stack.service.jobs[0].request.Manifest).toMatchObject({ Spec: { Fields: ['Bucket', 'Key'] }, Location: { ObjectArn: `arn:aws:s3:::state/${key}` } });
  await stack.delete();
  expect([...stack.files.files.keys()].filter((path) => path.startsWith('state/'))).toEqual([]);
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('a file of the app is copied for the job, because S3 reads no CSV manifest from a bucket that encrypts by AWS KMS', async () => {
  stack.files.put('assets/list.csv', '"x,y",data,a%20b\nz,data,c\n');
  const Fields = ['Ignore', 'Bucket', 'Key'];
  const { data } = await stack.create(properties({
    Manifest: { Format: 'S3BatchOperations_CSV_20180820', Fields, Bucket: 'assets', Key: 'list.csv', Copied: 'true' },
  }));
  const key = `${MANIFEST_PREFIX}${data.JobName}.csv`;
  expect(stack.files.text(`state/${key}`)).toBe('"x,y",data,a%20b\nz,data,c\n');
  expect(stack.service.jobs[0].request.Manifest).toMatchObject({ Spec: { Fields }, Location: { ObjectArn: `arn:aws:s3:::state/${key}` } });
});

test('a manifest that is not there fails the deployment, and nothing is left behind', async () => {
  stack.files.files.clear();
  await expect(stack.create()).rejects.toThrow(/s3:\/\/in\/manifest.csv does not exist/);
  await stack.delete();
  expect(stack.service.jobs).toEqual([]);
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('the service\'s own reason is shown, and the failed job is not followed by another', async () => {
  stack.service.failsWith = '412: The ETag does not match';
  await expect(stack.create()).rejects.toThrow(/has failed: 412: The ETag does not match/);
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Failed' });
  expect(creations()).toHaveLength(1);
});

test('an answer that is lost is followed by the same request, which finds the job', async () => {
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  await stack.create();
  expect(creations()).toHaveLength(2);
  expect(stack.service.jobs).toHaveLength(1);
});

test('the lost answer of a request is looked for even when the declaration has changed meanwhile', async () => {
  const first = await stack.onEvent(stack.event('Create', properties()));
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  expect(await stack.poll(first)).toEqual({ IsComplete: false });
  stack.id = first.PhysicalResourceId;
  stack.current = properties();
  stack.files.put('in/manifest.csv', 'other content\n');
  await stack.update(properties({ Description: 'Another text', Priority: '11' }));
  expect(stack.service.jobs).toHaveLength(1);
  expect(stack.service.jobs[0].priority).toBe(11);
});

test('after so long that the token may be forgotten, a job without an answer is looked for in the listing', async () => {
  const first = await stack.onEvent(stack.event('Create', properties()));
  stack.service.fail('create', new ServiceError('TimeoutError', 'socket hang up'), true);
  await stack.poll(first);
  stack.now += 3_600_000;
  await stack.poll(first);
  expect(stack.service.calls).toContain('list');
  expect(creations()).toHaveLength(1);
  expect(stack.ledgers.ledger('state').generations[0].arn).toBe('arn:aws:s3:us-east-1:111122223333:job/id-1');
});

test('an answer that cannot be read fails the deployment, and the job that it was about goes with the resource', async () => {
  stack.service.fail('create', new SyntaxError('Unexpected end of XML'), true);
  await expect(stack.create()).rejects.toThrow('Unexpected end of XML');
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Cancelled' });
});

test('a request that S3 refuses is not sent again', async () => {
  stack.service.fail('create', new ServiceError('BadRequestException', 'Priority is not an integer'));
  await expect(stack.create()).rejects.toThrow(/CreateJob .*: Priority is not an integer/);
  expect(stack.ledgers.ledger('state').generations).toEqual([]);
});

test('a role that S3 does not see yet is waited for, internal errors that stay are explained', async () => {
  stack.service.fail('create', new ServiceError('AccessDenied', 'not authorized to perform iam:PassRole', 403));
  await stack.create();
  const other = new FakeStack();
  for (let count = 0; count < 100; count++) other.service.fail('create', new ServiceError('InternalServiceException', 'We encountered an internal error', 500));
  await expect(other.create()).rejects.toThrow(/internal errors for \d+ minutes.*check the parameters of the operation/);
});

test('without a ledger the token tells that the job is there, and its tags that it is ours', async () => {
  await stack.create();
  stack.ledgers.clear('state');
  stack.service.listsAfterMs = 3_600_000;
  const waiting = await stack.onEvent(stack.event('Create', properties({ Description: 'Another' })));
  expect(await stack.poll(waiting)).toEqual({ IsComplete: false });
  stack.service.listsAfterMs = 0;
  await stack.wait(waiting);
  expect(stack.service.jobs).toHaveLength(1);
});

test('a ledger that was lost is rebuilt from descriptions and tags; a job that is described alike is not touched', async () => {
  const { data } = await stack.create();
  const foreign = { ...stack.service.jobs[0].request, ClientRequestToken: 'other', Tags: [{ Key: OWNER_TAGS.stackId, Value: 'another stack' }] };
  await stack.service.create(foreign);
  stack.ledgers.clear('state');
  await stack.create();
  await stack.delete();
  expect(stack.service.statuses()).toEqual({ 'id-1': 'Cancelled', 'id-2': expect.stringMatching(/Ready|Active/) });
  expect(data.JobId).toBe('id-1');
});

test('a job that has vanished after its end is remembered, and not done again', async () => {
  stack.service.completes = true;
  await stack.create(properties({ WaitForCompletion: 'true' }));
  stack.now += 400 * 24 * 3_600_000;
  const { data } = await stack.update(properties({ Description: 'Changed' }));
  expect(data).toMatchObject({ JobStatus: 'Complete', SucceededTasks: '100' });
  expect(creations()).toHaveLength(1);
});

test('a job whose end nobody has seen is taken for done', async () => {
  await stack.create();
  stack.service.end('id-1', 'Complete');
  stack.now += 400 * 24 * 3_600_000;
  const { data } = await stack.update(properties({ Description: 'Changed', Tags: [] }));
  expect(data).toMatchObject({ JobStatus: 'Forgotten', JobId: '', Message: expect.stringContaining('S3 does not know') });
  expect(creations()).toHaveLength(1);
  expect(`${GUID}/RestoreJob/ledger.json`).toBe(stack.ledgers.keys('state')[0]);
});

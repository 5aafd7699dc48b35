import { fakePorts, finish, INPUT, look, read, start, step } from './fakes';
import { handleStep } from '../../../runtime/data-preparation/handle';

let ports: ReturnType<typeof fakePorts>;
const call = (event: Parameters<typeof handleStep>[0]) => handleStep(event, ports);

beforeEach(() => {
  ports = fakePorts();
  for (const method of ['log', 'error'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

function declare(...lines: Array<string | object>): void {
  ports.objects.texts.set(INPUT, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
}

const ref = (key: string, bucket = 'data') => ({ 'source-ref': `s3://${bucket}/${key}` });

/** Declares objects and lets one step begin. */
async function begin(of = step(), ...keys: string[]): Promise<void> {
  declare(...keys.map((key) => ref(key)));
  await call(read);
  await call(start(of));
}

test('an object that several lines name is one task, and a line without one is reported', async () => {
  declare({ ...ref('a'), n: 1 }, 'no json', { source: 'text' }, '', ref('a'), { 'source-ref': 'http://x' }, ref('b'));
  await call(read);
  await call(start(step()));
  expect(ports.jobs.keys(1)).toEqual(['a', 'b']);

  ports.jobs.end(1, 'Complete', 'data', { a: [true, 'sum a'], b: [true, 'sum b'] });
  expect(await call(look(step()))).toMatchObject({ next: 'done', objects: 2 });
  expect(await call(finish('checksum'))).toMatchObject({ next: 'done', objects: 3, failed: 3 });
  expect(ports.objects.json('input.manifest')).toEqual([{ ...ref('a'), n: 1, checksum: 'sum a' }, { ...ref('a'), checksum: 'sum a' }, { ...ref('b'), checksum: 'sum b' }]);
  expect(ports.objects.json('failed.jsonl').map(({ line, step: at, reason }) => [line, at, reason])).toEqual([
    [2, 'read', 'the line is not JSON'],
    [3, 'read', 'the line has no "source-ref": there is no object to be prepared'],
    [6, 'read', '"source-ref" is not like s3://bucket/key: http://x'],
  ]);
});

test('each bucket has a job of its own, with the stack\'s tags and an explicit confirmation', async () => {
  declare(ref('a', 'one'), ref('b', 'two'), ref('c', 'one'));
  await call(read);
  expect(await call(start(step()))).toEqual({ next: 'again', waitSeconds: 60 });
  expect(ports.jobs.requests.map(({ ConfirmationRequired, Tags }) => [ConfirmationRequired, Tags])).toEqual([1, 2].map(() => [false, [{ Key: 'owner', Value: 'stack' }]]));
  expect([ports.jobs.keys(1), ports.jobs.keys(2)]).toEqual([['a', 'c'], ['b']]);
});

test('a lost answer, and a repeated call, make no second job', async () => {
  declare(ref('a'));
  await call(read);
  ports.jobs.lostAnswers = 1;
  await expect(call(start(step()))).rejects.toThrow('the answer was lost');
  await call(start(step()));
  await call(start(step()));
  expect(ports.jobs.requests).toHaveLength(1);
});

test('looks become rarer: an execution ends at 25,000 events, and a job may wait for weeks', async () => {
  await begin(step(), 'a');
  let looks = 0;
  for (const end = ports.clock.now + 60 * 24 * 3600_000; ports.clock.now < end; looks++) ports.clock.now += (await call(look(step()))).waitSeconds! * 1000;
  expect(looks).toBeLessThan(25_000 / 10);
});

test('who changes the declared manifest meanwhile mixes up no lines', async () => {
  declare({ ...ref('a'), of: 'a' }, { ...ref('b'), of: 'b' });
  await call(read);
  await call(start(step()));
  declare({ ...ref('b'), of: 'b' }, { ...ref('a'), of: 'a' });
  ports.jobs.end(1, 'Complete', 'data', { a: [true, 'sum'], b: [true, 'sum'] });
  await call(look(step()));
  await call(finish('checksum'));
  expect(ports.objects.json('input.manifest')).toEqual([{ ...ref('a'), of: 'a', checksum: 'sum' }, { ...ref('b'), of: 'b', checksum: 'sum' }]);
});

test('what succeeded goes on, what failed is written down with the reason', async () => {
  await begin(step(), 'a b+ü', 'bad');
  expect(await call(look(step()))).toEqual({ next: 'again', waitSeconds: 60 });
  ports.jobs.end(1, 'Complete', 'data', { 'a b+ü': [true, '{"checksumAlgorithm":"SHA256","checksum_hex":"00"}'], 'bad': [false, 'gone', 'NoSuchKey'] });
  await call(look(step()));
  await call(start(step('copy', 1, { target: { bucket: 'labels', prefix: 'data' } })));
  expect(ports.jobs.keys(2)).toEqual(['a b+ü']);
  ports.jobs.end(2, 'Complete', 'data', { 'a b+ü': [true, 'Successful'] });
  await call(look(step('copy', 1, { target: { bucket: 'labels', prefix: 'data' } })));
  await call(finish('checksum', 'copy'));

  expect(ports.objects.json('input.manifest')).toEqual([{ 'source-ref': 's3://labels/data/a b+ü', 'checksum': { algorithm: 'SHA256', hex: '00' } }]);
  expect(ports.objects.json('failed.jsonl')).toEqual([{ 'line': 2, 'step': 'checksum', 'source-ref': 's3://data/bad', 'reason': 'NoSuchKey: gone' }]);
  expect(ports.objects.json('summary.json')).toEqual([{
    prepared: 1, failed: 1, steps: [{ step: 'checksum', jobs: ['job-1'], failed: 1 }, { step: 'copy', jobs: ['job-2'], failed: 0 }],
  }]);
});

test('of a function\'s answer members go into the line, and a source-ref moves the object', async () => {
  const of = step('function');
  await begin(of, 'a', 'b', 'c', 'd');
  ports.jobs.end(1, 'Complete', 'data', {
    a: [true, '{"source-ref":"s3://pages/a.html","words":3}'], b: [true, 'just text'], c: [true, '{"source-ref":"nowhere"}'], d: [true, ''],
  });
  await call(look(of));
  await call(finish('function'));
  expect(ports.objects.json('input.manifest')).toEqual([{ 'source-ref': 's3://pages/a.html', 'words': 3 }, ref('b'), ref('d')]);
  expect(ports.objects.json('failed.jsonl')).toMatchObject([{ line: 3, reason: expect.stringContaining('"nowhere"') }]);
});

test('objects that a function puts into one place are not labeled, and not lost', async () => {
  const of = step('function');
  await begin(of, 'x/1', 'y/1', 'z');
  const to = (place: string) => [true, `{"source-ref":"s3://pages/${place}"}`] as const;
  ports.jobs.end(1, 'Complete', 'data', { 'x/1': to('1'), 'y/1': to('1'), 'z': to('z') });
  await call(look(of));
  await call(finish('function'));
  expect(ports.objects.json('input.manifest')).toEqual([{ 'source-ref': 's3://pages/z' }]);
  expect(ports.objects.json('failed.jsonl').map(({ line, reason }) => [line, reason])).toEqual([1, 2].map((line) => [line, '2 objects were put into the same place: lines 1, 2']));
});

describe('a job that fails as a whole', () => {
  test('is followed by one on what has no result, at most twice', async () => {
    await begin(step(), 'a', 'b', 'c');
    ports.jobs.end(1, 'Failed', 'data', { a: [true, 'sum'], b: [false, 'gone', '404'] }, '400: AccessDenied');
    expect(await call(look(step()))).toEqual({ next: 'again', waitSeconds: 60 });
    expect(ports.jobs.keys(2)).toEqual(['c']);
    ports.jobs.end(2, 'Failed', 'data', {}, '400: AccessDenied');
    await call(look(step()));
    expect(ports.jobs.keys(3)).toEqual(['c']);
    ports.jobs.end(3, 'Failed', 'data', {}, '400: AccessDenied');
    expect(await call(look(step()))).toMatchObject({ next: 'done', objects: 1, failed: 2 });
    expect(ports.objects.json('steps/0/failed.jsonl').map(({ reason }) => reason)).toEqual([
      '404: gone', 'job job-3 has ended as Failed without a result: 400: AccessDenied',
    ]);
  });

  test('is followed by one even where S3\'s answer was lost', async () => {
    await begin(step(), 'a');
    ports.jobs.end(1, 'Failed', 'data', {}, '400: AccessDenied');
    ports.jobs.lostAnswers = 1;
    await expect(call(look(step()))).rejects.toThrow('the answer was lost');
    expect(await call(look(step()))).toEqual({ next: 'again', waitSeconds: 60 });
    ports.jobs.end(2, 'Complete', 'data', { a: [true, 'sum'] });
    expect(await call(look(step()))).toMatchObject({ next: 'done', objects: 1 });
    expect(ports.jobs.requests).toHaveLength(2);
  });

  test('that S3 has forgotten long after its end is over: what its report does not name is tried again', async () => {
    await begin(step(), 'a', 'b');
    ports.jobs.end(1, 'Complete', 'data', { a: [true, 'sum'] });
    ports.jobs.looks.delete('job-1');
    expect(await call(look(step()))).toEqual({ next: 'again', waitSeconds: 60 });
    ports.clock.now += 100 * 24 * 3600_000;
    await call(look(step()));
    expect(ports.jobs.keys(2)).toEqual(['b']);
  });

  test('that a person has cancelled stays cancelled', async () => {
    await begin(step(), 'a', 'b');
    ports.jobs.end(1, 'Cancelled', 'data', { a: [true, 'sum'] }, 'too dear');
    expect(await call(look(step()))).toMatchObject({ next: 'done', objects: 1, failed: 1 });
  });
});

describe('a restore', () => {
  const of = step('restore');

  test('is waited for until each object can be read; what needs none goes on', async () => {
    await begin(of, 'cold', 'warm', 'gone', 'denied');
    const { states } = ports.objects;
    states.set('s3://data/cold', 'restoring').set('s3://data/warm', 'readable').set('s3://data/denied', 'archived');
    ports.jobs.end(1, 'Complete', 'data', {
      cold: [true, 'Successful'], warm: [false, 'not archived', 'InvalidObjectState'], gone: [true, 'Successful'], denied: [false, 'no', 'InvalidObjectState'],
    });
    expect(await call(look(of))).toEqual({ next: 'again', waitSeconds: 900, objects: 1, failed: 2 });
    states.set('s3://data/cold', 'readable');
    expect(await call(look(of))).toEqual({ next: 'done', objects: 2, failed: 2 });
    expect(ports.objects.json('steps/0/failed.jsonl').map(({ reason }) => reason)).toEqual(['there is no such object any more', 'InvalidObjectState: no']);
  });

  test('that never ends is given up after three days', async () => {
    await begin(of, 'cold');
    ports.objects.states.set('s3://data/cold', 'restoring');
    ports.jobs.end(1, 'Complete', 'data', { cold: [true, 'Successful'] });
    await call(look(of));
    ports.clock.now += 73 * 3600_000;
    expect(await call(look(of))).toMatchObject({ next: 'done', objects: 0, failed: 1 });
  });
});

test('without any object there is no manifest, and an error that says where the reasons are', async () => {
  await begin(step(), 'a');
  ports.jobs.end(1, 'Complete', 'data', { a: [false, 'gone', '404'] });
  await call(look(step()));
  await expect(call(finish('checksum'))).rejects.toThrow(/no object came through all steps: .*failed\.jsonl says why/);
  expect(ports.objects.text('input.manifest')).toBeUndefined();
});

test('every call may be repeated when its step is over', async () => {
  await begin(step(), 'a');
  ports.jobs.end(1, 'Complete', 'data', { a: [true, 'sum'] });
  for (let times = 0; times < 2; times++) expect(await call(look(step()))).toMatchObject({ next: 'done' });
  expect(await call(start(step()))).toEqual({ next: 'done' });
  expect(await call(read)).toEqual({ next: 'done' });
  expect(ports.jobs.requests).toHaveLength(1);
});

test('a job whose deployment is not finished is woken again', async () => {
  const wakes = JSON.stringify([{ functionArn: 'f', event: { key: 'k' } }]);
  ports.answer = { skipped: 'its deployment is not finished, or has failed' };
  await expect(call({ action: 'wake', wakes })).rejects.toMatchObject({ name: 'NotYet' });
  ports.answer = { steps: ['make the job'] };
  expect(await call({ action: 'wake', wakes })).toEqual({ next: 'done' });
  expect(ports.woken).toEqual([{ key: 'k' }, { key: 'k' }]);
});

test('labeled objects of a job are tagged, others are not', async () => {
  ports.objects.texts.set('s3://out/labels/mails-r1/output.manifest', [{ ...ref('a'), kind: 0 }, { ...ref('b'), 'kind-metadata': {} }, { ...ref('a'), kind: 1 }].map((line) => JSON.stringify(line)).join('\n'));
  const answer = await call({
    action: 'labels', folder: { bucket: 'prepared', prefix: 'tagged/' }, jobArn: 'arn:aws:sagemaker:r:1:labeling-job/mails-r1', labelAttributeName: 'kind', outputUri: 's3://out/labels/<job>/output.manifest',
  });
  expect(answer).toEqual({ next: 'done', folder: { bucket: 'prepared', prefix: 'tagged/mails-r1/' }, objects: 1 });
});

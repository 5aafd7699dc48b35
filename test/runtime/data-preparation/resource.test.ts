import { fakePorts, FOLDER, INPUT, read, start, step } from './fakes';
import { handleStep } from '../../../runtime/data-preparation/handle';
import { handleResource, handleWaiting, type ResourceEvent, type ResourceWaiting } from '../../../runtime/data-preparation/resource';
import type { DataPreparationProperties } from '../../../src/s3batch/private/data-preparation-contract';

const PROPERTIES: DataPreparationProperties = {
  ServiceToken: 'token', ContractVersion: '1', StateMachineArn: 'machine', Bucket: FOLDER.bucket, Prefix: FOLDER.prefix, Identity: 'aabbccddeeff',
};
const base = { StackId: 'arn:aws:cloudformation:us-east-1:123456789012:stack/s/guid', LogicalResourceId: 'Preparation', ResourceProperties: PROPERTIES };
const create = (RequestId = 'first', properties = PROPERTIES): ResourceEvent => ({ ...base, RequestType: 'Create', RequestId, ResourceProperties: properties });
const remove = { ...base, RequestType: 'Delete', RequestId: 'last', PhysicalResourceId: 'preparation-aabbccddeeff' } as const;

let ports: ReturnType<typeof fakePorts>;
beforeEach(() => {
  ports = fakePorts();
  for (const method of ['log', 'error'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

/** A Delete, looked at so much later. */
const deleted = async (after = 120_000) => {
  const begun = await handleResource(remove, ports);
  ports.clock.now += after;
  return handleWaiting({ ...remove, ...begun } as ResourceWaiting, ports);
};

test('a Create begins one execution, however often it comes, and waits for nothing', async () => {
  const { PhysicalResourceId } = await handleResource(create(), ports);
  await handleResource(create(), ports);
  expect(PhysicalResourceId).toBe('preparation-aabbccddeeff');
  expect(ports.executions.started).toEqual([expect.stringMatching(/^aabbccddeeff-[0-9a-f]{12}$/)]);
  expect(await handleWaiting({ ...create(), PhysicalResourceId } as ResourceWaiting, ports)).toEqual({ IsComplete: true });
});

test('an Update begins nothing while an execution of this identity goes on, or when all is prepared', async () => {
  await handleResource(create(), ports);
  await handleResource(create('second'), ports);
  expect(ports.executions.started).toHaveLength(1);
  await ports.executions.stop(ports.executions.started[0]);
  ports.objects.texts.set(`s3://${FOLDER.bucket}/${FOLDER.prefix}input.manifest`, '{}\n');
  await handleResource(create('third'), ports);
  expect(ports.executions.started).toHaveLength(1);
});

test('an execution that has failed is begun again by another request', async () => {
  await handleResource(create(), ports);
  await ports.executions.stop(ports.executions.started[0]);
  await handleResource(create('second'), ports);
  expect(ports.executions.started).toHaveLength(2);
});

test('another release of the construct is refused', async () => {
  await expect(handleResource(create('x', { ...PROPERTIES, ContractVersion: '9' }), ports)).rejects.toThrow('ContractVersion: expected "1", got "9"');
});

describe('a Delete', () => {
  beforeEach(async () => {
    await handleResource(create(), ports);
    ports.objects.texts.set(INPUT, '{"source-ref":"s3://data/a"}\n{"source-ref":"s3://data/b"}\n');
    await handleStep(read, ports);
    await handleStep(start(step()), ports);
  });

  test('stops the execution, cancels the jobs, and waits for their ends', async () => {
    expect(await deleted()).toEqual({ IsComplete: false });
    expect(ports.executions.stopped).toEqual(ports.executions.started);
    expect(ports.jobs.cancelled).toEqual(['job-1']);
    expect(await deleted()).toEqual({ IsComplete: true });
    expect(ports.jobs.cancelled).toEqual(['job-1']);
  });

  test('waits until a call that was under way can make no job any more', async () => {
    ports.jobs.end(1, 'Complete', 'data', {});
    expect(await deleted(5_000)).toEqual({ IsComplete: false });
    expect(await deleted()).toEqual({ IsComplete: true });
  });

  test('finds a job whose making was not answered', async () => {
    ports.jobs.lostAnswers = 1;
    ports.objects.texts.set(`s3://${FOLDER.bucket}/${FOLDER.prefix}steps/1/objects.jsonl`, '{"lines":[1],"bucket":"data","key":"a"}\n');
    await expect(handleStep(start(step('checksum', 1)), ports)).rejects.toThrow('the answer was lost');
    expect(await deleted()).toEqual({ IsComplete: false });
    expect(ports.jobs.cancelled).toEqual(['job-1', 'job-2']);
  });

  test.each(['NoSuchBucket', 'StateMachineDoesNotExist'])('is over where there is %s', async (name) => {
    jest.spyOn(ports.executions, 'running').mockImplementation(() => { throw Object.assign(new Error('gone'), { name }); });
    expect(await deleted()).toEqual({ IsComplete: true });
  });

  test('leaves another identity\'s executions alone', async () => {
    await ports.executions.start('machine', 'ffeeddccbbaa-1');
    await deleted();
    expect(ports.executions.stopped).toEqual([expect.stringMatching(/^aabbccddeeff-/)]);
  });

  test('is followed, when the preparation comes back, by a job on what was left', async () => {
    await deleted();
    ports.jobs.end(1, 'Cancelled', 'data', { a: [true, 'sum'] });
    await handleStep({ action: 'look', folder: FOLDER, step: step(), tags: {} }, ports);
    expect(ports.jobs.keys(2)).toEqual(['b']);
  });
});

test('without any trace of a beginning a Delete has nothing to do', async () => {
  expect(await deleted()).toEqual({ IsComplete: true });
});

describe('another bucket', () => {
  const moved = { ...PROPERTIES, Bucket: 'elsewhere' };
  const update = { ...base, RequestType: 'Update', RequestId: 'move', PhysicalResourceId: 'preparation-aabbccddeeff', ResourceProperties: moved, OldResourceProperties: PROPERTIES } as const;
  const updated = async (after = 120_000) => {
    const begun = await handleResource(update, ports);
    ports.clock.now += after;
    return handleWaiting({ ...update, ...begun } as ResourceWaiting, ports);
  };
  beforeEach(async () => {
    await handleResource(create(), ports);
    ports.objects.texts.set(INPUT, '{"source-ref":"s3://data/a"}\n');
    await handleStep(read, ports);
    await handleStep(start(step()), ports);
  });

  test('begins when what goes on in the former one has ended', async () => {
    expect(await updated()).toEqual({ IsComplete: false });
    expect(ports.executions.stopped).toHaveLength(1);
    expect(ports.jobs.cancelled).toEqual(['job-1']);
    expect(ports.executions.started).toHaveLength(1);
    expect(await updated()).toEqual({ IsComplete: true });
    expect(ports.executions.started).toHaveLength(2);
  });

  test('needs to be named when the former one may not be read', async () => {
    jest.spyOn(ports.objects, 'list').mockImplementation(() => { throw Object.assign(new Error('no'), { name: 'AccessDenied' }); });
    await expect(updated()).rejects.toThrow(/moved from the bucket prepared.*name that one in "formerBuckets"/);
  });
});

describe('a tagging', () => {
  const tagging: DataPreparationProperties = { ...PROPERTIES, Prefix: 'tagged/guid/addr/', Identity: '', Kind: 'TAGGING' };
  const removed = { ...remove, PhysicalResourceId: 'tagging', ResourceProperties: tagging };
  const folder = { bucket: FOLDER.bucket, prefix: 'tagged/guid/addr/mails-r1/' };
  const tagStep = { number: 0, kind: 'tag', operation: 'S3PutObjectTagging', parameters: '{}', roleArn: 'role', priority: 10 } as const;
  const ended = async (after = 120_000) => {
    const begun = await handleResource(removed, ports);
    ports.clock.now += after;
    return handleWaiting({ ...removed, ...begun } as ResourceWaiting, ports);
  };
  /** An event has begun it: the labels are read, and a job is at work. */
  beforeEach(async () => {
    ports.objects.texts.set('s3://out/mails-r1/output.manifest', '{"source-ref":"s3://data/a","label":1}\n');
    await ports.executions.start('machine', 'an-event');
    await handleStep({
      action: 'labels', folder: { ...folder, prefix: tagging.Prefix }, jobArn: 'arn:x/mails-r1', labelAttributeName: 'label', outputUri: 's3://out/<job>/output.manifest',
    }, ports);
    await handleStep({ action: 'start', folder, step: tagStep, tags: {} }, ports);
  });

  test('is begun by no Create or Update', async () => {
    const { PhysicalResourceId } = await handleResource(create('c', tagging), ports);
    expect(PhysicalResourceId).toMatch(/^tagging-[0-9a-f]{12}$/);
    expect(ports.executions.started).toEqual(['an-event']);
  });

  test('ends with its stack: the execution is stopped, the job cancelled, and its end waited for', async () => {
    expect(await ended()).toEqual({ IsComplete: false });
    expect(ports.executions.stopped).toEqual(['an-event']);
    expect(ports.jobs.cancelled).toEqual(['job-1']);
    expect(await ended(5_000)).toEqual({ IsComplete: false });
    expect(await ended()).toEqual({ IsComplete: true });
  });

  test('that has reported is over', async () => {
    ports.jobs.end(1, 'Complete', 'data', { a: [true, 'Successful'] });
    await handleStep({ action: 'look', folder, step: tagStep, tags: {} }, ports);
    await handleStep({ action: 'tagged', folder }, ports);
    expect(await ended(5_000)).toEqual({ IsComplete: true });
    expect(ports.jobs.cancelled).toEqual([]);
  });
});

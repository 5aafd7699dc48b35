import { ServiceError } from './fake-service';
import { FakeStack, otherIdentity, properties } from './fake-stack';
import { FakeTopic } from './fake-topic';
import { LabelingJobProperties } from '../../../src/groundtruth/private/labeling-job-contract';

const DAY = 24 * 3600 * 1000;
const STATE = 's3://store/stream/stream.json';
const TOPIC_ARN = 'arn:aws:sns:us-east-1:111122223333:mails';

let stack: FakeStack;
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stack = new FakeStack();
});

function streaming(Stream: LabelingJobProperties['Stream'], changes: Partial<LabelingJobProperties> = {}): LabelingJobProperties {
  const { Request } = properties();
  return properties({ Stream, Request: { ...Request, InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: TOPIC_ARN } } } }, ...changes });
}
const intake = (changes: Partial<LabelingJobProperties> = {}) => streaming({ Kind: 'INTAKE', Bucket: 'store', Prefix: 'stream/' }, changes);
const onTopic = (changes: Partial<LabelingJobProperties> = {}) => streaming({ Kind: 'TOPIC' }, changes);
const forwarded = (at: number) => stack.objects.files.set(STATE, [JSON.stringify({ lastForwardedAt: at })]);
const statuses = () => Object.fromEntries(Object.entries(stack.service.statuses()).map(([name, status]) => [/r[0-9]+$/.exec(name)![0], status]));

/** A stream with a job in progress, which the service has given a queue. */
async function start(resource: LabelingJobProperties): Promise<string> {
  const { data } = await stack.create(resource);
  stack.queues.open(data.LabelingJobName);
  return data.LabelingJobName;
}

describe('a stream with an intake', () => {
  test('is renewed after ten idle days, and the queue is gone before the end is written down', async () => {
    const name = await start(intake());
    forwarded(stack.now + DAY);
    stack.now += 11 * DAY;
    stack.service.end(name, 'Stopped');
    stack.queues.fail('remove', new ServiceError('ThrottlingException', 'slow'), true);
    await expect(stack.reconcile()).rejects.toThrow('slow');
    expect(stack.ledgers.ledger('state').generations[0].end).toBeUndefined();

    const { steps } = await stack.reconcile();
    expect(steps).toEqual([`make generation 2 to go on with the stream of ${name}`]);
    expect(statuses()).toEqual({ r1: 'Stopped', r2: 'Initializing' });
    expect(stack.queues.names()).toEqual([]);
    expect(stack.service.get(name.replace(/r1$/, 'r2')).request.InputConfig).toEqual({ DataSource: { SnsDataSource: { SnsTopicArn: TOPIC_ARN } } });
  });

  test('that somebody stopped is left, whatever its successors do later', async () => {
    const name = await start(intake());
    forwarded(stack.now + 5 * DAY);
    stack.now += 12 * DAY;
    stack.service.end(name, 'Stopped');
    expect((await stack.reconcile()).notes).toEqual([expect.stringContaining('was stopped outside of this stack')]);
    expect(stack.queues.names()).toEqual([]);
    // how it ended stays as it was seen
    stack.objects.files.delete(STATE);
    expect((await stack.reconcile()).steps).toEqual([]);
  });

  test('goes on under other settings', async () => {
    await start(intake());
    const { data } = await stack.update(intake({ Revision: '{"TaskTitle":"Spam or ham?"}' }));
    expect(data).toMatchObject({ Generation: '2', LabelingJobStatus: 'InProgress' });
    expect(stack.queues.names()).toEqual([]);
  });

  test('DRAINED: stopped when nothing is open, RUNNING: goes on', async () => {
    const name = await start(intake());
    const mark = `s3://store/stream/open/${name}/1`;
    stack.objects.files.set(mark, []);
    await stack.update(intake({ DesiredState: 'DRAINED' }));
    expect((await stack.reconcile()).notes).toEqual([`${name} is stopped when nothing is open any more: its desired state is DRAINED`]);
    stack.objects.files.delete(mark);
    expect((await stack.reconcile()).steps).toEqual([`stop ${name}: its desired state is DRAINED, and nothing is open`]);
    stack.now += 60_000;
    await stack.reconcile();
    expect(statuses()).toEqual({ r1: 'Stopped' });
    await stack.update(intake());
    expect(statuses()).toEqual({ r1: 'Stopped', r2: 'InProgress' });
  });

  test('removal by DRAIN waits for what is open, and for no longer than its time', async () => {
    const name = await start(intake({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '600', DrainThen: 'STOP' }));
    const mark = `s3://store/stream/open/${name}/1`;
    stack.objects.files.set(mark, []);
    const waiting = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: stack.id }));
    expect((await stack.poll(waiting)).IsComplete).toBe(false);
    expect(statuses()).toEqual({ r1: 'InProgress' });
    stack.objects.files.delete(mark);
    await stack.wait(waiting);
    expect(statuses()).toEqual({ r1: 'Stopped' });
    expect(stack.queues.names()).toEqual([]);
    expect(stack.ledgers.keys('state')).toEqual([]);
  });

  test('removal by RETAIN leaves the job and its queue', async () => {
    const name = await start(intake({ RemovalMode: 'RETAIN' }));
    await stack.delete();
    expect(statuses()).toEqual({ r1: 'InProgress' });
    expect(stack.queues.names()).toEqual([name]);
  });

  test.each<[string, () => void]>([
    ['ledger', () => stack.ledgers.clear('state')],
    ['bucket', () => stack.ledgers.removeBucket('state')],
  ])('a Delete without %s stops the job and removes its queue', async (_, lose) => {
    await start(intake());
    lose();
    await stack.delete();
    expect(statuses()).toEqual({ r1: 'Stopped' });
    expect(stack.queues.names()).toEqual([]);
  });

  describe('that leaves a stack in which other jobs stay: the right to read its store goes before it', () => {
    beforeEach(() => {
      jest.spyOn(stack.objects, 'exists').mockRejectedValue(new ServiceError('Forbidden', 'no'));
      jest.spyOn(stack.objects, 'anyUnder').mockRejectedValue(new ServiceError('AccessDenied', 'no'));
    });

    test('is stopped, and its queue removed', async () => {
      await start(intake());
      await stack.delete();
      expect(statuses()).toEqual({ r1: 'Stopped' });
      expect(stack.queues.names()).toEqual([]);
    });

    test('is drained by what the job itself says', async () => {
      const name = await start(intake({ RemovalMode: 'DRAIN', DrainTimeoutSeconds: '600', DrainThen: 'STOP' }));
      stack.service.get(name).counters = { totalLabeled: 0, humanLabeled: 0, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 1 };
      const waiting = await stack.onEvent(stack.event('Delete', stack.current!, { PhysicalResourceId: stack.id }));
      expect((await stack.poll(waiting)).IsComplete).toBe(false);
      expect(statuses()).toEqual({ r1: 'InProgress' });
      stack.service.get(name).counters = { totalLabeled: 1, humanLabeled: 1, machineLabeled: 0, failedNonRetryableError: 0, unlabeled: 0 };
      await stack.wait(waiting);
      expect(statuses()).toEqual({ r1: 'Stopped' });
      expect(stack.queues.names()).toEqual([]);
    });
  });

  test('is replaced by another stream, though its store may not be read any more', async () => {
    await start(intake());
    jest.spyOn(stack.objects, 'exists').mockRejectedValue(new ServiceError('Forbidden', 'no'));
    await stack.update(intake({ Stream: { Kind: 'INTAKE', Bucket: 'store', Prefix: 'other/' }, Relabel: '1', ...otherIdentity('phishing') }));
    expect(Object.values(stack.service.statuses())).toEqual(['Stopped', 'InProgress']);
  });

  test('a reconcile that may not read the store says so, and renews nothing on a guess', async () => {
    const name = await start(intake());
    stack.now += 11 * DAY;
    stack.service.end(name, 'Stopped');
    jest.spyOn(stack.objects, 'exists').mockRejectedValue(new ServiceError('Forbidden', 'no'));
    await expect(stack.reconcile()).rejects.toThrow('s3://store/stream/stream.json may not be read, so it is not known whether ');
    expect(statuses()).toEqual({ r1: 'Stopped' });
  });

  test('a Delete does not fail for a queue that may not be touched', async () => {
    const name = await start(intake());
    stack.queues.fail('remove', new ServiceError('AccessDeniedException', 'no'));
    await stack.delete();
    expect(statuses()).toEqual({ r1: 'Stopped' });
    expect(stack.queues.names()).toEqual([name]);
  });
});

describe('a stream on a topic of the user\'s', () => {
  const SEED = (name: string) => `s3://out/labels/resume/${name.replace(/r1$/, 'r2')}/unlabeled.manifest`;

  async function withMessages(count: number): Promise<[string, FakeTopic]> {
    const { data } = await stack.create(onTopic());
    const topic = new FakeTopic(stack);
    for (let sent = 0; sent < count; sent++) await topic.send();
    return [data.LabelingJobName, topic];
  }

  test('the next generation begins with what its queue held and with what was not labeled', async () => {
    const [name, topic] = await withMessages(1200);
    await topic.work(10, 4);
    await stack.update(onTopic({ Revision: '{"TaskTitle":"Spam or ham?"}' }));
    const { InputConfig } = stack.service.get(name.replace(/r1$/, 'r2')).request;
    expect(InputConfig!.DataSource).toEqual({ S3DataSource: { ManifestS3Uri: SEED(name) }, SnsDataSource: { SnsTopicArn: TOPIC_ARN } });
    expect(stack.objects.files.get(SEED(name))).toHaveLength(1196);
    expect(stack.queues.names()).toEqual([]);
    await topic.work(0, 2000);
    expect([...topic.labels.values()].filter((times) => times !== 1)).toEqual([]);
    expect(topic.labels.size).toBe(1200);
  });

  test.each<['receive' | 'delete' | 'remove', boolean]>([['receive', true], ['delete', false], ['delete', true], ['remove', false], ['remove', true]])(
    'nothing is lost or doubled where %s fails, afterwards: %s', async (call, afterwards) => {
      const [name, topic] = await withMessages(30);
      await topic.work(5, 5);
      for (let time = 0; time < 3; time++) stack.queues.fail(call, new ServiceError('RequestThrottled', 'slow'), afterwards);
      await stack.update(onTopic({ Revision: '{"TaskTitle":"Spam or ham?"}' }));
      await topic.running();
      await topic.work(100, 100);
      expect([...topic.labels].filter(([, times]) => times !== 1)).toEqual([]);
      expect(topic.labels.size).toBe(30);
      expect(stack.queues.names()).toEqual([name.replace(/r1$/, 'r2')]);
    });

  test('somebody stopped it where messages were left; otherwise it was idle', async () => {
    const [name] = await withMessages(1);
    stack.now += 11 * DAY;
    stack.service.end(name, 'Stopped');
    stack.now += DAY;
    expect((await stack.reconcile()).notes).toEqual([expect.stringContaining('was stopped outside of this stack')]);
  });

  test('a call that cannot wait for the queue of a job that has just ended fails, so that it is repeated: no event follows', async () => {
    const [name] = await withMessages(0);
    stack.now += 11 * DAY;
    stack.service.end(name, 'Stopped');
    // an invocation of the fake lasts a minute, Lambda's five
    await expect(stack.reconcile()).rejects.toThrow(/still holds messages: looking again later/);
    stack.now += 60_000;
    expect((await stack.reconcile()).steps).toEqual([`make generation 2 to go on with the stream of ${name}`]);
  });

  test('an idle one without anything left reads nothing', async () => {
    const [name] = await withMessages(0);
    stack.now += 11 * DAY;
    stack.service.end(name, 'Stopped');
    stack.now += DAY;
    await stack.reconcile();
    expect(stack.service.get(name.replace(/r1$/, 'r2')).request.InputConfig!.DataSource).toEqual({ SnsDataSource: { SnsTopicArn: TOPIC_ARN } });
  });

  test('what is no data object is kept, and goes into no manifest', async () => {
    const [name, topic] = await withMessages(1);
    stack.queues.send(name, '{\'source\': 1}');
    stack.queues.send(name, JSON.stringify({ Event: 's3:TestEvent' }));
    stack.queues.send(name, JSON.stringify({ Records: [{ s3: { bucket: { name: 'in' }, object: { key: 'a+b%2B.jpg', sequencer: '1' } } }] }));
    await stack.update(onTopic({ Revision: '{"TaskTitle":"Spam or ham?"}' }));
    expect(topic.sent).toBe(1);
    expect(stack.objects.files.get(SEED(name))!.map((line) => JSON.parse(line))).toEqual([
      { 'source': 'mail 0', 'n': 0, '$spam-object-id': 'message-1', 'dataset-objectid-attribute-name': '$spam-object-id' },
      { 'source-ref': 's3://in/a b+.jpg', '$sequencer': '1', '$spam-object-id': 's3://in/a b+.jpg1', 'dataset-objectid-attribute-name': '$spam-object-id' },
    ]);
    const [saved] = [...stack.objects.files.entries()].filter(([uri]) => uri.includes('/messages/')).map(([, lines]) => lines);
    expect(saved).toContain('{"unreadable-message":"{\'source\': 1}"}');
  });

  test('a lost ledger loses nothing that was saved', async () => {
    const [, topic] = await withMessages(20);
    stack.queues.fail('remove', new ServiceError('RequestThrottled', 'slow'));
    const waiting = await stack.onEvent(stack.event('Update', onTopic({ Revision: '2' }), { PhysicalResourceId: stack.id, OldResourceProperties: stack.current }));
    for (let polls = 0; stack.objects.files.size === 0 && polls < 50; polls++) {
      await stack.poll(waiting);
      stack.now += 5_000;
    }
    stack.ledgers.clear('state');
    await stack.update(onTopic({ Revision: '3' }));
    await topic.running();
    await topic.work(100, 100);
    expect([...topic.labels.values()]).toEqual(Array(20).fill(1));
  });

  test('adopting one compares its topic', async () => {
    const { Request } = onTopic();
    await stack.service.create({ ...Request, LabelingJobName: 'theirs', LabelAttributeName: 'spam', Tags: [] } as never);
    stack.now += 60_000;
    const other = { ...Request, InputConfig: { DataSource: { SnsDataSource: { SnsTopicArn: `${TOPIC_ARN}-2` } } } };
    await expect(stack.create(onTopic({ Adopt: 'theirs', Request: other }))).rejects.toThrow(/InputConfig.DataSource.SnsDataSource.SnsTopicArn: declared ".*-2", is/);
    stack = new FakeStack();
    await stack.service.create({ ...Request, HumanTaskConfig: { TaskTitle: 'Spam?', NumberOfHumanWorkersPerDataObject: 3 }, LabelingJobName: 'theirs', LabelAttributeName: 'spam', Tags: [] } as never);
    stack.now += 60_000;
    expect((await stack.create(onTopic({ Adopt: 'theirs' }))).data).toMatchObject({ LabelingJobName: 'theirs', Drift: '0' });
  });
});

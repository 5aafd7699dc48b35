import { FakeStream } from './fake-stream';
import { metricsOf } from './metrics-of';

let stream: FakeStream;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stream = new FakeStream();
});

async function given(records: number, from = 0): Promise<void> {
  for (let index = from; index < from + records; index++) stream.send(JSON.stringify({ source: `text ${index}` }));
  await stream.run(stream.takeIn(records));
}

async function labelAll(): Promise<void> {
  for (const id of stream.job!.openIds) stream.sendResult(stream.job!.label(id));
  await stream.run(stream.collect(1000));
}

function counts() {
  const { store } = stream;
  return { waiting: store.keys('waiting/').length, open: store.keys('open/').length, done: store.keys('done/').length };
}

describe('flow', () => {
  test('a job is given as much as it takes, and more when there is room again', async () => {
    stream.running({ most: 10, workers: 3, isStale: false });
    await given(25);
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 15, open: 10, done: 0 });
    expect(metricsOf(stream)).toMatchObject({ Forwarded: 10, Waiting: 15, Open: 10, WithoutJob: 0 });
    // three workers an object: what came for one free place would wait in the job's own queue
    stream.sendResult(stream.job!.label(stream.job!.openIds[0]));
    await stream.run(stream.collect());
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 15, open: 9, done: 1 });
    await labelAll();
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 5, open: 10, done: 10 });
  });

  test('an object costs four writes and one read, and what else is done is done for many', async () => {
    stream.running({ most: 500, workers: 1, isStale: false });
    await given(400);
    await stream.run(stream.forward());
    await labelAll();
    const { 'LIST waiting/': _, 'LIST open/': __, 'LIST open/stream-r1/': ___, ...calls } = Object.fromEntries(stream.store.calls);
    expect(calls).toEqual({
      'PUT intake': 400, 'PUT waiting': 400, 'PUT open': 400, 'PUT done': 400, 'GET intake': 400, 'GET stream.json': 1, 'PUT stream.json': 2, 'DELETE 1': 2, 'DELETE 2': 1,
    });
    expect(Math.max(...stream.topicCalls)).toBe(10);
    expect(stream.topicCalls).toHaveLength(40);
  });

  test('large records make small calls of the topic', async () => {
    stream.running();
    const values = Array.from({ length: 5 }, () => 'x'.repeat(18_000));
    for (let index = 0; index < 6; index++) stream.send(JSON.stringify({ source: `text ${index}`, ...values }));
    await stream.run(stream.takeIn(6));
    await stream.run(stream.forward());
    expect(stream.topicCalls).toEqual([2, 2, 2]);
  });

  test('nobody starves: a pass goes on where the last one ended', async () => {
    stream.running({ most: 4, workers: 1, isStale: false });
    await given(20);
    const first = stream.store.keys('waiting/').map((key) => key.replace('waiting/', 'done/'));
    for (let pass = 1; pass <= 14; pass++) {
      await stream.run(stream.forward());
      await labelAll();
      // as many come as go
      await given(4, 100 * pass);
    }
    expect(stream.store.keys('done/')).toEqual(expect.arrayContaining(first));
  });

  test('what the topic does not take is published again in the same pass', async () => {
    stream.running();
    await given(8);
    stream.partialFailures = 3;
    await stream.run(stream.forward());
    expect([counts().open, stream.job!.openIds.length, stream.published]).toEqual([8, 8, 8]);
  });
});

describe('no job to give to', () => {
  test.each([
    ['the job is initialized still', () => stream.begin(), 60],
    ['the job is stopping', () => stream.running().setStatus('Stopping'), 60],
    ['there was never one', () => undefined, 900],
    ['the last one has just ended', () => stream.running().setStatus('Stopped'), 60],
  ])('%s: it waits, and looks again', async (_, make, delaySeconds) => {
    make();
    await given(3);
    stream.wakes.length = 0;
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 3, open: 0, done: 0 });
    expect(stream.wakes.map((wake) => wake.delaySeconds)).toEqual([delaySeconds]);
    // whoever comes meanwhile leaves no second wake
    await stream.run(stream.forward());
    expect(stream.wakes).toHaveLength(1);
  });

  test('a stream without job is told while something waits', async () => {
    await given(1);
    stream.time += 5000;
    await stream.run(stream.forward());
    expect(metricsOf(stream)).toMatchObject({ Waiting: 1, WithoutJob: 1, OldestWaitingAge: 5 });
  });

  test('nothing is forwarded while the stream is drained, and nobody looks again in vain', async () => {
    stream.running();
    await given(3);
    stream.desiredState = 'DRAINED';
    stream.wakes.length = 0;
    await stream.run(stream.forward());
    expect([counts().open, stream.wakes]).toEqual([0, []]);
  });

  test('where nothing waits, nobody is woken', async () => {
    await stream.run(stream.forward());
    expect(stream.wakes).toEqual([]);
    expect(metricsOf(stream)).toEqual({ Forwarded: 0, ReturnedToWaiting: 0, Waiting: 0, Open: 0, OldestWaitingAge: 0, WithoutJob: 0 });
  });

  test('a job that lives is not followed by another: both would be given everything', async () => {
    const [first, second] = [stream.running(), stream.running()];
    await given(2);
    await stream.run(stream.forward());
    expect([first.objects.size, second.objects.size]).toEqual([0, 0]);
    first.setStatus('Stopped');
    stream.time += 200_000;
    await stream.run(stream.forward());
    expect([first.objects.size, second.objects.size]).toEqual([0, 2]);
  });
});

describe('the end of a job', () => {
  beforeEach(async () => {
    stream.running({ most: 6, workers: 1, isStale: false });
    await given(6);
    await stream.run(stream.forward());
  });

  test('what its manifest tells is taken, all else waits again and goes to the next', async () => {
    const { job } = stream;
    const [labeled, failed, ...rest] = job!.openIds;
    job!.label(labeled);
    job!.fail(failed);
    stream.end();
    stream.running();
    stream.time += 180_000;
    await stream.run(stream.forward());
    expect(stream.store.keys('done/')).toEqual([`done/${labeled}`]);
    expect(stream.events.map(({ type }) => type)).toEqual(['Data Object Labeled', 'Data Object Labeling Failed']);
    expect(stream.job!.openIds.sort()).toEqual([`${failed}.2`, ...rest].sort());
    expect(stream.store.keys('open/stream-r1/')).toEqual([]);
    expect(metricsOf(stream)).toMatchObject({ ReturnedToWaiting: 4, Labeled: 1, LabelingFailed: 1, Forwarded: 5 });
  });

  test('its last messages have two minutes', async () => {
    stream.end();
    stream.running();
    stream.wakes.length = 0;
    await stream.run(stream.forward());
    expect([counts(), stream.wakes.map(({ delaySeconds }) => delaySeconds)]).toEqual([{ waiting: 0, open: 6, done: 0 }, [120]]);
  });

  test('where the job counts more labels than its manifest has, the messages are waited for', async () => {
    const lines = stream.job!.openIds.slice(0, 2).map((id) => stream.job!.label(id));
    stream.job!.setStatus('Failed');
    stream.running();
    stream.time += 180_000;
    await stream.run(stream.forward());
    expect([counts().open, stream.job!.objects.size]).toEqual([6, 0]);
    lines.forEach((line) => stream.sendResult(line));
    await stream.run(stream.collect());
    stream.time += 800_000;
    await stream.run(stream.forward());
    expect([counts().done, stream.job!.objects.size]).toEqual([2, 4]);
  });

  test('a message that comes while its object waits again is in time', async () => {
    const id = stream.job!.openIds[0];
    const line = stream.job!.label(id);
    stream.job!.setStatus('Failed');
    stream.time += 1_000_000;
    await stream.run(stream.forward());
    expect(stream.store.text(`waiting/${id}`)).toBe('again');
    stream.sendResult(line);
    await stream.run(stream.collect());
    stream.running();
    await stream.run(stream.forward());
    expect([counts().done, stream.job!.objects.size, stream.job!.objects.has(id)]).toEqual([1, 5, false]);
  });

  test('a long manifest is read in several goes', async () => {
    const [first, ...rest] = stream.job!.openIds;
    stream.job!.label(first);
    rest.forEach((id) => stream.job!.label(id));
    stream.end();
    const uri = [...stream.files.keys()][0];
    const padding = `${JSON.stringify({ 'source': 'x', 'spam': 1, 'spam-metadata': {} })}\n`.repeat(10_000);
    const [line, ...others] = stream.files.get(uri)!.split(/(?<=\n)/);
    stream.files.set(uri, [line, padding, ...others].join(''));
    stream.time += 180_000;
    stream.remaining = 10_000;
    await stream.run(stream.forward());
    expect(counts().done).toBe(1);
    const { sweep } = JSON.parse(stream.store.text('stream.json')!) as { sweep: object };
    expect(sweep).toEqual({ job: 'stream-r1', labeled: 10_000, offset: expect.any(Number) });
    stream.remaining = 600_000;
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 0, open: 0, done: 6 });
  });
});

describe('what is left half done', () => {
  test('opened and not published: the next pass publishes it, though the job is full', async () => {
    stream.running({ most: 1, workers: 1, isStale: false });
    await given(1);
    // the lease, the ledger, the job, the listings, the record, the open mark: then it ends
    const calls = await callsUntilOpen();
    stream.time += 1_000_000;
    await stream.run(stream.forward());
    expect([calls > 0, stream.job!.openIds.length, counts()]).toEqual([true, 1, { waiting: 0, open: 1, done: 0 }]);
  });

  async function callsUntilOpen(): Promise<number> {
    for (let call = 1; ; call++) {
      await stream.together(stream.forward(new Map([[call, 'crash after']])));
      if (counts().open === 1) return call;
      stream.time += 1_000_000;
    }
  }

  test.each([['labeled', 1, 0], ['not labeled', 0, 1]])('open for too long, and %s by its manifest', async (_, done, attempts) => {
    const job = stream.running({ most: 1, workers: 1, isStale: false });
    await given(1);
    await stream.run(stream.forward());
    const [id] = job.openIds;
    if (done) job.label(id);
    stream.writeManifest();
    stream.time += (86_400 + 600 + 3_601) * 1000;
    await stream.run(stream.forward());
    expect([counts().done, stream.store.keys('open/')]).toEqual([done, attempts ? [`open/stream-r1/${id}.2`] : []]);
    expect(stream.events).toHaveLength(1);
    if (attempts) expect(JSON.parse(stream.events[0].detail)).toMatchObject({ reason: expect.stringMatching(/did not label it within .* 87000 seconds/), record: { source: 'text 0' } });
  });

  test('an open mark of what is done is removed when it is too old', async () => {
    stream.running();
    const digest = 'a'.repeat(64);
    stream.store.put(`done/${digest}`, '{}');
    stream.store.put(`open/stream-r1/${digest}`, '{}');
    stream.time += 200_000_000;
    await stream.run(stream.forward());
    expect([stream.store.keys('open/'), stream.events]).toEqual([[], []]);
  });

  test('a record that cannot be read does not stand in the way of others', async () => {
    stream.running();
    await given(3);
    const [key] = stream.store.keys('intake/');
    stream.store.put(key, '{"format":9}');
    await stream.run(stream.forward());
    expect(counts()).toEqual({ waiting: 1, open: 2, done: 0 });
  });
});

describe('one at a time', () => {
  test('who comes while another is at work leaves word, and a wake', async () => {
    stream.running();
    await given(5);
    stream.wakes.length = 0;
    await stream.together(stream.forward(), stream.forward(), stream.forward());
    expect([stream.job!.openIds.length, stream.published]).toEqual([5, 5]);
    expect(stream.wakes.length).toBeLessThanOrEqual(2);
    const { lease, wanted } = JSON.parse(stream.store.text('stream.json')!) as { lease?: object; wanted?: true };
    expect([lease, wanted]).toEqual([undefined, undefined]);
  });

  test('who crashes is followed when its time is over', async () => {
    stream.running();
    await given(5);
    await stream.together(stream.forward(new Map([[3, 'crash before']])));
    stream.wakes.length = 0;
    await stream.run(stream.forward());
    expect([counts().open, stream.wakes.map(({ delaySeconds }) => delaySeconds)]).toEqual([0, [660]]);
    stream.time += 661_000;
    await stream.run(stream.forward());
    expect(counts().open).toBe(5);
  });

  test('a throttle ends the pass, not the stream', async () => {
    stream.running();
    await given(5);
    stream.wakes.length = 0;
    await stream.run(stream.forward(new Map([[3, 'throttled']])));
    expect(stream.wakes.map(({ delaySeconds }) => delaySeconds)).toEqual([30]);
    await stream.run(stream.forward());
    expect(counts().open).toBe(5);
  });

  test('what is no throttle is an error of the function, and the next one goes on', async () => {
    stream.running().setStatus('Sleeping');
    await expect(stream.run(stream.forward())).rejects.toThrow(/stream-r1 has the status "Sleeping", which this release of the library does not know/);
    stream.job!.setStatus('InProgress');
    await given(1);
    await stream.run(stream.forward());
    expect(counts().open).toBe(1);
  });
});

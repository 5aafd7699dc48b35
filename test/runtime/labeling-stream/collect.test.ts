import { FakeJob } from './fake-job';
import { FakeStream } from './fake-stream';
import { metricsOf } from './metrics-of';

let stream: FakeStream;
let job: FakeJob;

beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stream = new FakeStream();
  stream.deduplicationKey = 'id';
  job = stream.running();
  stream.send('{"source":"a text","id":"k1"}');
  await stream.run(stream.takeIn());
  stream.time += 2000;
  await stream.run(stream.forward());
  stream.time += 5000;
});

test('a label becomes an event, then a fact, and its way there is forgotten', async () => {
  const [id] = job.openIds;
  stream.sendResult(job.label(id));
  await stream.run(stream.collect());
  expect(stream.events).toEqual([{ type: 'Data Object Labeled', detail: expect.any(String), time: stream.time }]);
  expect(JSON.parse(stream.events[0].detail)).toEqual({
    stream: 'mail', key: 'k1', labelingJobName: 'stream-r1', labelAttributeName: 'spam', latencyMs: 7000,
    record: expect.objectContaining({ source: 'a text', id: 'k1', spam: 1 }),
  });
  expect(JSON.parse(stream.store.text(`done/${id}`)!)).toEqual({ job: 'stream-r1', at: stream.time, attempt: 1 });
  expect(stream.store.keys().map((key) => key.split('/')[0])).toEqual(['done', 'intake', 'stream.json']);
  expect(metricsOf(stream)).toEqual({ Labeled: 1, LabelingFailed: 0, Latency: [7000], WaitingTime: [2000], LabelingTime: [5000] });
  expect(stream.results).toEqual([]);
});

test('the same message again is a second event, but no second label', async () => {
  const line = job.label(job.openIds[0]);
  for (const _ of [1, 2]) {
    stream.sendResult(line);
    await stream.run(stream.collect());
  }
  expect(stream.events).toHaveLength(2);
  expect(metricsOf(stream)).toEqual({ Labeled: 0, LabelingFailed: 0 });
});

test('several lines, in the envelope of a topic, with others\' between them', async () => {
  const Message = `${job.label(job.openIds[0])}\n{"source":"of somebody else","spam":1}\n`;
  stream.sendResult(JSON.stringify({ Type: 'Notification', TopicArn: 'arn', MessageId: '1', Message }));
  stream.sendResult('hello');
  await stream.run(stream.collect());
  expect([stream.events.length, stream.results.length, stream.store.keys('done/').length]).toEqual([1, 0, 1]);
});

test('a failure is followed by another attempt under another id, the last one by none', async () => {
  const [digest] = job.openIds;
  for (const attempt of [1, 2, 3]) {
    stream.sendResult(job.fail(job.openIds[0]));
    await stream.run(stream.collect());
    const detail = JSON.parse(stream.events.at(-1)!.detail) as object;
    expect(detail).toMatchObject({ key: 'k1', reason: 'ClientError: no answer', attempt, last: attempt === 3 });
    expect(stream.store.keys('waiting/')).toEqual(attempt === 3 ? [] : [`waiting/${digest}.${attempt + 1}`]);
    await stream.run(stream.forward());
    expect(job.openIds).toEqual(attempt === 3 ? [] : [`${digest}.${attempt + 1}`]);
  }
  expect(stream.events.every(({ type }) => type === 'Data Object Labeling Failed')).toBe(true);
  expect(JSON.parse(stream.store.text(`failed/${digest}`)!)).toMatchObject({ job: 'stream-r1', attempt: 3, reason: 'ClientError: no answer' });
  expect(stream.store.keys('open/')).toEqual([]);
});

test('a failure that comes again after the next attempt has its label changes nothing', async () => {
  const [digest] = job.openIds;
  const failure = job.fail(digest);
  stream.sendResult(failure);
  await stream.run(stream.collect());
  await stream.run(stream.forward());
  stream.sendResult(job.label(`${digest}.2`));
  await stream.run(stream.collect());
  stream.sendResult(failure);
  await stream.run(stream.collect());
  await stream.run(stream.forward());
  expect(stream.store.keys('waiting/')).toEqual([]);
  expect([...job.objects.keys()]).toEqual([digest, `${digest}.2`]);
});

test('a label makes a further attempt needless, and a last failure undone', async () => {
  const [digest] = job.openIds;
  const label = job.label(digest);
  stream.store.put(`waiting/${digest}.2`, 'again');
  stream.store.put(`failed/${digest}`, '{}');
  stream.sendResult(label);
  await stream.run(stream.collect());
  expect(stream.store.keys().filter((key) => /^(waiting|failed|open)/.test(key))).toEqual([]);
});

test.each([
  ['the event', 0], ['the mark', 1], ['the deletion', 2], ['the wake', 3],
])('whatever fails first, %s: the message comes again, and all is done then', async (_, call) => {
  stream.sendResult(job.label(job.openIds[0]));
  await stream.run(stream.collect(10, new Map([[call, 'throttled']])));
  expect(stream.results).toHaveLength(1);
  const wakes = stream.wakes.length;
  await stream.run(stream.collect());
  expect([stream.results.length, stream.store.keys('done/').length, stream.store.keys('open/').length, stream.wakes.length - wakes]).toEqual([0, 1, 0, 1]);
});

test('labels of a job that is being replaced by one with another label attribute count, whatever becomes of the deployment', async () => {
  stream.labelAttributeName = 'phishing';
  stream.sendResult(job.label(job.openIds[0]));
  await stream.run(stream.collect());
  expect(JSON.parse(stream.events[0].detail)).toMatchObject({ key: 'k1', labelAttributeName: 'spam', record: { spam: 1 } });
  expect([stream.store.keys('done/').length, stream.store.keys('waiting/').length]).toEqual([1, 0]);
});

test('a record that is too large for an event is left out of it', async () => {
  const large = 'x'.repeat(270_000);
  stream.sendResult(JSON.stringify({ ...JSON.parse(job.label(job.openIds[0])) as object, large }));
  await stream.run(stream.collect());
  expect(JSON.parse(stream.events[0].detail)).toEqual({ stream: 'mail', key: 'k1', labelingJobName: 'stream-r1', labelAttributeName: 'spam', latencyMs: 7000 });
});

test('hundreds of results: ten events a call, a hundred values a line of metrics', async () => {
  stream = new FakeStream();
  job = stream.running({ most: 500, workers: 1, isStale: false });
  for (let index = 0; index < 250; index++) stream.send(JSON.stringify({ source: `text ${index}` }));
  await stream.run(stream.takeIn(250));
  await stream.run(stream.forward());
  job.openIds.forEach((id) => stream.sendResult(job.label(id)));
  stream.lines.length = 0;
  stream.store.calls.clear();
  await stream.run(stream.collect(250));
  expect(stream.lines.map((line) => (JSON.parse(line) as { Latency: number[] }).Latency.length)).toEqual([100, 100, 50]);
  expect(stream.lines.map((line) => (JSON.parse(line) as { Labeled?: number }).Labeled)).toEqual([250, undefined, undefined]);
  expect(Math.max(...stream.eventCalls)).toBe(10);
  expect([stream.store.calls.get('PUT done'), stream.store.keys('open/').length]).toEqual([250, 0]);
});

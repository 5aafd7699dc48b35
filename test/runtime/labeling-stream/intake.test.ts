import { FakeStream } from './fake-stream';
import { metricsOf } from './metrics-of';
import { sha256 } from '../../../src/model/groundtruth/identity';

const RECORD = '{"source":"a text"}';
const DIGEST = sha256(RECORD);

let stream: FakeStream;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stream = new FakeStream();
});

test('a record is stored and waits, its message goes, and the forwarder is woken', async () => {
  stream.send(RECORD);
  await stream.run(stream.takeIn());
  expect(JSON.parse(stream.store.text(`intake/${DIGEST}`)!)).toEqual({ format: 1, line: RECORD, receivedAt: stream.time, from: 'm1' });
  expect(stream.store.text(`waiting/${DIGEST}`)).toBe('');
  expect(stream.incoming).toEqual([]);
  expect(stream.wakes).toHaveLength(1);
  expect(metricsOf(stream)).toEqual({ Received: 1, Duplicates: 0, Refused: 0 });
});

test('a batch of a thousand with many repeats is one record each and one wake', async () => {
  for (let index = 0; index < 1000; index++) stream.send(JSON.stringify({ source: `text ${index % 300}` }));
  await stream.run(stream.takeIn(1000));
  expect(stream.store.keys('intake/')).toHaveLength(300);
  expect(stream.store.keys('waiting/').every((key) => stream.store.text(key) === '')).toBe(true);
  expect(stream.wakes).toHaveLength(1);
  expect(metricsOf(stream)).toEqual({ Received: 300, Duplicates: 700, Refused: 0 });
  expect(Object.fromEntries(stream.store.calls)).toEqual({ 'PUT intake': 300, 'PUT waiting': 300 });
});

test('what is refused goes to the dead letters as it came, with all reasons, and its neighbours are taken', async () => {
  stream.send('{"$a":1}');
  stream.send(RECORD);
  await stream.run(stream.takeIn());
  expect(stream.incoming).toEqual([]);
  expect(stream.deadLetters.map(({ body }) => body)).toEqual(['{"$a":1}']);
  expect(stream.deadLetters[0].attributes.Reason).toMatch(/key "\$a" must not begin with '\$', rename it; .*has no 'source' or 'source-ref'/);
  expect(stream.store.keys('waiting/')).toHaveLength(1);
  expect(metricsOf(stream)).toEqual({ Received: 1, Duplicates: 0, Refused: 1 });
});

test('what is too large for the dead letters together with its reason stands in the store', async () => {
  const body = JSON.stringify({ text: 'x'.repeat(262_100) });
  stream.send(body);
  await stream.run(stream.takeIn());
  const [{ body: sent, attributes }] = stream.deadLetters;
  expect(sent).toBe(`s3://store/refused/${sha256(body)}`);
  expect(attributes).toMatchObject({ BodyUri: sent, Reason: expect.stringMatching(/has no 'source'/) });
  expect(stream.store.text(`refused/${sha256(body)}`)).toBe(body);
});

test('a reason that no message could hold is cut, and one with bad characters is cleaned', async () => {
  stream.send(JSON.stringify({ source: 'x', ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`$member ${index}`, 1])) }));
  stream.send('\u0001 no JSON');
  await stream.run(stream.takeIn());
  const [cut, cleaned] = stream.deadLetters.map(({ attributes }) => attributes.Reason).sort((a, b) => b.length - a.length);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(8192);
  expect(cut).toMatch(/…$/);
  expect(cleaned).not.toContain('\u0001');
});

test('a message of several objects is stored as several records, the bad one refused with it', async () => {
  const object = (key: string, size: number) => ({ eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'in' }, object: { key, size } } });
  const body = JSON.stringify({ Records: [object('a.jpg', 1), object('b.jpg', 0), object('c.jpg', 1)] });
  stream.send(body);
  await stream.run(stream.takeIn());
  expect(stream.store.keys('waiting/')).toHaveLength(2);
  expect(stream.deadLetters).toEqual([expect.objectContaining({ body, attributes: { Reason: expect.stringMatching(/s3:\/\/in\/b.jpg is empty/) } })]);
});

test('what means no record is dropped and wakes nobody', async () => {
  stream.send('{"Service":"Amazon S3","Event":"s3:TestEvent"}');
  await stream.run(stream.takeIn());
  expect([stream.incoming, stream.deadLetters, stream.wakes, stream.store.keys()]).toEqual([[], [], [], []]);
});

test.each([['is open', `open/job/${DIGEST}`, 'again'], ['is done', `done/${DIGEST}`, undefined], ['has failed', `failed/${DIGEST}`, undefined], ['waits', `waiting/${DIGEST}`, '']])(
  'a record that comes again when it %s', async (_, mark, waiting) => {
    stream.send(RECORD);
    await stream.run(stream.takeIn());
    if (!mark.startsWith('waiting/')) {
      stream.store.objects.delete(`waiting/${DIGEST}`);
      stream.store.put(mark, '');
    }
    stream.lines.length = 0;
    stream.send(RECORD);
    await stream.run(stream.takeIn());
    expect(stream.store.text(`waiting/${DIGEST}`)).toBe(waiting);
    expect(metricsOf(stream)).toEqual({ Received: 0, Duplicates: 1, Refused: 0 });
  });

test('a mark whose writing failed may stand: it is written again as one to look at', async () => {
  stream.send(RECORD);
  await stream.run(stream.takeIn(10, new Map([[1, 'answer lost']])));
  expect(stream.incoming).toEqual([]);
  expect(stream.store.text(`waiting/${DIGEST}`)).toBe('again');
});

test('a crash between record and mark is mended by the message\'s next delivery', async () => {
  stream.send(RECORD);
  await stream.together(stream.takeIn(10, new Map([[0, 'crash after']])));
  expect([stream.incoming.length, stream.store.keys()]).toEqual([1, [`intake/${DIGEST}`]]);
  await stream.run(stream.takeIn());
  expect(stream.store.text(`waiting/${DIGEST}`)).toBe('again');
  expect(stream.wakes).toHaveLength(1);
});

test('what could not be stored or refused stays in the queue, alone', async () => {
  stream.send(RECORD);
  stream.send('no JSON');
  stream.send('{"source":"another"}');
  await stream.run(stream.takeIn(10, new Map([[0, 'throttled'], [1, 'throttled']])));
  expect(stream.incoming.map(({ id }) => id)).toEqual(['m1', 'm2']);
  expect(stream.store.keys('intake/')).toHaveLength(1);
});

test('a wake that failed is tried again with a message of the batch', async () => {
  stream.send(RECORD);
  await stream.run(stream.takeIn(10, new Map([[2, 'throttled']])));
  expect(stream.incoming).toHaveLength(1);
  await stream.run(stream.takeIn());
  expect([stream.incoming.length, stream.wakes.length]).toEqual([0, 1]);
});

test('when the time is nearly over, the rest is left to another call', async () => {
  stream.send(RECORD);
  stream.remaining = 1000;
  await stream.run(stream.takeIn());
  expect([stream.incoming.length, stream.store.keys().length]).toEqual([1, 0]);
});

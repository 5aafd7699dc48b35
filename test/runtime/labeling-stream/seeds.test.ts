import { FakeStream } from './fake-stream';

const MANIFEST = { id: 'one', kind: 'manifest', bucket: 'in', key: 'seed.manifest' } as const;
const OBJECTS = { id: 'two', kind: 'objects', bucket: 'in', prefix: 'mails/', suffix: '.txt', exclude: ['mails/out/'] } as const;

let stream: FakeStream;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stream = new FakeStream();
});

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify({ source: `text ${index}` })}\n`).join('');
}

function progress(id = 'one'): unknown {
  return (JSON.parse(stream.store.text('stream.json')!) as { seeds: Record<string, unknown> }).seeds[id];
}

test('a manifest is taken in once, and its bad lines go to the dead letters', async () => {
  stream.seeds = [MANIFEST];
  stream.files.set('s3://in/seed.manifest', `\uFEFF${lines(3)}\r\n{"text":1}\r\n{"source":"last"}`);
  await stream.run(stream.forward());
  expect(stream.store.keys('intake/')).toHaveLength(4);
  expect(stream.deadLetters).toEqual([expect.objectContaining({ body: expect.stringMatching(/^\{"text":1\}/), attributes: { Reason: expect.stringMatching(/s3:\/\/in\/seed.manifest, the line that ends at byte \d+/) } })]);
  expect(progress()).toMatchObject({ records: 4, refused: 1, done: true });
  stream.store.calls.clear();
  await stream.run(stream.forward());
  expect(stream.store.calls.get('PUT intake')).toBeUndefined();
});

test('a line that no message could hold stands in the store, and does not stop the others', async () => {
  stream.seeds = [MANIFEST];
  stream.files.set('s3://in/seed.manifest', '\u0000binary\n{"source":"good"}\n');
  await stream.run(stream.forward());
  expect(stream.store.keys('intake/')).toHaveLength(1);
  expect(stream.store.keys('refused/').map((key) => stream.store.text(key))).toEqual(['\u0000binary']);
  expect(stream.deadLetters).toEqual([expect.objectContaining({ body: expect.stringMatching(/^s3:\/\/store\/refused\//) })]);
});

test('what it holds is forwarded in the same call', async () => {
  stream.running();
  stream.seeds = [MANIFEST];
  stream.files.set('s3://in/seed.manifest', lines(5));
  await stream.run(stream.forward());
  expect(stream.job!.openIds).toHaveLength(5);
});

test('a long one is read in goes, each from where the last one ended', async () => {
  stream.seeds = [MANIFEST];
  stream.files.set('s3://in/seed.manifest', lines(1200));
  stream.remaining = 31_000;
  const reading = stream.forward();
  const watch = setInterval(() => { if (stream.store.keys('intake/').length >= 500) stream.remaining = 1000; }, 1);
  await stream.run(reading);
  clearInterval(watch);
  expect(progress()).toMatchObject({ records: expect.any(Number), offset: expect.any(Number) });
  expect(stream.store.keys('intake/').length).toBeLessThan(1200);
  expect(stream.wakes.at(-1)!.delaySeconds).toBe(0);
  stream.remaining = 600_000;
  await stream.run(stream.forward());
  expect(stream.store.keys('intake/')).toHaveLength(1200);
  expect(progress()).toMatchObject({ records: 1200, done: true });
  expect(stream.store.calls.get('PUT intake')).toBe(1200);
});

test('a crash in the middle costs a second look at what was taken, and no second record', async () => {
  stream.seeds = [MANIFEST];
  stream.files.set('s3://in/seed.manifest', lines(20));
  await stream.together(stream.forward(new Map([[15, 'crash after']])));
  stream.time += 1_000_000;
  await stream.run(stream.forward());
  expect([stream.store.keys('intake/').length, stream.store.keys('waiting/').length]).toEqual([20, 20]);
});

test('objects below a prefix: data alone, and the same as their notifications', async () => {
  stream.seeds = [OBJECTS];
  stream.listed.push('mails/a b.txt', 'mails/folder/', 'mails/out/x.txt', 'mails/c.jpg', 'other/d.txt');
  stream.send(JSON.stringify({ Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'in' }, object: { key: 'mails/a+b.txt', size: 1 } } }] }));
  await stream.run(stream.takeIn());
  await stream.run(stream.forward());
  expect(stream.store.keys('intake/').map((key) => (JSON.parse(stream.store.text(key)!) as { line: string }).line)).toEqual(['{"source-ref":"s3://in/mails/a b.txt"}']);
  expect(progress('two')).toEqual({ records: 1, refused: 0, after: 'mails/a b.txt', done: true });
});

test('a seed that is not there is an error that names it, and what waits is forwarded nevertheless', async () => {
  stream.seeds = [MANIFEST];
  stream.running();
  stream.send('{"source":"x"}');
  await stream.run(stream.takeIn());
  await expect(stream.run(stream.forward())).rejects.toThrow(/seed manifest s3:\/\/in\/seed.manifest does not exist/);
  expect(stream.job!.openIds).toHaveLength(1);
});

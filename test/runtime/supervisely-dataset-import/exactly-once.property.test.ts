import * as fc from 'fast-check';
import { boxLine, FakeImport } from './fake-import';
import { Crash, type Fault } from './fake-server';
import { imageName } from '../../../src/model/supervisely/import/image-name';

jest.spyOn(console, 'log').mockImplementation(() => undefined);

const IMAGES = 102;
const FAULTS: readonly Fault[] = ['lost answer', 'not received', 'crash before', 'crash after'];
const lines = Array.from({ length: IMAGES }, (_, index) => boxLine(`${index}.jpg`, index % 3 === 0 ? undefined : `class ${index % 3}`));

const EXPECTED = new Map(lines.map((_, index) => [
  imageName(`s3://photos/${index}.jpg`), index % 3 === 0 ? [[], []] : [[`class ${index % 3}`], ['ground-truth']],
]));

function newImport(): FakeImport {
  return new FakeImport().manifest(lines);
}

/** Every image once, with its own labels, put there once unless the answer about them was lost. */
function expectEachOnce({ server, record }: FakeImport, mostAnnotated = 1): void {
  const found = server.images.map(({ name, objects, tags }) => [name, objects.map(({ classTitle }) => classTitle), tags.map((tag) => tag.name)]);
  expect(new Map(found.map(([name, ...labels]) => [name, labels]))).toEqual(EXPECTED);
  expect([found.length, server.images.every(({ annotated }) => annotated <= mostAnnotated)]).toEqual([IMAGES, true]);
  expect([server.projects.length, server.datasets.length, record.images, record.labeled, record.failed]).toEqual([1, 1, IMAGES, IMAGES * 2 / 3, 0]);
}

test('nothing breaks: three requests for a batch', async () => {
  const whole = newImport();
  await whole.run();
  expectEachOnce(whole);
  const batches = whole.server.calls.filter((method) => /^(images|annotations)/.test(method));
  expect(batches).toEqual(Array.from({ length: 3 }, () => ['images.list', 'images.bulk.add', 'annotations.bulk.add']).flat());
});

test('a fault at every single call of the server, of every kind, and a rerun: every image once', async () => {
  const calls = newImport();
  await calls.run();
  for (let at = 0; at < calls.server.calls.length; at++) {
    for (const fault of FAULTS) {
      const broken = newImport();
      let count = 0;
      broken.server.fault = () => (count++ === at ? fault : undefined);
      await broken.run();
      expectEachOnce(broken, 2);
    }
  }
});

test('a crash before and after every single write of a file, and a rerun: every image once', async () => {
  const writes = newImport();
  let total = 0;
  writes.files.fault = () => void total++;
  await writes.run();
  for (let at = 0; at < total; at++) {
    for (const when of ['fault', 'faultAfter'] as const) {
      const broken = newImport();
      let count = 0;
      broken.files[when] = (operation) => { if (count++ === at) throw new Crash(operation); };
      await broken.run();
      expectEachOnce(broken, 2);
    }
  }
});

test('any number of faults, short calls, and two executions at once: every image once', async () => {
  const faults = fc.array(fc.tuple(fc.nat(40), fc.constantFrom(...FAULTS)), { maxLength: 12 });
  await fc.assert(fc.asyncProperty(faults, fc.boolean(), fc.boolean(), async (chosen, short, twice) => {
    const broken = newImport();
    const byCall = new Map(chosen);
    let count = 0;
    broken.server.fault = () => byCall.get(count++);
    broken.remaining = short ? 0 : 600_000;
    await Promise.all(twice ? [broken.run(), broken.run()] : [broken.run()]);
    expectEachOnce(broken, Infinity);
  }), { numRuns: 40 });
});

test('somebody takes the classes away in the middle: labels are given again', async () => {
  const wiped = newImport();
  let adds = 0;
  wiped.server.fault = (method) => {
    if (method === 'annotations.bulk.add' && ++adds === 2) wiped.server.wipeMeta();
    return undefined;
  };
  await expect(wiped.run()).resolves.toMatchObject({ next: 'done' });
  expectEachOnce(wiped, Infinity);
});

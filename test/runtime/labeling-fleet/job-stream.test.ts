import { JobStream } from '../../../runtime/labeling-fleet/job-stream';
import { FleetJobs, JobPage } from '../../../runtime/labeling-fleet/ports';
import { NO_COUNTERS } from '../../../src/model/counters';

const NAME_BASE = 'mails-0a1b2c-fleet';
const IDENTITY = '0123456789ab';

function base(letter: string): string {
  return `${NAME_BASE}-${letter.repeat(8)}`;
}

function job(name: string) {
  return { name, arn: `arn:${name}`, status: 'InProgress', counters: NO_COUNTERS, createdAt: 0, modifiedAt: 0 };
}

function pages(...names: readonly string[][]): FleetJobs & { readonly asked: Array<string | undefined> } {
  const asked: Array<string | undefined> = [];
  const pageByName = async (_: string, token: string | undefined): Promise<JobPage> => {
    asked.push(token);
    const index = Number(token ?? 0);
    return { jobs: names[index].map(job), token: index + 1 < names.length ? String(index + 1) : undefined };
  };
  return { asked, pageByName } as unknown as ReturnType<typeof pages>;
}

const name = (letter: string, generation = 1) => `${base(letter)}-${IDENTITY}-r${generation}`;

test('each member gets its jobs, over the borders of pages, from one listing', async () => {
  const jobs = pages([name('a'), name('a', 2)], [name('a', 3), 'x', name('c')], []);
  const stream = new JobStream(jobs, NAME_BASE);
  expect((await stream.take(base('a'))).own.map((one) => one.name)).toEqual([name('a'), name('a', 2), name('a', 3)]);
  expect((await stream.take(base('b'))).own).toEqual([]);
  expect((await stream.take(base('c'))).own.map((one) => one.name)).toEqual([name('c')]);
  expect((await stream.take(base('d'))).own).toEqual([]);
  expect(jobs.asked).toEqual([undefined, '1', '2']);
});

test('jobs of no member are strays; jobs of others are nothing', async () => {
  const stream = new JobStream(pages([name('a'), `old-${name('a')}`, name('b'), `${NAME_BASE}-other`, name('c')]), NAME_BASE);
  expect((await stream.take(base('b'))).strays.map((one) => one.name)).toEqual([name('a')]);
  const rest: string[] = [];
  for await (const one of stream.rest()) rest.push(one.name);
  expect(rest).toEqual([name('c')]);
});

test('a job that comes a second time is passed over', async () => {
  const stream = new JobStream(pages([name('a'), name('b')], [name('a'), name('c')]), NAME_BASE);
  for (const letter of ['a', 'b']) expect((await stream.take(base(letter))).own).toHaveLength(1);
  expect(await stream.take(base('c'))).toMatchObject({ own: [{ name: name('c') }], strays: [] });
});

test('a later call goes on in the page where the member\'s jobs begin', async () => {
  const first = new JobStream(pages([name('a')], [name('b'), name('c')]), NAME_BASE);
  await first.take(base('a'));
  await first.take(base('b'));
  expect(first.position).toBe('1');
  const jobs = pages([name('a')], [name('b'), name('c')]);
  const second = new JobStream(jobs, NAME_BASE, first.position, base('b'));
  expect(await second.take(base('c'))).toMatchObject({ own: [{ name: name('c') }], strays: [] });
  expect(jobs.asked).toEqual(['1']);
});

test('a later call that has all members behind it gets only what comes after them', async () => {
  const rest: string[] = [];
  for await (const one of new JobStream(pages([name('a')], [name('b'), name('c')]), NAME_BASE, '1', base('b')).rest()) rest.push(one.name);
  expect(rest).toEqual([name('c')]);
});

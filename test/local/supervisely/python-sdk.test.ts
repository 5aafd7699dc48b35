import { execFile, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { startSupervisely, type TestSupervisely } from './supervisely-for-tests';

/** A Python that has the SDK: 800 MB, so it is not asked for; `SUPERVISELY_PYTHON` names one in an environment of its own. */
const PYTHON = process.env.SUPERVISELY_PYTHON ?? 'python3';
const isThere = spawnSync(PYTHON, ['-c', 'import importlib.util, sys; sys.exit(importlib.util.find_spec("supervisely") is None)']).status === 0;
const testWithSdk = isThere ? test : test.skip;
const run = promisify(execFile);

let server: TestSupervisely;

beforeAll(async () => {
  // eslint-disable-next-line no-console -- who reads the results must know what was left out
  if (!isThere) console.warn(`the Supervisely Python SDK is not installed for ${PYTHON}: its tests are left out (pip install supervisely)`);
  server = await startSupervisely({ annotators: 'on' });
});

afterAll(() => server.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the scripts print what the tests below expect
async function python(script: string): Promise<any> {
  const { address, token } = server.engine.supervisely;
  const env = { ...process.env, SERVER_ADDRESS: address, API_TOKEN: token, SUPERVISELY_SKIP_HTTPS_USER_HELPER_CHECK: 'true', LOG_LEVEL: 'ERROR' };
  const { stdout } = await run(PYTHON, [path.join(__dirname, script)], { env, maxBuffer: 1e8 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as unknown;
}

testWithSdk('the real SDK: the tutorial, then a job from its start to its annotations', async () => {
  expect(await python('tutorial.py')).toEqual({
    labelers: [101, 102],
    classes: ['kiwi', 'lemon'],
    first: { status: 'pending', images: 6, classes: ['lemon'], created_by: 'my_username' },
    stopped: 'stopped',
    second: { images: [3882697, 3882698, 3882699], tags: ['size', 'origin'], objects_limit: 10, tags_limit: 20 },
    all: [1, 2],
    of_labeler_2: [2],
    with_entities: [6, 3],
    not_stopped: [2],
    shown: [2],
    shown_with_archived: [1, 2],
    custom_data: { a: 1, b: 2 },
    assigned: 'labeler_1',
    nobody: null,
    unknown_class: 400,
    removed: [],
    completed: { accepted: 2, labels: true, stats: 2 },
    restarted: 1,
    clone: [3882697, 3882698],
  });
});

testWithSdk('the real SDK: images and labels come in and come back', async () => {
  expect(await python('moving_in.py')).toEqual({
    sizes: [[100, 200], [100, 200]],
    pixels: [100, 200, 3],
    skipped: true,
    shapes: [['box', [2, 1, 40, 30]], ['mask', [2, 3, 21, 12]], ['outline', [1, 1, 50, 50]]],
    image_tags: ['good'],
    batches: [2, 1],
  });
});

testWithSdk('the real SDK: a queue of a dataset until all is accepted, and one of a collection', async () => {
  expect(await python('queues.py')).toEqual({
    first: { status: 'pending', people: [2, [7]], jobs: 2, entities: 4, pending: 4, project: 5555, collection: null },
    listed: { 'dataset': 1, 'other dataset': 0, 'names': 1, 'ids': 1, 'other names': 0, 'shown': 1 },
    waiting: ['IMG_0748.jpeg', 'IMG_2084.jpeg', 'IMG_3861.jpeg', 'IMG_4451.jpeg'],
    counts: { null: 4, none: 0, done: 0, accepted: 0 },
    classes: ['kiwi'],
    jobs: [2, true],
    completed: { status: 'completed', accepted: 4, counts: [0, 0, 0, 4], images: 4 },
    collection: { items: 2, seen: 2, entities: 2, narrowed: 2, dataset: null },
    stopped: 'stopped',
    removal: 'NotImplementedError',
    checked: 1,
  });
});

testWithSdk('the real SDK has the methods that the table of what is covered has', async () => {
  const { jobs, queues } = await python('methods.py');
  const page = fs.readFileSync(path.join(__dirname, '../../../docs/supervisely-coverage.md'), 'utf8');
  for (const [section, methods] of [['LabelingJobApi', jobs], ['LabelingQueueApi', queues]] as const) {
    const table = page.split(`## ${section}`)[1].split('\n## ')[0];
    expect((methods as string[]).filter((method) => !table.includes(`\`${method}\``))).toEqual([]);
  }
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { bitmap, rectangle, World } from './fake-world';
import { pngPixels } from '../../../runtime/shared/png';
import { SuperviselyBusy } from '../../../runtime/shared/supervisely/errors';
import { handleExport } from '../../../runtime/supervisely-labels-export/handler';
import { emptyLedger } from '../../../src/model/ledger';
import { SERVER_IS_BUSY } from '../../../src/supervisely/private/labels-export-contract';

/** Every shape ever released. */
const FIXTURES = path.join(__dirname, '..', '..', 'fixtures', 'contracts');
let world: World;
beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  world = new World();
});

const BOX = rectangle('lemon', [[1, 2], [5, 6]]);

/** Three images of one labeler: done, accepted, rejected; a fourth that the server alone has. */
function tutorial({ server }: World): void {
  server.image(11, { objects: [BOX] });
  server.image(12, { objects: [rectangle('kiwi', [[0, 0], [2, 2]]), BOX] });
  server.image(13, { objects: [BOX] });
  server.image(14, { meta: {} });
  server.job(1, { 11: 'done', 12: 'accepted', 13: 'rejected', 14: 'none' });
}

test('finished images carry their label, the others stand without; each request once', async () => {
  tutorial(world);
  expect(await world.export()).toEqual({
    format: 1, run: 'run-1', exportedAt: '2026-11-22T00:00:00.000Z', serverUrl: 'https://supervisely.test', projectId: 5,
    labels: 's3://out/labels/manifests/output/output.manifest', table: 's3://out/labels/labels.csv', summary: 's3://out/labels/summary.json',
    labelAttributeName: 'fruit', completed: false, type: 'groundtruth/object-detection', objects: 4, labeled: 2, failed: 0, unlabeled: 2, leftOut: 0, copied: 1, unreadable: 0,
  });
  const metadata = { 'type': 'groundtruth/object-detection', 'human-annotated': 'yes', 'creation-date': '2026-01-01T00:00:00.000000', 'job-name': 'labeling-job/supervisely-1' };
  expect(world.lines).toEqual([
    {
      'source-ref': 's3://in/11.jpg',
      'ticket': 11,
      'fruit': { image_size: [{ width: 10, height: 8, depth: 3 }], annotations: [{ class_id: 1, left: 1, top: 2, width: 4, height: 4 }] },
      'fruit-metadata': { 'objects': [{ confidence: 0 }], 'class-map': { 1: 'lemon' }, ...metadata },
    },
    expect.objectContaining({ 'ticket': 12, 'fruit-metadata': expect.objectContaining({ 'objects': [{ confidence: 1 }, { confidence: 1 }], 'class-map': { 0: 'kiwi', 1: 'lemon' } }) }),
    { 'source-ref': 's3://in/13.jpg', 'ticket': 13 },
    { 'source-ref': 's3://out/labels/images/14/14.jpg' },
  ]);
  expect(String(world.files.bytes.get('s3://out/labels/images/14/14.jpg'))).toBe('bytes of 14');
  expect(world.summary).toMatchObject({ classes: ['kiwi', 'lemon'], jobs: [{ id: 1, name: 'Fruit', status: 'completed', images: 2 }], missing: [], unreadableImages: [] });
  expect(world.files.files.get('s3://out/labels/labels.csv')!.split('\r\n')[0]).toMatch(/^source-ref,ticket,job,label-attribute,label,/);
  expect(world.server.asked).toEqual(['jobs.info', 'projects.meta', 'images.list', 'annotations.bulk.info', 'images.download']);
  expect([...world.files.files.keys()].filter((uri) => uri.includes('.export'))).toEqual([]);
});

test('whatever breaks, before or after it has done its work: the same files, nothing left over', async () => {
  tutorial(world);
  await world.export();
  const { files: expected } = world.files;
  const calls = world.calls;
  expect(calls).toBeGreaterThan(15);
  for (let call = 1; call <= calls; call++) {
    for (const when of ['before', 'after'] as const) {
      const broken = new World();
      tutorial(broken);
      broken.fault = { call, when };
      await broken.export();
      expect([call, when, broken.files.files]).toEqual([call, when, expected]);
    }
  }
});

test('a call that has no time left goes on in the next one', async () => {
  tutorial(world);
  for (let id = 100; id < 1200; id++) world.server.image(id, { objects: [BOX] });
  world.remaining = 1;
  expect(await world.export({ jobIds: [], dataset: { Id: '50' } })).toMatchObject({ objects: 1104, labeled: 1103, unlabeled: 1 });
  expect(world.lines.map((line) => line['source-ref']).slice(4, 6)).toEqual(['s3://in/100.jpg', 's3://in/101.jpg']);
  expect(world.server.asked.filter((method) => method === 'annotations.bulk.info')).toHaveLength(Math.ceil(1000 / 50) + Math.ceil(104 / 50));
});

test('the jobs that a ledger remembers, of what is declared now; those that are gone are told', async () => {
  tutorial(world);
  world.server.job(3, { 13: 'done' }, { name: 'Fruit [app-abcdef-fruit-12345678-0123456789ab-r2-u7]' });
  const record = { generation: 1, revision: 'v', requestId: 'r', intendedAt: 0, tags: {} };
  const desired = { requestId: 'r', id: 'i', identity: 'now', revision: 'v', request: {}, tags: {}, labelsOnlyUnlabeled: true, mayReplaceLabels: false, overlap: false, returning: false };
  const ledger = {
    ...emptyLedger({ stackId: 's', logicalId: 'l' }), desired,
    generations: [{ ...record, name: 'a', identity: 'now', arn: '3' }, { ...record, name: 'b', identity: 'now', arn: '4' }, { ...record, name: 'c', identity: 'before', arn: '1' }, { ...record, name: 'd', identity: 'now' }],
  };
  world.files.put('s3://state/guid/Fruit/ledger.json', JSON.stringify(ledger));
  await world.export({ jobIds: [], groups: [{ bucket: 'state', key: 'guid/Fruit/ledger.json' }] });
  expect(world.lines.map((line) => line['fruit-metadata']['job-name'])).toEqual(['labeling-job/app-abcdef-fruit-12345678-0123456789ab-r2-u7']);
  expect(world.summary).toMatchObject({ missing: [4], completed: false });

  // what is being told may be what has started the export; of a former identity it says nothing
  const told = (jobName: string, state: string) => ({ number: 1, key: 'k', detail: { jobName, state } });
  for (const [changes, completed] of [
    [{ told: told('i', 'Completed') }, true], [{ told: told('i', 'Running'), telling: told('i', 'Completed') }, true],
    [{ told: told('i', 'Completed'), telling: told('i', 'Pending') }, false], [{ told: told('former', 'Completed') }, false],
  ] as const) {
    world.files.put('s3://state/guid/Fruit/ledger.json', JSON.stringify({ ...ledger, ...changes }));
    expect((await world.export({ jobIds: [], groups: [{ bucket: 'state', key: 'guid/Fruit/ledger.json' }] }))?.completed).toBe(completed);
  }
});

test('a fleet is completed when all its jobs are, and each of its images is in a job and finished', async () => {
  tutorial(world);
  const stop = { at: 1, requestId: 'r', why: 'shares its images' };
  const record = { identity: 'now', generation: 1, revision: 'v', requestId: 'r', intendedAt: 0, tags: {} };
  const desired = { requestId: 'r', id: 'i', identity: 'now', revision: 'v', request: {}, tags: {}, labelsOnlyUnlabeled: true, mayReplaceLabels: false, overlap: false, returning: false };
  const generations = [{ ...record, name: 'a', arn: '3' }, { ...record, name: 'b', arn: '4' }, { ...record, name: 'c', arn: '5', stop }];
  const completed = async (sharedOut?: string) => {
    const ledger = { ...emptyLedger({ stackId: 's', logicalId: 'l' }), desired, generations, fleet: { sharedOut } };
    world.files.put('s3://state/guid/Fruit/ledger.json', JSON.stringify(ledger));
    return (await world.export({ jobIds: [], groups: [{ bucket: 'state', key: 'guid/Fruit/ledger.json' }] }))?.completed;
  };
  world.server.job(3, { 11: 'accepted', 12: 'done' });
  world.server.job(4, { 13: 'accepted' });
  world.server.job(5, { 13: 'none' }, { status: 'stopped' });
  expect(await completed('r')).toBe(true);
  // an image was in no job when the fleet was looked at last, or it was looked at before it was declared as it is now
  expect(await completed()).toBe(false);
  expect(await completed('former')).toBe(false);
  world.server.job(4, { 13: 'accepted' }, { status: 'on_review' });
  expect(await completed('r')).toBe(false);
  // will go back to its labeler at the fleet's next look
  world.server.job(4, { 13: 'rejected' });
  expect(await completed('r')).toBe(false);
  world.server.job(4, { 13: 'accepted' }, { status: 'stopped' });
  expect(await completed('r')).toBe(false);
});

test('the jobs of a queue', async () => {
  tutorial(world);
  world.server.job(3, { 13: 'accepted' });
  await world.export({ jobIds: [], queueIds: ['9'] });
  expect(world.summary.jobs).toEqual([{ id: 3, name: 'Fruit', status: 'completed', images: 1 }]);
  await expect(world.export({ queueIds: [10] })).rejects.toThrow('there is no queue 10 on https://supervisely.test, or the owner of the API token may not see it: correct \'queueIds\'');
});

test('without any jobs nothing is written, and what was exported before stays', async () => {
  world.files.put('s3://out/labels/summary.json', '{}');
  expect(await world.export({ jobIds: [], groups: [{ bucket: 'state', key: 'guid/Gone/ledger.json' }] })).toBeUndefined();
  expect([...world.files.files]).toEqual([['s3://out/labels/summary.json', '{}']]);
});

test('two labelers have drawn on an image: one answer stands, with what others have added to it', async () => {
  world.server.image(11, { objects: [BOX, rectangle('lemon', [[0, 0], [1, 1]], { labelerLogin: 'bob' }), rectangle('kiwi', [[3, 3], [4, 4]], { labelerLogin: 'reviewer' })] });
  world.server.job(1, { 11: 'done' });
  world.server.job(2, { 11: 'done' }, { labelerLogin: 'bob', finishedAt: '2025-01-01T00:00:00.000Z' });
  await world.export({ jobIds: [1, 2] });
  expect(world.lines[0].fruit.annotations.map(({ left }: { left: number }) => left)).toEqual([1, 3]);
});

test('masks are files whose names tell their content', async () => {
  world.server.meta.classes.forEach((one: { shape: string }) => one.shape = 'bitmap');
  world.server.image(11, { objects: [bitmap('lemon', [1, 1], ['##', '.#']), bitmap('kiwi', [2, 1], ['#'])] });
  world.server.job(1, { 11: 'accepted' });
  await world.export({ labelAttributeName: 'fruit-ref' });
  const [line] = world.lines;
  expect(line['fruit-ref']).toMatch(/^s3:\/\/out\/labels\/annotations\/consolidated-annotation\/output\/11_[0-9a-f]{12}\.png$/);
  const { data, palette } = pngPixels(world.files.bytes.get(line['fruit-ref'])!);
  expect([...data as Uint8Array].slice(10, 24)).toEqual([0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]);
  expect(palette).toEqual([[255, 255, 255], [0, 255, 0], [255, 255, 0]]);
  expect(line['fruit-ref-metadata']['internal-color-map'][2]).toEqual({ 'class-name': 'lemon', 'hex-color': '#ffff00', 'confidence': 1 });
  await world.export({ labelAttributeName: 'fruit-ref', format: { kind: 'instanceSegmentation' } });
  expect(world.lines[0]['fruit-ref-metadata'].instances.map(({ label }: { label: string }) => label)).toEqual(['lemon', 'kiwi']);
});

test.each<[string, string, (server: World['server']) => void]>([
  ['a mask that is none', 'a mask cannot be read: ', ({ images }) => images.get(11)!.objects.push({ ...bitmap('lemon', [0, 0], ['#']), bitmap: { data: 'AAAA', origin: [0, 0] } })],
  ['an unknown size', 'the server does not know the image\'s size', ({ images }) => images.get(11)!.width = null],
])('%s: the image has failed, and the others go on', async (_, reason, change) => {
  tutorial(world);
  change(world.server);
  expect(await world.export()).toMatchObject({ labeled: 1, failed: 1, unlabeled: 2 });
  expect(world.lines[0]).not.toHaveProperty('fruit');
  expect(world.lines[0]['fruit-metadata']['failure-reason']).toContain(reason);
});

test('what the label cannot say is counted, and so is an image that nobody can give', async () => {
  world.server.image(11, { objects: [BOX, rectangle('fig', [[0, 0], [1, 1]]), { ...BOX, geometryType: 'point' }] });
  world.server.image(12, { meta: {}, link: 'https://elsewhere/gone.jpg' });
  world.server.job(1, { 11: 'done', 12: 'done', 99: 'done' });
  expect(await world.export()).toMatchObject({ objects: 1, labeled: 1, leftOut: 2, unreadable: 1 });
  expect(world.summary.unreadableImages).toEqual([{ id: 12, name: '12.jpg', reason: 'images.download: the content cannot be read (HTTP 400)' }]);
});

test('classes of images are their tags; who is not sure has failed', async () => {
  const ripeness = (value: string) => ({ name: 'ripeness', value });
  world.server.meta.tags = [{ name: 'ripeness', value_type: 'oneof_string', values: ['green', 'ripe'] }];
  world.server.image(11, { tags: [ripeness('ripe')] });
  world.server.image(12, { tags: [ripeness('ripe'), ripeness('green')] });
  world.server.image(13);
  world.server.job(1, { 11: 'done', 12: 'done', 13: 'done' });
  await world.export({ format: { kind: 'classification', tag: 'ripeness' } });
  expect(world.lines.map((line) => line.fruit ?? line['fruit-metadata']['failure-reason'])).toEqual([1, 'tags say more than one class: green, ripe', 'no tag says the image\'s class']);
  await world.export({ format: { kind: 'multiLabelClassification', tag: 'ripeness' } });
  expect(world.lines.map(({ fruit }) => fruit)).toEqual([[1], [0, 1], []]);
});

test('a whole dataset: what is marked is labeled, an import by its record, nothing before it is there', async () => {
  world.server.image(11, { objects: [BOX] });
  world.server.image(12);
  const request = { jobIds: [], dataset: { ImportRecord: 's3://state/import.json' } };
  expect(await world.export(request)).toBeUndefined();
  world.files.put('s3://state/import.json', JSON.stringify({ datasetId: 50 }));
  expect(await world.export(request)).toMatchObject({ objects: 2, labeled: 1, unlabeled: 1 });
  expect(world.lines[0]['fruit-metadata']['job-name']).toBe('labeling-job/supervisely-dataset-50');
});

test.each<[string, object, (server: World['server']) => void, string]>([
  ['a job that is not there', { jobIds: ['1', '77'] }, () => undefined, 'there is no job 77 on https://supervisely.test, or the owner of the API token may not see it: correct \'jobIds\''],
  ['jobs of two projects', { jobIds: [1, 2] }, (server) => server.job(2, {}, { projectId: 6 }), 'what is exported lies in the projects 5, 6'],
  ['an attribute for files', { labelAttributeName: 'fruit-ref', format: { kind: 'boundingBox' } }, () => undefined, 'must not end in \'-ref\''],
  ['shapes that say nothing', {}, ({ meta }) => meta.classes[0].shape = 'any', 'the classes have the shapes any, rectangle: say with \'format\''],
  ['an unknown class', { labels: ['fig'] }, () => undefined, 'the project has no class "fig"; it has "kiwi", "lemon"'],
])('fails with %s, and leaves nothing', async (_, request, change, message) => {
  tutorial(world);
  change(world.server);
  await expect(world.export(request)).rejects.toThrow(message);
  expect([...world.files.files]).toEqual([]);
});

test('a busy server is told by a name for which the state machine waits', async () => {
  const connect = () => { throw new SuperviselyBusy('jobs.info', 'too many requests (HTTP 429)', 600_000); };
  const event = { action: 'plan', run: 'run-1', request: { connection: { ServerUrl: 'https://supervisely.test', SecretArn: 'arn' } } } as unknown as Parameters<typeof handleExport>[0];
  await expect(handleExport(event, { connect, files: world.files, now: () => 0, remaining: () => 0 })).rejects.toMatchObject({ name: SERVER_IS_BUSY });
});

test('an action that is none says which there are', async () => {
  await expect(handleExport({ action: 'guess' } as never, {} as never)).rejects.toThrow('action: expected plan, read, finish or clean, got "guess"');
});

test.each(fs.readdirSync(FIXTURES).filter((file) => file.startsWith('supervisely-labels-export-')))('%s is understood: a running execution keeps the request it was started with', async (file) => {
  tutorial(world);
  world.server.job(2, {});
  const { request } = JSON.parse(fs.readFileSync(path.join(FIXTURES, file), 'utf8'));
  expect(await world.export(request)).toMatchObject({ objects: 4, labeled: 2 });
});

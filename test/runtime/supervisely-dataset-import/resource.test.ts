import * as fs from 'node:fs';
import * as path from 'node:path';
import { boxLine, FakeImport, FOLDER, MANIFEST } from './fake-import';
import { handleResource, handleWaiting, type ResourceEvent, type ResourceWaiting } from '../../../runtime/supervisely-dataset-import/resource';
import { start } from '../../../runtime/supervisely-dataset-import/start';
import type { DatasetImportProperties } from '../../../src/supervisely/private/dataset-import-contract';

/** Properties as the first release renders them: Delete and rollback bring them back for ever. */
const released = JSON.parse(fs.readFileSync(path.join(__dirname, '../../fixtures/contracts/supervisely-dataset-import-1.json'), 'utf8')) as DatasetImportProperties;
const FILES = `s3://${FOLDER.bucket}/${FOLDER.prefix}`;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

/** A resource of the first release, on an import with one image. */
class FakeResource {
  readonly running = new Set<string>();
  readonly started: string[] = [];
  failure: string | undefined;
  readonly import = new FakeImport().manifest([boxLine('a.jpg', 'cat')]);

  get ports() {
    const { running, started } = this;
    return {
      ...this.import.ports,
      executions: {
        start: async (_: string, name: string) => { running.add(name); started.push(name); },
        running: async function* (_: string, prefix: string) { yield* [...running].filter((name) => name.startsWith(prefix)); },
        failure: async () => this.failure,
        stop: async (name: string) => void running.delete(name),
      },
    };
  }

  event(RequestType: 'Create' | 'Update' | 'Delete', changes: Partial<DatasetImportProperties> = {}): ResourceEvent {
    return {
      RequestType, RequestId: 'request', StackId: 'stack', LogicalResourceId: 'Import', ResourceType: 'Custom::SuperviselyDatasetImport', ResponseURL: 'https://secret',
      ResourceProperties: { ...released, ...changes }, ...RequestType !== 'Create' && { PhysicalResourceId: 'import-0123456789ab' },
    } as unknown as ResourceEvent;
  }

  on(type: 'Create' | 'Update' | 'Delete', changes: Partial<DatasetImportProperties> = {}) {
    return handleResource(this.event(type, changes), this.ports);
  }

  complete(type: 'Create' | 'Delete', more: object = {}) {
    return handleWaiting({ ...this.event(type), StartedAt: this.import.clock.now, ...more } as ResourceWaiting, this.ports);
  }
}

test('a Create makes project and dataset, once, and begins the work', async () => {
  const resource = new FakeResource();
  const { server } = resource.import;
  const created = await resource.on('Create');
  expect(created).toMatchObject({ PhysicalResourceId: 'import-0123456789ab', Data: { ProjectId: String(server.projects[0].id), DatasetId: String(server.datasets[0].id), TeamId: '8' } });
  expect(await resource.on('Create')).toMatchObject({ Data: created.Data! });
  expect([resource.started.length, server.projects.length, server.datasets.length]).toEqual([1, 1, 1]);
  expect(resource.started[0]).toMatch(/^0123456789ab-[0-9a-f]{12}$/);
});

test('it is there when everything is imported, and fails with the reason where that has failed', async () => {
  const resource = new FakeResource();
  await resource.on('Create');
  expect(await resource.complete('Create')).toEqual({ IsComplete: false });
  await resource.import.run({ attempt: 2 });
  expect(await resource.complete('Create')).toEqual({ IsComplete: true });

  const failed = new FakeResource();
  await failed.on('Create');
  failed.running.clear();
  failed.failure = 'none of the first 50 images could be imported';
  await expect(failed.complete('Create')).rejects.toThrow('nothing, or not all, was imported: none of the first 50 images');
});

test('what is imported begins no more', async () => {
  const resource = new FakeResource();
  await resource.import.run({ attempt: 2 });
  await resource.on('Update');
  expect(resource.started).toEqual([]);
  await resource.on('Update', { Attempt: '3' });
  expect(resource.started.length).toBe(1);
});

test('another attempt does not begin while one goes on, and says so; what was imported before stays in sight', async () => {
  const resource = new FakeResource();
  await resource.import.run({ attempt: 2 });
  const before = resource.import.record;
  resource.running.add('0123456789ab-by-hand');
  resource.import.remaining = 0;
  await resource.import.manifest(Array.from({ length: 60 }, (_, n) => boxLine(`${n}.jpg`))).step({ attempt: 3 });
  expect(resource.import.record).toEqual(before);
  await expect(resource.on('Update', { Attempt: '4' }))
    .rejects.toThrow('"attempt" 4 cannot begin: attempt 3 of this import still goes on. Deploy again when it has ended, or end it first');
  await resource.on('Update', { Attempt: '3' });
  expect(resource.started).toEqual([]);
});

test('another attempt begins beside an execution that has imported everything and still wakes jobs', async () => {
  const resource = new FakeResource();
  await resource.on('Create');
  await resource.import.run({ attempt: 2 });
  await resource.on('Update', { Attempt: '3' });
  expect(resource.started.length).toBe(1);
  const other = { stateMachineArn: released.StateMachineArn, folder: FOLDER, identity: released.Identity, attempt: 3 };
  await start(other, 'another request', resource.ports);
  await start(other, 'another request', resource.ports);
  expect(resource.started.length).toBe(2);
});

test('whoever makes the manifest begins the work', async () => {
  const resource = new FakeResource();
  const changes = { AwaitsManifest: 'true', ManifestUri: 's3://prepared/input.manifest' };
  await resource.on('Create', changes);
  expect(resource.started).toEqual([]);
  const event = { stateMachineArn: released.StateMachineArn, folder: FOLDER, identity: released.Identity, attempt: 2 };
  await start(event, 'one', resource.ports);
  await start(event, 'two', resource.ports);
  expect(resource.started.length).toBe(1);
});

test('a Delete ends what goes on, waits for a call that does not hear of it, and leaves the dataset', async () => {
  const resource = new FakeResource();
  await resource.on('Create');
  await resource.import.step({ attempt: 2 });
  const answer = await resource.on('Delete');
  expect([resource.running.size, answer]).toEqual([0, expect.objectContaining({ PhysicalResourceId: 'import-0123456789ab', WasRunning: true })]);
  expect(await resource.complete('Delete', { WasRunning: true })).toEqual({ IsComplete: false });
  expect(await resource.complete('Delete', { WasRunning: true, StartedAt: resource.import.clock.now - 200_000 })).toEqual({ IsComplete: true });
  expect([...resource.import.files.texts.keys()].filter((uri) => uri.startsWith(FILES))).toEqual([]);
  expect(resource.import.server.images.length).toBe(1);
});

test('a Delete of what has ended waits for nothing', async () => {
  const resource = new FakeResource();
  await resource.import.run({ attempt: 2 });
  await resource.on('Delete');
  expect(await resource.complete('Delete', { WasRunning: false })).toEqual({ IsComplete: true });
});

test.each<[string, Partial<DatasetImportProperties>, string]>([
  ['another release', { ContractVersion: '2' }, 'construct and handler are of different releases of the library'],
  ['an unknown workspace', { Target: { WorkspaceId: '1', ProjectName: 'a', DatasetName: 'b' } }, 'there is no workspace 1 on https://supervisely.test'],
  ['an unknown project', { Target: { ProjectId: '5', DatasetName: 'b' } }, 'there is no project 5 on https://supervisely.test'],
])('%s is an error before anything is made', async (_, changes, message) => {
  const resource = new FakeResource();
  await expect(resource.on('Create', changes)).rejects.toThrow(message);
  expect([resource.started, resource.import.server.datasets]).toEqual([[], []]);
});

test.each<[string, (resource: FakeResource) => unknown, string]>([
  ['no manifest', ({ import: { files } }) => files.texts.delete(MANIFEST), `there is no manifest at ${MANIFEST}`],
  ['a manifest of texts', (resource) => resource.import.manifest([{ source: 'a' }, '', { source: 'b' }]),
    `none of the first 2 lines of ${MANIFEST} names an image; line 1: the line has no "source-ref"`],
  ['no manifest at all, but another file', (resource) => resource.import.manifest(['source-ref,label']), 'line 1: the line is not a JSON object'],
])('%s is found before anything is made', async (_, spoil, message) => {
  const resource = new FakeResource();
  spoil(resource);
  await expect(resource.on('Create')).rejects.toThrow(message);
  await expect(resource.on('Update')).rejects.toThrow(message);
  expect([resource.import.server.projects, resource.import.server.datasets, resource.started]).toEqual([[], [], []]);
});

test('one bad line among good ones begins the work', async () => {
  const resource = new FakeResource();
  resource.import.manifest(['no JSON', boxLine('a.jpg')]);
  await resource.on('Create');
  expect(resource.started.length).toBe(1);
});

test('a return to an import that is done needs its manifest no more', async () => {
  const resource = new FakeResource();
  await resource.import.run({ attempt: 2 });
  resource.import.files.texts.delete(MANIFEST);
  await resource.on('Update');
  expect(resource.started).toEqual([]);
});

test('a rollback takes away what its Create has made, where that is empty', async () => {
  const resource = new FakeResource();
  await resource.on('Create');
  await resource.on('Delete');
  expect(await resource.complete('Delete')).toEqual({ IsComplete: true });
  expect([resource.import.server.projects, resource.import.server.datasets, [...resource.import.files.texts.keys()]]).toEqual([[], [], [MANIFEST]]);
});

test('a Create that fails takes back what it has made: nobody sends it a Delete', async () => {
  const resource = new FakeResource();
  const { server } = resource.import;
  const refused = { ...resource.ports, executions: { ...resource.ports.executions, start: async () => { throw new Error('refused'); } } };
  await expect(handleResource(resource.event('Create'), refused)).rejects.toThrow('refused');
  expect([server.projects, server.datasets]).toEqual([[], []]);
});

test('project and dataset that were there before stay, and so does a project with a dataset of others', async () => {
  const found = new FakeResource();
  await found.import.server.call('projects.add', { workspaceId: 349, name: 'Moved' });
  await found.on('Create');
  await found.complete('Delete');
  expect([found.import.server.projects.length, found.import.server.datasets.length]).toEqual([1, 0]);

  const shared = new FakeResource();
  await shared.on('Create');
  await shared.import.server.call('datasets.add', { projectId: shared.import.server.projects[0].id, name: 'of others' });
  await shared.complete('Delete');
  expect([shared.import.server.projects.length, shared.import.server.datasets.map(({ name }) => name)]).toEqual([1, ['of others']]);
});

test('what is done stays, empty or not; and a server that cannot be asked fails no Delete', async () => {
  const done = new FakeResource();
  done.import.manifest([]);
  await done.on('Create');
  await done.import.run({ attempt: 2 });
  await done.complete('Delete');
  expect(done.import.server.datasets.length).toBe(1);

  const silent = new FakeResource();
  await silent.on('Create');
  silent.import.server.fault = () => 'not received';
  expect(await silent.complete('Delete')).toEqual({ IsComplete: true });
  expect(silent.import.server.datasets.length).toBe(1);
});

import type { RecordPorts } from '../../../runtime/shared/inventory-record';
import { SuperviselyClient } from '../../../runtime/shared/supervisely/client';
import { handleInventory, type InventoryEvent, reconcileInventory } from '../../../runtime/supervisely-labeling-job-inventory/handler';
import type { LabelingJobInventoryProperties } from '../../../src/supervisely/private/labeling-job-inventory-contract';
import { addLabelers, startSupervisely, type TestSupervisely } from '../../local/supervisely/supervisely-for-tests';
import { silence } from '../supervisely-labeling-job/silence';

/** The handler on the engine's server, by the real client, with a bucket in memory. */
let site: TestSupervisely;
let ids: number[];
const files = new Map<string, string>();

beforeAll(async () => {
  site = await startSupervisely();
  const [one, two] = await addLabelers(site);
  const add = async (name: string, userId: number, more: object = {}) =>
    (await site.ok('jobs.add', { name, datasetId: 10555, userIds: [userId], ...more }))[0].id as number;
  ids = [await add('lemon_1', one), await add('lemon_2', two, { reviewerId: one }), await add('lemonX3', one), await add('Kiwi 100%', two), await add('kiwi', two)];
  await site.ok('jobs.set-status', { id: ids[1], status: 'on_review' });
  await site.ok('jobs.set-status', { id: ids[2], status: 'completed' });
  await site.ok('jobs.archive', { id: ids[4] });
});
afterAll(() => site.stop());
beforeEach(() => {
  silence();
  files.clear();
});

const record: RecordPorts = {
  async writeLines(bucket, key, _, lines) {
    const all: string[] = [];
    for await (const line of lines) all.push(line);
    files.set(`${bucket}/${key}`, all.join('\n'));
  },
  replace: async (bucket, key, text) => files.has(`${bucket}/${key}`) && !!files.set(`${bucket}/${key}`, text),
  version: async (bucket, key) => (files.has(`${bucket}/${key}`) ? 'etag' : undefined),
  remove: async (bucket, key) => void files.delete(`${bucket}/${key}`),
};

function ports(time = 600_000) {
  const sleep = async () => undefined;
  return {
    ...record,
    connect: (connection: ConstructorParameters<typeof SuperviselyClient>[0]) =>
      new SuperviselyClient(connection, { fetch, token: async () => site.engine.supervisely.token, remaining: () => 600_000, sleep }),
    now: () => 0,
    remaining: () => time,
    sleep,
  };
}

function properties(changes: Partial<LabelingJobInventoryProperties>): LabelingJobInventoryProperties {
  return {
    ServiceToken: '', ContractVersion: '1', TeamId: '8', RecordBucket: 'state', RecordPrefix: 'list/',
    Connection: { ServerUrl: site.engine.supervisely.address, SecretArn: 'arn', AllowPlainHttp: 'true' }, ...changes,
  };
}

async function list(changes: Partial<LabelingJobInventoryProperties>, time?: number) {
  const event = { RequestType: 'Create', RequestId: 'r', StackId: 's', LogicalResourceId: 'l', ResourceProperties: properties(changes) } as InventoryEvent;
  const { Data } = await handleInventory(event, ports(time));
  const jobs = files.get('state/list/labeling-jobs.jsonl')!.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return { data: Data!, jobs, places: jobs.map(({ id }) => ids.indexOf(id)), current: JSON.parse(files.get('state/list/current.json')!) };
}

describe('filters', () => {
  test.each<[string, () => Partial<LabelingJobInventoryProperties>, number[]]>([
    ['none', () => ({}), [0, 1, 2, 3]],
    ['archived too', () => ({ Filters: { ShowDisabled: 'true' } }), [0, 1, 2, 3, 4]],
    ['creator by login', () => ({ Filters: { CreatedBy: { Login: 'my_username' } } }), [0, 1, 2, 3]],
    ['creator by id', () => ({ Filters: { CreatedBy: { Id: '99' } } }), []],
    ['assignee', () => ({ Filters: { AssignedTo: { Login: 'labeler_2' } } }), [1, 3]],
    ['reviewer', () => ({ Filters: { Reviewer: { Login: 'labeler_1' } } }), [1]],
    ['participants', () => ({ Filters: { Participants: [{ Login: 'labeler_1' }] } }), [0, 1, 2]],
    ['project and dataset', () => ({ Filters: { ProjectId: '5555', DatasetId: '10555' } }), [0, 1, 2, 3]],
    ['another project', () => ({ Filters: { ProjectId: '1' } }), []],
    ['outside of queues', () => ({ Filters: { OutsideQueues: 'true' } }), [0, 1, 2, 3]],
    ['queues', () => ({ Filters: { QueueIds: ['1', '2'] } }), []],
    ['statuses', () => ({ Filters: { Statuses: ['on_review', 'completed'] } }), [1, 2]],
    ['other statuses', () => ({ Filters: { ExcludeStatuses: ['completed'] } }), [0, 1, 3]],
    ['name', () => ({ Filters: { Name: 'lemon_1' } }), [0]],
    ['part of the name, in which a wildcard of the server is a letter', () => ({ Filters: { NameContains: 'LEMON_' } }), [0, 1]],
    ['order', () => ({ SortBy: 'name', SortOrder: 'desc' }), [1, 0, 2, 3]],
  ])('%s', async (_, changes, places) => {
    expect((await list(changes())).places).toEqual(places);
  });

  test('people who are not there are an error', async () => {
    await expect(list({ Filters: { AssignedTo: { Login: 'nobody' } } })).rejects.toThrow(/Filters.AssignedTo: .* has no account "nobody"; members of the team: my_username/);
    await expect(list({ TeamId: '9' })).rejects.toThrow('there is no team 9');
  });
});

describe.each(['PAGE', 'TOKEN'] as const)('pages by %s', (Mode) => {
  test('all of them', async () => {
    expect((await list({ Pagination: { PageSize: '1', Mode } })).places).toEqual([0, 1, 2, 3]);
  });

  test('a listing goes on where it was cut', async () => {
    const first = await list({ Pagination: { PageSize: '2', MaxItems: '3', Mode } });
    expect([first.places, first.data.Truncated, first.current.totalOnServer]).toEqual([[0, 1, 2], 'true', 4]);
    const second = await list({ Pagination: { PageSize: '2', StartingToken: first.current.nextToken, Mode } });
    expect([second.places, second.data.Truncated]).toEqual([[3], 'false']);
  });

  test('and where its time was over', async () => {
    const { places, current } = await list({ Pagination: { PageSize: '2', Mode } }, 40_000);
    expect([places, current.truncated]).toEqual([[], true]);
    expect((await list({ Pagination: { PageSize: '2', StartingToken: current.nextToken, Mode } })).places).toEqual([0, 1, 2, 3]);
  });
});

test('totals, and images with their review states', async () => {
  const { data, jobs, current } = await list({ ReviewStates: 'true' });
  expect(data).toMatchObject({ Total: '4', Pending: '2', OnReview: '1', Completed: '1', InProgress: '0', ImagesCount: '24', RecordUri: 's3://state/list/labeling-jobs.jsonl' });
  expect(jobs[0].entities).toHaveLength(6);
  expect(jobs[0].entities[0]).toMatchObject({ reviewStatus: 'none', name: expect.any(String) });
  expect(current).toMatchObject({ format: 1, teamId: 8, total: 4, statuses: { pending: 2 }, images: { imagesCount: 24 } });
});

test('a token of nobody\'s, or of the other mode, is refused', async () => {
  await expect(list({ Pagination: { StartingToken: 'abc' } })).rejects.toThrow('expected the "nextToken" of a listing');
  const { current } = await list({ Pagination: { PageSize: '1', MaxItems: '1', Mode: 'TOKEN' } });
  await expect(list({ Pagination: { StartingToken: current.nextToken } })).rejects.toThrow('set Pagination.Mode to TOKEN');
});

test('a listing between deployments renews its record, and does not bring one back', async () => {
  await list({ Pagination: { MaxItems: '1' } });
  await reconcileInventory(properties({}), ports());
  expect(JSON.parse(files.get('state/list/current.json')!).total).toBe(4);
  await handleInventory({ RequestType: 'Delete', RequestId: 'r', StackId: 's', LogicalResourceId: 'l', PhysicalResourceId: 'x', ResourceProperties: properties({}) }, ports());
  await reconcileInventory(properties({}), ports());
  expect([...files.keys()]).toEqual([]);
});

test('statistics and activity come with their jobs', async () => {
  await site.ok('jobs.entities.update-review-status', { jobId: ids[0], entityId: 3882697, status: 'done' });
  const { jobs } = await list({ Statistics: 'true', Activity: 'true', Filters: { Name: 'lemon_1' } });
  expect(jobs).toMatchObject([{
    id: ids[0],
    stats: { job: { id: ids[0], imagesCount: 6, finishedImagesCount: 1 }, images: { total: 6 } },
    activity: [{ action: 'image_review_status_updated', jobId: ids[0], imageId: 3882697, meta: { reviewStatus: 'done' } }],
  }]);
  expect(jobs[0]).not.toHaveProperty('entities');
  const all = await list({ Statistics: 'true', ReviewStates: 'true' });
  expect(all.jobs.every(({ id, stats, entities }) => stats.job.id === id && entities.length === 6)).toBe(true);
});

import type { RecordPorts } from '../../../runtime/shared/inventory-record';
import { SuperviselyClient } from '../../../runtime/shared/supervisely/client';
import { handleQueueInventory, type QueueInventoryEvent, reconcileQueueInventory } from '../../../runtime/supervisely-labeling-queue-inventory/handler';
import type { LabelingQueueInventoryProperties } from '../../../src/supervisely/private/labeling-queue-inventory-contract';
import { addLabelers, startSupervisely, type TestSupervisely } from '../../local/supervisely/supervisely-for-tests';
import { silence } from '../supervisely-labeling-job/silence';

/** The handler on the engine's server, by the real client, with a bucket in memory. */
let site: TestSupervisely;
let collectionId: number;
const files = new Map<string, string>();

beforeAll(async () => {
  site = await startSupervisely();
  const userIds = await addLabelers(site);
  ({ id: collectionId } = await site.ok('entities-collections.add', { projectId: 5555, name: 'Hard ones' }));
  await site.ok('entities-collections.items.bulk.add', { collectionId, entityIds: [3882697] });
  const add = async (name: string, source: object) => site.ok('labeling-queues.add', { name, ...source, userIds, reviewerIds: [7] });
  await add('lemons', { datasetId: 10555, meta: { entityIds: [3882697, 3882698] } });
  await add('kiwis', { datasetId: 10555 });
  await add('hard', { collectionId });
  await site.ok('labeling-queues.set-status', { id: 2, status: 'stopped' });
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

function ports() {
  const sleep = async () => undefined;
  return {
    ...record,
    connect: (connection: ConstructorParameters<typeof SuperviselyClient>[0]) =>
      new SuperviselyClient(connection, { fetch, token: async () => site.engine.supervisely.token, remaining: () => 600_000, sleep }),
    now: () => 0,
    remaining: () => 600_000,
    sleep,
  };
}

function properties(changes: Partial<LabelingQueueInventoryProperties>): LabelingQueueInventoryProperties {
  return {
    ServiceToken: '', ContractVersion: '1', TeamId: '8', RecordBucket: 'state', RecordPrefix: 'list/',
    Connection: { ServerUrl: site.engine.supervisely.address, SecretArn: 'arn', AllowPlainHttp: 'true' }, ...changes,
  };
}

async function list(changes: Partial<LabelingQueueInventoryProperties> = {}) {
  const event = { RequestType: 'Create', RequestId: 'r', StackId: 's', LogicalResourceId: 'l', ResourceProperties: properties(changes) } as QueueInventoryEvent;
  const { Data: data } = await handleQueueInventory(event, ports());
  const lines = files.get('state/list/labeling-queues.jsonl')!;
  return { data, queues: lines === '' ? [] : lines.split('\n').map((line) => JSON.parse(line)), current: JSON.parse(files.get('state/list/current.json')!) };
}

test('all queues of a team, their statuses and images counted', async () => {
  const { data, queues, current } = await list();
  expect(queues).toMatchObject([{ id: 1, name: 'lemons', entitiesCount: 2 }, { id: 2, status: 'stopped', labelers: [{ id: 101 }, { id: 102 }] }, { id: 3, collectionId }]);
  expect(data).toEqual({
    ...{ Total: '3', Pending: '2', InProgress: '0', OnReview: '0', ReviewCompleted: '0', Completed: '0', Stopped: '1' },
    ...{ ImagesCount: '9', PendingImagesCount: '9', InProgressImagesCount: '0', AnnotatedImagesCount: '0', AcceptedImagesCount: '0' },
    RecordUri: 's3://state/list/labeling-queues.jsonl', Truncated: 'false',
  });
  expect(current).toMatchObject({ format: 1, teamId: 8, total: 3, totalOnServer: 3, statuses: { stopped: 1 }, truncated: false });
});

test.each([
  [{ ProjectId: '5555' }, [1, 2, 3]], [{ ProjectId: '1' }, []], [{ DatasetId: '10555' }, [1, 2]], [{ QueueIds: ['1', '3'] }, [1, 3]],
  [{ Names: ['kiwis', 'none'] }, [2]], [{ Names: ['kiwis'], QueueIds: ['1'] }, []],
])('%p lets %p through', async (Filters, expected) => {
  expect((await list({ Filters })).queues.map(({ id }) => id)).toEqual(expected);
});

test('by collection, with images', async () => {
  const { queues } = await list({ Filters: { CollectionId: String(collectionId) }, Entities: 'true' });
  expect(queues).toMatchObject([{ id: 3, entities: [{ id: 3882697, name: 'IMG_4451.jpeg' }] }]);
});

test.each(['PAGE', 'TOKEN'] as const)('a list that was cut goes on where it ended: %s', async (Mode) => {
  const { data, queues, current: { nextToken } } = await list({ Pagination: { MaxItems: '2', PageSize: '1', Mode } });
  expect([queues.length, data!.Truncated]).toEqual([2, 'true']);
  const rest = await list({ Pagination: { PageSize: '1', Mode, StartingToken: nextToken } });
  expect(rest.queues.map(({ id }) => id)).toEqual([3]);
});

test('an unknown team is an error, not an empty list', async () => {
  await expect(list({ TeamId: '9' })).rejects.toThrow('there is no team 9 on');
  expect(files.size).toBe(0);
});

test('a schedule renews the record, and does not bring back one that was deleted', async () => {
  await reconcileQueueInventory(properties({}), ports());
  expect(files.size).toBe(0);
  await list();
  files.set('state/list/current.json', '{}');
  await reconcileQueueInventory(properties({}), ports());
  expect(JSON.parse(files.get('state/list/current.json')!)).toMatchObject({ total: 3 });
});

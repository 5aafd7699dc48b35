import type { LabelingJobSummary } from '@aws-sdk/client-sagemaker';
import { handleInventoryEvent, InventoryEvent, InventoryPorts, reconcileInventory } from '../../../runtime/labeling-job-inventory/handler';
import { pageOf } from '../../../runtime/shared/listing/list-page';
import { LABELING_JOB_INVENTORY_ATTRIBUTES, LabelingJobInventoryProperties } from '../../../src/groundtruth/private/labeling-job-inventory-contract';

const OBJECTS = new Map<string, string>();
let pages: LabelingJobSummary[][];
let inputs: unknown[];
let faults: Error[];
let upTime = 0;

beforeEach(() => {
  OBJECTS.clear();
  inputs = [];
  faults = [];
  pages = [[job('a', 'InProgress', 3), job('b', 'Completed', 5)], [job('c', 'Completed', 7)]];
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

function job(name: string, status: string, labeled: number): LabelingJobSummary {
  return {
    LabelingJobName: name,
    LabelingJobArn: `arn:aws:sagemaker:us-east-1:111122223333:labeling-job/${name}`,
    LabelingJobStatus: status,
    CreationTime: new Date(0),
    LabelCounters: { TotalLabeled: labeled, HumanLabeled: labeled, Unlabeled: 1 },
  } as LabelingJobSummary;
}

function error(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function ports(more: Partial<InventoryPorts> = {}): InventoryPorts {
  return {
    listPage: async ({ filters, nextToken }) => {
      const fault = faults.shift();
      if (fault) throw fault;
      inputs.push(filters);
      const index = Number(nextToken ?? 0);
      return pageOf(pages[index], index + 1 < pages.length ? String(index + 1) : undefined);
    },
    writeLines: async (bucket, key, _, lines) => {
      let text = '';
      for await (const line of lines) text += `${line}\n`;
      OBJECTS.set(`s3://${bucket}/${key}`, text);
    },
    remove: async (bucket, key) => {
      const fault = faults.shift();
      if (fault) throw fault;
      OBJECTS.delete(`s3://${bucket}/${key}`);
    },
    describe: async (name) => ({ LabelingJobName: name }) as never,
    version: async (bucket, key) => OBJECTS.get(`s3://${bucket}/${key}`),
    replace: async (bucket, key, text, etag) => {
      if (OBJECTS.get(`s3://${bucket}/${key}`) !== etag) return false;
      OBJECTS.set(`s3://${bucket}/${key}`, text);
      return true;
    },
    now: () => 0,
    upTime: () => upTime,
    remaining: () => 840_000,
    sleep: async (milliseconds) => {
      upTime += milliseconds;
    },
    ...more,
  };
}

function event(type: string, changes: Partial<LabelingJobInventoryProperties> = {}): InventoryEvent {
  return {
    RequestType: type,
    RequestId: 'r',
    StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Mails/guid',
    LogicalResourceId: 'Inventory',
    PhysicalResourceId: type === 'Create' ? undefined : 's3://records/inventory/',
    ResourceProperties: { ServiceToken: '', ContractVersion: '1', RecordBucket: 'records', RecordPrefix: 'inventory/', Filters: {}, Pagination: {}, ...changes },
  } as unknown as InventoryEvent;
}

test('writes a line for each job, then the totals, and answers with every attribute', async () => {
  const { PhysicalResourceId, Data } = await handleInventoryEvent(event('Create'), ports());
  expect(PhysicalResourceId).toBe('s3://records/inventory/');
  expect(Object.keys(Data!).sort()).toEqual([...LABELING_JOB_INVENTORY_ATTRIBUTES].sort());
  expect(Data).toMatchObject({
    Total: '3',
    InProgress: '1',
    Completed: '2',
    Stopped: '0',
    TotalLabeled: '15',
    Unlabeled: '3',
    MachineLabeled: '0',
    Truncated: 'false',
    RecordUri: 's3://records/inventory/labeling-jobs.jsonl',
  });
  const lines = OBJECTS.get(Data!.RecordUri)!.trimEnd().split('\n').map((line) => JSON.parse(line));
  expect(lines.map((line) => line.LabelingJobName)).toEqual(['a', 'b', 'c']);
  expect(lines[0].CreationTime).toBe('1970-01-01T00:00:00.000Z');
  const current = JSON.parse(OBJECTS.get('s3://records/inventory/current.json')!);
  expect(current).toMatchObject({ total: 3, truncated: false, statuses: { Completed: 2 }, recordUri: Data!.RecordUri });
});

test('a Create that fails half-way leaves nothing behind, for no Delete follows it', async () => {
  const describe = () => Promise.reject(error('AccessDeniedException'));
  await expect(handleInventoryEvent(event('Create', { Declarations: 'true' }), ports({ describe }))).rejects.toThrow('AccessDeniedException');
  expect([...OBJECTS.keys()]).toEqual([]);
  await handleInventoryEvent(event('Create'), ports());
  await expect(handleInventoryEvent(event('Update', { Declarations: 'true' }), ports({ describe }))).rejects.toThrow('AccessDeniedException');
  expect([...OBJECTS.keys()]).toHaveLength(2);
});

test('the token of a cut listing stands beside the record, not in the answer', async () => {
  const { Data } = await handleInventoryEvent(event('Create', { Pagination: { MaxItems: '1' } }), ports());
  expect(Data).toMatchObject({ Total: '1', Truncated: 'true' });
  expect(JSON.parse(OBJECTS.get('s3://records/inventory/current.json')!).nextToken).toEqual(expect.any(String));
});

test('passes every filter on, times as times', async () => {
  const time = '2026-11-22T00:00:00Z';
  const texts = { NameContains: 'spam', SortBy: 'Name', SortOrder: 'Descending', StatusEquals: 'Stopped' };
  const times = { CreationTimeAfter: time, CreationTimeBefore: time, LastModifiedTimeAfter: time, LastModifiedTimeBefore: time };
  await handleInventoryEvent(event('Update', { Filters: { ...texts, ...times } }), ports());
  const at = new Date(time);
  expect(inputs[0]).toEqual({ ...texts, CreationTimeAfter: at, CreationTimeBefore: at, LastModifiedTimeAfter: at, LastModifiedTimeBefore: at });
});

test('no jobs at all are a record too', async () => {
  pages = [[]];
  const { Data } = await handleInventoryEvent(event('Create'), ports());
  expect(Data).toMatchObject({ Total: '0' });
  expect(OBJECTS.get(Data!.RecordUri)).toBe('');
});

test('a throttle is not a failure', async () => {
  faults = [error('ThrottlingException'), error('ThrottlingException')];
  expect((await handleInventoryEvent(event('Create'), ports())).Data).toMatchObject({ Total: '3' });
});

test('nor is one of a list that is read page by page', async () => {
  faults = [error('ThrottlingException'), error('ThrottlingException')];
  expect((await handleInventoryEvent(event('Create', { Filters: { SortBy: 'Name' } }), ports())).Data).toMatchObject({ Total: '3' });
});

test('fails with the service\'s reason', async () => {
  faults = [error('ValidationException')];
  await expect(handleInventoryEvent(event('Create'), ports())).rejects.toThrow('ValidationException: ValidationException');
});

test('fails on a time that is none', async () => {
  await expect(handleInventoryEvent(event('Create', { Filters: { CreationTimeAfter: 'yesterday' } }), ports())).rejects.toThrow(/CreationTimeAfter: expected a time/);
});

test('a Delete removes the record', async () => {
  await handleInventoryEvent(event('Create'), ports());
  await handleInventoryEvent(event('Delete'), ports());
  expect([...OBJECTS.keys()]).toEqual([]);
});

test('a Delete succeeds when the bucket is gone', async () => {
  faults = [error('NoSuchBucket')];
  expect(await handleInventoryEvent(event('Delete'), ports())).toEqual({ PhysicalResourceId: 's3://records/inventory/' });
});

describe('between deployments', () => {
  const WAKE = { ContractVersion: '1', RecordBucket: 'records', RecordPrefix: 'inventory/', Filters: {}, Pagination: {} };
  const CURRENT = 's3://records/inventory/current.json';

  test('the record is written anew', async () => {
    await handleInventoryEvent(event('Create'), ports());
    pages = [[job('new', 'InProgress', 1)]];
    await reconcileInventory(WAKE, ports());
    expect(JSON.parse(OBJECTS.get(CURRENT)!)).toMatchObject({ total: 1 });
    expect(OBJECTS.get('s3://records/inventory/labeling-jobs.jsonl')).toContain('"new"');
  });

  test('one that was deleted does not come back', async () => {
    await reconcileInventory(WAKE, ports());
    expect(OBJECTS).toEqual(new Map());
  });

  test('one that is deleted meanwhile does not come back either', async () => {
    await handleInventoryEvent(event('Create'), ports());
    const { listPage } = ports();
    await reconcileInventory(WAKE, ports({
      listPage: async (asked) => {
        await handleInventoryEvent(event('Delete'), ports());
        return listPage(asked);
      },
    }));
    expect(OBJECTS).toEqual(new Map());
  });

  test('one that a deployment has written meanwhile stays', async () => {
    await handleInventoryEvent(event('Create'), ports());
    await reconcileInventory(WAKE, ports({
      replace: async (bucket, key) => {
        OBJECTS.set(`s3://${bucket}/${key}`, 'of the deployment');
        return false;
      },
    }));
    expect(OBJECTS.get(CURRENT)).toBe('of the deployment');
    expect(OBJECTS.size).toBe(2);
  });
});

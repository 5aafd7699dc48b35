import type { JobListDescriptor } from '@aws-sdk/client-s3-control';
import { handleInventoryEvent, InventoryEvent, reconcileInventory } from '../../../runtime/batch-job-inventory/handler';
import { InventoryPorts } from '../../../runtime/batch-job-inventory/ports';
import { BATCH_JOB_INVENTORY_ATTRIBUTES, BatchJobInventoryProperties } from '../../../src/s3batch/private/batch-job-inventory-contract';

const STATUSES = ['Active', 'Complete', 'Complete', 'Failed'] as const;

function job(index: number): JobListDescriptor {
  return {
    JobId: `job-${index}`, Status: STATUSES[index % 4], CreationTime: new Date(0), Operation: 'LambdaInvoke', Priority: 1,
    ProgressSummary: { TotalNumberOfTasks: 10, NumberOfTasksSucceeded: 7, NumberOfTasksFailed: 3 },
  };
}

/** An account of so many jobs, and a bucket. */
class FakeAccount {
  readonly files = new Map<string, string>();
  readonly calls: Array<{ statuses: readonly string[]; pageSize: number; nextToken?: string }> = [];
  throttles = 0;
  now = 0;
  largestPiece = 0;
  keep = true;

  constructor(readonly size: number) {}

  ports(): InventoryPorts {
    return {
      listPage: async (page) => {
        this.calls.push(page);
        if (this.throttles-- > 0) throw Object.assign(new Error('slow down'), { name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
        const from = Number(page.nextToken ?? 0);
        const jobs = Array.from({ length: Math.min(page.pageSize, this.size - from) }, (_, index) => job(from + index));
        return { jobs, nextToken: from + jobs.length < this.size ? String(from + jobs.length) : undefined };
      },
      activeSeconds: async () => 5,
      writeLines: async (bucket, key, _, lines) => {
        let text = '';
        for await (const line of lines) {
          this.largestPiece = Math.max(this.largestPiece, line.length);
          if (this.keep || key.endsWith('current.json')) text += `${line}\n`;
        }
        this.files.set(`${bucket}/${key}`, text);
      },
      version: async (bucket, key) => (this.files.has(`${bucket}/${key}`) ? 'etag' : undefined),
      replace: async (bucket, key, text) => Boolean(this.files.set(`${bucket}/${key}`, text)),
      remove: async (bucket, key) => void this.files.delete(`${bucket}/${key}`),
      now: () => 0,
      upTime: () => this.now,
      remaining: () => 600_000,
      sleep: async (milliseconds) => void (this.now += milliseconds),
    };
  }
}

function properties(changes: Partial<BatchJobInventoryProperties> = {}): BatchJobInventoryProperties {
  return { ServiceToken: 'arn', ContractVersion: '1', AccountId: '111122223333', RecordBucket: 'state', RecordPrefix: 'guid/List/', Pagination: {}, ...changes };
}

async function list(account: FakeAccount, changes: Partial<BatchJobInventoryProperties> = {}, RequestType = 'Create') {
  const event = { RequestType, RequestId: 'r', StackId: 's', LogicalResourceId: 'List', PhysicalResourceId: 's3://state/guid/List/', ResourceProperties: properties(changes) };
  return handleInventoryEvent(event as InventoryEvent, account.ports());
}

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('counts per status, summed tasks and the whole list stand in the answer and the record', async () => {
  const account = new FakeAccount(10);
  const { Data } = await list(account, { JobStatuses: ['Active', 'Complete', 'Failed'], Pagination: { PageSize: '4' } });
  expect(Object.keys(Data!).sort()).toEqual([...BATCH_JOB_INVENTORY_ATTRIBUTES].sort());
  expect(Data).toMatchObject({ Total: '10', Active: '3', Complete: '5', Failed: '2', New: '0', TotalTasks: '100', SucceededTasks: '70', FailedTasks: '30', ActiveSeconds: '0', Truncated: 'false' });
  expect(account.calls[0]).toEqual({ statuses: ['Active', 'Complete', 'Failed'], pageSize: 4, nextToken: undefined });
  expect(account.files.get('state/guid/List/batch-jobs.jsonl')!.trimEnd().split('\n').map((line) => JSON.parse(line).JobId)).toHaveLength(10);
});

test('a list that is cut goes on where it ended', async () => {
  const account = new FakeAccount(10);
  const { Data } = await list(account, { Pagination: { PageSize: '4', MaxItems: '6' } });
  expect(Data).toMatchObject({ Total: '6', Truncated: 'true' });
  const { nextToken } = JSON.parse(account.files.get('state/guid/List/current.json')!);
  const rest = await list(account, { Pagination: { PageSize: '4', StartingToken: nextToken } });
  expect(rest.Data).toMatchObject({ Total: '4', Truncated: 'false' });
  expect(JSON.parse(account.files.get('state/guid/List/batch-jobs.jsonl')!.split('\n')[0]).JobId).toBe('job-6');
});

test('timers that the listing does not show are asked for where that is wanted; throttles are waited out', async () => {
  const account = new FakeAccount(3);
  account.throttles = 3;
  const { Data } = await list(account, { DescribeTimers: 'true' });
  expect(Data).toMatchObject({ Total: '3', ActiveSeconds: '15' });
  expect(account.now).toBeGreaterThan(0);
});

test('100,000 jobs pass page by page', async () => {
  const account = new FakeAccount(100_000);
  account.keep = false;
  const before = process.memoryUsage().heapUsed;
  const { Data } = await list(account);
  expect(Data).toMatchObject({ Total: '100000', TotalTasks: '1000000' });
  expect(account.calls).toHaveLength(100);
  // a page of a thousand jobs is the largest thing that is held
  expect(account.largestPiece).toBeLessThan(400_000);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
});

test('the record goes with its resource, and does not come back', async () => {
  const account = new FakeAccount(3);
  await list(account);
  await list(account, {}, 'Delete');
  expect([...account.files.keys()]).toEqual([]);
  await reconcileInventory(properties(), account.ports());
  expect([...account.files.keys()]).toEqual([]);
  await expect(list(account, { Pagination: { PageSize: '1001' } })).rejects.toThrow(/PageSize: expected a whole number from 1 to 1000/);
});

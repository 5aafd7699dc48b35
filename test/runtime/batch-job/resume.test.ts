import { gzipSync } from 'node:zlib';
import { FakeStack, MANIFEST_PREFIX, properties } from './fake-stack';

let stack: FakeStack;

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
  stack = new FakeStack();
  stack.files.put('in/manifest.csv', 'data,a%20b\ndata,c%2Bd\ndata,e\ndata,f\n');
});

const RETRY = { Resume: JSON.stringify({ failed: 'ALWAYS', stopped: 'RESUME', incomplete: 'RETRY' }) };

/** As S3 writes it: a file for each outcome. */
function report(id: string, rows: { succeeded?: string; failed?: string }, prefix = 'out/'): void {
  const Results = Object.entries(rows).map(([TaskExecutionStatus, text]) => {
    const Key = `${prefix}job-${id}/results/${TaskExecutionStatus}.csv`;
    stack.files.put(`reports/${Key}`, text);
    return { TaskExecutionStatus, Bucket: 'reports', Key };
  });
  stack.files.put(`reports/out/job-${id}/manifest.json`, JSON.stringify({ Results }));
}

function counters(totalLabeled: number, failedNonRetryableError: number, unlabeled = 0): object {
  return { totalLabeled, machineLabeled: totalLabeled, failedNonRetryableError, unlabeled };
}

test('failed rows of a complete job are done by a next generation, when the policy says so; counters count the work as a whole', async () => {
  await stack.create(properties(RETRY));
  report('id-1', { succeeded: 'data,a%20b,,succeeded,200,,ok\ndata,e,,succeeded,200,,"two\nlines"\n', failed: 'data,c%2Bd,,failed,403,AccessDenied,no\ndata,f,,failed,404,NoSuchKey,no\n' });
  stack.service.end('id-1', 'Complete', counters(2, 2));
  stack.service.tasks = 2;
  stack.service.failedTasks = 1;
  stack.service.completes = true;
  const { steps } = await stack.reconcile();
  expect(steps).toEqual([expect.stringMatching(/^make generation 2 for the 2 objects that .*-r1 left$/)]);
  const [, second] = stack.service.jobs;
  const key = `${MANIFEST_PREFIX}${second.request.ClientRequestToken}.csv`;
  expect(stack.files.text(`state/${key}`)).toBe('data,c%2Bd\ndata,f\n');
  expect(second.request.Manifest).toMatchObject({ Spec: { Fields: ['Bucket', 'Key'] }, Location: { ObjectArn: `arn:aws:s3:::state/${key}` } });
  const { data } = await stack.update(properties({ ...RETRY, Resume: undefined, WaitForCompletion: 'true', Description: 'x' }));
  expect(data).toMatchObject({ Generation: '2', TotalTasks: '4', SucceededTasks: '3', FailedTasks: '1' });
});

test('versions that only the report names are not asked for again: the manifest means the newest', async () => {
  await stack.create(properties(RETRY));
  report('id-1', { failed: 'data,c%2Bd,v1,failed,403,AccessDenied,no\ndata,f,,failed,404,NoSuchKey,no\n' });
  stack.service.end('id-1', 'Complete', counters(2, 2));
  await stack.reconcile();
  expect(stack.files.text(`state/${MANIFEST_PREFIX}${stack.service.jobs[1].request.ClientRequestToken}.csv`)).toBe('data,c%2Bd\ndata,f\n');
});

test('rows without a result, and failed ones, of a job that a person has cancelled are done when the policy says so', async () => {
  await stack.create(properties(RETRY));
  report('id-1', { succeeded: 'data,a b,,succeeded,200,,\n', failed: 'data,e,,failed,500,InternalError,no\n' });
  stack.service.end('id-1', 'Cancelled', counters(1, 1, 2));
  await stack.reconcile();
  expect(stack.files.text(`state/${MANIFEST_PREFIX}${stack.service.jobs[1].request.ClientRequestToken}.csv`)).toBe('data,c%2Bd\ndata,e\ndata,f\n');
});

test('what an inventory report lists is compared with the report too, version by version', async () => {
  stack.files.put('in/inventory.json', JSON.stringify({ destinationBucket: 'arn:aws:s3:::lists', fileSchema: 'Bucket, Key, VersionId, Size', files: [{ key: 'part.csv.gz' }] }));
  stack.files.put('lists/part.csv.gz', gzipSync('"data","a","v1","10"\n"data","a","v2","10"\n"data","b","v3","10"\n'));
  await stack.create(properties({ ...RETRY, Manifest: { Format: 'S3InventoryReport_CSV_20161130', Bucket: 'in', Key: 'inventory.json' } }));
  report('id-1', { succeeded: 'data,a,v1,succeeded,200,,\n' });
  stack.service.end('id-1', 'Failed', counters(1, 0, 2), 'JobExpired: no');
  await stack.reconcile();
  const [, { request }] = stack.service.jobs;
  expect(request.Manifest).toMatchObject({ Spec: { Fields: ['Bucket', 'Key', 'VersionId'] } });
  expect(stack.files.text(`state/${MANIFEST_PREFIX}${request.ClientRequestToken}.csv`)).toBe('data,a,v2\ndata,b,v3\n');
});

test('where no task was run, the whole manifest is read again', async () => {
  stack.service.failsWith = '412: sorry';
  await expect(stack.create(properties())).rejects.toThrow(/sorry/);
  stack.service.failsWith = undefined;
  const { data } = await stack.update(properties({ Revision: '{"attempt":2}' }));
  expect(data).toMatchObject({ Generation: '2', ManifestS3Uri: 's3://in/manifest.csv' });
});

test('without a report of all tasks nothing is done twice: refused, with the reason', async () => {
  const Report = { Enabled: true, Bucket: 'arn:aws:s3:::reports', Format: 'Report_CSV_20180820', ReportScope: 'FailedTasksOnly', Prefix: 'out' };
  await stack.create(properties(RETRY, { Report }));
  report('id-1', { failed: 'data,e,,failed,500,InternalError,no\n' });
  stack.service.end('id-1', 'Cancelled', counters(1, 1, 2));
  const { notes } = await stack.reconcile();
  expect(notes).toEqual([expect.stringMatching(/is not resumed: some of its tasks are done, and which is not known: there is no report of all tasks/)]);
  expect(stack.service.jobs).toHaveLength(1);
});

test('by default what has failed is reported, and another attempt does it again', async () => {
  stack.service.completes = true;
  stack.service.failedTasks = 30;
  await expect(stack.create(properties({ WaitForCompletion: 'true', MaxFailedTasks: '5' }))).rejects.toThrow(
    /is Complete, but tasks have failed, and at most 5 may fail; 70 of 100 tasks succeeded, 30 failed; report: s3:\/\/reports\/out\/job-id-1\/manifest.json.*"attempt"/,
  );
  await stack.delete();
  // the same template once more: what was done stays done, what failed is done again
  report('id-1', { failed: 'data,e,,failed,500,InternalError,no\n' });
  Object.assign(stack.service, { tasks: 30, failedTasks: 2 });
  const { data } = await stack.create(properties({ WaitForCompletion: 'true', MaxFailedPercentage: '2' }));
  expect(data).toMatchObject({ Generation: '2', TotalTasks: '100', SucceededTasks: '98', FailedTasks: '2' });
});

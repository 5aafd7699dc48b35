import * as fs from 'node:fs';
import * as path from 'node:path';
import { FakeStack } from './fake-stack';
import { BATCH_JOB_CONTRACT_VERSION } from '../../../src/s3batch/private/batch-job-contract';
import { decodeBatchJobProperties, decodeBatchJobRemoval } from '../../../src/s3batch/private/batch-job-decoding-contract';

/** Every property shape ever released, as CloudFormation delivers it: Delete and rollback bring old ones back. */
const FOLDER = path.join(__dirname, '..', '..', 'fixtures', 'contracts');
const SHAPES = fs.readdirSync(FOLDER).filter((file) => /^batch-job-[0-9]+\.json$/.test(file));
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'));

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
});

test('the newest shape has a fixture', () => {
  expect(SHAPES).toContain(`batch-job-${BATCH_JOB_CONTRACT_VERSION}.json`);
});

test.each(SHAPES)('%s lives: Create, Update and Delete', async (file) => {
  const events = read(file);
  const stack = new FakeStack();
  stack.files.put('assets/rows.csv', 'a\nb\n');
  stack.service.completes = true;
  const created = await stack.run(events.Create);
  // the identity's hash stays the same for ever: another one would do all work again
  expect(created.id).toBe(events.Update.PhysicalResourceId);
  expect((await stack.run(events.Update)).data.JobId).toBe(created.data.JobId);
  await stack.run(events.Delete);
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('strings become what they were', () => {
  const { ResourceProperties } = read('batch-job-1.json').Create;
  const threshold = { tasks: 3, percentage: 2.5 };
  expect(decodeBatchJobProperties(ResourceProperties)).toMatchObject({ priority: 10, waitForCompletion: true, threshold, timeoutSeconds: 900 });
});

test.each([
  [{ Priority: '2147483648' }, /Priority: expected 0 to 2147483647/],
  [{ MaxFailedPercentage: '101' }, /MaxFailedPercentage: expected 0 to 100 percent, got "101"/],
  [{ Request: '{"RoleArn":"a"b"}' }, /Request: expected JSON text.*contain a quote/],
  [{ ContractVersion: '0' }, /deploy them together/],
])('%j is refused', (change, message) => {
  expect(() => decodeBatchJobProperties({ ...read('batch-job-1.json').Create.ResourceProperties, ...change })).toThrow(message);
});

test('a Delete refuses nothing', () => {
  expect(decodeBatchJobRemoval({})).toMatchObject({ stateBucket: '', removalMode: 'CANCEL', timeoutSeconds: 3300 });
});

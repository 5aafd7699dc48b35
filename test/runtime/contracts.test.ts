import * as fs from 'node:fs';
import * as path from 'node:path';
import { FakeStack } from './labeling-job/fake-stack';
import { CONTRACT_VERSION, LabelingJobProperties } from '../../src/groundtruth/private/labeling-job-contract';
import { decodeLabelingJobProperties, decodeLabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { decodeLabelingJobInventoryProperties } from '../../src/groundtruth/private/labeling-job-inventory-contract';

/** Every property shape ever released, as CloudFormation delivers it: Delete and rollback bring old ones back. */
const FOLDER = path.join(__dirname, '..', 'fixtures', 'contracts');
const shapes = (pattern: RegExp) => fs.readdirSync(FOLDER).filter((file) => pattern.test(file));
const read = (file: string) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8'));
const JOB_SHAPES = shapes(/^labeling-job-[0-9]+(-[a-z]+)?\.json$/);
const INVENTORY_SHAPES = shapes(/^labeling-job-inventory-[0-9]+\.json$/);

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
});

test('the newest shape has a fixture', () => {
  expect(JOB_SHAPES).toContain(`labeling-job-${CONTRACT_VERSION}.json`);
  expect(INVENTORY_SHAPES.length).toBeGreaterThan(0);
});

test.each(JOB_SHAPES)('%s lives: Create, Update and Delete', async (file) => {
  const events = read(file);
  const stack = new FakeStack();
  const created = await stack.run(events.Create);
  expect(created.id).toBe(events.Update.PhysicalResourceId);
  expect((await stack.run(events.Update)).data.LabelingJobName).toBe(created.data.LabelingJobName);
  stack.service.end(created.data.LabelingJobName, 'Completed');
  await stack.run(events.Delete);
  expect(stack.ledgers.keys('state')).toEqual([]);
});

test('strings become what the service takes, and only where it takes numbers', () => {
  const { request } = decodeLabelingJobProperties(read('labeling-job-1.json').Create.ResourceProperties);
  expect(request).toMatchObject({
    LabelAttributeName: 'spam',
    StoppingConditions: { MaxHumanLabeledObjectCount: 500, MaxPercentageOfInputDatasetLabeled: 80 },
    HumanTaskConfig: {
      NumberOfHumanWorkersPerDataObject: 3,
      TaskTimeLimitInSeconds: 300,
      TaskAvailabilityLifetimeInSeconds: 21600,
      MaxConcurrentTaskCount: 100,
      PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 1, TenthFractionsOfACent: 2 } },
      TaskDescription: '3',
      TaskKeywords: ['spam', '007'],
    },
  });
});

test.each<[string, Partial<LabelingJobProperties>, RegExp]>([
  ['another contract version', { ContractVersion: '2' }, /ContractVersion: expected "1", got "2"/],
  ['a number that is none', { Request: { StoppingConditions: { MaxHumanLabeledObjectCount: 'many' } } }, /Request\.StoppingConditions\.MaxHumanLabeledObjectCount: expected a whole number, got "many"/],
  ['a time beyond CloudFormation\'s', { TimeoutSeconds: '3600' }, /TimeoutSeconds: expected 1 to 3300 seconds, got 3600/],
  ['a flag that is none', { LabelsOnlyUnlabeled: 'yes' }, /LabelsOnlyUnlabeled: expected one of true, false, got "yes"/],
  ['a policy that is none', { Resume: '{"stopped":"SOMETIMES"}' }, /Resume\.stopped: expected one of RESUME, LEAVE, got "SOMETIMES"/],
  ['a desired state that is none', { DesiredState: 'PAUSED' as never }, /DesiredState: expected one of RUNNING, DRAINED, STOPPED, got "PAUSED"/],
  ['a mode that is none', { Mode: 'DRY_RUN' as never }, /Mode: expected one of ENFORCE, REPORT_ONLY, got "DRY_RUN"/],
  ['a state that cannot be waited for', { WaitForStatus: 'Failed' }, /WaitForStatus: expected one of InProgress, Completed, got "Failed"/],
])('fails on %s', (_, changes, message) => {
  expect(() => decodeLabelingJobProperties({ ...read('labeling-job-1.json').Create.ResourceProperties, ...changes })).toThrow(message);
});

test('what is not said has its default: the same as before it could be said', () => {
  const before = decodeLabelingJobProperties(read('labeling-job-1.json').Create.ResourceProperties);
  expect(before).toMatchObject({ adopt: undefined, resume: undefined, desiredState: 'RUNNING', mode: 'ENFORCE' });
  const { resume } = decodeLabelingJobProperties(read('labeling-job-1-policies.json').Create.ResourceProperties);
  expect(resume).toEqual({ maxAttempts: 2, failed: 'ALWAYS', stopped: 'RESUME', aged: 'LEAVE', incomplete: 'RETRY' });
  expect(decodeLabelingJobRemoval({ Adopt: 'theirs' }).removalMode).toBe('RETAIN');
  expect(decodeLabelingJobRemoval({ Adopt: 'theirs', RemovalMode: 'STOP' }).removalMode).toBe('STOP');
});

test('a Delete takes whatever comes', () => {
  expect(decodeLabelingJobRemoval({})).toMatchObject({ removalMode: 'STOP', timeoutSeconds: 3300 });
  expect(decodeLabelingJobRemoval({ RemovalMode: 'EXPLODE' as never, TimeoutSeconds: 'soon' })).toMatchObject({ removalMode: 'STOP', timeoutSeconds: 3300 });
});

test.each(INVENTORY_SHAPES)('%s is understood', (file) => {
  const { filters, maxItems, pageSize, startingToken } = decodeLabelingJobInventoryProperties(read(file).Create.ResourceProperties);
  expect(filters).toMatchObject({ CreationTimeAfter: new Date('2026-01-01T00:00:00Z'), NameContains: 'spam', StatusEquals: 'InProgress' });
  expect({ maxItems, pageSize }).toEqual({ maxItems: 1000, pageSize: 50 });
  expect(startingToken).toEqual(expect.any(String));
});

import * as fs from 'node:fs';
import * as path from 'node:path';
import { fakePorts } from './fakes';
import { handleStep } from '../../../runtime/data-preparation/handle';
import { handleResource, handleWaiting, type ResourceEvent, type ResourceWaiting } from '../../../runtime/data-preparation/resource';
import {
  DATA_PREPARATION_CONTRACT_VERSION, type DataPreparationProperties, type PreparationEvent,
} from '../../../src/s3batch/private/data-preparation-contract';

interface Released {
  readonly properties: DataPreparationProperties;
  /** What the states of its execution call the function with: an execution goes on as it was begun, through releases. */
  readonly events: readonly PreparationEvent[];
}

/** Every shape ever released: Delete and rollback bring old properties back. */
const FOLDER = path.join(__dirname, '..', '..', 'fixtures', 'contracts');
const { properties, events } = JSON.parse(fs.readFileSync(path.join(FOLDER, 'data-preparation-1.json'), 'utf8')) as Released;
const base = { StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/s/guid', LogicalResourceId: 'Preparation', ResourceProperties: properties };

beforeEach(() => {
  for (const method of ['log', 'error'] as const) jest.spyOn(console, method).mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

test('the newest shape has a fixture', () => {
  expect(properties.ContractVersion).toBe(DATA_PREPARATION_CONTRACT_VERSION);
});

test('the properties live: Create, Update and Delete, under an id that stays', async () => {
  const ports = fakePorts();
  const create: ResourceEvent = { ...base, RequestType: 'Create', RequestId: 'c' };
  const { PhysicalResourceId } = await handleResource(create, ports);
  expect(PhysicalResourceId).toBe('preparation-aabbccddeeff');
  expect(ports.executions.started).toEqual([expect.stringMatching(/^aabbccddeeff-/)]);
  const update: ResourceEvent = { ...base, RequestType: 'Update', RequestId: 'u', PhysicalResourceId, OldResourceProperties: properties };
  expect((await handleResource(update, ports)).PhysicalResourceId).toBe(PhysicalResourceId);
  const remove: ResourceEvent = { ...base, RequestType: 'Delete', RequestId: 'd', PhysicalResourceId };
  const begun = await handleResource(remove, ports);
  ports.clock.now += 120_000;
  expect(await handleWaiting({ ...remove, ...begun } as ResourceWaiting, ports)).toEqual({ IsComplete: true });
  expect(ports.executions.stopped).toHaveLength(1);
});

test('an execution that was begun before goes on to its end', async () => {
  const ports = fakePorts();
  ports.objects.texts.set('s3://in/all.manifest', '{"source-ref":"s3://data/a"}\n');
  const answers = [];
  for (const event of events) {
    answers.push((await handleStep(event, ports)).next);
    if (event.action === 'start') ports.jobs.end(1, 'Complete', 'data', { a: [true, 'Successful'] });
    if (event.action === 'finish') expect(ports.objects.texts.get('s3://prepared/prepared/guid/0a1b2c3d/aabbccddeeff/input.manifest')).toBe('{"source-ref":"s3://copies/in/a"}\n');
  }
  expect(answers).toEqual(['done', 'again', 'done', 'done', 'done']);
  expect(ports.woken).toHaveLength(1);
});

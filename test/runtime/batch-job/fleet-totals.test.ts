import { FleetEvent, fleetIsComplete, fleetTotals, isFleetEvent, onFleetEvent } from '../../../runtime/batch-job/fleet-totals';
import { JobState, STATES_BY_SYSTEM } from '../../../src/model/job-state';
import { FLEET_STATES, JOB_FLEET_RESOURCE_TYPE, JobFleetMember } from '../../../src/s3batch/private/job-fleet-contract';

const member = (Key: string, overrides: Partial<JobFleetMember> = {}): JobFleetMember => ({
  Key, State: 'Completed', TotalTasks: '3', SucceededTasks: '2', FailedTasks: '1', ActiveSeconds: '10', ...overrides,
});
const properties = (Members: JobFleetMember[]) => ({ ServiceToken: 't', ContractVersion: '1', Members });

const event = (RequestType: string, more: object = {}) => ({
  RequestType, RequestId: 'r', ResourceType: JOB_FLEET_RESOURCE_TYPE, LogicalResourceId: 'Fleet', StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/Life/guid',
  ResourceProperties: properties([member('a')]), ...more,
}) as unknown as FleetEvent;

test('adds up tasks and counts jobs by their states', () => {
  expect(fleetTotals(properties([member('a'), member('b', { State: 'Failed', TotalTasks: '10', FailedTasks: '9' }), member('c', { State: 'AwaitingApproval' })]))).toEqual({
    TotalTasks: '16', SucceededTasks: '6', FailedTasks: '11', ActiveSeconds: '30',
    Pending: '0', AwaitingApproval: '1', Running: '0', Stopping: '0', Completed: '1', Failed: '1', Stopped: '0',
  });
});

test('a job that is not made yet is pending', () => {
  expect(fleetTotals(properties([member('a', { State: '', TotalTasks: '0' })]))).toMatchObject({ Pending: '1', TotalTasks: '0' });
});

test('knows every state that a batch job can be in', () => {
  expect([...new Set<JobState>(Object.values(STATES_BY_SYSTEM.s3batch))].sort()).toEqual([...FLEET_STATES].sort());
});

test('a counter that is none is named with its job', () => {
  expect(() => fleetTotals(properties([member('b', { FailedTasks: '-1' })]))).toThrow('Members: FailedTasks of "b" must be a whole number, got "-1"');
});

test('properties of another release are refused', () => {
  expect(() => fleetTotals({ ...properties([]), ContractVersion: '2' })).toThrow(/different releases/);
});

test('a Create gives an id, an Update keeps it, and a Delete needs nothing', () => {
  expect(onFleetEvent(event('Create'))).toEqual({ PhysicalResourceId: 'guid/Fleet' });
  expect(onFleetEvent(event('Update', { PhysicalResourceId: 'x' }))).toEqual({ PhysicalResourceId: 'x' });
  expect(fleetIsComplete(event('Update'))).toMatchObject({ IsComplete: true, Data: { TotalTasks: '3' } });
  expect(fleetIsComplete(event('Delete', { ResourceProperties: {} }))).toEqual({ IsComplete: true });
});

test('is told from a job by its type', () => {
  expect([isFleetEvent(event('Create')), isFleetEvent({ ...event('Create'), ResourceType: 'Custom::S3BatchJob' })]).toEqual([true, false]);
});

import {
  FLEET_STATES, JOB_FLEET_CONTRACT_VERSION, JOB_FLEET_RESOURCE_TYPE, JobFleetAttributes, JobFleetMember, JobFleetProperties, SUMMED_ATTRIBUTES,
} from '../../src/s3batch/private/job-fleet-contract';
import { IsCompleteResponse, OnEventRequest, OnEventResponse, stackGuid } from '../shared/custom-resource';

export type FleetEvent = OnEventRequest<JobFleetProperties>;

export function isFleetEvent(event: object): event is FleetEvent {
  return (event as { ResourceType?: string }).ResourceType === JOB_FLEET_RESOURCE_TYPE;
}

/** Nothing is remembered, nothing is touched: only the answer matters, and `isComplete` gives it. */
export function onFleetEvent(event: FleetEvent): OnEventResponse {
  return { PhysicalResourceId: event.RequestType === 'Create' ? `${stackGuid(event.StackId)}/${event.LogicalResourceId}` : event.PhysicalResourceId };
}

export function fleetIsComplete({ RequestType, ResourceProperties }: FleetEvent): IsCompleteResponse {
  return RequestType === 'Delete' ? { IsComplete: true } : { IsComplete: true, Data: fleetTotals(ResourceProperties) };
}

/** Sums of all jobs, and how many of them are in each state; one that is not made yet is pending. */
export function fleetTotals({ ContractVersion, Members }: JobFleetProperties): JobFleetAttributes {
  if (ContractVersion !== JOB_FLEET_CONTRACT_VERSION) {
    throw new Error(`ContractVersion: expected "${JOB_FLEET_CONTRACT_VERSION}", got ${JSON.stringify(ContractVersion)}: `
      + 'construct and handler are of different releases of the library, deploy them together');
  }
  return Object.fromEntries([
    ...SUMMED_ATTRIBUTES.map((name) => [name, String(Members.reduce((sum, member) => sum + count(member, name), 0))]),
    ...FLEET_STATES.map((state) => [state, String(Members.filter(({ State }) => (State || FLEET_STATES[0]) === state).length)]),
  ]) as JobFleetAttributes;
}

function count(member: JobFleetMember, name: typeof SUMMED_ATTRIBUTES[number]): number {
  const value = member[name];
  if (!/^[0-9]+$/.test(value)) throw new Error(`Members: ${name} of ${JSON.stringify(member.Key)} must be a whole number, got ${JSON.stringify(value)}`);
  return Number(value);
}

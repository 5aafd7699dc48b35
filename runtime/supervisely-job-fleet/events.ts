import type { JobFleetProperties } from '../../src/supervisely/private/job-fleet-contract';
import { type OnEventRequest, stackGuid } from '../shared/custom-resource';
import type { Deploy, Remove } from '../shared/job-resource';

export { ledgerKey, ownerOf } from '../shared/job-resource';
export type { Waiting } from '../shared/job-resource';
export type FleetEvent = OnEventRequest<JobFleetProperties>;
export type DeployFleetEvent = Deploy<JobFleetProperties>;
export type RemoveFleetEvent = Remove<JobFleetProperties>;

/** Where the objects of a fleet lie; ends in a slash. */
export function statePrefix({ stackId, logicalId }: { readonly stackId: string; readonly logicalId: string }): string {
  return `${stackGuid(stackId)}/${logicalId}/`;
}

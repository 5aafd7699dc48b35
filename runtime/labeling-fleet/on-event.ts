import { FleetEvent, ownerOf, RemoveFleetEvent, statePrefix, DeployFleetEvent } from './events';
import { headFromFormerBucket } from './former-bucket';
import { updateHead } from './head-store';
import { FleetPorts } from './ports';
import { decodeFleetProperties, decodeFleetRemoval } from './properties';
import { fleetResourceId } from '../../src/groundtruth/private/job-fleet-contract';
import { FleetHead } from '../../src/model/fleet/fleet-ledger';
import { ask, buryFleet, newHead } from '../../src/model/fleet/head-transitions';
import { newestRequest, standing } from '../../src/model/ledger-transitions';
import { OnEventResponse } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { logError } from '../shared/log';
import { BucketGone } from '../shared/ports';

/** Throws for a request that a newer one has overtaken: its waiter comes late, and CloudFormation no longer listens to it. */
export function refuseSuperseded(head: FleetHead, requestId: string): void {
  if (standing(head, requestId) === 'superseded') throw new UserError(`superseded by ${newestRequest(head)!.id}`);
}

/** Writes down what is wanted. It starts and stops nothing, because a failure here would hide the resource from its Delete. */
export async function onDeployFleet(event: DeployFleetEvent, ports: FleetPorts): Promise<OnEventResponse> {
  const input = decodeFleetProperties(event.ResourceProperties);
  const id = fleetResourceId(input.nameBase, input.path);
  if (event.RequestType === 'Update' && event.PhysicalResourceId !== id) {
    throw new UserError(`NameBase, Path: the fleet ${event.PhysicalResourceId} would become ${id}, and all of its jobs would get other names and label again: `
      + 'leave the construct and its stack where they are, or give it another logical id');
  }
  const state = ports.stateAt(input.stateBucket, statePrefix(ownerOf(event)));
  const moved = await headFromFormerBucket(event, state, ports);
  await updateHead(state, ports, (stored) => {
    const head = moved ?? stored ?? { ...newHead(ownerOf(event)), relabel: event.RequestType === 'Update' ? event.OldResourceProperties.Relabel : undefined };
    refuseSuperseded(head, event.RequestId);
    // the same event again: CloudFormation and the framework both repeat
    if (standing(head, event.RequestId) === 'newest') return head;
    return ask(head, { id: event.RequestId, type: event.RequestType, at: ports.now() }, { ...event.ResourceProperties });
  });
  return { PhysicalResourceId: id, StartedAt: ports.now() };
}

/** A Delete: nothing is desired from now on, and it answers with the id it was given. */
export async function onRemoveFleet(event: RemoveFleetEvent, ports: FleetPorts): Promise<OnEventResponse> {
  const { stateBucket } = decodeFleetRemoval(event.ResourceProperties);
  const response = { PhysicalResourceId: event.PhysicalResourceId, StartedAt: ports.now() };
  if (stateBucket === '') return response;
  try {
    await updateHead(ports.stateAt(stateBucket, statePrefix(ownerOf(event))), ports, (head) => {
      if (!head || !isAbout(event, head)) return undefined;
      refuseSuperseded(head, event.RequestId);
      if (standing(head, event.RequestId) === 'newest') return head;
      return buryFleet(head, { id: event.RequestId, type: 'Delete', at: ports.now() }, { ...event.ResourceProperties });
    });
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and tags', error);
  }
  return response;
}

/** The id of a fleet never changes; a Delete of any other id is not about this one. */
export function isAbout(event: FleetEvent & { readonly PhysicalResourceId?: string }, head: FleetHead): boolean {
  const { NameBase, Path } = (head.pending ?? head.desired ?? head.buried)?.properties ?? {};
  return NameBase === undefined || event.PhysicalResourceId === fleetResourceId(String(NameBase), String(Path));
}

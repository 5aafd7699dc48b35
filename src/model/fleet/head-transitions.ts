import { FLEET_FORMAT, FleetHead, FleetVersion, PageRecord } from './fleet-ledger';
import { canonicalJson, sha256 } from '../groundtruth/identity';
import { Owner, RequestRecord } from '../ledger';
import { remember } from '../ledger-transitions';

type Properties = Readonly<Record<string, unknown>>;

/** The head of a fleet that never had one, or lost it. */
export function newHead(owner: Owner): FleetHead {
  return { format: FLEET_FORMAT, owner, requests: [], rebuild: true };
}

/** A Create or Update: what it asks for waits until it has become pages. */
export function ask(head: FleetHead, request: RequestRecord, properties: Properties): FleetHead {
  return { ...head, requests: remember(head, request), pending: { requestId: request.id, properties } };
}

/** The pending request cannot be met; what was desired before stays as it is. */
export function refuse(head: FleetHead, requestId: string, error: string): FleetHead {
  return head.pending?.requestId === requestId ? { ...head, pending: { ...head.pending, error } } : head;
}

/** The pending request has become pages, which are what the fleet should be from now on. */
export function switchTo(
  head: FleetHead, pages: readonly PageRecord[], resultUri: string, relabel: string | undefined, growing?: FleetVersion['growing'],
): FleetHead {
  const { requestId, properties } = head.pending!;
  const desired = { requestId, properties, resultUri, pages, ...(growing && { growing }) };
  return { ...head, desired, pending: undefined, buried: undefined, rebuild: undefined, relabel };
}

/** More data, and so more members, of a version that has not changed. */
export function grow(head: FleetHead, requestId: string, pages: readonly PageRecord[], parts: number): FleetHead {
  return head.desired?.requestId === requestId ? { ...head, desired: { ...head.desired, pages, growing: { parts } } } : head;
}

/** A Delete: nothing is desired any more, so that no late writer makes again what is about to go. */
export function buryFleet(head: FleetHead, request: RequestRecord, properties: Properties): FleetHead {
  const requests = remember(head, { ...request, scope: { kind: 'everything' } });
  const pages = presentVersion(head)?.pages ?? [];
  return { ...head, requests, desired: undefined, pending: undefined, buried: { requestId: request.id, properties, pages } };
}

/** The pages that there are, desired or not. */
export function presentVersion(head: FleetHead): FleetVersion | undefined {
  return head.desired ?? head.buried;
}

export function propertiesDigest(properties: Properties): string {
  return sha256(canonicalJson(properties));
}

export function succeed(head: FleetHead, requestId: string): FleetHead {
  return head.desired?.requestId !== requestId ? head : { ...head, deployed: { requestId, digest: propertiesDigest(head.desired.properties) } };
}

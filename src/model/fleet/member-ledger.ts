import { FleetHead, MemberRecord } from './fleet-ledger';
import { Ledger, LEDGER_FORMAT } from '../ledger';

/**
 * A member as the planner of a single job sees it: its own record, and what the head says for all. A fleet without a desired
 * version desires no member.
 */
export function memberLedger(head: FleetHead, member: MemberRecord): Ledger {
  const { owner, requests, relabel } = head;
  const { generations, replacedIds } = member;
  const desired = head.desired ? member.desired : undefined;
  return { format: LEDGER_FORMAT, owner, requests, desired, generations, tombstones: [], replacedIds, relabel };
}

/** The member after transitions of its ledger. What the head keeps is not changed by a member. */
export function withLedger(member: MemberRecord, { generations, replacedIds }: Ledger): MemberRecord {
  return generations === member.generations && replacedIds === member.replacedIds ? member : { ...member, generations, replacedIds };
}

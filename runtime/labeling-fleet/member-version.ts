import { FleetInput } from './properties';
import { mergeRequests } from './specification';
import { FleetSpecHead, MemberSpec } from '../../src/groundtruth/private/job-fleet-contract';
import { MemberRecord, MemberVersion, PendingVersion } from '../../src/model/fleet/fleet-ledger';
import { automatedIfLarge } from '../../src/model/groundtruth/automated-labeling';
import { identityHash, revisionHash } from '../../src/model/groundtruth/identity';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { DesiredState } from '../../src/model/resume-policy';
import { UserError } from '../shared/errors';

/** What a member's version is made of, beside its own line. */
export interface VersionContext {
  readonly input: FleetInput;
  readonly head: FleetSpecHead;
  readonly pending: PendingVersion;
  readonly stackGuid: string;
  readonly isUpdate: boolean;
}

/** What is asked of a member, before it is known whether it may be: the flags about its present jobs are set by `settleVersion`. */
export type AskedVersion = Omit<MemberVersion, 'replaces' | 'mayReplaceLabels' | 'returning'>;

/** `objects` as far as they are known: a part of a dataset has been counted. */
export function askedVersion(member: MemberSpec, { input, head, pending, stackGuid }: VersionContext, objects?: number): AskedVersion {
  const identity = identityHash(member.identity, stackGuid);
  const id = resourceId(member.base, identity);
  if (!parseResourceId(id)) throw new UserError(`job ${member.key}: ${JSON.stringify(member.base)} does not have the form of a job's name`);
  const { attempt } = member;
  return {
    requestId: pending.requestId,
    id,
    identity,
    revision: revisionHash(JSON.stringify({ ...head.revision, ...member.revision, ...(attempt !== undefined && { attempt }) })),
    request: { ...automatedIfLarge(mergeRequests(head.request, member.request ?? {}), objects), LabelAttributeName: member.identity.LabelAttributeName },
    tags: { ...input.tags, ...member.tags },
    labelsOnlyUnlabeled: member.labelsOnlyUnlabeled ?? head.labelsOnlyUnlabeled,
    overlap: false,
    resume: member.resume ?? head.resume,
    desiredState: stricter(input.desiredState, member.desiredState ?? 'RUNNING'),
    adopt: member.adopt,
  };
}

const STRICTNESS: readonly DesiredState[] = ['RUNNING', 'DRAINED', 'STOPPED'];

/** Who stops a fleet stops all of it; who stops a job stops that one. */
function stricter(a: DesiredState, b: DesiredState): DesiredState {
  return STRICTNESS.indexOf(a) > STRICTNESS.indexOf(b) ? a : b;
}

/** The identity that the member had last, even if it is not desired at present. */
export function previousIdentity(former: MemberRecord | undefined): string | undefined {
  return former?.desired?.identity ?? former?.generations.at(-1)?.identity;
}

/** Whether the member gives up the labels that it has: nothing of the new identity is known, and the old one is another. */
export function changesIdentity(asked: AskedVersion, former: MemberRecord | undefined): boolean {
  const previous = previousIdentity(former);
  return previous !== undefined && previous !== asked.identity && !isKnown(asked, former!);
}

function isKnown(asked: AskedVersion, former: MemberRecord): boolean {
  return former.generations.some((one) => one.identity === asked.identity && one.arn !== undefined);
}

export function settleVersion(asked: AskedVersion, former: MemberRecord | undefined, relabelAllowed: boolean, isUpdate: boolean): MemberVersion {
  const previous = previousIdentity(former);
  const sameIdentity = previous === undefined || previous === asked.identity;
  const known = former?.generations.filter((one) => one.identity === asked.identity && one.arn !== undefined) ?? [];
  const wasHere = known.some((one) => one.revision === asked.revision);
  return {
    ...asked,
    replaces: former?.desired?.id ?? (previous === undefined ? undefined : resourceId(former!.base, previous)),
    mayReplaceLabels: sameIdentity ? former?.desired?.mayReplaceLabels ?? false : known.length > 0 || relabelAllowed,
    returning: isUpdate && (sameIdentity ? wasHere && former?.desired?.revision !== asked.revision : known.length > 0),
  };
}

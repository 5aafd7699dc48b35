import type { DeployEvent } from './events';
import { sightOf } from './look';
import { observe } from './observe';
import type { Ports } from './ports';
import { type Resolved, resolveQueue } from './resolve';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { type DesiredVersion, emptyLedger, type Ledger } from '../../src/model/ledger';
import { askForReport, desire, recordStop, standing } from '../../src/model/ledger-transitions';
import { titleProblems } from '../../src/model/supervisely/job-names';
import { isAtWork } from '../../src/model/supervisely/own-queue';
import { queueReplacementRefusal } from '../../src/model/supervisely/plan-queue';
import { queuePlacesIn } from '../../src/model/supervisely/queue-ledger';
import { queueIdentity, queueRevision } from '../../src/model/supervisely/queue-spec';
import { decodeLabelingQueueProperties, type LabelingQueueInput } from '../../src/supervisely/private/labeling-queue-decoding-contract';
import { type OnEventResponse, stackGuid } from '../shared/custom-resource';
import { isTransient, UserError } from '../shared/errors';
import { fromFormerBucket, leaveFormerBucket } from '../shared/former-bucket';
import { ledgerKey, ownerOf } from '../shared/job-resource';
import { refuseSuperseded, updateLedger } from '../shared/ledger-session';
import { log } from '../shared/log';
import type { StoredLedger } from '../shared/ports';
import type { Caller } from '../shared/supervisely/client';

/**
 * A Create or Update: checks against the server, writes the ledger and returns the id. It makes and stops nothing, because a failure here would
 * hide the resource: CDK swallows the Delete after a Create that throws before it has an id.
 */
export async function onDeploy(event: DeployEvent, ports: Ports): Promise<OnEventResponse> {
  const input = decodeLabelingQueueProperties(event.ResourceProperties);
  const identity = queueIdentity(input.spec, stackGuid(event.StackId));
  const id = resourceId(input.nameBase, identity);
  refuseNames(input, id);
  const caller = ports.connect(input.connection);
  // a wrong token, an unknown team, dataset or login: found before anything is written, but a rollback is not refused for it
  const resolved = await resolveQueue(caller, input.spec).catch((error: unknown) => {
    if (event.RequestType === 'Create' || isTransient(error)) throw error;
    return error as Error;
  });

  const reportOnly = input.mode === 'REPORT_ONLY';
  await updateLedger(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, async (stored) => {
    const before = await formerLedger(event, input, identity, stored, resolved, caller, ports);
    refuseSuperseded(before, event.RequestId);
    // the same event again: CloudFormation and the framework both repeat
    if (standing(before, event.RequestId) === 'newest') return before;
    const desired = await desiredVersion(event, input, id, identity, before, caller, ports);
    if (resolved instanceof Error && !desired.returning) throw resolved;
    const request = { id: event.RequestId, type: event.RequestType, at: ports.now() };
    return reportOnly ? askForReport(before, request, desired) : desire(before, request, desired, input.relabel);
  });
  await leaveFormerBucket(event, input, ports);
  // what is only reported replaces nothing
  return { PhysicalResourceId: reportOnly && event.RequestType === 'Update' ? event.PhysicalResourceId : id, StartedAt: ports.now() };
}

function refuseNames({ nameBase, spec }: LabelingQueueInput, id: string): void {
  if (!parseResourceId(id)) throw new UserError(`NameBase: ${JSON.stringify(nameBase)} does not have the form of a queue's name`);
  const problems = titleProblems(spec.settings.title, `${id}-r1000000`);
  if (problems.length > 0) throw new UserError(problems.join('; '));
}

/** The ledger as it stands, as it comes from a former state bucket, or as the names of queues show it. */
async function formerLedger(
  event: DeployEvent, input: LabelingQueueInput, identity: string, stored: StoredLedger | undefined, resolved: Resolved | Error, caller: Caller, ports: Ports,
): Promise<Ledger> {
  const moved = await fromFormerBucket(event, input, stored?.ledger, ports);
  if (moved) return moved;
  if (stored && stored.ledger.movedTo === undefined) return stored.ledger;
  if (resolved instanceof Error) throw resolved;
  return rebuild(event, input, identity, resolved, caller, ports);
}

/** Queues of the present and the last declaration are found again: the identity in their names holds the stack's GUID. */
async function rebuild(
  event: DeployEvent, input: LabelingQueueInput, identity: string, { team, projectId }: Resolved, caller: Caller, ports: Ports,
): Promise<Ledger> {
  const last = event.RequestType === 'Update' ? parseResourceId(event.PhysicalResourceId)?.identity : undefined;
  const identities = [identity, ...(last === undefined ? [] : [last])];
  const sight = await sightOf(caller, [{ teamId: team.id, projectId }], input.nameBase, identities, ports.now());
  const { ledger, queues } = await observe(sight, emptyLedger(ownerOf(event)));
  if (queues.length > 0) log('the ledger is rebuilt from names', { queues: queues.map(({ name }) => name) });
  // who ended a queue is lost with the ledger, but one of another identity than the last one ended when it was replaced
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'found ended when the ledger was rebuilt' };
  const learnt = { ...ledger, relabel: event.RequestType === 'Update' ? event.OldResourceProperties.Relabel : undefined };
  return queues.filter((queue) => !isAtWork(queue) && queue.status !== 'completed' && queue.identity !== last)
    .reduce<Ledger>((before, { name }) => recordStop(before, name, stop), learnt);
}

async function desiredVersion(
  event: DeployEvent, input: LabelingQueueInput, id: string, identity: string, before: Ledger, caller: Caller, ports: Ports,
): Promise<DesiredVersion> {
  const revision = queueRevision(input.spec.settings);
  const replaces = event.RequestType === 'Update' ? event.PhysicalResourceId : undefined;
  const previous = before.desired?.identity ?? (replaces === undefined ? undefined : parseResourceId(replaces)?.identity);
  const sameIdentity = previous === undefined || previous === identity;
  const known = before.generations.filter((one) => one.identity === identity && one.arn !== undefined);
  const wasHere = known.some((one) => one.revision === revision);
  return {
    requestId: event.RequestId,
    id,
    identity,
    revision,
    request: { ...input.spec },
    tags: {},
    labelsOnlyUnlabeled: true,
    overlap: false,
    replaces,
    mayReplaceLabels: sameIdentity ? before.desired?.mayReplaceLabels ?? false
      : known.length > 0 || await allowedToReplace(input, previous, before, caller, ports),
    returning: event.RequestType === 'Update' && (sameIdentity ? wasHere && before.desired?.revision !== revision : known.length > 0),
  };
}

/** Another identity on images that are labeled is refused, unless the user says `relabel`. */
async function allowedToReplace(input: LabelingQueueInput, previous: string, before: Ledger, caller: Caller, ports: Ports): Promise<boolean> {
  if (input.relabel !== undefined && input.relabel !== before.relabel) return true;
  // the planner will say what a report should say
  if (input.mode === 'REPORT_ONLY') return false;
  const { queues } = await observe(await sightOf(caller, queuePlacesIn(before), input.nameBase, [previous], ports.now()), before);
  const refusal = queueReplacementRefusal(queues.filter((queue) => queue.identity === previous));
  if (refusal !== undefined) throw new UserError(refusal);
  return false;
}

import { DeployEvent, ledgerKey, ownerOf } from './events';
import { observe } from './observe';
import { Ports } from './ports';
import { refuseSuperseded, updateLedger } from '../shared/ledger-session';
import { unsettled } from './streaming/settle-ended';
import { decodeLabelingJobProperties, LabelingJobInput } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { identityHash, revisionHash } from '../../src/model/groundtruth/identity';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { hasEnded } from '../../src/model/job-state';
import { DesiredVersion, emptyLedger, Ledger } from '../../src/model/ledger';
import { askForReport, desire, learn, recordStop, standing } from '../../src/model/ledger-transitions';
import { identityChangeRefusal } from '../../src/model/reconcile';
import { OnEventResponse, stackGuid } from '../shared/custom-resource';
import { UserError } from '../shared/errors';
import { fromFormerBucket, leaveFormerBucket } from '../shared/former-bucket';
import { log } from '../shared/log';
import { StoredLedger } from '../shared/ports';

/**
 * A Create or Update: checks, writes the ledger and returns the id. It creates and stops nothing, because a failure here would
 * hide the resource: CDK swallows the Delete after a Create that throws before it has an id.
 */
export async function onDeploy(event: DeployEvent, ports: Ports): Promise<OnEventResponse> {
  const input = decodeLabelingJobProperties(event.ResourceProperties);
  const identity = identityHash(input.identity, stackGuid(event.StackId));
  const id = resourceId(input.nameBase, identity);
  const reportOnly = input.mode === 'REPORT_ONLY';
  if (!parseResourceId(id)) throw new UserError(`NameBase: ${JSON.stringify(input.nameBase)} does not have the form of a job's name`);

  await updateLedger(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, async (stored) => {
    const before = await formerLedger(event, input, stored, ports);
    refuseSuperseded(before, event.RequestId);
    // the same event again: CloudFormation and the framework both repeat
    if (standing(before, event.RequestId) === 'newest') return before;
    const desired = await desiredVersion(event, input, id, identity, before, ports);
    const request = { id: event.RequestId, type: event.RequestType, at: ports.now() };
    return reportOnly ? askForReport(before, request, desired) : desire(before, request, desired, input.relabel);
  });
  await leaveFormerBucket(event, input, ports);
  // what is only reported replaces nothing
  return { PhysicalResourceId: reportOnly && event.RequestType === 'Update' ? event.PhysicalResourceId : id, StartedAt: ports.now() };
}

/** The ledger as it stands, as it comes from a former state bucket, or as names and tags show it. */
async function formerLedger(event: DeployEvent, input: LabelingJobInput, stored: StoredLedger | undefined, ports: Ports): Promise<Ledger> {
  const moved = await fromFormerBucket(event, input, stored?.ledger, ports);
  if (moved) return moved;
  if (stored && stored.ledger.movedTo === undefined) return stored.ledger;
  return rebuild(event, input, ports);
}

async function rebuild(event: DeployEvent, input: LabelingJobInput, ports: Ports): Promise<Ledger> {
  const empty = emptyLedger(ownerOf(event));
  const found = await observe(ports, empty, input.nameBase);
  if (found.length > 0) log('the ledger is rebuilt from names and tags', { jobs: found.map((job) => job.name) });
  const learnt = { ...learn(empty, found.map(unsettled)), relabel: event.RequestType === 'Update' ? event.OldResourceProperties.Relabel : undefined };
  // who ended a job is lost with the ledger, but a resource that is made again wants its jobs to go on, and jobs of another
  // identity than the last one ended when they were replaced: neither was a person's wish
  const last = event.RequestType === 'Update' ? parseResourceId(event.PhysicalResourceId)?.identity : undefined;
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'found ended when the ledger was rebuilt' };
  return found.filter((one) => one.state !== undefined && hasEnded(one.state) && one.identity !== last)
    .reduce<Ledger>((ledger, one) => recordStop(ledger, one.name, stop), learnt);
}

async function desiredVersion(
  event: DeployEvent, input: LabelingJobInput, id: string, identity: string, before: Ledger, ports: Ports,
): Promise<DesiredVersion> {
  const revision = revisionHash(input.revision);
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
    request: input.request,
    tags: input.tags,
    labelsOnlyUnlabeled: input.labelsOnlyUnlabeled,
    overlap: input.overlap,
    replaces,
    resume: input.resume,
    desiredState: input.desiredState,
    adopt: input.adopt,
    ...(input.awaitsInput && { awaitsInput: true }),
    stream: input.stream,
    mayReplaceLabels: sameIdentity ? before.desired?.mayReplaceLabels ?? false
      : known.length > 0 || await allowedToReplace(input, previous, before, ports),
    returning: event.RequestType === 'Update' && (sameIdentity ? wasHere && before.desired?.revision !== revision : known.length > 0),
  };
}

/** Another identity on a job that has labels is refused, unless the user says `relabel`. */
async function allowedToReplace(input: LabelingJobInput, previous: string, before: Ledger, ports: Ports): Promise<boolean> {
  if (input.relabel !== undefined && input.relabel !== before.relabel) return true;
  // the planner will say what a report should say
  if (input.mode === 'REPORT_ONLY') return false;
  const jobs = await observe(ports, before, input.nameBase);
  const refusal = identityChangeRefusal(jobs.filter((job) => job.identity === previous));
  if (refusal !== undefined) throw new UserError(refusal);
  return false;
}

import { type DeployEvent, ledgerKey, ownerOf } from './events';
import { sightOf } from './look';
import { observe } from './observe';
import type { Ports } from './ports';
import { type Awaiting, type Resolved, resolveGroup } from './resolve';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { type DesiredVersion, emptyLedger, type Ledger } from '../../src/model/ledger';
import { askForReport, desire, recordStop, standing } from '../../src/model/ledger-transitions';
import { isEnded } from '../../src/model/supervisely/group-job';
import { isAnswered, placesIn } from '../../src/model/supervisely/group-ledger';
import { settingsRevision, workIdentity } from '../../src/model/supervisely/group-spec';
import { titleProblems } from '../../src/model/supervisely/job-names';
import { identityChangeRefusal } from '../../src/model/supervisely/plan-group';
import { decodeLabelingJobProperties, type LabelingJobInput } from '../../src/supervisely/private/labeling-job-decoding-contract';
import { type OnEventResponse, stackGuid } from '../shared/custom-resource';
import { isTransient, UserError } from '../shared/errors';
import { fromFormerBucket, leaveFormerBucket } from '../shared/former-bucket';
import { refuseSuperseded, updateLedger } from '../shared/ledger-session';
import { log } from '../shared/log';
import type { StoredLedger } from '../shared/ports';
import type { Caller } from '../shared/supervisely/client';

/**
 * A Create or Update: checks against the server, writes the ledger and returns the id. It makes and stops nothing, because a failure here would
 * hide the resource: CDK swallows the Delete after a Create that throws before it has an id.
 */
export async function onDeploy(event: DeployEvent, ports: Ports): Promise<OnEventResponse> {
  const input = decodeLabelingJobProperties(event.ResourceProperties);
  const identity = workIdentity(input.spec, stackGuid(event.StackId));
  const id = resourceId(input.nameBase, identity);
  refuseNames(input, id);
  const caller = ports.connect(input.connection);
  // a wrong token, an unknown team, dataset or login: found before anything is written, but a rollback is not refused for it
  const resolved = await resolveGroup(caller, input.spec, ports.imports).catch((error: unknown) => {
    if (event.RequestType === 'Create' || isTransient(error)) throw error;
    return error as Error;
  });

  const reportOnly = input.mode === 'REPORT_ONLY';
  await updateLedger(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, async (stored) => {
    const before = await formerLedger(event, input, stored, resolved, caller, ports);
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

function refuseNames({ nameBase, spec }: LabelingJobInput, id: string): void {
  if (!parseResourceId(id)) throw new UserError(`NameBase: ${JSON.stringify(nameBase)} does not have the form of a job's name`);
  const problems = titleProblems(spec.settings.title, `${id}-r1000000`);
  if (problems.length > 0) throw new UserError(problems.join('; '));
}

/** The ledger as it stands, as it comes from a former state bucket, or as names and custom data show it. */
async function formerLedger(
  event: DeployEvent, input: LabelingJobInput, stored: StoredLedger | undefined, resolved: Resolved | Awaiting | Error, caller: Caller, ports: Ports,
): Promise<Ledger> {
  const moved = await fromFormerBucket(event, input, stored?.ledger, ports);
  if (moved) return moved;
  if (stored && stored.ledger.movedTo === undefined) return stored.ledger;
  if (resolved instanceof Error) throw resolved;
  return rebuild(event, input, resolved, caller, ports);
}

/** Looks through the whole team: jobs of a former declaration may be on another dataset. */
async function rebuild(event: DeployEvent, input: LabelingJobInput, { team }: Resolved | Awaiting, caller: Caller, ports: Ports): Promise<Ledger> {
  const empty = emptyLedger(ownerOf(event));
  // jobs on a dataset that is still being made are none
  if (!team) return empty;
  const sight = await sightOf(caller, [{ teamId: team.id, datasetId: 0 }], input.nameBase, ports.now());
  const { ledger, jobs } = await observe(sight, empty);
  if (jobs.length > 0) log('the ledger is rebuilt from names and custom data', { jobs: jobs.map(({ name }) => name) });
  // who ended a job is lost with the ledger, but a resource that is made again wants its jobs to go on, and jobs of another identity than
  // the last one ended when they were replaced: neither was a person's wish
  const last = event.RequestType === 'Update' ? parseResourceId(event.PhysicalResourceId)?.identity : undefined;
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'found ended when the ledger was rebuilt' };
  const learnt = { ...ledger, relabel: event.RequestType === 'Update' ? event.OldResourceProperties.Relabel : undefined };
  return jobs.filter((job) => isEnded(job) && job.status !== 'completed' && job.identity !== last)
    .reduce<Ledger>((before, { name }) => recordStop(before, name, stop), learnt);
}

async function desiredVersion(
  event: DeployEvent, input: LabelingJobInput, id: string, identity: string, before: Ledger, caller: Caller, ports: Ports,
): Promise<DesiredVersion> {
  const revision = settingsRevision(input.spec.settings);
  const replaces = event.RequestType === 'Update' ? event.PhysicalResourceId : undefined;
  const previous = before.desired?.identity ?? (replaces === undefined ? undefined : parseResourceId(replaces)?.identity);
  const sameIdentity = previous === undefined || previous === identity;
  const known = before.generations.filter((one) => one.identity === identity && isAnswered(one));
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

/** Another identity on images that are finished is refused, unless the user says `relabel`. */
async function allowedToReplace(input: LabelingJobInput, previous: string, before: Ledger, caller: Caller, ports: Ports): Promise<boolean> {
  if (input.relabel !== undefined && input.relabel !== before.relabel) return true;
  // the planner will say what a report should say
  if (input.mode === 'REPORT_ONLY') return false;
  const { jobs } = await observe(await sightOf(caller, placesIn(before), input.nameBase, ports.now()), before);
  const refusal = identityChangeRefusal(jobs.filter((job) => job.identity === previous));
  if (refusal !== undefined) throw new UserError(refusal);
  return false;
}

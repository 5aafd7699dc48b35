import { type DeployFleetEvent, ledgerKey, ownerOf, statePrefix } from './events';
import { copyPages } from './former-files';
import { ImagePages } from './image-pages';
import { observeFleet } from './observe';
import type { Ports } from './ports';
import { type AwaitingFleet, isAwaiting, resolveFleet, type ResolvedFleet } from './resolve';
import { parseResourceId, resourceId } from '../../src/model/groundtruth/names';
import { type DesiredVersion, emptyLedger, type Ledger } from '../../src/model/ledger';
import { askForReport, desire, recordStop, standing } from '../../src/model/ledger-transitions';
import { fleetIdentity, rosterHash } from '../../src/model/supervisely/fleet/fleet-spec';
import { fleetChangeRefusal } from '../../src/model/supervisely/fleet/plan-fleet';
import { isEnded } from '../../src/model/supervisely/group-job';
import { jobIdOf, placesIn } from '../../src/model/supervisely/group-ledger';
import { hash, settingsRevision } from '../../src/model/supervisely/group-spec';
import { titleProblems } from '../../src/model/supervisely/job-names';
import { decodeJobFleetProperties, type JobFleetInput } from '../../src/supervisely/private/job-fleet-decoding-contract';
import { type OnEventResponse, stackGuid } from '../shared/custom-resource';
import { isTransient, UserError } from '../shared/errors';
import { fromFormerBucket, leaveFormerBucket } from '../shared/former-bucket';
import { refuseSuperseded, updateLedger } from '../shared/ledger-session';
import { log } from '../shared/log';
import type { StoredLedger } from '../shared/ports';
import type { Caller } from '../shared/supervisely/client';
import { sightOf } from '../supervisely-labeling-job/look';

type Resolution = ResolvedFleet | AwaitingFleet | Error;

/** A Create or Update: checks against the server, writes the ledger and returns the id. It makes and stops nothing, as in `LabelingJob`. */
export async function onDeployFleet(event: DeployFleetEvent, ports: Ports): Promise<OnEventResponse> {
  const input = decodeJobFleetProperties(event.ResourceProperties);
  const identity = fleetIdentity(input.spec, stackGuid(event.StackId));
  const id = resourceId(input.nameBase, identity);
  refuseNames(input, id);
  const caller = ports.connect(input.connection);
  // a wrong token, an unknown team, dataset or login: found before anything is written, but a rollback is not refused for it
  const resolved: Resolution = await resolveFleet(caller, input.spec, ports, 'refused').catch((error: unknown) => {
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

/** Whether an Update asks for what was deployed last: CloudFormation does not say that an Update is a rollback. */
export function declarationHash({ spec }: Pick<JobFleetInput, 'spec'>): string {
  return hash(spec);
}

function refuseNames({ nameBase, spec }: JobFleetInput, id: string): void {
  if (!parseResourceId(id)) throw new UserError(`NameBase: ${JSON.stringify(nameBase)} does not have the form of a job's name`);
  const problems = titleProblems(spec.settings.title, `${id}-r1000000`);
  if (problems.length > 0) throw new UserError(problems.join('; '));
}

/** The ledger as it stands, as it comes from a former state bucket, or as names and custom data show it. */
async function formerLedger(
  event: DeployFleetEvent, input: JobFleetInput, stored: StoredLedger | undefined, resolved: Resolution, caller: Caller, ports: Ports,
): Promise<Ledger> {
  const moved = await fromFormerBucket(event, input, stored?.ledger, ports);
  if (moved) {
    await copyPages(event, ports.filesAt(input.stateBucket, statePrefix(ownerOf(event))), ports);
    return moved;
  }
  if (stored && stored.ledger.movedTo === undefined) return stored.ledger;
  if (resolved instanceof Error) throw resolved;
  return isAwaiting(resolved) ? emptyLedger(ownerOf(event)) : rebuild(event, input, resolved, caller, ports);
}

/** Looks through the whole team. Who ended a job is lost with the ledger: it counts as a person's, but on a Create, which wants its jobs to go on. */
async function rebuild(event: DeployFleetEvent, input: JobFleetInput, { team, labelers }: ResolvedFleet, caller: Caller, ports: Ports): Promise<Ledger> {
  const empty = emptyLedger(ownerOf(event));
  const sight = await sightOf(caller, [{ teamId: team.id, datasetId: 0 }], input.nameBase, ports.now());
  const { ledger, jobs } = await observeFleet(sight, empty, new ImagePages(ports.filesAt(input.stateBucket, statePrefix(ownerOf(event)))));
  // a fleet without jobs has nobody to stop
  if (jobs.length === 0) return { ...ledger, fleet: { levelledFor: rosterHash(labelers) } };
  log('the ledger is rebuilt from names and custom data', { jobs: jobs.map(({ name }) => name) });
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'found ended when the ledger was rebuilt' };
  const learnt = { ...ledger, relabel: event.RequestType === 'Update' ? event.OldResourceProperties.Relabel : undefined };
  // of a job that is stopped nobody knows why; its images go on, for the resource is declared and wants them labeled
  return jobs.filter((job) => isEnded(job) && job.status !== 'completed').reduce<Ledger>((before, { name }) => recordStop(before, name, stop), learnt);
}

async function desiredVersion(
  event: DeployFleetEvent, input: JobFleetInput, id: string, identity: string, before: Ledger, caller: Caller, ports: Ports,
): Promise<DesiredVersion> {
  const replaces = event.RequestType === 'Update' ? event.PhysicalResourceId : undefined;
  const previous = before.desired?.identity ?? (replaces === undefined ? undefined : parseResourceId(replaces)?.identity);
  const sameIdentity = previous === undefined || previous === identity;
  const known = before.generations.filter((one) => one.identity === identity && jobIdOf(one) !== undefined);
  return {
    requestId: event.RequestId,
    id,
    identity,
    revision: settingsRevision(input.spec.settings),
    request: { ...input.spec },
    tags: {},
    labelsOnlyUnlabeled: true,
    overlap: false,
    replaces,
    mayReplaceLabels: sameIdentity ? before.desired?.mayReplaceLabels ?? false
      : known.length > 0 || await allowedToReplace(event, input, previous, before, caller, ports),
    returning: event.RequestType === 'Update' && before.fleet?.deployed === declarationHash(input),
  };
}

/** Another identity on images that are finished is refused, unless the user says `relabel`. */
async function allowedToReplace(
  event: DeployFleetEvent, input: JobFleetInput, previous: string, before: Ledger, caller: Caller, ports: Ports,
): Promise<boolean> {
  if (input.relabel !== undefined && input.relabel !== before.relabel) return true;
  // the planner will say what a report should say
  if (input.mode === 'REPORT_ONLY') return false;
  const pages = new ImagePages(ports.filesAt(input.stateBucket, statePrefix(ownerOf(event))));
  const { jobs } = await observeFleet(await sightOf(caller, placesIn(before), input.nameBase, ports.now()), before, pages);
  const refusal = fleetChangeRefusal(jobs.filter((job) => job.identity === previous));
  if (refusal !== undefined) throw new UserError(refusal);
  return false;
}

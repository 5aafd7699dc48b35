import { ledgerKey, ownerOf, type RemoveFleetEvent, statePrefix, type Waiting } from './events';
import type { Ports } from './ports';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { type DeleteScope, emptyLedger } from '../../src/model/ledger';
import { recordStop } from '../../src/model/ledger-transitions';
import type { GroupJob } from '../../src/model/supervisely/group-job';
import { type JobPlace, placesIn } from '../../src/model/supervisely/group-ledger';
import { type GroupRemovalPlan, planGroupRemoval } from '../../src/model/supervisely/plan-group-removal';
import { decodeJobFleetRemoval, type JobFleetRemoval } from '../../src/supervisely/private/job-fleet-decoding-contract';
import { mapBounded } from '../shared/bounded';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isTransient } from '../shared/errors';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';
import { lookAgain, removalNow } from '../shared/removal';
import type { Caller } from '../shared/supervisely/client';
import { findDataset } from '../shared/supervisely/datasets';
import { isAbsent } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';
import { sightOf } from '../supervisely-labeling-job/look';
import { observe } from '../supervisely-labeling-job/observe';

const DONE: IsCompleteResponse = { IsComplete: true };
const AT_ONCE = 4;

/** Waits for the lease, ends what the Delete is about, looks again, and removes the fleet's objects and the ledger last. */
export async function removeFleetComplete(event: Waiting<RemoveFleetEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const removal = decodeJobFleetRemoval(event.ResourceProperties);
  const session = await openSession(event, removal, ports);
  if (session === 'busy') return lookAgain(event, removal, ports, 'another writer to finish');
  if (session === 'absent') return removeUnrecorded(event, removal, ports);
  try {
    return await removeRecorded(event, removal, session, ports);
  } finally {
    await session.close();
  }
}

async function openSession(event: RemoveFleetEvent, { stateBucket }: JobFleetRemoval, ports: Ports): Promise<LedgerSession | 'busy' | 'absent'> {
  if (stateBucket === '') return 'absent';
  try {
    return await LedgerSession.open(ports.ledgerAt(stateBucket, ledgerKey(event)), ports, event.RequestId);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and custom data', error);
    return 'absent';
  }
}

async function removeRecorded(event: Waiting<RemoveFleetEvent>, removal: JobFleetRemoval, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const scope = session.ledger.requests.at(-1)!.scope!;
  if (scope.kind === 'nothing') return DONE;
  // where nothing was ever to be made, nothing is to be removed: not even the server is needed, which may be why nothing was
  const response = session.ledger.generations.length === 0 ? DONE : await end(event, removal, scope, session, ports);
  if (!response.IsComplete || scope.kind !== 'everything') return response;
  const files = ports.filesAt(removal.stateBucket, statePrefix(ownerOf(event)));
  const keys: string[] = [];
  for await (const key of files.keys('')) if (key !== 'ledger.json') keys.push(key);
  if (keys.length > 0) await files.remove(keys);
  await session.remove();
  return response;
}

async function end(
  event: Waiting<RemoveFleetEvent>, removal: JobFleetRemoval, scope: DeleteScope, session: LedgerSession, ports: Ports,
): Promise<IsCompleteResponse> {
  if (isUntouched(removal)) return DONE;
  const caller = ports.connect(removal.connection);
  const sight = await sightOf(caller, placesIn(session.ledger), removal.nameBase, ports.now());
  const seen = await observe(sight, session.ledger);
  await session.commit(() => seen.ledger);
  const plan = planGroupRemoval(inScope(scope, seen.jobs), removalNow(event, removal, ports));
  const stop = { at: ports.now(), requestId: event.RequestId, why: 'its resource is deleted' };
  await session.commit((ledger) => plan.stop.reduce((before, { name }) => recordStop(before, name, stop), ledger));
  await carryOutRemoval(plan, seen.twins, sight.jobs);
  return plan.waitingFor.length === 0 ? DONE : lookAgain(event, removal, ports, `${plan.waitingFor.length} jobs to end`);
}

async function carryOutRemoval({ stop, archive, remove }: GroupRemovalPlan, twins: readonly number[], jobs: ServerJobs): Promise<void> {
  const eachOnce = (some: readonly GroupJob[], act: (id: number) => Promise<void>) => mapBounded(some, AT_ONCE, ({ jobId }) => act(jobId).catch((error) => {
    if (!isAbsent(error)) throw error;
  }));
  await eachOnce(stop, (id) => jobs.stop(id));
  await eachOnce(archive, (id) => jobs.archive(id));
  await jobs.remove([...remove.map(({ jobId }) => jobId), ...twins]);
  log('removal', { stopped: stop.length, archived: archive.length, removed: remove.length, twins });
}

function isUntouched({ mode }: JobFleetRemoval): boolean {
  if (mode === 'REPORT_ONLY') log('nothing is touched: the jobs stay as they are');
  return mode === 'REPORT_ONLY';
}

function inScope(scope: DeleteScope, jobs: readonly GroupJob[]): GroupJob[] {
  return jobs.filter((job) => scope.kind === 'everything' || (scope.kind === 'identity' && scope.identity === job.identity));
}

/** Without a ledger: what names and custom data show is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveFleetEvent>, removal: JobFleetRemoval, ports: Ports): Promise<IsCompleteResponse> {
  if (isUntouched(removal)) return DONE;
  try {
    const caller = ports.connect(removal.connection);
    const id = parseResourceId(event.PhysicalResourceId);
    const sight = await sightOf(caller, await teamsOf(caller, removal, ports), removal.nameBase || (id?.base ?? ''), ports.now());
    const { jobs, twins } = await observe(sight, emptyLedger(ownerOf(event)));
    const newest = [...jobs].sort((a, b) => b.jobId - a.jobId)[0]?.identity;
    const scope: DeleteScope = id === undefined || newest === undefined || newest === id.identity ? { kind: 'everything' } : { kind: 'identity', identity: id.identity };
    // whether a deployment has ever succeeded with them is not known: they count as if one had
    const known = inScope(scope, jobs).map((job) => ({ ...job, marks: { ...job.marks, deployed: 'true' } }));
    const plan = planGroupRemoval(known, removalNow(event, removal, ports));
    await carryOutRemoval(plan, twins, sight.jobs);
    return plan.waitingFor.length === 0 ? DONE : lookAgain(event, removal, ports, `${plan.waitingFor.length} jobs to end`);
  } catch (error) {
    if (isTransient(error)) throw error;
    // a Delete that fails blocks the stack, and there is nothing left by which the jobs could be found
    logError('the jobs were not found', error);
    return DONE;
  }
}

async function teamsOf(caller: Caller, { teamId, imageSets }: JobFleetRemoval, { imports }: Ports): Promise<JobPlace[]> {
  if (teamId !== undefined) return [{ teamId, datasetId: 0 }];
  for (const { dataset } of imageSets) {
    const imported = dataset.importRecord === undefined ? undefined : await imports.read(dataset.importRecord);
    if (imported) return [{ teamId: imported.teamId, datasetId: 0 }];
    if (dataset.importRecord === undefined) return [{ teamId: (await findDataset(caller, dataset, undefined)).teamId, datasetId: 0 }];
  }
  return [];
}

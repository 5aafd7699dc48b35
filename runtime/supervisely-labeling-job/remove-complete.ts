import { stopJob } from './carry-out';
import { ledgerKey, ownerOf, type RemoveEvent, type Waiting } from './events';
import { sightOf } from './look';
import { observe } from './observe';
import type { Ports } from './ports';
import { resolveGroup } from './resolve';
import { tellRemoval } from './tell-changes';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { type DeleteScope, emptyLedger } from '../../src/model/ledger';
import { type GroupJob, isEnded } from '../../src/model/supervisely/group-job';
import { placesIn } from '../../src/model/supervisely/group-ledger';
import { type GroupRemovalPlan, planGroupRemoval } from '../../src/model/supervisely/plan-group-removal';
import { decodeLabelingJobRemoval, type LabelingJobRemoval } from '../../src/supervisely/private/labeling-job-decoding-contract';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isTransient } from '../shared/errors';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';
import { lookAgain, removalNow } from '../shared/removal';
import { isAbsent } from '../shared/supervisely/errors';
import { ServerJobs } from '../shared/supervisely/jobs';

const DONE: IsCompleteResponse = { IsComplete: true };

/** Waits for the lease, ends what the Delete is about, looks again, and removes the ledger last. */
export async function removeComplete(event: Waiting<RemoveEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const removal = decodeLabelingJobRemoval(event.ResourceProperties);
  const session = await openSession(event, removal, ports);
  if (session === 'busy') return lookAgain(event, removal, ports, 'another writer to finish');
  if (session === 'absent') return removeUnrecorded(event, removal, ports);
  try {
    return await removeRecorded(event, removal, session, ports);
  } finally {
    await session.close();
  }
}

async function openSession(event: RemoveEvent, removal: LabelingJobRemoval, ports: Ports): Promise<LedgerSession | 'busy' | 'absent'> {
  if (removal.stateBucket === '') return 'absent';
  try {
    return await LedgerSession.open(ports.ledgerAt(removal.stateBucket, ledgerKey(event)), ports, event.RequestId);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and custom data', error);
    return 'absent';
  }
}

async function removeRecorded(event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const scope = session.ledger.requests.at(-1)!.scope!;
  if (scope.kind === 'nothing') return DONE;
  // where nothing was ever to be made, nothing is to be removed: not even the server is needed, which may be why nothing was
  const response = session.ledger.generations.length === 0 ? DONE : await end(event, removal, scope, session, ports);
  if (response.IsComplete && scope.kind === 'everything') await session.remove();
  return response;
}

async function end(
  event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, scope: DeleteScope, session: LedgerSession, ports: Ports,
): Promise<IsCompleteResponse> {
  if (isUntouched(removal)) return DONE;
  const caller = ports.connect(removal.connection);
  const sight = await sightOf(caller, placesIn(session.ledger), removal.nameBase, ports.now());
  const seen = await observe(sight, session.ledger);
  await session.commit(() => seen.ledger);
  const plan = planGroupRemoval(inScope(scope, seen.jobs), removalNow(event, removal, ports));
  for (const job of plan.stop) await stopJob(job, 'its resource is deleted', sight.jobs, session, ports);
  await archiveAndRemove(plan, seen.twins, sight.jobs);
  if (scope.kind === 'everything') await tellEnds(plan, seen.jobs, session, ports);
  return plan.waitingFor.length === 0 ? DONE : lookAgain(event, removal, ports, `${plan.waitingFor.map(({ jobId }) => `job ${jobId}`).join(', ')} to end`);
}

/** Nobody will tell of the jobs any more; those that go on without their resource have not ended. */
async function tellEnds(plan: GroupRemovalPlan, jobs: readonly GroupJob[], session: LedgerSession, ports: Ports): Promise<void> {
  const left = jobs.filter((job) => !plan.stop.includes(job) && !plan.remove.includes(job));
  if (left.every(isEnded)) await tellRemoval(new Map(left.map(({ jobId, status }) => [jobId, status])), session, ports);
}

function isUntouched({ mode }: LabelingJobRemoval): boolean {
  if (mode === 'REPORT_ONLY') log('nothing is touched: the jobs stay as they are');
  return mode === 'REPORT_ONLY';
}

function inScope(scope: DeleteScope, jobs: readonly GroupJob[]): GroupJob[] {
  return jobs.filter((job) => scope.kind === 'everything' || (scope.kind === 'identity' && scope.identity === job.identity));
}

async function archiveAndRemove(
  { archive, remove }: { readonly archive: readonly GroupJob[]; readonly remove: readonly GroupJob[] }, twins: readonly number[], jobs: ServerJobs,
): Promise<void> {
  for (const { jobId } of archive) {
    await jobs.archive(jobId).catch((error) => {
      if (!isAbsent(error)) throw error;
    });
  }
  await jobs.remove([...remove.map(({ jobId }) => jobId), ...twins]);
  log('removal', { archived: archive.map(({ jobId }) => jobId), removed: remove.map(({ jobId }) => jobId), twins });
}

/** Without a ledger: what names and custom data show is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, ports: Ports): Promise<IsCompleteResponse> {
  if (isUntouched(removal)) return DONE;
  try {
    const id = parseResourceId(event.PhysicalResourceId);
    const caller = ports.connect(removal.connection);
    const { team } = await resolveGroup(caller, removal.spec, ports.imports);
    if (!team) return DONE;
    const sight = await sightOf(caller, [{ teamId: team.id, datasetId: 0 }], removal.nameBase || (id?.base ?? ''), ports.now());
    const { jobs, twins } = await observe(sight, emptyLedger(ownerOf(event)));
    const identity = id?.identity;
    const newest = [...jobs].sort((a, b) => b.jobId - a.jobId)[0]?.identity;
    const scope: DeleteScope = identity === undefined || newest === undefined || newest === identity ? { kind: 'everything' } : { kind: 'identity', identity };
    // whether a deployment has ever succeeded with them is not known: they count as if one had
    const known = inScope(scope, jobs).map((job) => ({ ...job, marks: { ...job.marks, deployed: 'true' } }));
    const plan = planGroupRemoval(known, removalNow(event, removal, ports));
    for (const { jobId } of plan.stop) await sight.jobs.stop(jobId);
    await archiveAndRemove(plan, twins, sight.jobs);
    return plan.waitingFor.length === 0 ? DONE : lookAgain(event, removal, ports, `${plan.waitingFor.length} jobs to end`);
  } catch (error) {
    if (isTransient(error)) throw error;
    // a Delete that fails blocks the stack, and there is nothing left by which the jobs could be found
    logError('the jobs were not found', error);
    return DONE;
  }
}

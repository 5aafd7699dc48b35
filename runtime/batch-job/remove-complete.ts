import { cancelGeneration, cancelJob, foreignOwner } from './carry-out';
import { RemoveEvent } from './events';
import { observe, ObservedJob, search, unanswered } from './observe';
import { Ports } from './ports';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { emptyLedger, GenerationRecord, Ledger } from '../../src/model/ledger';
import { learn, recordRelease } from '../../src/model/ledger-transitions';
import { isSettled } from '../../src/model/plan';
import { inScope, onlyStopping, planRemoval, scopeWithoutLedger } from '../../src/model/removal';
import { traitsOf } from '../../src/model/system-traits';
import { BatchJobRemoval, decodeBatchJobRemoval } from '../../src/s3batch/private/batch-job-decoding-contract';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { UserError } from '../shared/errors';
import { ledgerKey, ownerOf, Waiting } from '../shared/job-resource';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';

const DONE: IsCompleteResponse = { IsComplete: true };
const AGAIN: IsCompleteResponse = { IsComplete: false };

/** How long a job whose making was not answered may take until the listing shows it. */
const LISTING_PATIENCE_MS = 60_000;
/** From then on a job's manifest is not read any more. */
const NOT_YET_READ: readonly string[] = ['New', 'Preparing'];

type Cancel = (job: ObservedJob, why: string) => Promise<void>;

/** Waits for the lease, ends what the Delete is about, looks again, and removes the ledger last. */
export async function removeComplete(event: Waiting<RemoveEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const removal = decodeBatchJobRemoval(event.ResourceProperties);
  const session = await openSession(event, removal, ports);
  if (session === 'busy') return again(event, removal, ports, ['another writer to finish'], []);
  if (session === 'absent') return removeUnrecorded(event, removal, ports);
  try {
    return await removeRecorded(event, removal, session, ports);
  } finally {
    await session.close();
  }
}

async function openSession(event: RemoveEvent, removal: BatchJobRemoval, ports: Ports): Promise<LedgerSession | 'busy' | 'absent'> {
  if (removal.stateBucket === '') return 'absent';
  try {
    return await LedgerSession.open(ports.ledgerAt(removal.stateBucket, ledgerKey(event)), ports, event.RequestId);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by descriptions and tags', error);
    return 'absent';
  }
}

async function removeRecorded(event: Waiting<RemoveEvent>, removal: BatchJobRemoval, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const scope = session.ledger.requests.at(-1)!.scope!;
  if (scope.kind === 'nothing') return DONE;
  if (unanswered(session.ledger).length > 0) {
    const found = await search(ports, session.ledger, removal.nameBase);
    await session.commit((ledger) => learn(ledger, found));
    const open = unanswered(session.ledger).filter(({ intendedAt }) => ports.now() - intendedAt < LISTING_PATIENCE_MS);
    if (open.length > 0) return again(event, removal, ports, open.map(({ name }) => `S3 to show whether it has made ${name}`), []);
  }
  const seen = await observe(ports, session.ledger);
  await session.commit((ledger) => learn(ledger, seen));
  const hidden = notShownYet(session.ledger, seen, ports.now()).filter((job) => inScope(scope, job));
  if (hidden.length > 0) return again(event, removal, ports, hidden.map(({ name }) => `S3 to show ${name}`), []);
  const jobs = seen.filter((job) => inScope(scope, job));
  const response = await end(event, removal, jobs, ports, (job, why) => cancelOwn(job, why, session, ports));
  if (response.IsComplete && scope.kind === 'everything') {
    await removeManifests(removal, ports);
    await session.remove();
  }
  return response;
}

/** Jobs that S3 has just made: it may not know them for a moment, and whoever goes away then leaves them behind. */
function notShownYet({ generations }: Ledger, seen: readonly ObservedJob[], now: number): GenerationRecord[] {
  return generations.filter(({ name, arn, released, intendedAt }) => arn !== undefined && !released && now - intendedAt < LISTING_PATIENCE_MS
    && !seen.some((job) => job.name === name));
}

/** A job that somebody else's tags claim is left alone. A Delete does not fail for it: that would block the stack. */
async function cancelOwn(job: ObservedJob, why: string, session: LedgerSession, ports: Ports): Promise<void> {
  const owner = await foreignOwner(job, session, ports);
  if (owner === undefined) return cancelGeneration(job, why, session, ports);
  log('batch job is left alone, its tags say that it belongs to somebody else', { name: job.name, id: job.id, owner });
  await session.commit((ledger) => recordRelease(ledger, job.name));
}

/** Without a ledger: what descriptions and tags show is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveEvent>, removal: BatchJobRemoval, ports: Ports): Promise<IsCompleteResponse> {
  const id = parseResourceId(event.PhysicalResourceId);
  const empty: Ledger = emptyLedger(ownerOf(event), 's3batch');
  const seen = await search(ports, empty, removal.nameBase || (id?.base ?? ''));
  const scope = scopeWithoutLedger(id?.identity, seen);
  return end(event, removal, seen.filter((job) => inScope(scope, job)), ports, (job, why) => cancelJob(job, why, ports));
}

async function end(
  event: Waiting<RemoveEvent>, removal: BatchJobRemoval, jobs: readonly ObservedJob[], ports: Ports, cancel: Cancel,
): Promise<IsCompleteResponse> {
  const mode = removal.removalMode === 'RETAIN' ? 'RETAIN' : 'STOP';
  const plan = planRemoval(jobs, { mode, drained: true, drainThen: mode }, traitsOf({ system: 's3batch' }));
  if (plan.error !== undefined) throw new UserError(plan.error);
  plan.notes.forEach((note) => log('plan', { note }));
  for (const step of plan.steps) if (step.kind === 'stop') await cancel(jobs.find(({ name }) => name === step.name)!, step.why);
  const reading = mode === 'RETAIN' ? jobs.filter((job) => NOT_YET_READ.includes(job.status) && readsWritten(job, removal)) : [];
  if (reading.length > 0) return again(event, removal, ports, reading.map(({ name }) => `${name} to have read its manifest`), jobs);
  return isSettled(plan) ? DONE : again(event, removal, ports, plan.waitingFor, jobs);
}

function readsWritten({ manifest }: ObservedJob, { manifestBucket, manifestPrefix }: BatchJobRemoval): boolean {
  return manifest?.Location.ObjectArn.includes(`:::${manifestBucket}/${manifestPrefix}`) ?? false;
}

/** The resource's own objects go with it; those in a bucket of the user's stay beside the reports. */
async function removeManifests({ stateBucket, manifestBucket, manifestPrefix }: BatchJobRemoval, ports: Ports): Promise<void> {
  if (manifestBucket !== stateBucket || manifestPrefix === '') return;
  for await (const key of ports.files.keysUnder(manifestBucket, manifestPrefix)) await ports.files.remove({ bucket: manifestBucket, key });
}

/** A Delete that fails blocks the stack: once everything was told to stop, the service may be left alone with it. */
function again(
  event: Waiting<RemoveEvent>, removal: BatchJobRemoval, ports: Ports, waitingFor: readonly string[], jobs: readonly ObservedJob[],
): IsCompleteResponse {
  if (!isOver(event, removal.timeoutSeconds, ports)) return AGAIN;
  if (jobs.length > 0 && onlyStopping(jobs)) return DONE;
  throw timedOut(removal.timeoutSeconds, waitingFor.join(', '));
}

import { releaseJob } from './adopt-generation';
import { stopGeneration, stopJob } from './carry-out';
import { driftKey } from './drift-record';
import { ledgerKey, ownerOf, RemoveEvent, Waiting } from './events';
import { observe, ObservedJob } from './observe';
import { Ports } from './ports';
import { LedgerSession } from '../shared/ledger-session';
import { StreamPorts } from './streaming/ports';
import { settleEnded } from './streaming/settle-ended';
import { lookIfOpen, streamOf } from './streaming/stream-store';
import { decodeLabelingJobRemoval, LabelingJobRemoval } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { emptyLedger, Ledger } from '../../src/model/ledger';
import { learn } from '../../src/model/ledger-transitions';
import { isSettled } from '../../src/model/plan';
import { inScope, modeNow, onlyStopping, planRemoval, scopeWithoutLedger } from '../../src/model/removal';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { isTransient, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { BucketGone } from '../shared/ports';
import { removalNow, removalPatienceSeconds } from '../shared/removal';

const DONE: IsCompleteResponse = { IsComplete: true };
const AGAIN: IsCompleteResponse = { IsComplete: false };


/** Waits for the lease, ends what the Delete is about, looks again, and removes the ledger last. */
export async function removeComplete(event: Waiting<RemoveEvent>, ports: StreamPorts): Promise<IsCompleteResponse> {
  const removal = decodeLabelingJobRemoval(event.ResourceProperties);
  const session = await openSession(event, removal, ports);
  if (session === 'busy') return again(event, removal, ports, ['another writer to finish'], []);
  if (session === 'absent') return removeUnrecorded(event, removal, ports);
  try {
    return await removeRecorded(event, removal, session, ports);
  } finally {
    await session.close();
  }
}

async function openSession(event: RemoveEvent, removal: LabelingJobRemoval, ports: StreamPorts): Promise<LedgerSession | 'busy' | 'absent'> {
  if (removal.stateBucket === '') return 'absent';
  try {
    return await LedgerSession.open(ports.ledgerAt(removal.stateBucket, ledgerKey(event)), ports, event.RequestId);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('no ledger: the jobs are found by names and tags', error);
    return 'absent';
  }
}

async function removeRecorded(
  event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, session: LedgerSession, ports: StreamPorts,
): Promise<IsCompleteResponse> {
  const scope = session.ledger.requests.at(-1)!.scope!;
  if (scope.kind === 'nothing') return DONE;
  const seen = await settle(await observe(ports, session.ledger, removal.nameBase), session, removal, ports);
  await session.commit((ledger) => learn(ledger, seen));
  const jobs = await withOpen(seen.filter((job) => inScope(scope, job)), session.ledger, removal, ports);
  const response = await end(event, removal, jobs, ports, (name, why) => stopGeneration(name, why, session, ports));
  if (response.IsComplete && scope.kind === 'everything') {
    await ports.ledgerAt(removal.stateBucket, driftKey(ledgerKey(event))).remove();
    await session.remove();
  }
  return response;
}

/** Without a ledger: what names and tags show is ended, and the Delete succeeds. */
async function removeUnrecorded(event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, ports: StreamPorts): Promise<IsCompleteResponse> {
  const id = parseResourceId(event.PhysicalResourceId);
  const unrecorded = new Unrecorded(withoutLedger(event, removal, id?.identity ?? ''));
  const all = await observe(ports, unrecorded.ledger, removal.nameBase || (id?.base ?? ''));
  const scope = scopeWithoutLedger(id?.identity, all);
  const seen = await settle(all.filter((job) => inScope(scope, job)), unrecorded, removal, ports);
  return end(event, removal, await withOpen(seen, unrecorded.ledger, removal, ports), ports, (name, why) => stopJob(name, why, ports));
}

/** The ledger of one poll, which nobody reads after it. */
class Unrecorded {
  constructor(public ledger: Ledger) {}

  async commit(change: (ledger: Ledger) => Ledger): Promise<void> {
    this.ledger = change(this.ledger);
  }
}

/** What ended streaming jobs left behind is removed, or stays where that is refused: a Delete that fails blocks the stack. */
async function settle(
  jobs: readonly ObservedJob[], session: Unrecorded | LedgerSession, removal: LabelingJobRemoval, ports: StreamPorts,
): Promise<ObservedJob[]> {
  if (removal.mode === 'REPORT_ONLY') return [...jobs];
  try {
    return await settleEnded(jobs, session, ports, removal.stream);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    logError('a queue stays where it is', error);
    return [...jobs];
  }
}

async function withOpen(
  jobs: readonly ObservedJob[], ledger: Ledger, { removalMode, stream }: LabelingJobRemoval, ports: StreamPorts,
): Promise<ObservedJob[]> {
  return removalMode === 'DRAIN' ? Promise.all(jobs.map((job) => lookIfOpen(job, streamOf(ledger, job, stream), ports))) : [...jobs];
}

/** An adopted job is not found by our names: the declaration knows it. */
function withoutLedger(event: RemoveEvent, { adopt: name }: LabelingJobRemoval, identity: string): Ledger {
  const empty = emptyLedger(ownerOf(event));
  if (name === undefined) return empty;
  const adopted = { name, identity, generation: 1, revision: '', requestId: event.RequestId, intendedAt: 0, tags: {}, adopted: true } as const;
  return { ...empty, generations: [adopted] };
}

type Stop = (name: string, why: string) => Promise<void>;

async function end(
  event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, jobs: readonly ObservedJob[], ports: StreamPorts, stop: Stop,
): Promise<IsCompleteResponse> {
  if (removal.mode === 'REPORT_ONLY') {
    log('nothing is touched: the jobs stay as they are', { jobs: jobs.map((job) => job.name) });
    return DONE;
  }
  const how = removalNow(event, removal, ports);
  const plan = planRemoval(jobs, how);
  if (plan.error !== undefined) throw new UserError(plan.error);
  plan.notes.forEach((note) => log('plan', { note }));
  for (const step of plan.steps) if (step.kind === 'stop') await stop(step.name, step.why);
  if (!isSettled(plan)) return again(event, removal, ports, plan.waitingFor, jobs);
  if (modeNow(how) === 'RETAIN') await releaseJobs(jobs, ports);
  return DONE;
}

/** What is left to itself may be taken over by whoever declares it. A Delete does not fail for a tag: that would block the stack. */
export async function releaseJobs(jobs: ReadonlyArray<Pick<ObservedJob, 'name' | 'arn'>>, ports: Ports): Promise<void> {
  for (const { name, arn } of jobs) {
    try {
      await releaseJob(arn, 'its resource is deleted', ports);
    } catch (error) {
      if (isTransient(error)) throw error;
      logError(`${name} keeps the tags of its owner`, error);
    }
  }
}

/** A Delete that fails blocks the stack: once everything was told to stop, the service may be left alone with it. */
function again(
  event: Waiting<RemoveEvent>, removal: LabelingJobRemoval, ports: StreamPorts, waitingFor: readonly string[], jobs: readonly ObservedJob[],
): IsCompleteResponse {
  const patience = removalPatienceSeconds(removal);
  if (!isOver(event, patience, ports)) return AGAIN;
  if (jobs.length > 0 && onlyStopping(jobs)) return DONE;
  throw timedOut(patience, waitingFor.join(', '));
}

import { attributes } from './attributes';
import { createGeneration } from './create-generation';
import { isOver, timedOut } from './deadline';
import { DeployEvent, ledgerKey, Waiting } from './events';
import { clearFormerBucket } from './former-bucket';
import { LedgerSession, Writer } from './ledger-session';
import { newestOf, ObservedJob, observe, withLeftovers } from './observe';
import { Ports } from './ports';
import { decodeLabelingJobProperties, LabelingJobInput } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { JobState } from '../../src/model/job-state';
import { learn, recordStop, recordTags } from '../../src/model/ledger-transitions';
import { isSettled, Plan, Step } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';
import { IsCompleteResponse } from '../shared/custom-resource';
import { errorMessage, errorName, isNotFound, isTransient, UserError } from '../shared/errors';
import { log, logError } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer: look, plan, act, write down; and look again until the job is accepted. */
export async function deployComplete(event: Waiting<DeployEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const input = decodeLabelingJobProperties(event.ResourceProperties);
  const session = await LedgerSession.open(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, event.RequestId);
  if (session === 'absent') throw new UserError('superseded by a Delete, or the ledger was lost: without it nothing is created');
  if (session === 'busy') return again(event, input, ports, 'another writer to finish');
  try {
    const response = await write(event, input, session, ports);
    if (response.IsComplete) await clearFormerBucket(event, input, ports);
    return response;
  } finally {
    await session.close();
  }
}

async function write(event: Waiting<DeployEvent>, input: LabelingJobInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const desired = session.ledger.desired!;
  const seen = await observe(ports, session.ledger, input.nameBase);
  await session.commit((ledger) => learn(ledger, seen));
  const jobs = await withLeftovers(ports, session.ledger, seen);
  const plan = reconcile(session.ledger, jobs);
  const newest = newestOf(jobs, desired.identity);
  try {
    if (plan.error !== undefined) throw new UserError(plan.error);
    await carryOut(plan, jobs, session, ports);
    if (!isSettled(plan)) return again(event, input, ports, plan.waitingFor.join(', ') || 'the job to start');
    return accepted(event, input, newest!, plan, session, ports);
  } catch (error) {
    if (!desired.returning || isTransient(error) || error instanceof LedgerConflict) throw error;
    // a rollback that fails leaves a stack that nobody can update
    logError('the return to a former version goes on at the next reconcile', error);
    return done(newest, [...plan.notes, `goes on at the next reconcile: ${errorMessage(error)}`]);
  }
}

async function carryOut(plan: Plan, jobs: readonly ObservedJob[], session: LedgerSession, ports: Ports): Promise<void> {
  plan.notes.forEach((note) => log('plan', { note }));
  for (const step of plan.steps) await carryOutStep(step, jobs, session, ports);
}

export async function carryOutStep(step: Step, jobs: readonly ObservedJob[], session: Writer, ports: Ports): Promise<void> {
  switch (step.kind) {
    case 'create': return createGeneration(step, jobs, session, ports);
    case 'stop': return stopGeneration(step.name, step.why, session, ports);
    case 'tag': {
      const { arn } = jobs.find((job) => job.name === step.name)!;
      if (Object.keys(step.set).length > 0) await ports.jobs.addTags(arn, step.set);
      if (step.remove.length > 0) await ports.jobs.removeTags(arn, step.remove);
      const { tags } = session.ledger.desired!;
      return session.record((ledger) => recordTags(ledger, step.name, tags));
    }
    case 'adopt':
    case 'release':
      throw new Error(`${step.kind}: not yet`);
  }
}

export async function stopGeneration(name: string, why: string, session: Writer, ports: Ports): Promise<void> {
  const requestId = session.ledger.requests.at(-1)!.id;
  await session.commit((ledger) => recordStop(ledger, name, { at: ports.now(), requestId, why }));
  await stopJob(name, why, ports);
}

export async function stopJob(name: string, why: string, ports: Ports): Promise<void> {
  try {
    await ports.jobs.stop(name);
    log('labeling job is being stopped', { name, why });
  } catch (error) {
    // it ended in between: the next look shows how
    if (!isNotFound(error) && errorName(error) !== 'ValidationException') throw error;
    log('labeling job cannot be stopped, looking again', { name, reason: errorMessage(error) });
  }
}

/** Deployed means accepted by the service; never that people are done, unless the user asked to wait for that. */
function accepted(
  event: Waiting<DeployEvent>, input: LabelingJobInput, job: ObservedJob, plan: Plan, session: LedgerSession, ports: Ports,
): IsCompleteResponse {
  if (job.state === JobState.FAILED && job.requestId === event.RequestId) {
    throw new UserError(`${job.name} has failed: ${job.failureReason ?? 'the service gives no reason'}`);
  }
  const wantsMore = input.waitForStatus === 'Completed' && job.state === JobState.RUNNING;
  if (job.state === JobState.PENDING || wantsMore) return again(event, input, ports, `${job.name} to be ${input.waitForStatus}, it is ${job.status}`);
  log('accepted', { name: job.name, status: job.status, requests: session.ledger.requests.length });
  return done(job, plan.notes);
}

function done(job: ObservedJob | undefined, notes: readonly string[]): IsCompleteResponse {
  return { IsComplete: true, Data: attributes(job, notes) };
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployEvent>, input: LabelingJobInput, ports: Ports, waitingFor: string): IsCompleteResponse {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor);
  return AGAIN;
}

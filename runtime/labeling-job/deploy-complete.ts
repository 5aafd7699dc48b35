import { attributes } from './attributes';
import { ShownJob } from './awaited-input';
import { carryOut } from './carry-out';
import { driftNotes, recordDrift } from './drift-record';
import { DeployEvent, ledgerKey, Waiting } from './events';
import { look, Look, lookOnly } from './look';
import { ObservedJob } from './observe';
import { StreamPorts } from './streaming/ports';
import { decodeLabelingJobProperties, LabelingJobInput } from '../../src/groundtruth/private/labeling-job-decoding-contract';
import { JobState } from '../../src/model/job-state';
import { recordDeployed } from '../../src/model/ledger-transitions';
import { describeStep, isSettled } from '../../src/model/plan';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { clearFormerBucket } from '../shared/former-bucket';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { mayBeTooNew } from '../shared/patience';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer: look, plan, act, write down; and look again until the job is accepted. */
export async function deployComplete(event: Waiting<DeployEvent>, ports: StreamPorts): Promise<IsCompleteResponse> {
  const input = decodeLabelingJobProperties(event.ResourceProperties);
  const session = await LedgerSession.open(ports.ledgerAt(input.stateBucket, ledgerKey(event)), ports, event.RequestId);
  if (session === 'absent') throw new UserError('superseded by a Delete, or the ledger was lost: without it nothing is created');
  if (session === 'busy') return again(event, input, ports, 'another writer to finish');
  try {
    const response = session.ledger.reported ? await report(input, session, ports) : await write(event, input, session, ports);
    if (response.IsComplete) await clearFormerBucket(event, input, ports);
    return response;
  } finally {
    await session.close();
  }
}

/** REPORT_ONLY: the plan, and nothing else. */
async function report(input: LabelingJobInput, session: LedgerSession, ports: StreamPorts): Promise<IsCompleteResponse> {
  const { plan, newest, awaiting } = await lookOnly(session.ledger, input.nameBase, ports);
  const steps = plan.steps.map((step) => `would ${describeStep(step)}`);
  log('reported only', { ...plan });
  return done(newest ?? awaiting, [...plan.error === undefined ? [] : [`would fail: ${plan.error}`], ...steps, ...plan.notes]);
}

async function write(event: Waiting<DeployEvent>, input: LabelingJobInput, session: LedgerSession, ports: StreamPorts): Promise<IsCompleteResponse> {
  let seen: Look | undefined;
  try {
    seen = await look(session, input.nameBase, ports);
    const { plan, jobs, newest, awaiting } = seen;
    if (plan.error !== undefined) throw new UserError(plan.error);
    await carryOut(plan, jobs, session, ports);
    if (!isSettled(plan)) return again(event, input, ports, plan.waitingFor.join(', ') || 'the job to start');
    if (awaiting && input.waitForStatus === 'Completed') return again(event, input, ports, plan.notes.join(', '));
    if (!isAccepted(event, input, newest)) return again(event, input, ports, `${newest!.name} to be ${input.waitForStatus}, it is ${newest!.status}`);
    return await accepted(event, input, seen, session, ports);
  } catch (error) {
    if (!session.ledger.desired!.returning || isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports)) throw error;
    // a rollback that fails leaves a stack that nobody can update
    logError('the return to a former version goes on at the next reconcile', error);
    await session.record((ledger) => recordDeployed(ledger, event.RequestId));
    return done(seen?.newest, [...seen?.plan.notes ?? [], `goes on at the next reconcile: ${errorMessage(error)}`]);
  }
}

/** Deployed means accepted by the service; never that people are done, unless the user asked to wait for that. */
function isAccepted(event: Waiting<DeployEvent>, input: LabelingJobInput, job: ObservedJob | undefined): boolean {
  if (!job) return true;
  if (job.state === JobState.FAILED && job.requestId === event.RequestId) {
    throw new UserError(`${job.name} has failed: ${job.failureReason ?? 'the service gives no reason'}`);
  }
  return job.state !== JobState.PENDING && !(input.waitForStatus === 'Completed' && job.state === JobState.RUNNING);
}

async function accepted(
  event: Waiting<DeployEvent>, input: LabelingJobInput, { newest, awaiting, plan }: Look, session: LedgerSession, ports: StreamPorts,
): Promise<IsCompleteResponse> {
  const drift = await recordDrift(input.stateBucket, ledgerKey(event), session.ledger, newest?.name, ports);
  await session.record((ledger) => recordDeployed(ledger, event.RequestId));
  log('accepted', { name: newest?.name, status: newest?.status, drift: drift.length });
  return done(newest ?? awaiting, [...plan.notes, ...driftNotes(newest?.name, drift)], drift.length);
}

function done(job: ShownJob | undefined, notes: readonly string[], drift = 0): IsCompleteResponse {
  return { IsComplete: true, Data: attributes(job, notes, drift) };
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployEvent>, input: LabelingJobInput, ports: StreamPorts, waitingFor: string): IsCompleteResponse {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor);
  return AGAIN;
}

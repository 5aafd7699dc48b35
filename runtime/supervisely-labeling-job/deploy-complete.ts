import { attributes, newestJobs, recordedAttributes } from './attributes';
import { type DeployEvent, ledgerKey, type Waiting } from './events';
import { lookOnly } from './look';
import type { Ports } from './ports';
import { tellChange } from './tell-changes';
import { statuses, work, type Worked } from './work';
import { recordDeployed } from '../../src/model/ledger-transitions';
import { hasReached } from '../../src/model/supervisely/group-job';
import { mark } from '../../src/model/supervisely/group-ledger';
import { describeStep } from '../../src/model/supervisely/group-steps';
import { decodeLabelingJobProperties, type LabelingJobInput } from '../../src/supervisely/private/labeling-job-decoding-contract';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { clearFormerBucket } from '../shared/former-bucket';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { mayBeTooNew } from '../shared/patience';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer: look, plan, act, write down; and look again until the jobs are there, and have the status that is waited for. */
export async function deployComplete(event: Waiting<DeployEvent>, ports: Ports): Promise<IsCompleteResponse> {
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
async function report(input: LabelingJobInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const seen = await lookOnly(session.ledger, input.connection, ports);
  const { steps, notes, error } = seen.plan;
  log('reported only', { steps: steps.map(describeStep), notes, error });
  const texts = [...error === undefined ? [] : [`would fail: ${error}`], ...steps.map((step) => `would ${describeStep(step)}`), ...notes];
  return { IsComplete: true, Data: attributes(seen, texts) };
}

async function write(event: Waiting<DeployEvent>, input: LabelingJobInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  try {
    return await makeSo(event, input, session, ports);
  } catch (error) {
    if (!session.ledger.desired!.returning || isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports)) throw error;
    // a rollback that fails leaves a stack that nobody can update
    logError('the return to a former version goes on at the next reconcile', error);
    await session.record((ledger) => recordDeployed(ledger, event.RequestId));
    return { IsComplete: true, Data: recordedAttributes(session.ledger, [`goes on at the next reconcile: ${errorMessage(error)}`]) };
  }
}

async function makeSo(event: Waiting<DeployEvent>, input: LabelingJobInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const worked = await work(session, input.connection, ports);
  if (!worked.settled) return again(event, input, ports, 'the jobs to be as declared');
  await tellChange(worked.seen, session, ports);
  if (!isReached(input, worked)) return again(event, input, ports, `all jobs to be ${input.waitForStatus}: ${statuses(worked.seen)}`);
  const names = newestJobs(worked.seen).map(({ name }) => name);
  await session.record((ledger) => names.reduce((before, name) => mark(before, name, { deployed: 'true' }), recordDeployed(ledger, event.RequestId)));
  log('deployed', { jobs: statuses(worked.seen) });
  return { IsComplete: true, Data: attributes(worked.seen, worked.seen.plan.notes) };
}

/** Deployed means that the jobs are there; that people have come somewhere only if the user asked to wait for it. */
function isReached({ waitForStatus }: LabelingJobInput, { seen }: Worked): boolean {
  if (waitForStatus === undefined) return true;
  if (seen.awaiting) return false;
  const reached = newestJobs(seen).map((job) => ({ job, reached: hasReached(job.status, waitForStatus) }));
  const never = reached.find((one) => one.reached === 'never')?.job;
  if (never) throw new UserError(`the job ${never.jobId} is ${never.status} and will not be ${waitForStatus} by itself: ${statuses(seen)}`);
  return reached.every((one) => one.reached === 'yes');
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployEvent>, input: LabelingJobInput, ports: Ports, waitingFor: string): IsCompleteResponse {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor);
  return AGAIN;
}

import { attributes, newestQueue, recordedAttributes } from './attributes';
import type { DeployEvent } from './events';
import { lookOnly } from './look';
import type { Ports } from './ports';
import { work } from './work';
import { recordDeployed } from '../../src/model/ledger-transitions';
import { hasReached } from '../../src/model/supervisely/group-job';
import type { OwnQueue } from '../../src/model/supervisely/own-queue';
import { deployedWith } from '../../src/model/supervisely/queue-ledger';
import { describeQueueStep } from '../../src/model/supervisely/queue-steps';
import { decodeLabelingQueueProperties, type LabelingQueueInput } from '../../src/supervisely/private/labeling-queue-decoding-contract';
import type { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { clearFormerBucket } from '../shared/former-bucket';
import { ledgerKey, type Waiting } from '../shared/job-resource';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { mayBeTooNew } from '../shared/patience';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer: look, plan, act, write down; and look again until the queue is there, and has the status that is waited for. */
export async function deployComplete(event: Waiting<DeployEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const input = decodeLabelingQueueProperties(event.ResourceProperties);
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
async function report(input: LabelingQueueInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const seen = await lookOnly(session.ledger, input.connection, ports);
  const { steps, notes, error } = seen.plan;
  log('reported only', { steps: steps.map(describeQueueStep), notes, error });
  const texts = [...error === undefined ? [] : [`would fail: ${error}`], ...steps.map((step) => `would ${describeQueueStep(step)}`), ...notes];
  return { IsComplete: true, Data: attributes(seen, texts) };
}

async function write(event: Waiting<DeployEvent>, input: LabelingQueueInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
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

async function makeSo(event: Waiting<DeployEvent>, input: LabelingQueueInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  const { seen, settled } = await work(session, input.connection, ports);
  if (!settled) return again(event, input, ports, 'the queue to be as declared');
  const queue = newestQueue(seen);
  if (queue && !isReached(input, queue)) return again(event, input, ports, `the queue ${queue.queueId} to be ${input.waitForStatus}: it is ${queue.status}`);
  await session.record((ledger) => {
    const deployed = recordDeployed(ledger, event.RequestId);
    return queue ? deployedWith(deployed, queue.name, seen.desired) : deployed;
  });
  log('deployed', { queue: queue?.queueId, status: queue?.status });
  return { IsComplete: true, Data: attributes(seen, seen.plan.notes) };
}

/** Deployed means that the queue is there; that people have come somewhere only if the user asked to wait for it. */
function isReached({ waitForStatus }: LabelingQueueInput, { queueId, status }: OwnQueue): boolean {
  if (waitForStatus === undefined) return true;
  const reached = hasReached(status, waitForStatus);
  if (reached === 'never') throw new UserError(`the queue ${queueId} is ${status} and will not be ${waitForStatus} by itself`);
  return reached === 'yes';
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployEvent>, { timeoutSeconds }: LabelingQueueInput, ports: Ports, waitingFor: string): IsCompleteResponse {
  if (isOver(event, timeoutSeconds, ports)) throw timedOut(timeoutSeconds, waitingFor);
  return AGAIN;
}

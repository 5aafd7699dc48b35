import { awaited } from './acceptance';
import { attributes } from './attributes';
import { carryOut } from './carry-out';
import { DeployEvent } from './events';
import { isStill, look, Look } from './look';
import { Ports } from './ports';
import { recordDeployed } from '../../src/model/ledger-transitions';
import { BatchJobInput, decodeBatchJobProperties } from '../../src/s3batch/private/batch-job-decoding-contract';
import { IsCompleteResponse } from '../shared/custom-resource';
import { isOver, timedOut } from '../shared/deadline';
import { errorMessage, isTransient, UserError } from '../shared/errors';
import { clearFormerBucket } from '../shared/former-bucket';
import { ledgerKey, Waiting } from '../shared/job-resource';
import { LedgerSession } from '../shared/ledger-session';
import { log, logError } from '../shared/log';
import { mayBeTooNew } from '../shared/patience';
import { LedgerConflict } from '../shared/ports';

const AGAIN: IsCompleteResponse = { IsComplete: false };

/** Wakes the one writer: look, plan, act, write down; and look again until the job is as far as it has to be. */
export async function deployComplete(event: Waiting<DeployEvent>, ports: Ports): Promise<IsCompleteResponse> {
  const input = decodeBatchJobProperties(event.ResourceProperties);
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

async function write(event: Waiting<DeployEvent>, input: BatchJobInput, session: LedgerSession, ports: Ports): Promise<IsCompleteResponse> {
  let seen: Look | undefined;
  try {
    seen = await look(session, ports);
    if (seen.plan.error !== undefined) throw new UserError(seen.plan.error);
    await carryOut(seen, session, ports);
    if (!isStill(seen)) return again(event, input, ports, seen.plan.waitingFor.join(', ') || 'the job to start');
    const waitingFor = awaited(event, input, session.ledger.desired!, seen.own);
    if (waitingFor !== undefined) return again(event, input, ports, waitingFor);
    await session.record((ledger) => recordDeployed(ledger, event.RequestId));
    log('accepted', { name: seen.own[0]?.name, status: seen.own[0]?.status });
    return done(seen, []);
  } catch (error) {
    if (!session.ledger.desired!.returning || isTransient(error) || error instanceof LedgerConflict || mayBeTooNew(error, event, ports)) throw error;
    // a rollback that fails leaves a stack that nobody can update
    logError('the return to a former version goes on at the next reconcile', error);
    await session.record((ledger) => recordDeployed(ledger, event.RequestId));
    return done(seen, [`goes on at the next reconcile: ${errorMessage(error)}`]);
  }
}

function done(seen: Look | undefined, notes: readonly string[]): IsCompleteResponse {
  return { IsComplete: true, Data: attributes(seen?.own ?? [], [...seen?.plan.notes ?? [], ...notes]) };
}

/** Not yet; or, when the time is over, why not. */
function again(event: Waiting<DeployEvent>, input: BatchJobInput, ports: Ports, waitingFor: string): IsCompleteResponse {
  if (isOver(event, input.timeoutSeconds, ports)) throw timedOut(input.timeoutSeconds, waitingFor);
  return AGAIN;
}

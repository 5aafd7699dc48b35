import { Lease, Superseded } from './lease';
import { FleetPorts, StateStore } from './ports';
import { FleetStepInput, FleetStepOutput } from '../../src/groundtruth/private/job-fleet-contract';
import { errorMessage } from '../shared/errors';
import { log, logError } from '../shared/log';
import { BucketGone, LedgerConflict } from '../shared/ports';

export type Next = Pick<FleetStepOutput, 'next'> & { readonly waitSeconds?: number };

/** Long enough that the state machine's Wait takes it. */
export const AT_ONCE = 1;

/** A step of the state machine: takes the lease, works, and answers what follows. */
export async function withLease(
  entry: string, input: FleetStepInput, ports: FleetPorts, work: (lease: Lease, state: StateStore) => Promise<Next>,
): Promise<FleetStepOutput> {
  log(entry, { ...input });
  const next = await inOrder(input, ports, work);
  log(`${entry} has ended`, { ...next });
  const { stateBucket, prefix, execution } = input;
  return { stateBucket, prefix, execution, ...(input.export && { export: true }), waitSeconds: AT_ONCE, ...next };
}

async function inOrder(input: FleetStepInput, ports: FleetPorts, work: (lease: Lease, state: StateStore) => Promise<Next>): Promise<Next> {
  const state = ports.stateAt(input.stateBucket, input.prefix);
  try {
    const lease = await Lease.take(state, ports, input.execution);
    if (lease === 'absent' || lease === 'busy') {
      log(lease === 'busy' ? 'another execution is at work, it will look once more' : 'there is no ledger: nothing is done');
      return { next: 'done' };
    }
    return await carryOut(lease, state, work);
  } catch (error) {
    if (!(error instanceof BucketGone)) throw error;
    logError('without its ledger a fleet does nothing', error);
    return { next: 'done' };
  }
}

async function carryOut(lease: Lease, state: StateStore, work: (lease: Lease, state: StateStore) => Promise<Next>): Promise<Next> {
  try {
    return await work(lease, state);
  } catch (error) {
    await lease.release().catch((cause) => logError('the lease was not released', cause));
    if (!(error instanceof Superseded || error instanceof LedgerConflict)) throw error;
    // what has come in between is looked at by this execution too: whoever brought it may have met its lease
    log('ends early', { reason: errorMessage(error) });
    return { next: 'again' };
  }
}

import { carryOut } from './carry-out';
import { isStill, look, stepsOf } from './look';
import { ReconcilePorts } from './ports';
import { BatchJobReconcileEvent } from '../../src/s3batch/private/batch-job-contract';
import { UserError } from '../shared/errors';
import { LedgerSession } from '../shared/ledger-session';
import { LEAST_TIME_MS, Reconciled as ReconciledLedger, reconcileLedger } from '../shared/reconcile-ledger';

/** Rounds of one call: what takes longer ends in an event that calls again. */
const MOST_ROUNDS = 5;

export interface Reconciled extends ReconciledLedger {
  readonly jobName?: string;
  readonly jobId?: string;
}

/** Looks at a job between deployments, for a rule, a schedule or a person. */
export async function reconcileJob(event: BatchJobReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  return reconcileLedger<Reconciled>(event, ports, (session) => act(session, ports), ({ jobName }) => jobName);
}

async function act(session: LedgerSession, ports: ReconcilePorts): Promise<Reconciled> {
  const steps: string[] = [];
  for (let round = 1; ; round++) {
    const seen = await look(session, ports);
    if (seen.plan.error !== undefined) throw new UserError(seen.plan.error);
    await carryOut(seen, session, ports);
    steps.push(...stepsOf(seen));
    if (stepsOf(seen).length > 0 && !isStill(seen) && round < MOST_ROUNDS && ports.remaining() > LEAST_TIME_MS) continue;
    const [newest] = seen.own;
    return { jobName: newest?.name, jobId: newest?.id, status: newest?.status, steps, notes: seen.plan.notes };
  }
}

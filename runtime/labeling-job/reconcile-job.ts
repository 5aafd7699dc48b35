import { carryOut } from './carry-out';
import { driftNotes, recordDrift } from './drift-record';
import { look, Look, lookOnly } from './look';
import { ReconcilePorts } from './ports';
import { isSettling } from './streaming/settle-ended';
import { LabelingJobReconcileEvent } from '../../src/groundtruth/private/labeling-job-contract';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { Ledger } from '../../src/model/ledger';
import { describeStep, Step } from '../../src/model/plan';
import { UserError } from '../shared/errors';
import { LedgerSession } from '../shared/ledger-session';
import { LEAST_TIME_MS, Reconciled as ReconciledLedger, reconcileLedger } from '../shared/reconcile-ledger';

/** Until an ended job's queue is looked at again. */
const SETTLING_PAUSE_MS = 10_000;
/** Rounds of one call: what takes longer ends in an event that calls again. */
const MOST_ROUNDS = 5;

export interface Reconciled extends ReconciledLedger {
  readonly labelingJobName?: string;
}

/** Looks at a job between deployments, for a rule, a schedule or a person. */
export async function reconcileJob(event: LabelingJobReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  const work = (session: LedgerSession): Promise<Reconciled> => (session.ledger.reported ? report(session, ports) : act(event, session, ports));
  return reconcileLedger(event, ports, work, ({ labelingJobName }) => labelingJobName);
}

async function report(session: LedgerSession, ports: ReconcilePorts): Promise<Reconciled> {
  return reconciled(await lookOnly(session.ledger, baseOf(session.ledger), ports), []);
}

async function act(event: LabelingJobReconcileEvent, session: LedgerSession, ports: ReconcilePorts): Promise<Reconciled> {
  const done: Step[] = [];
  for (let round = 1; ; round++) {
    const seen = await look(session, baseOf(session.ledger), ports);
    if (seen.plan.error !== undefined) throw new UserError(seen.plan.error);
    await carryOut(seen.plan, seen.jobs, session, ports);
    done.push(...seen.plan.steps);
    if (seen.plan.steps.length > 0 && round < MOST_ROUNDS && ports.remaining() > LEAST_TIME_MS) continue;
    const settling = seen.jobs.find(isSettling);
    if (settling) {
      // no event follows when its queue is empty at last: whoever called calls again
      if (ports.remaining() < LEAST_TIME_MS) throw new UserError(`the queue of ${settling.name} still holds messages: looking again later`);
      await ports.sleep(SETTLING_PAUSE_MS);
      continue;
    }
    const drift = await recordDrift(event.stateBucket, event.key, session.ledger, seen.newest?.name, ports);
    return { ...reconciled(seen, driftNotes(seen.newest?.name, drift)), steps: done.map(describeStep) };
  }
}

function reconciled({ newest, plan }: Look, notes: readonly string[]): Reconciled {
  const error = plan.error === undefined ? [] : [`would fail: ${plan.error}`];
  return { labelingJobName: newest?.name, status: newest?.status, steps: plan.steps.map(describeStep), notes: [...error, ...plan.notes, ...notes] };
}

function baseOf({ desired, reported }: Ledger): string {
  return parseResourceId((desired ?? reported)!.id)?.base ?? '';
}

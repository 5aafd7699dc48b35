import { attributes, newestJobs } from './attributes';
import { lookOnly } from './look';
import type { ReconcilePorts } from './ports';
import { work } from './work';
import { describeStep } from '../../src/model/supervisely/group-steps';
import { type ConnectionInput, decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { LabelingJobReconcileEvent } from '../../src/supervisely/private/labeling-job-contract';
import type { LedgerSession } from '../shared/ledger-session';
import { type Reconciled as ReconciledLedger, reconcileLedger } from '../shared/reconcile-ledger';

export interface Reconciled extends ReconciledLedger {
  readonly jobIds?: string;
}

/** Looks at a group of jobs between deployments, for a schedule, an event or a person. */
export async function reconcileGroup(event: LabelingJobReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  const connection = decodeConnection(event.connection);
  const visit = (session: LedgerSession) => (session.ledger.reported ? report : act)(session, connection, ports);
  return reconcileLedger(event, ports, visit, ({ jobIds }) => jobIds);
}

async function report(session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const seen = await lookOnly(session.ledger, connection, ports);
  const { steps, notes, error } = seen.plan;
  const { JobIds: jobIds, Status: status } = attributes(seen, []);
  return { jobIds, status, steps: steps.map(describeStep), notes: [...error === undefined ? [] : [`would fail: ${error}`], ...notes] };
}

async function act(session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const { seen, steps } = await work(session, connection, ports);
  const { Status: status } = attributes(seen, []);
  return { jobIds: newestJobs(seen).map(({ jobId }) => jobId).join(','), status, steps, notes: seen.plan.notes };
}

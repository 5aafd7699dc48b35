import { attributes, newestJobs } from './attributes';
import { lookOnly } from './look';
import type { ReconcilePorts } from './ports';
import { hasToldFailure, tellChange, tellFailure } from './tell-changes';
import { work, type Worked } from './work';
import { describeStep } from '../../src/model/supervisely/group-steps';
import { type ConnectionInput, decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { LabelingJobReconcileEvent } from '../../src/supervisely/private/labeling-job-contract';
import { errorMessage, isTransient } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';
import { isOvertaken, type Reconciled as ReconciledLedger, reconcileLedger } from '../shared/reconcile-ledger';

export interface Reconciled extends ReconciledLedger {
  readonly jobIds?: string;
}

/** Looks at a group of jobs between deployments, for a schedule, an event or a person. */
export async function reconcileGroup(event: LabelingJobReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  const connection = decodeConnection(event.connection);
  const visit = (session: LedgerSession) => (session.ledger.reported ? report(session, connection, ports) : act(event, session, connection, ports));
  return reconcileLedger(event, ports, visit, ({ jobIds }) => jobIds);
}

async function report(session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const seen = await lookOnly(session.ledger, connection, ports);
  const { steps, notes, error } = seen.plan;
  const { JobIds: jobIds, Status: status } = attributes(seen, []);
  return { jobIds, status, steps: steps.map(describeStep), notes: [...error === undefined ? [] : [`would fail: ${error}`], ...notes] };
}

async function act(event: LabelingJobReconcileEvent, session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const { seen, settled, steps } = await failingLoudly(session, connection, ports, () => work(session, connection, ports));
  if (seen.awaiting && event.importFailure !== undefined) await tellFailure(event.importFailure, connection.serverUrl, session, ports);
  // that it goes on to wait for an import that has failed is nothing new
  else if (settled && !(seen.awaiting && hasToldFailure(session.ledger))) await tellChange(seen, session, ports);
  const { Status: status } = attributes(seen, []);
  return { jobIds: newestJobs(seen).map(({ jobId }) => jobId).join(','), status, steps, notes: seen.plan.notes };
}

async function failingLoudly(session: LedgerSession, { serverUrl }: ConnectionInput, ports: ReconcilePorts, visit: () => Promise<Worked>): Promise<Worked> {
  try {
    return await visit();
  } catch (error) {
    if (!isTransient(error) && !isOvertaken(error)) await tellFailure(errorMessage(error), serverUrl, session, ports);
    throw error;
  }
}

import { attributes, newestQueue } from './attributes';
import { lookOnly } from './look';
import type { ReconcilePorts } from './ports';
import { work } from './work';
import { describeQueueStep } from '../../src/model/supervisely/queue-steps';
import { type ConnectionInput, decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { LabelingQueueReconcileEvent } from '../../src/supervisely/private/labeling-queue-contract';
import type { LedgerSession } from '../shared/ledger-session';
import { type Reconciled as ReconciledLedger, reconcileLedger } from '../shared/reconcile-ledger';

export interface Reconciled extends ReconciledLedger {
  readonly queueId?: string;
}

/** Looks at a queue between deployments, for a schedule, an event or a person. */
export async function reconcileQueue(event: LabelingQueueReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  const connection = decodeConnection(event.connection);
  const visit = (session: LedgerSession) => (session.ledger.reported ? report : act)(session, connection, ports);
  return reconcileLedger(event, ports, visit, ({ queueId }) => queueId);
}

async function report(session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const seen = await lookOnly(session.ledger, connection, ports);
  const { steps, notes, error } = seen.plan;
  const { QueueId: queueId, Status: status } = attributes(seen, []);
  return { queueId, status, steps: steps.map(describeQueueStep), notes: [...error === undefined ? [] : [`would fail: ${error}`], ...notes] };
}

async function act(session: LedgerSession, connection: ConnectionInput, ports: ReconcilePorts): Promise<Reconciled> {
  const { seen, steps } = await work(session, connection, ports);
  const queue = newestQueue(seen);
  return { queueId: queue && String(queue.queueId), status: queue?.status, steps, notes: seen.plan.notes };
}

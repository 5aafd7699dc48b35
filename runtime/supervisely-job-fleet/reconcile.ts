import { attributes, PREPARING } from './attributes';
import { statePrefix } from './events';
import { FleetObserver, type ObserverProps } from './look';
import type { FleetFiles, ReconcilePorts } from './ports';
import { writeRecord } from './record';
import { isAwaiting } from './resolve';
import { nextTurn } from './turns';
import { work } from './work';
import { describeFleetStep } from '../../src/model/supervisely/fleet/fleet-steps';
import { decodeConnection } from '../../src/supervisely/private/connection-contract';
import type { JobFleetReconciled, JobFleetReconcileEvent } from '../../src/supervisely/private/job-fleet-contract';
import type { LedgerSession } from '../shared/ledger-session';
import { type Reconciled, reconcileLedger } from '../shared/reconcile-ledger';

export type FleetReconciled = Reconciled & JobFleetReconciled;

/** Looks at a fleet between deployments, for a schedule, an import or a person; `again` where its time was over before everything was done. */
export async function reconcileFleet(event: JobFleetReconcileEvent, ports: ReconcilePorts): Promise<FleetReconciled> {
  const visit = (session: LedgerSession): Promise<FleetReconciled> => {
    const files = ports.filesAt(event.stateBucket, statePrefix(session.ledger.owner));
    const props: ObserverProps = { connection: decodeConnection(event.connection), files, absences: 'left' };
    return session.ledger.reported ? report(session, props, ports) : act(event, session, props, files, ports);
  };
  return { next: 'done', ...await reconcileLedger(event, ports, visit, () => 'fleet') };
}

async function report({ ledger }: LedgerSession, props: ObserverProps, ports: ReconcilePorts): Promise<FleetReconciled> {
  const observer = await FleetObserver.open(ledger.reported!, ports, props);
  if (!(observer instanceof FleetObserver)) return { next: 'done', status: PREPARING, steps: [], notes: [] };
  const seen = await observer.look(ledger);
  const { steps, notes, error } = seen.plan;
  const { Status: status } = attributes(seen, [], props.files);
  return { next: 'done', status, steps: steps.map(describeFleetStep), notes: [...error === undefined ? [] : [`would fail: ${error}`], ...notes] };
}

async function act(
  { turn }: JobFleetReconcileEvent, session: LedgerSession, props: ObserverProps, files: FleetFiles, ports: ReconcilePorts,
): Promise<FleetReconciled> {
  const worked = await work(session, ports, props);
  if (isAwaiting(worked)) return { next: 'done', status: PREPARING, steps: [], notes: [] };
  const { seen, settled, steps } = worked;
  if (settled) await writeRecord(seen, files);
  const { Status: status } = attributes(seen, [], files);
  // an import that wakes the fleet calls again whoever skips something
  return { ...(settled ? { next: 'done' } : { ...nextTurn(seen, turn), skipped: 'not everything is done yet' }), status, steps, notes: seen.plan.notes };
}

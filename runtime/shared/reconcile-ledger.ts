import { createHash } from 'node:crypto';
import { UserError } from './errors';
import { LedgerPorts } from './job-resource';
import { LedgerSession, Superseded } from './ledger-session';
import { log } from './log';
import { LedgerConflict } from './ports';
import { Ledger } from '../../src/model/ledger';
import { newestRequest } from '../../src/model/ledger-transitions';

/** What must be left of an invocation's time for another look. */
export const LEAST_TIME_MS = 30_000;
const PAUSE_MS = 5_000;

/** A reconcile between deployments also needs a place to say that it found something: SSM's Parameter Store. */
export interface AnnouncingPorts extends LedgerPorts {
  readonly parameters: { put(name: string, value: string): Promise<void> };
}

export interface ReconcileRequest {
  readonly stateBucket: string;
  readonly key: string;
  readonly driftParameter?: string;
}

export interface Reconciled {
  readonly status?: string;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  /** Why nothing was looked at. */
  readonly skipped?: string;
}

/**
 * Looks at a resource between deployments, for a rule, a schedule or a person. It acts for the version that was deployed last and for nothing
 * else: without a ledger, after a Delete, and while a deployment or a rollback is under way there is nothing for it to do, so that
 * nothing comes back to life.
 */
export async function reconcileLedger<Found extends Reconciled>(
  event: ReconcileRequest, ports: AnnouncingPorts, work: (session: LedgerSession) => Promise<Found>, nameOf: (found: Found) => string | undefined,
): Promise<Found | Reconciled> {
  const session = await openSession(event, ports);
  if (typeof session === 'string') {
    log('nothing to reconcile', { ...event, why: session });
    return { steps: [], notes: [], skipped: session };
  }
  try {
    const found = await work(session);
    log('reconciled', { ...(found as Reconciled) });
    await announce(event, found, nameOf(found), session, ports);
    return found;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return { steps: [], notes: [], skipped: 'a newer request has come in between' };
  } finally {
    await session.close();
  }
}

/** The lease of the newest request; or why there is nothing to do. */
async function openSession(event: ReconcileRequest, ports: AnnouncingPorts): Promise<LedgerSession | string> {
  const store = ports.ledgerAt(event.stateBucket, event.key);
  for (;;) {
    const ledger = (await store.read())?.ledger;
    const idle = ledger === undefined ? 'there is no ledger' : whyIdle(ledger);
    if (idle !== undefined) return idle;
    const session = await LedgerSession.open(store, ports, newestRequest(ledger!)!.id).catch((error) => {
      if (isOvertaken(error)) return 'busy' as const;
      throw error;
    });
    if (session === 'absent') return 'there is no ledger';
    if (session !== 'busy') return session;
    if (ports.remaining() < LEAST_TIME_MS) throw new UserError('another writer is at work: looking again later');
    await ports.sleep(PAUSE_MS);
  }
}

/** A newer request decides by now. */
export function isOvertaken(error: unknown): boolean {
  return error instanceof LedgerConflict || error instanceof Superseded;
}

function whyIdle(ledger: Ledger): string | undefined {
  if (ledger.movedTo !== undefined) return `the ledger has moved to ${ledger.movedTo}`;
  if (ledger.reported) return undefined;
  if (!ledger.desired) return 'the resource is deleted';
  return ledger.desired.deployed ? undefined : 'its deployment is not finished, or has failed';
}

/** Changes the parameter's value where a deployment would now find something else than the last one did, and only then. */
async function announce(
  { driftParameter }: ReconcileRequest, { status = 'none', steps, notes }: Reconciled, name: string | undefined, session: LedgerSession, ports: AnnouncingPorts,
): Promise<void> {
  if (driftParameter === undefined || (steps.length === 0 && notes.length === 0)) return;
  const value = `${name ?? 'none'} ${status} ${createHash('sha256').update(notes.join('\n')).digest('hex').slice(0, 12)}`;
  if (session.ledger.announced === value) return;
  await ports.parameters.put(driftParameter, value);
  await session.record((ledger) => ({ ...ledger, announced: value }));
}

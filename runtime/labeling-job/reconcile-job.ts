import { createHash } from 'node:crypto';
import { carryOut } from './carry-out';
import { driftNotes, recordDrift } from './drift-record';
import { LedgerSession, Superseded } from './ledger-session';
import { look, Look, lookOnly } from './look';
import { ReconcilePorts } from './ports';
import { LabelingJobReconcileEvent } from '../../src/groundtruth/private/labeling-job-contract';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { Ledger } from '../../src/model/ledger';
import { newestRequest } from '../../src/model/ledger-transitions';
import { describeStep, Step } from '../../src/model/plan';
import { UserError } from '../shared/errors';
import { log } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

/** What must be left of an invocation's time for another look. */
const LEAST_TIME_MS = 30_000;
const PAUSE_MS = 5_000;
/** Rounds of one call: what takes longer ends in an event that calls again. */
const MOST_ROUNDS = 5;

export interface Reconciled {
  readonly labelingJobName?: string;
  readonly status?: string;
  readonly steps: readonly string[];
  readonly notes: readonly string[];
  /** Why nothing was looked at. */
  readonly skipped?: string;
}

/**
 * Looks at a job between deployments, for a rule, a schedule or a person. It acts for the version that was deployed last and for nothing
 * else: without a ledger, after a Delete, and while a deployment or a rollback is under way there is nothing for it to do, so that
 * nothing comes back to life.
 */
export async function reconcileJob(event: LabelingJobReconcileEvent, ports: ReconcilePorts): Promise<Reconciled> {
  const session = await openSession(event, ports);
  if (typeof session === 'string') {
    log('nothing to reconcile', { ...event, why: session });
    return { steps: [], notes: [], skipped: session };
  }
  try {
    const found = session.ledger.reported ? await report(session, ports) : await act(event, session, ports);
    log('reconciled', { ...found });
    await announce(event, found, session, ports);
    return found;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return { steps: [], notes: [], skipped: 'a newer request has come in between' };
  } finally {
    await session.close();
  }
}

/** The lease of the newest request; or why there is nothing to do. */
async function openSession(event: LabelingJobReconcileEvent, ports: ReconcilePorts): Promise<LedgerSession | string> {
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

function isOvertaken(error: unknown): boolean {
  return error instanceof LedgerConflict || error instanceof Superseded;
}

function whyIdle(ledger: Ledger): string | undefined {
  if (ledger.movedTo !== undefined) return `the ledger has moved to ${ledger.movedTo}`;
  if (ledger.reported) return undefined;
  if (!ledger.desired) return 'the resource is deleted';
  return ledger.desired.deployed ? undefined : 'its deployment is not finished, or has failed';
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
    const drift = await recordDrift(event.stateBucket, event.key, session.ledger, seen.newest?.name, ports);
    return { ...reconciled(seen, driftNotes(seen.newest?.name, drift)), steps: done.map(describeStep) };
  }
}

function reconciled({ newest, plan }: Look, notes: readonly string[]): Reconciled {
  const error = plan.error === undefined ? [] : [`would fail: ${plan.error}`];
  return { labelingJobName: newest?.name, status: newest?.status, steps: plan.steps.map(describeStep), notes: [...error, ...plan.notes, ...notes] };
}

/** Changes the parameter's value where a deployment would now find something else than the last one did, and only then. */
async function announce({ driftParameter }: LabelingJobReconcileEvent, found: Reconciled, session: LedgerSession, ports: ReconcilePorts): Promise<void> {
  if (driftParameter === undefined || (found.steps.length === 0 && found.notes.length === 0)) return;
  const { labelingJobName: name = 'none', status = 'none', notes } = found;
  const value = `${name} ${status} ${createHash('sha256').update(notes.join('\n')).digest('hex').slice(0, 12)}`;
  if (session.ledger.announced === value) return;
  await ports.parameters.put(driftParameter, value);
  await session.record((ledger) => ({ ...ledger, announced: value }));
}

function baseOf({ desired, reported }: Ledger): string {
  return parseResourceId((desired ?? reported)!.id)?.base ?? '';
}

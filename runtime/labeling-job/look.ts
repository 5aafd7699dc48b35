import { holdBack, ShownJob } from './awaited-input';
import { newestOf, ObservedJob, observe, withLeftovers } from './observe';
import { LedgerSession } from '../shared/ledger-session';
import { StreamPorts } from './streaming/ports';
import { settleEnded } from './streaming/settle-ended';
import { withOpen } from './streaming/stream-store';
import { Ledger } from '../../src/model/ledger';
import { learn } from '../../src/model/ledger-transitions';
import { Plan } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';

/** A resource's jobs as they are, and what is to be done about them. */
export interface Look {
  readonly jobs: readonly ObservedJob[];
  readonly newest: ObservedJob | undefined;
  readonly plan: Plan;
  /** The job that is made when its input is there. */
  readonly awaiting?: ShownJob;
}

export async function look(session: LedgerSession, nameBase: string, ports: StreamPorts): Promise<Look> {
  const seen = await settleEnded(await observe(ports, session.ledger, nameBase), session, ports);
  await session.commit((ledger) => learn(ledger, seen));
  return planned(session.ledger, seen, ports);
}

/** The same without a trace, for the version that is only asked about. */
export async function lookOnly(ledger: Ledger, nameBase: string, ports: StreamPorts): Promise<Look> {
  const seen = await observe(ports, ledger, nameBase);
  const { reported = ledger.desired } = ledger;
  return planned({ ...learn(ledger, seen), desired: reported }, seen, ports);
}

async function planned(ledger: Ledger, seen: readonly ObservedJob[], ports: StreamPorts): Promise<Look> {
  const jobs = await withLeftovers(ports, ledger, await withOpen(ports, ledger, seen));
  return { jobs, newest: newestOf(jobs, ledger.desired!.identity), ...await holdBack(reconcile(ledger, jobs), ledger, ports) };
}

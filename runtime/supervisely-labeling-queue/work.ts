import { carryOut } from './carry-out';
import { look, type Look } from './look';
import type { Ports } from './ports';
import { describeQueueStep } from '../../src/model/supervisely/queue-steps';
import type { ConnectionInput } from '../../src/supervisely/private/connection-contract';
import { UserError } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';

/** Rounds of one invocation: what takes longer goes on at the next poll or wake. */
const MOST_ROUNDS = 6;
/** What must be left of an invocation's time for another round. */
const LEAST_TIME_MS = 30_000;

export interface Worked {
  readonly seen: Look;
  /** Nothing was left to do at the last look, which was after the last act. */
  readonly settled: boolean;
  readonly steps: readonly string[];
}

/** Look, plan, act, and look again, until a look finds nothing to do: so that what a lost answer has made is seen. */
export async function work(session: LedgerSession, connection: ConnectionInput, ports: Ports): Promise<Worked> {
  const steps: string[] = [];
  for (let round = 1; ; round++) {
    const seen = await look(session, connection, ports);
    if (seen.plan.error !== undefined) throw new UserError(seen.plan.error);
    const settled = seen.plan.steps.length === 0 && seen.twins.length === 0;
    await carryOut(seen, session, ports);
    steps.push(...seen.plan.steps.map(describeQueueStep));
    if (settled || round === MOST_ROUNDS || ports.remaining() < LEAST_TIME_MS) return { seen, settled, steps };
  }
}

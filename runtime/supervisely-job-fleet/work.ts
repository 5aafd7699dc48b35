import { carryOut } from './carry-out';
import { type FleetLook, FleetObserver, type ObserverProps } from './look';
import type { Ports } from './ports';
import type { AwaitingFleet } from './resolve';
import { stateOf } from './turns';
import type { Ledger } from '../../src/model/ledger';
import { tallyOf } from '../../src/model/supervisely/fleet/tally';
import { UserError } from '../shared/errors';
import type { LedgerSession } from '../shared/ledger-session';

/** What must be left of an invocation's time for another batch or look. */
const LEAST_TIME_MS = 60_000;
/** Looks of one invocation: each follows an act, and what takes more of them goes on in the next invocation. */
const MOST_LOOKS = 40;

export interface FleetWorked {
  readonly seen: FleetLook;
  /** Nothing was left to do at the last look, which was after the last act. */
  readonly settled: boolean;
  readonly steps: readonly string[];
}

/** Look, plan, act, and look again, until a look finds nothing to do, or the time is over: then the next invocation goes on. */
export async function work(session: LedgerSession, ports: Ports, props: ObserverProps): Promise<FleetWorked | AwaitingFleet> {
  const observer = await FleetObserver.open(session.ledger.desired!, ports, props);
  if (!(observer instanceof FleetObserver)) return observer;
  if (props.absences === 'refused' && observer.missingImages.length > 0) throw new UserError(`${observer.missingImages.join('; ')}: correct the ids`);
  const isTimeLeft = () => ports.remaining() >= LEAST_TIME_MS;
  const steps: string[] = [];
  let before: string | undefined;
  for (let looks = 1; ; looks++) {
    const seen = await observer.look(session.ledger);
    await session.commit(() => remembered(seen));
    if (seen.plan.error !== undefined) throw new UserError(seen.plan.error);
    // whoever comes later must not stop anybody's job for these people and weights again
    if (seen.plan.levelled) await session.commit((ledger) => levelledFor(ledger, seen.roster));
    const settled = seen.plan.steps.length === 0 && seen.twins.length === 0;
    // what was asked for does not show yet: to ask again at once would not hasten it
    const state = stateOf(seen);
    if (settled || state === before) return { seen, settled, steps };
    before = state;
    steps.push(...await carryOut(seen, observer, session, ports, isTimeLeft));
    if (!isTimeLeft() || looks === MOST_LOOKS) return { seen, settled, steps };
  }
}

/** Whoever has no right to list images, as an export, can tell by it whether the jobs hold all there is to label. */
function remembered({ ledger, finder, plan }: FleetLook): Ledger {
  const sharedOut = tallyOf(finder, plan.places).unassigned === 0 ? ledger.desired?.requestId : undefined;
  return { ...ledger, fleet: { ...ledger.fleet, sharedOut } };
}

function levelledFor(ledger: Ledger, roster: string): Ledger {
  return ledger.fleet?.levelledFor === roster ? ledger : { ...ledger, fleet: { ...ledger.fleet, levelledFor: roster } };
}

import { withLeftovers } from './leftovers';
import { FORGOTTEN, generationsOf, hasStaleRequest, observe, ObservedJob, search } from './observe';
import { Ports } from './ports';
import { parseResourceId } from '../../src/model/groundtruth/names';
import { Ledger } from '../../src/model/ledger';
import { learn } from '../../src/model/ledger-transitions';
import { describeStep, isSettled, Plan } from '../../src/model/plan';
import { reconcile } from '../../src/model/reconcile';
import { Change, changesInPlace, describeChange } from '../../src/model/s3batch/changes';
import { workOf } from '../../src/model/s3batch/work';
import { LedgerSession } from '../shared/ledger-session';

/** A resource's jobs as they are, and what is to be done about them. */
export interface Look {
  readonly jobs: readonly ObservedJob[];
  /** The generations of what is desired, the newest first. */
  readonly own: readonly ObservedJob[];
  readonly plan: Plan;
  readonly changes: readonly Change[];
}

export async function look(session: LedgerSession, ports: Ports): Promise<Look> {
  if (hasStaleRequest(session.ledger, ports.now())) {
    const found = await search(ports, session.ledger, baseOf(session.ledger));
    await session.commit((ledger) => learn(ledger, found));
  }
  const seen = await observe(ports, session.ledger);
  await session.commit((ledger) => learn(ledger, seen));
  const jobs = await withLeftovers(ports, session.ledger, seen);
  const plan = withNotes(reconcile(session.ledger, jobs), jobs);
  const own = generationsOf(jobs, session.ledger.desired?.identity);
  return { jobs, own, plan, changes: session.ledger.desired ? changesInPlace(workOf(session.ledger.desired), own[0], plan) : [] };
}

/** Whether there is nothing to do and nothing to wait for. */
export function isStill({ plan, changes }: Look): boolean {
  return isSettled(plan) && changes.length === 0;
}

export function stepsOf({ plan, changes }: Pick<Look, 'plan' | 'changes'>): string[] {
  return [...plan.steps.map(describeStep), ...changes.map(describeChange)];
}

function withNotes(plan: Plan, jobs: readonly ObservedJob[]): Plan {
  const forgotten = jobs.filter(({ status }) => status === FORGOTTEN)
    .map(({ name }) => `S3 does not know ${name} any more and nobody saw its end: it is taken for done; "rerun" does it again`);
  return { ...plan, notes: [...plan.notes, ...forgotten] };
}

export function baseOf({ desired }: Ledger): string {
  return parseResourceId(desired?.id ?? '')?.base ?? '';
}

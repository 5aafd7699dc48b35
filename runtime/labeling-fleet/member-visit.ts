import { NoPlace } from './bounded-ports';
import { Superseded } from './lease';
import { MemberPorts } from './member-ports';
import { observeMember, rememberDescriptions } from './observe-member';
import { TimeOver } from './pace';
import { JobSummary } from './ports';
import { NO_COUNTERS } from '../../src/model/counters';
import { withoutStarts } from '../../src/model/fleet/admission';
import { MemberRecord } from '../../src/model/fleet/fleet-ledger';
import { Visit } from '../../src/model/fleet/run-tally';
import { jobName } from '../../src/model/groundtruth/names';
import { hasEnded, JobState } from '../../src/model/job-state';
import { Ledger } from '../../src/model/ledger';
import { findGeneration, learn, withdraw } from '../../src/model/ledger-transitions';
import { ActualJob, CreateStep, isSettled, NOTHING, Plan, Step, wait } from '../../src/model/plan';
import { ownJobs, reconcile } from '../../src/model/reconcile';
import { planRemoval, Removal } from '../../src/model/removal';
import { carryOutStep } from '../labeling-job/carry-out';
import { adoptedDrift } from '../labeling-job/drift';
import { driftNotes } from '../labeling-job/drift-record';
import { ObservedJob, withLeftovers } from '../labeling-job/observe';
import { errorMessage, isAccessDenied, isNotFound } from '../shared/errors';
import { Writer } from '../shared/ledger-session';
import { logError } from '../shared/log';
import { LedgerConflict } from '../shared/ports';

/** One member as a run meets it: looked at and planned, and then acted on. */
export interface MemberVisit {
  readonly member: MemberRecord;
  readonly jobs: readonly ObservedJob[];
  readonly plan: Plan;
  /** Generations whose end was learnt in this visit. */
  readonly ended: readonly ActualJob[];
  /** The adopted job differs from its declaration. */
  readonly drifted?: boolean;
}

/** Whatever goes wrong with one member is that member's; the others go on. */
export async function lookAt(
  member: MemberRecord, listed: readonly JobSummary[], writer: Writer, ports: MemberPorts, removal: Removal | undefined,
): Promise<MemberVisit> {
  const before = writer.ledger;
  let jobs: readonly ObservedJob[] = [];
  let ended: readonly ActualJob[] = [];
  try {
    const describing = rememberDescriptions(ports.jobs);
    const seen = jobs = await observeMember(describing, before, listed);
    await writer.record((ledger) => learn(ledger, seen));
    ended = seen.filter((job) => hasJustEnded(job, before));
    if (removal) return { member, jobs, ended, plan: planRemoval(seen, removal) };
    jobs = await withLeftovers(ports, writer.ledger, seen);
    const adopted = workingAdopted(writer.ledger, jobs);
    const drift = await adoptedDrift(writer.ledger, adopted, { jobs: describing, objects: ports.objects });
    const plan = reconcile(writer.ledger, jobs);
    return { member, jobs, ended, drifted: drift.length > 0, plan: { ...plan, notes: [...plan.notes, ...driftNotes(adopted, drift)] } };
  } catch (error) {
    if (error instanceof TimeOver) throw error;
    return { member, jobs, ended, plan: { ...NOTHING, error: `${member.key}: ${errorMessage(error)}` } };
  }
}

/** An adopted job that is not at its end: it has been described anyway, and what it differs in can still matter. */
function workingAdopted(ledger: Ledger, jobs: readonly ActualJob[]): string | undefined {
  return jobs.find((job) => findGeneration(ledger, job.name)?.adopted && job.state !== undefined && !hasEnded(job.state))?.name;
}

function hasJustEnded(job: ActualJob, before: Ledger): boolean {
  return job.state !== undefined && hasEnded(job.state) && findGeneration(before, job.name)?.end === undefined;
}

/** What came of a visit. */
export interface Outcome {
  readonly visit: Visit;
  /** The time was over before everything was done. */
  readonly cutOff: boolean;
}

export async function act(visited: MemberVisit, writer: Writer, ports: MemberPorts): Promise<Outcome> {
  const { plan, jobs } = visited;
  const done: Step[] = [];
  try {
    for (const step of plan.steps) {
      if (step.kind === 'create' && ports.jobs.quotaIsMet) throw new NoPlace();
      await (step.kind === 'release' && !writer.ledger.desired ? tryRelease(step, visited, writer, ports) : carryOutStep(step, jobs, writer, ports));
      if (step.kind !== 'create' || wasCreated(step, writer.ledger)) done.push(step);
    }
    return { visit: { ...visitOf({ ...visited, plan: remaining(plan) }, writer.ledger, ports.now()), done }, cutOff: false };
  } catch (thrown) {
    // an act that was not done for a reason of the run's is not the member's failure
    const cause = (thrown as { cause?: unknown }).cause;
    const error = cause instanceof NoPlace || cause instanceof TimeOver ? cause : thrown;
    if (error instanceof LedgerConflict || error instanceof Superseded) throw error;
    if (error instanceof NoPlace) await withdrawStarts(plan, writer);
    const visit = { ...visitOf(visited, writer.ledger, ports.now()), plan, done };
    return { visit: afterError(error, visit, visited.member), cutOff: error instanceof TimeOver };
  }
}

/** What is not wanted any more is let go: neither a Delete nor an update fails for a tag, which would block the stack. */
async function tryRelease(step: Step, { jobs }: MemberVisit, writer: Writer, ports: MemberPorts): Promise<void> {
  try {
    await carryOutStep(step, jobs, writer, ports);
  } catch (error) {
    if (!isAccessDenied(error) && !isNotFound(error)) throw error;
    logError('a released job keeps the tags of its owner', error);
  }
}

function afterError(error: unknown, visit: Visit, { key, desired }: MemberRecord): Visit {
  if (error instanceof TimeOver) return visit;
  if (error instanceof NoPlace) return waiting(visit);
  const said = `${key}: ${errorMessage(error)}`;
  // a rollback that fails leaves a stack that nobody can update
  return desired?.returning ? { ...visit, plan: { ...NOTHING, notes: [...visit.plan.notes, `${said}; goes on at the next reconcile`] } }
    : { ...visit, errors: [said] };
}

async function withdrawStarts(plan: Plan, writer: Writer): Promise<void> {
  for (const step of plan.steps) {
    if (step.kind === 'create') await writer.record((ledger) => withdraw(ledger, nameOf(step, ledger)));
  }
}

/** The member as it stands after a visit that did nothing. */
export function visitOf({ member, jobs, plan, drifted }: MemberVisit, ledger: Ledger, now: number): Visit {
  const { desired } = ledger;
  const own = desired ? ownJobs(ledger, desired, jobs) : [...jobs].sort((a, b) => b.createdAt - a.createdAt);
  const newest = desired && ledger.generations.find((one) => one.identity === desired.identity && one.arn !== undefined
    && one.generation > (own[0]?.generation ?? 0));
  const started: ActualJob[] = newest ? [{
    ...newest, arn: newest.arn!, status: 'Initializing', state: JobState.PENDING, counters: { ...NO_COUNTERS, unlabeled: unlabeled(own, member) },
    createdAt: now, endedAt: now, outputPath: '',
  }] : [];
  return { plan: pendingPlan(plan, own[0]), own: [...started, ...own], done: [], objects: member.objects, drifted };
}

function unlabeled(own: readonly ActualJob[], member: MemberRecord): number {
  return own[0] ? own[0].counters.unlabeled + own[0].counters.failedNonRetryableError : member.objects ?? 0;
}

/** There is no place for it: waits, as does everything that it would start. */
export function waiting(visit: Visit): Visit {
  return { ...visit, plan: withoutStarts(visit.plan, 'a free place under the quota of labeling jobs'), waitsForQuota: true };
}

/** A job that has not started yet is accepted, and may still fail: a deployment looks at it again. */
function pendingPlan(plan: Plan, newest: ActualJob | undefined): Plan {
  if (newest?.state !== JobState.PENDING || !isSettled(plan)) return plan;
  return { ...wait(`${newest.name} to start`), notes: plan.notes };
}

/** What takes effect at once needs no other look. */
function remaining(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.filter((step) => step.kind !== 'tag' && step.kind !== 'release') };
}

function nameOf(step: CreateStep, ledger: Ledger): string {
  return jobName(ledger.desired!.id, step.generation);
}

function wasCreated(step: CreateStep, ledger: Ledger): boolean {
  return findGeneration(ledger, nameOf(step, ledger))?.arn !== undefined;
}

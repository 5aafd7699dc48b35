import { allOf } from './all-of';
import { clockOf } from './bounded-ports';
import { JobStream } from './job-stream';
import { Lease } from './lease';
import { MemberPorts, memberPorts } from './member-ports';
import { act, lookAt, MemberVisit, Outcome, visitOf, waiting } from './member-visit';
import { TimeOver } from './pace';
import { PageSession } from './page-session';
import { FleetPorts, JobSummary, StateStore } from './ports';
import { RunLog } from './run-log';
import { endStray } from './strays';
import { WaitingStarts } from './waiting-starts';
import { freePlaces } from '../../src/model/fleet/admission';
import { FleetVersion, RunRecord } from '../../src/model/fleet/fleet-ledger';
import { RunTally, Visit } from '../../src/model/fleet/run-tally';
import { hasEnded, JobState } from '../../src/model/job-state';
import { isSettled } from '../../src/model/plan';
import { modeNow, Removal } from '../../src/model/removal';
import { releaseJobs } from '../labeling-job/remove-complete';

/** The tally's word for a member without a job. */
const NOT_STARTED = 'NotStarted';

/** What a pass works with, from its first member to its last. */
export interface PassContext {
  readonly lease: Lease;
  readonly state: StateStore;
  readonly version: FleetVersion;
  readonly nameBase: string;
  readonly run: RunRecord;
  readonly reportOnly: boolean;
  readonly maxConcurrentJobs?: number;
  /** A Delete: everything ends. */
  readonly removal?: Removal;
  readonly quotaWasMet: boolean;
  readonly log: RunLog;
  readonly tally: RunTally;
}

/** Where the next call goes on, if the time was over. */
export interface CutOff {
  readonly cursor: number;
  readonly listingToken?: string;
}

/** One look at all members, page by page beside one listing, with everything that has to be done for them. */
export class Pass {
  /** Labels have come to their end. */
  labelsEnded = false;
  /** Something was not as the last run left it, by no doing of ours. */
  driftSeen = false;
  /** Places are free that members at the beginning were not offered. */
  placesLeft = false;
  private readonly stream: JobStream;
  private readonly memberPorts: MemberPorts;
  private readonly starts: WaitingStarts;

  constructor(private readonly context: PassContext, private readonly ports: FleetPorts) {
    const { run, version, nameBase, maxConcurrentJobs, quotaWasMet } = context;
    this.memberPorts = memberPorts(ports, quotaWasMet);
    this.stream = new JobStream(this.memberPorts.jobs, nameBase, run.listingToken, version.pages[(run.cursor ?? 0) - 1]?.last);
    this.starts = new WaitingStarts(maxConcurrentJobs);
  }

  async carryOut(): Promise<CutOff | undefined> {
    const { version, run } = this.context;
    let cursor = run.cursor ?? 0;
    let listingToken: string | undefined;
    try {
      for (; cursor < version.pages.length; cursor++) {
        listingToken = this.stream.position;
        if (!await this.visitPage(cursor)) throw new TimeOver();
      }
      for await (const stray of this.stream.rest()) await this.meetStray(stray);
      await this.startWaiting();
      return undefined;
    } catch (error) {
      if (!(error instanceof TimeOver)) throw error;
      this.starts.take().forEach(({ visited, visit }) => this.count(visited, visit));
      return { cursor, listingToken };
    }
  }

  /** Answers whether it came to its end. */
  private async visitPage(index: number): Promise<boolean> {
    const { lease, state, version, reportOnly, removal } = this.context;
    if (clockOf(this.ports).isTimeOver()) return false;
    await lease.check();
    const session = await PageSession.open(state, lease, version.pages[index]);
    const listed = new Map<string, readonly JobSummary[]>();
    for (const { base } of session.members) {
      const { own, strays } = await this.stream.take(base);
      listed.set(base, own);
      for (const stray of strays) await this.meetStray(stray);
    }
    const visits = await allOf(session.members.map((member) => (
      lookAt(member, listed.get(member.base)!, session.writer(member.base), this.memberPorts, removal))));
    const outcomes = await allOf(visits.map((visited) => this.decide(index, visited, session)));
    if (!reportOnly) await session.flush();
    const cutOff = outcomes.some((outcome) => outcome?.cutOff);
    outcomes.forEach((outcome, place) => outcome && this.count(visits[place], outcome.visit, cutOff));
    return !cutOff;
  }

  /** `undefined`: decided when all members have been looked at. */
  private async decide(page: number, visited: MemberVisit, session: PageSession): Promise<Outcome | undefined> {
    const writer = session.writer(visited.member.base);
    const visit = visitOf(visited, writer.ledger, this.ports.now());
    const { reportOnly, removal } = this.context;
    if (reportOnly) return { visit: { ...visit, done: visited.plan.steps }, cutOff: false };
    if (removal && modeNow(removal) === 'RETAIN') await releaseJobs(visited.jobs, this.memberPorts);
    const starts = visited.plan.steps.some((step) => step.kind === 'create');
    if (!starts || !this.starts.isLimited) return act(visited, writer, this.memberPorts);
    return this.starts.keep(page, visited, visit) ? undefined : { visit: waiting(visit), cutOff: false };
  }

  /** Now it is known how many jobs are under way. */
  private async startWaiting(): Promise<void> {
    const { lease, state, version, maxConcurrentJobs, run, tally } = this.context;
    if (!this.starts.isLimited) return;
    const free = freePlaces(maxConcurrentJobs, underWay(tally))!;
    const kept = this.starts.take();
    kept.slice(free).forEach(({ visited, visit }) => this.count(visited, visit));
    const admitted = kept.slice(0, free);
    for (const page of new Set(admitted.map((start) => start.page))) {
      const session = await PageSession.open(state, lease, version.pages[page]);
      await allOf(admitted.filter((start) => start.page === page).map(async ({ visited }) => {
        const { visit, cutOff } = await act(visited, session.writer(visited.member.base), this.memberPorts);
        this.count(visited, visit);
        this.placesLeft ||= cutOff;
      }));
      await session.flush();
    }
    // members of pages that an earlier call has visited were not offered what is free now
    this.placesLeft ||= run.cursor !== undefined && free > admitted.length && tally.summary().waitingForQuota > 0;
  }

  private async meetStray(job: JobSummary): Promise<void> {
    const { removal, lease, log, tally } = this.context;
    log.write({ kind: 'stray', job: job.name, text: 'a job in the form of this fleet that belongs to none of its members' });
    const visit = removal && await endStray(job, lease.head.owner, removal, this.memberPorts);
    if (visit) tally.add(visit);
  }

  private count(visited: MemberVisit, visit: Visit, metAgain = false): void {
    const { log, tally, reportOnly, removal } = this.context;
    log.member(visited, visit, reportOnly);
    this.labelsEnded ||= visited.ended.some((job) => job.counters.totalLabeled > 0);
    this.driftSeen ||= visit.done.length > 0 || visited.ended.some((job) => job.state !== JobState.COMPLETED);
    if (metAgain) visit.done.forEach((step) => tally.did(step));
    else if (removal || visited.member.desired || !isOver(visit)) tally.add(visit);
  }
}

/** What is no longer desired, and has ended, is no job of the fleet any more. */
function isOver({ plan, own }: Visit): boolean {
  return isSettled(plan) && own.every((job) => job.state !== undefined && hasEnded(job.state));
}

function underWay(tally: RunTally): number {
  return Object.entries(tally.summary().states)
    .filter(([state]) => state !== NOT_STARTED && !hasEnded(state as JobState))
    .reduce((sum, [, members]) => sum + members, 0);
}

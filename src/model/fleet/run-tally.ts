import { RunSummary } from './fleet-ledger';
import { objectsLeft, sumCounters } from '../counters';
import { hasEnded } from '../job-state';
import { ActualJob, isSettled, Plan, Step } from '../plan';

/** Reports that a summary holds; the rest is counted, and stands in the run's record. */
const MOST_TEXTS = 20;

export const NO_RUN: RunSummary = {
  states: {},
  objects: { total: 0, labeled: 0, failed: 0, left: 0 },
  created: 0,
  adopted: 0,
  resumed: 0,
  stopped: 0,
  waitingForQuota: 0,
  unsettled: 0,
  drifted: 0,
  oldestRunning: 0,
  notes: [],
  errors: [],
};

/** One member as a run met and left it. */
export interface Visit {
  readonly plan: Plan;
  /** The generations of the desired identity, the newest first. */
  readonly own: readonly ActualJob[];
  /** Steps that were carried out, or that would have been (`REPORT_ONLY`). */
  readonly done: readonly Step[];
  /** Objects of a member that was never started, where that is known. */
  readonly objects?: number;
  readonly waitsForQuota?: boolean;
  readonly drifted?: boolean;
  /** What went wrong beside what the plan says. */
  readonly errors?: readonly string[];
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends Readonly<Record<string, number>> ? { -readonly [L in keyof T[K]]: T[K][L] } : T[K] };

/** Adds up a run, member by member, in constant memory. It goes on from a summary, as a run does in its next call. */
export class RunTally {
  private readonly sum: Omit<Writable<RunSummary>, 'notes' | 'errors'>;
  private readonly notes: Texts;
  private readonly errors: Texts;

  constructor(private readonly now: number, before: RunSummary = NO_RUN) {
    this.sum = { ...before, states: { ...before.states }, objects: { ...before.objects } };
    this.notes = new Texts(before.notes);
    this.errors = new Texts(before.errors);
  }

  add({ plan, own, done, objects = 0, waitsForQuota = false, drifted = false, errors = [] }: Visit): void {
    const [newest] = own;
    const state = newest ? newest.state ?? 'Unknown' : 'NotStarted';
    this.sum.states = { ...this.sum.states, [state]: (this.sum.states[state] ?? 0) + 1 };
    this.count(own, objects);
    done.forEach((step) => this.did(step));
    this.sum.waitingForQuota += Number(waitsForQuota);
    this.sum.unsettled += Number(!isSettled(plan));
    this.sum.drifted += Number(drifted);
    if (newest?.state !== undefined && !hasEnded(newest.state)) this.sum.oldestRunning = Math.max(this.sum.oldestRunning, this.now - newest.createdAt);
    this.notes.add(...plan.notes);
    this.errors.add(...(plan.error === undefined ? [] : [plan.error]), ...errors);
  }

  summary(): RunSummary {
    return { ...this.sum, notes: this.notes.list(), errors: this.errors.list() };
  }

  private count(own: readonly ActualJob[], ofUnstarted: number): void {
    const [newest] = own;
    const labeled = sumCounters(own.map((job) => job.counters)).totalLabeled;
    const failed = newest?.counters.failedNonRetryableError ?? 0;
    const left = newest ? objectsLeft(newest.counters) - failed : ofUnstarted;
    const { objects } = this.sum;
    this.sum.objects = {
      total: objects.total + labeled + failed + left,
      labeled: objects.labeled + labeled,
      failed: objects.failed + failed,
      left: objects.left + left,
    };
  }

  /** A step of a member that is met again. */
  did(step: Step): void {
    if (step.kind === 'create') this.sum[step.resume ? 'resumed' : 'created'] += 1;
    else if (step.kind === 'adopt') this.sum.adopted += 1;
    else if (step.kind === 'stop') this.sum.stopped += 1;
  }
}

/** The first texts, and how many there were beyond them. */
class Texts {
  private readonly first: string[];
  private more = 0;

  constructor(before: readonly string[]) {
    const counted = /^and ([0-9]+) more$/.exec(before[MOST_TEXTS] ?? '');
    this.first = before.slice(0, MOST_TEXTS);
    this.more = counted ? Number(counted[1]) : 0;
  }

  add(...texts: readonly string[]): void {
    const fit = texts.slice(0, MOST_TEXTS - this.first.length);
    this.first.push(...fit);
    this.more += texts.length - fit.length;
  }

  list(): string[] {
    return this.more === 0 ? [...this.first] : [...this.first, `and ${this.more} more`];
  }
}

import { Plan } from '../plan';

/** What a member's plan may do now, and how many places are left for the members after it. */
export interface Admission {
  readonly plan: Plan;
  /** `undefined`: as many as the service allows. */
  readonly free: number | undefined;
  /** The member would start a job, and has to wait. */
  readonly waits: boolean;
}

/** How many jobs may be started while `running` are at work; more than allowed may run where the limit was lowered. */
export function freePlaces(maxConcurrentJobs: number | undefined, running: number): number | undefined {
  return maxConcurrentJobs === undefined ? undefined : Math.max(0, maxConcurrentJobs - running);
}

/**
 * Members start in their order, as places become free: that makes the waves. Only a start needs a place; whatever else a plan holds
 * goes on. A start that has to wait is no error and no failed try.
 */
export function admit(plan: Plan, free: number | undefined): Admission {
  const starts = plan.steps.filter((step) => step.kind === 'create').length;
  if (starts === 0 || free === undefined) return { plan, free, waits: false };
  if (starts <= free) return { plan, free: free - starts, waits: false };
  return { plan: withoutStarts(plan, 'a free place among the jobs that may be under way at once'), free, waits: true };
}

/** The same where the service itself refused the start, because of its quota. */
export function withoutStarts(plan: Plan, waitingFor: string): Plan {
  return { ...plan, steps: plan.steps.filter((step) => step.kind !== 'create'), waitingFor: [...plan.waitingFor, waitingFor] };
}

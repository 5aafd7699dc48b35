import { conditionsOf } from './conditions';
import { Counters, objectsLeft, sumCounters } from './counters';
import { EndReason, endReason } from './end-reason';
import { JobState } from './job-state';
import { DesiredVersion, Ledger } from './ledger';
import { findGeneration } from './ledger-transitions';
import { ActualJob } from './plan';
import { traitsOf } from './system-traits';

/** How a job ended, in the terms that policies are made for. */
export type Ending = 'completed' | 'incomplete' | 'failed' | EndReason;

/** `own` are the generations of one identity, the newest first. */
export function howEnded(ledger: Ledger, desired: DesiredVersion, job: ActualJob, own: readonly ActualJob[]): Ending {
  switch (job.state) {
    case JobState.COMPLETED:
      // the guide knows no such end of a streaming job; whoever ended it, no person can have
      if (job.stream) return 'age';
      return objectsLeft(job.counters) > 0 ? 'incomplete' : 'completed';
    case JobState.FAILED:
      // the guide says that a job of that age expires, not in which state
      return job.endedAt - job.createdAt >= traitsOf(ledger).maxAgeMs ? 'age' : 'failed';
    default:
      return endReason({
        stoppedByUs: findGeneration(ledger, job.name)?.stop !== undefined,
        conditions: conditionsOf(desired.request),
        counters: countersUpTo(job, own),
        createdAt: job.createdAt,
        endedAt: job.endedAt,
        maxAgeMs: traitsOf(ledger).maxAgeMs,
        stream: job.stream,
      });
  }
}

/** Conditions run over all generations: each was given what the former ones had left of them. */
function countersUpTo(job: ActualJob, own: readonly ActualJob[]): Counters {
  const { unlabeled, failedNonRetryableError } = job.counters;
  return { ...sumCounters(own.filter((one) => one.generation <= job.generation).map((one) => one.counters)), unlabeled, failedNonRetryableError };
}

/** Next generations that were made by policy, because the one before failed, was stopped by somebody or left objects over. */
export function attemptsMade(ledger: Ledger, desired: DesiredVersion, own: readonly ActualJob[]): number {
  const [, ...followed] = own;
  const tried: readonly Ending[] = ['failed', 'person', 'incomplete'];
  return followed.filter((job) => job.revision === desired.revision && tried.includes(howEnded(ledger, desired, job, own))).length;
}

import { NO_COUNTERS } from '../counters';
import { ActualJob } from '../plan';

/** What has become of a job's work. */
export interface TaskCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
}

/** Counters of one identity, over its generations, the newest first: each has worked on what the one before had left. */
export function taskCounts(own: ReadonlyArray<Pick<ActualJob, 'counters'>>): TaskCounts {
  const { failedNonRetryableError: failed, unlabeled } = own[0]?.counters ?? NO_COUNTERS;
  const succeeded = own.reduce((sum, { counters }) => sum + counters.totalLabeled, 0);
  return { total: succeeded + failed + unlabeled, succeeded, failed };
}

/** How many tasks may fail; absent: any number. */
export interface FailureThreshold {
  readonly tasks?: number;
  readonly percentage?: number;
}

/** The threshold that is exceeded, in words. */
export function exceededThreshold({ tasks, percentage }: FailureThreshold, { failed, total }: TaskCounts): string | undefined {
  if (tasks !== undefined && failed > tasks) return tasks === 0 ? 'none may fail' : `at most ${tasks} may fail`;
  if (percentage !== undefined && failed * 100 > percentage * total) return `at most ${percentage}% may fail`;
  return undefined;
}

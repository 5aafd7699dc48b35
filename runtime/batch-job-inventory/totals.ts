import type { JobListDescriptor } from '@aws-sdk/client-s3-control';
import { BATCH_JOB_STATUSES, BatchJobStatusWord } from '../../src/s3batch/private/batch-job-inventory-contract';

/** Jobs for each status, and what all of them have done, added up while the jobs stream by. */
export class BatchTotals {
  total = 0;
  readonly statuses = Object.fromEntries(BATCH_JOB_STATUSES.map((status) => [status, 0])) as Record<BatchJobStatusWord, number>;
  readonly counters = { TotalTasks: 0, SucceededTasks: 0, FailedTasks: 0, ActiveSeconds: 0 };

  async* through(pages: AsyncIterable<readonly JobListDescriptor[]>): AsyncIterable<readonly JobListDescriptor[]> {
    for await (const jobs of pages) {
      for (const job of jobs) this.add(job);
      yield jobs;
    }
  }

  private add({ Status, ProgressSummary: progress = {} }: JobListDescriptor): void {
    this.total += 1;
    // a status that is not known yet counts in the total, and stands in the record
    if (Object.hasOwn(this.statuses, Status!)) this.statuses[Status!] += 1;
    this.counters.TotalTasks += progress.TotalNumberOfTasks ?? 0;
    this.counters.SucceededTasks += progress.NumberOfTasksSucceeded ?? 0;
    this.counters.FailedTasks += progress.NumberOfTasksFailed ?? 0;
    this.counters.ActiveSeconds += progress.Timers?.ElapsedTimeInActiveSeconds ?? 0;
  }
}

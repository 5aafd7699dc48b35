import type { LabelingJob, LabelingJobStatus } from './labeling-job';
import { compareKeys, type SortKey } from './paging';

export type JobOrder = 'CreationTime' | 'Name' | 'Status';

const KEY_OF: Record<JobOrder, (job: LabelingJob) => SortKey> = {
  CreationTime: (job) => [job.creationTime.getTime(), job.sequence],
  Name: (job) => [job.name, job.sequence],
  Status: (job) => [job.status, job.sequence],
};

/** All labeling jobs ever: a job cannot be deleted and its name, compared case-insensitively, is never free again. */
export class JobStore {
  private readonly byName = new Map<string, LabelingJob>();
  private readonly byCreation: LabelingJob[] = [];
  private readonly sortedBy = new Map<JobOrder, readonly LabelingJob[]>();

  get(name: string): LabelingJob | undefined {
    return this.byName.get(name.toLowerCase());
  }

  add(job: LabelingJob): void {
    this.byName.set(job.name.toLowerCase(), job);
    this.byCreation.push(job);
    this.sortedBy.clear();
  }

  nextSequence(): number {
    return this.byCreation.length;
  }

  setStatus(job: LabelingJob, status: LabelingJobStatus): void {
    job.status = status;
    this.sortedBy.delete('Status');
  }

  count(matches: (job: LabelingJob) => boolean): number {
    return this.byCreation.filter(matches).length;
  }

  /** Ascending; sorted anew only after a change that bears on the order. */
  sorted(order: JobOrder): { sorted: readonly LabelingJob[]; keyOf: (job: LabelingJob) => SortKey } {
    const keyOf = KEY_OF[order];
    if (order === 'CreationTime') {
      return { sorted: this.byCreation, keyOf };
    }
    const sorted = this.sortedBy.get(order) ?? [...this.byCreation].sort((a, b) => compareKeys(keyOf(a), keyOf(b)));
    this.sortedBy.set(order, sorted);
    return { sorted, keyOf };
  }
}

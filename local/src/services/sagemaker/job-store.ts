import { isTerminal, type LabelingJob, type LabelingJobStatus } from './labeling-job';
import { SortedIndex } from './sorted-index';

export type JobOrder = 'CreationTime' | 'Name' | 'Status';

/** All labeling jobs ever: a job cannot be deleted and its name, compared case-insensitively, is never free again. */
export class JobStore {
  private readonly byName = new Map<string, LabelingJob>();
  private readonly running = new Set<LabelingJob>();
  private readonly indexes: Record<JobOrder, SortedIndex<LabelingJob>> = {
    CreationTime: new SortedIndex((job) => [job.creationTime.getTime(), job.sequence]),
    Name: new SortedIndex((job) => [job.name, job.sequence]),
    Status: new SortedIndex((job) => [job.status, job.sequence]),
  };
  private sequence = 0;

  get(name: string): LabelingJob | undefined {
    return this.byName.get(name.toLowerCase());
  }

  add(job: LabelingJob): void {
    this.byName.set(job.name.toLowerCase(), job);
    Object.values(this.indexes).forEach((index) => index.add(job));
    this.track(job);
  }

  get size(): number {
    return this.byName.size;
  }

  /** Orders jobs of one moment; each call gives the next. */
  nextSequence(): number {
    return this.sequence++;
  }

  setStatus(job: LabelingJob, status: LabelingJobStatus): void {
    this.indexes.Status.remove(job);
    job.status = status;
    this.indexes.Status.add(job);
    this.track(job);
  }

  /** How many jobs that have not ended fulfil the condition. */
  countRunning(matches: (job: LabelingJob) => boolean): number {
    return [...this.running].filter(matches).length;
  }

  sorted(order: JobOrder): SortedIndex<LabelingJob> {
    return this.indexes[order];
  }

  /** Where the jobs created between two times stand in the order of creation; the times themselves are left out. */
  createdBetween(after: Date | undefined, before: Date | undefined): { from: number; to: number } {
    const index = this.indexes.CreationTime;
    const from = after === undefined ? 0 : index.first(([time]) => Number(time) > after.getTime());
    const to = before === undefined ? index.sorted.length : index.first(([time]) => Number(time) >= before.getTime());
    return { from, to };
  }

  private track(job: LabelingJob): void {
    if (isTerminal(job.status)) {
      this.running.delete(job);
    } else {
      this.running.add(job);
    }
  }
}

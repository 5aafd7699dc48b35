import type { BatchSettings } from './settings';
import type { Job } from '../services/s3control/job';

/** What the scheduler has done with a job. */
export interface SchedulerActions {
  /** Ready or Paused: its turn has come. */
  start(job: Job): void;
  /** Active: one of higher priority waits. */
  pause(job: Job): void;
}

/** Which jobs run: those of the highest priority, the older before the younger, so many at a time. */
export class JobScheduler {
  private readonly jobs = new Set<Job>();

  constructor(private readonly settings: BatchSettings, private readonly actions: SchedulerActions) {}

  /** The job waits for its turn, or runs: until it is taken out. */
  add(job: Job): void {
    this.jobs.add(job);
    this.consider();
  }

  remove(job: Job): void {
    if (this.jobs.delete(job)) this.consider();
  }

  consider(): void {
    const ranked = [...this.jobs].sort((left, right) => right.priority - left.priority || left.sequence - right.sequence);
    const chosen = new Set(ranked.slice(0, this.settings.concurrentJobs));
    for (const job of ranked) if (job.status === 'Active' && !chosen.has(job)) this.actions.pause(job);
    // a job that is still pausing keeps its place
    let free = this.settings.concurrentJobs - ranked.filter(({ status }) => status === 'Active' || status === 'Pausing').length;
    for (const job of chosen) {
      if (free > 0 && (job.status === 'Ready' || job.status === 'Paused')) {
        free--;
        this.actions.start(job);
      }
    }
  }
}

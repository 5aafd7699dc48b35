import type { Job } from '../store/job-records';

/** What the simulation knows of jobs and the API does not. */
export class Memory {
  private readonly mistaken = new WeakMap<Job, Map<number, boolean>>();
  private readonly rounds = new WeakMap<Job, number>();

  /** By image: whether the labeler made a mistake. */
  mistakes(job: Job): Map<number, boolean> {
    const known = this.mistaken.get(job) ?? new Map<number, boolean>();
    this.mistaken.set(job, known);
    return known;
  }

  /** How often a job has gone back to its labeler. */
  roundsOf(job: Job): number {
    return this.rounds.get(job) ?? 0;
  }

  sentBack(job: Job): void {
    this.rounds.set(job, this.roundsOf(job) + 1);
  }
}

import { LabelerTasks } from './labeler-tasks';
import { Memory } from './memory';
import type { Profiles } from './profiles';
import { ReviewerTasks } from './reviewer-tasks';
import type { Task } from './tasks';
import type { JobObserver, Site } from '../site';
import type { Job } from '../store/job-records';

const ENDED = ['completed', 'stopped'];

/** Everybody who labels and reviews: each does one thing at a time, the oldest job first, on the engine's clock. */
export class Floor implements JobObserver {
  private readonly labelers: LabelerTasks;
  private readonly reviewers: ReviewerTasks;
  private readonly open = new Set<Job>();
  private readonly busy = new Set<number>();
  private readonly random: () => number;

  constructor(private readonly site: Site, profiles: Profiles) {
    const memory = new Memory();
    this.labelers = new LabelerTasks(site, profiles, memory);
    this.reviewers = new ReviewerTasks(site, profiles, memory);
    this.random = site.core.random('supervisely floor');
  }

  changed(job: Job): void {
    if (job.disabled || ENDED.includes(job.status)) this.open.delete(job);
    else this.open.add(job);
    for (const id of [job.userId, ...this.reviewers.reviewersOf(job)]) this.begin(id);
  }

  private begin(userId: number): void {
    if (this.busy.has(userId)) return;
    const task = this.nextTask(userId);
    if (!task) return;
    this.busy.add(userId);
    const seconds = task.seconds * (0.5 + this.random());
    this.site.core.clock.schedule(seconds * 1000, 'work', task.label, () => {
      try {
        if (task.isStillThere()) task.carryOut(seconds);
      } finally {
        this.busy.delete(userId);
        this.begin(userId);
      }
    });
  }

  private nextTask(userId: number): Task | undefined {
    const user = this.site.store.users.get(userId);
    if (!user || user.disabled) return undefined;
    for (const job of this.open) {
      const task = this.labelers.next(job, user) ?? this.reviewers.next(job, user);
      if (task) return task;
    }
    return undefined;
  }
}

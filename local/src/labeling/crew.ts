import type { AnnotatorProfile } from './annotator';
import type { Clock, ScheduledEvent } from '../core/clock';

/** A task that one annotator has accepted. */
export interface AcceptedTask {
  /** Draws everything by chance that this annotator does about this object. */
  readonly random: () => number;
  readonly timeLimitSeconds: number;
  /** Nobody wants it. */
  readonly unwanted: boolean;
  submit(profile: AnnotatorProfile, acceptedAt: number, random: () => number): Promise<void>;
  /** Declined, not finished in time, or taken away from somebody who may get it again: others may take it. */
  giveBack(profile: AnnotatorProfile, how: 'declined' | 'returned' | 'withdrawn'): Promise<void>;
}

/** Offers tasks: a running labeling job. */
export interface TaskSource {
  accept(profile: AnnotatorProfile): AcceptedTask | undefined;
}

interface Worker {
  readonly profile: AnnotatorProfile;
  task?: AcceptedTask;
  event?: ScheduledEvent;
  left: boolean;
}

/** The annotators of one work team: each has one task at a time and takes the next as soon as there is one, oldest job first. */
export class Crew {
  private readonly sources: TaskSource[] = [];
  private workers: Worker[] = [];

  constructor(private readonly clock: Clock, profiles: readonly AnnotatorProfile[]) {
    this.staff(profiles);
  }

  get profiles(): AnnotatorProfile[] {
    return this.workers.map((worker) => worker.profile);
  }

  /** Others take over; who was at work drops it. */
  staff(profiles: readonly AnnotatorProfile[]): void {
    const before = this.workers;
    this.workers = profiles.map((profile) => ({ profile, left: false }));
    for (const { event, task, profile } of before) {
      event?.cancel();
      void task?.giveBack(profile, 'withdrawn');
    }
    this.wake();
  }

  /** Further annotators beside those at work. */
  join(profiles: readonly AnnotatorProfile[]): void {
    this.workers.push(...profiles.map((profile) => ({ profile, left: false })));
    this.wake();
  }

  add(source: TaskSource): void {
    this.sources.push(source);
    this.wake();
  }

  remove(source: TaskSource): void {
    this.sources.splice(this.sources.indexOf(source), 1);
  }

  /** Tells those without a task that there may be one. */
  wake(): void {
    for (const worker of this.workers) {
      if (worker.task === undefined && !worker.left) {
        this.begin(worker);
      }
    }
  }

  private begin(worker: Worker): void {
    const task = this.nextTask(worker.profile);
    if (task === undefined) {
      return;
    }
    const { profile } = worker;
    const random = task.random;
    const leaves = random() < profile.dropout;
    const declines = random() < profile.decline || task.unwanted;
    const seconds = profile.secondsPerTask * (0.5 + random());
    const spent = Math.min(declines ? 2 : seconds, task.timeLimitSeconds);
    const acceptedAt = this.clock.now();
    worker.task = task;
    worker.left = leaves;
    worker.event = this.clock.schedule(spent * 1000, 'work', `${profile.name} works on a task`, async () => {
      worker.task = undefined;
      if (leaves || declines || spent < seconds) {
        await task.giveBack(profile, declines ? 'declined' : 'returned');
      } else {
        await task.submit(profile, acceptedAt, random);
      }
      this.wake();
    });
  }

  private nextTask(profile: AnnotatorProfile): AcceptedTask | undefined {
    for (const source of this.sources) {
      const task = source.accept(profile);
      if (task !== undefined) {
        return task;
      }
    }
    return undefined;
  }
}

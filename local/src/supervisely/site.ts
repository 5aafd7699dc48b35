import { Access } from './access';
import type { Job } from './store/job-records';
import type { ActivityEvent } from './store/records';
import { Store } from './store/store';
import type { EngineCore } from '../core/engine';

/** Who is told when a job or its queue changes. */
export interface JobObserver {
  changed(job: Job): void;
}

/** One Supervisely instance: what its methods work on. */
export class Site {
  readonly store = new Store();
  readonly access = new Access(this.store);
  private readonly observers: JobObserver[] = [];

  constructor(readonly core: EngineCore) {}

  /** ISO 8601 in UTC with milliseconds. */
  now(): string {
    return new Date(this.core.clock.now()).toISOString();
  }

  dated(): { createdAt: string; updatedAt: string } {
    const now = this.now();
    return { createdAt: now, updatedAt: now };
  }

  observe(observer: JobObserver): void {
    this.observers.push(observer);
  }

  changed(job: Job): void {
    job.updatedAt = this.now();
    for (const observer of this.observers) observer.changed(job);
  }

  record(event: Omit<ActivityEvent, 'id' | 'date' | 'meta'> & { readonly meta?: ActivityEvent['meta'] }): void {
    this.store.activity.add({ meta: {}, ...event, date: this.now() });
  }
}

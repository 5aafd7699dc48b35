import { entityStatus } from '../api/queue-view';
import type { JobObserver, Site } from '../site';
import type { Job } from '../store/job-records';

/** A queue is as far as its jobs are. */
export class QueueProgress implements JobObserver {
  constructor(private readonly site: Site) {}

  changed(job: Job): void {
    const queue = job.labelingQueueId === null ? undefined : this.site.store.queues.get(job.labelingQueueId);
    if (!queue || queue.status === 'stopped' || queue.status === 'completed') return;
    if (job.status === 'in_progress' && queue.status === 'pending') queue.status = 'in_progress';
    const isDone = queue.entities.every(({ id, jobId }) => entityStatus(this.site, id, jobId) === 'accepted');
    if (isDone) Object.assign(queue, { status: 'completed', finishedAt: this.site.now(), updatedAt: this.site.now() });
  }
}

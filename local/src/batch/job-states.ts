import type { JobStatus } from '@aws-sdk/client-s3-control';
import type { JobEvents } from './job-events';
import { JobFailed } from './job-failure';
import type { EngineCore } from '../core/engine';
import { type Job, TERMINAL } from '../services/s3control/job';

const SECOND = 1000;
const LONGEST_REASON = 256;

/** The statuses of jobs: enters them, and does what is due in them unless the job has left them meanwhile. */
export class JobStates {
  /** Jobs of which something is being done this moment. */
  private readonly busy = new Set<Job>();

  constructor(private readonly core: EngineCore, private readonly events: JobEvents, private readonly onFailure: (job: Job, failure: JobFailed) => void) {}

  enter(job: Job, status: JobStatus): void {
    const now = this.core.clock.now();
    if (job.status === 'Active') job.activeMs += now - job.since;
    job.status = status;
    job.since = now;
    if (TERMINAL.has(status)) job.terminated = now;
    this.events.emit('JobStatusChanged', job);
  }

  /** Does it after a while in the present status; whatever goes wrong fails the job. */
  later(job: Job, delayMs: number, action: () => void | Promise<void>): void {
    const { status } = job;
    this.core.clock.schedule(delayMs, 'work', `batch job ${job.id} in ${status}`, async () => {
      if (job.status !== status) return;
      // an action of the status before may still be on its way to an end
      if (this.busy.has(job)) this.later(job, SECOND, action);
      else await this.act(job, action);
    });
  }

  private async act(job: Job, action: () => void | Promise<void>): Promise<void> {
    this.busy.add(job);
    try {
      await action();
    } catch (error) {
      const { failureCode, message } = error instanceof JobFailed ? error : { failureCode: 'InternalError', message: String(error) };
      this.onFailure(job, new JobFailed(failureCode, message.slice(0, LONGEST_REASON)));
      // the engine's own fault: somebody should know
      if (!(error instanceof JobFailed)) throw error;
    } finally {
      this.busy.delete(job);
    }
  }
}

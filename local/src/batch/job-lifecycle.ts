import * as path from 'node:path';
import type { JobStatus } from '@aws-sdk/client-s3-control';
import { CompletionReport } from './completion-report';
import { JobEvents } from './job-events';
import { JobFailed } from './job-failure';
import { JobRun } from './job-run';
import { JobScheduler } from './job-scheduler';
import { JobStates } from './job-states';
import { readTasks } from './manifest';
import { taskOperation } from './operations';
import { checkTrust } from './role-trust';
import { type BatchSettings, DEFAULT_SETTINGS } from './settings';
import { roleCaller } from '../core/acting-as';
import type { ScheduledEvent } from '../core/clock';
import type { EngineCore } from '../core/engine';
import { badRequest, jobStatus } from '../services/s3control/errors';
import { type Job, TERMINAL } from '../services/s3control/job';

const SECOND = 1000;
/** How long a job stays in the statuses in which it only waits for the service. */
const STAY = { New: SECOND, Preparing: 5 * SECOND, Ready: SECOND, Pausing: SECOND, Completing: 2 * SECOND, Cancelling: SECOND, Failing: SECOND } as const;
/** Before what failed for the moment is tried again. */
const RETRY_MS = 30 * SECOND;
const UNCONFIRMED_MS = 30 * 24 * 3600 * SECOND;
const AWAITING = 'AWAITING_CONFIRMATION';
/** Too late to cancel: the work is over. */
const OVER: ReadonlySet<JobStatus> = new Set<JobStatus>(['Completing', 'Failing', ...TERMINAL]);

/** Takes jobs from New to one of their ends. */
export class JobLifecycle {
  readonly settings: BatchSettings = { ...DEFAULT_SETTINGS };
  private readonly runs = new Map<Job, JobRun>();
  private readonly expiries = new Map<Job, ScheduledEvent>();
  private readonly events: JobEvents;
  private readonly states: JobStates;
  private readonly scheduler: JobScheduler;

  constructor(private readonly core: EngineCore) {
    this.events = new JobEvents(core, this.settings);
    this.states = new JobStates(core, this.events, (job, failure) => this.fail(job, failure));
    this.scheduler = new JobScheduler(this.settings, { start: (job) => this.start(job), pause: (job) => this.pause(job) });
  }

  begin(job: Job): void {
    this.events.emit('JobCreated', job);
    this.states.later(job, STAY.New, () => {
      this.states.enter(job, 'Preparing');
      this.states.later(job, STAY.Preparing, () => this.prepare(job));
    });
  }

  /** Only a job that waits for it is confirmed. */
  confirm(job: Job, reason: string | undefined): void {
    if (job.status !== 'Suspended') throw jobStatus(`The job ${job.id} is ${job.status}: only a Suspended job can be made Ready`);
    this.expiries.get(job)?.cancel();
    this.expiries.delete(job);
    job.statusUpdateReason = reason;
    this.makeReady(job);
  }

  cancel(job: Job, reason: string | undefined): void {
    if (OVER.has(job.status)) throw jobStatus(`The job ${job.id} is ${job.status} and cannot be cancelled`);
    if (job.status === 'Cancelling') return;
    job.statusUpdateReason = reason;
    this.leave(job, 'Cancelling');
    this.states.later(job, STAY.Cancelling, () => this.end(job, 'Cancelled'));
  }

  prioritise(job: Job, priority: number): void {
    if (TERMINAL.has(job.status)) throw badRequest(`The job ${job.id} is ${job.status}: its priority cannot change any more`);
    job.priority = priority;
    this.scheduler.consider();
  }

  stop(): void {
    for (const run of this.runs.values()) run.close();
  }

  private async prepare(job: Job): Promise<void> {
    const { core } = this;
    const { RoleArn, Operation, Report } = job.request;
    const caller = roleCaller(core, RoleArn!, `s3-batch-operations_${job.id}`);
    const directory = path.join(core.settings.workDirectory, 'batch');
    await checkTrust(core, RoleArn!);
    const tasks = await readTasks(core, caller, job, directory);
    // cancelled meanwhile
    if (job.status !== 'Preparing') return tasks.discard();
    job.progress.total = tasks.count;
    const report = new CompletionReport(core, caller, Report!, job.id, directory);
    this.runs.set(job, new JobRun(job, tasks, taskOperation(Operation!, { core, caller, jobId: job.id }), report, directory));
    if (job.confirmationRequired) this.suspend(job);
    else this.makeReady(job);
  }

  private suspend(job: Job): void {
    job.suspended = { since: this.core.clock.now(), cause: AWAITING };
    this.states.enter(job, 'Suspended');
    const unconfirmed = new JobFailed('JobExpired', 'The job was not confirmed within 30 days');
    this.expiries.set(job, this.core.clock.schedule(UNCONFIRMED_MS, 'expiry', `batch job ${job.id} expires`, () => this.fail(job, unconfirmed)));
  }

  private makeReady(job: Job): void {
    this.states.enter(job, 'Ready');
    this.states.later(job, STAY.Ready, () => this.scheduler.add(job));
  }

  private start(job: Job): void {
    this.states.enter(job, 'Active');
    this.states.later(job, SECOND, () => this.work(job));
  }

  /** A second's work. */
  private async work(job: Job): Promise<void> {
    const progress = await this.runs.get(job)!.portion(this.settings.tasksPerSecond);
    if (progress === 'threshold' && job.status !== 'Cancelling') {
      throw new JobFailed('FailureThresholdExceeded', 'More than half of the tasks that were run failed, after at least 1000 tasks');
    }
    if (job.status !== 'Active') return;
    if (progress === 'done') this.complete(job);
    else this.states.later(job, progress === 'again' ? RETRY_MS : SECOND, () => this.work(job));
  }

  private pause(job: Job): void {
    this.states.enter(job, 'Pausing');
    this.states.later(job, STAY.Pausing, () => {
      this.states.enter(job, 'Paused');
      this.scheduler.consider();
    });
  }

  private complete(job: Job): void {
    this.leave(job, 'Completing');
    this.states.later(job, STAY.Completing, () => this.end(job, 'Complete'));
  }

  private fail(job: Job, { failureCode, message }: JobFailed): void {
    job.failures.push({ FailureCode: failureCode, FailureReason: message });
    if (job.status === 'Cancelling') return this.close(job, 'Cancelled');
    if (job.status === 'Failing' || job.status === 'Completing') return this.close(job, 'Failed');
    this.leave(job, 'Failing');
    this.states.later(job, STAY.Failing, () => this.end(job, 'Failed'));
  }

  /** The job works no more. */
  private leave(job: Job, status: JobStatus): void {
    this.expiries.get(job)?.cancel();
    this.expiries.delete(job);
    this.states.enter(job, status);
    this.scheduler.remove(job);
  }

  private async end(job: Job, status: JobStatus): Promise<void> {
    const run = this.runs.get(job);
    await run?.report.write(run.hasRun);
    this.close(job, status);
  }

  private close(job: Job, status: JobStatus): void {
    this.runs.get(job)?.close();
    this.runs.delete(job);
    this.states.enter(job, status);
  }
}

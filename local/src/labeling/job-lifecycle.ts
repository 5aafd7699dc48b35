import type { RequestedFailure } from './failure-control';
import { JobObservers } from './observers';
import type { Run, RunListener } from './run';
import { prepareRun, type RunSources } from './run-factory';
import type { ScheduledEvent } from '../core/clock';
import type { JobStore } from '../services/sagemaker/job-store';
import { isStreaming, isTerminal, type LabelingJob, type LabelingJobStatus } from '../services/sagemaker/labeling-job';

const INITIALIZING_MS = 30_000;
const STOPPING_MS = 20_000;
const EXPIRES_AFTER_MS = 30 * 24 * 3600 * 1000;
const LONGEST_REASON = 1024;

export interface LifecycleParts extends RunSources {
  readonly jobs: JobStore;
}

/** Takes jobs from Initializing to one of their ends. */
export class JobLifecycle {
  private readonly observers: JobObservers;
  private readonly runs = new Map<LabelingJob, Run>();
  private readonly requestedFailures = new Map<LabelingJob, RequestedFailure>();
  private readonly expiries = new Map<LabelingJob, ScheduledEvent>();

  constructor(private readonly parts: LifecycleParts) {
    this.observers = new JobObservers(parts.core);
  }

  begin(job: LabelingJob): void {
    const { clock } = this.parts.core;
    if (!isStreaming(job.request)) {
      this.expiries.set(job, clock.schedule(EXPIRES_AFTER_MS, 'expiry', `labeling job ${job.name} expires`, () => this.expire(job)));
    }
    clock.schedule(INITIALIZING_MS, 'work', `labeling job ${job.name} initializes`, () => this.initialize(job));
  }

  /** Only jobs InProgress are stopped. */
  stop(job: LabelingJob): void {
    const run = this.runs.get(job)!;
    run.retire();
    this.setStatus(job, 'Stopping');
    this.parts.core.clock.schedule(STOPPING_MS, 'work', `labeling job ${job.name} stops`, async () => {
      await this.attempt(job, () => run.stop());
      this.end(job, 'Stopped');
    });
  }

  /** The job fails when so many objects are labeled: at once, or later if there are fewer. */
  async failOnRequest(job: LabelingJob, failure: RequestedFailure): Promise<void> {
    const run = this.runs.get(job);
    if (run !== undefined) {
      await run.failAfter(failure);
    } else if (failure.afterObjects === 0) {
      this.fail(job, failure.reason);
    } else {
      this.requestedFailures.set(job, failure);
    }
  }

  /** Runs from the end of initialization on: what is wrong with the manifest as a whole fails the job. */
  private async initialize(job: LabelingJob): Promise<void> {
    if (job.status !== 'Initializing') {
      return;
    }
    await this.attempt(job, async () => {
      const run = await prepareRun(this.parts, job, this.listener(job));
      this.runs.set(job, run);
      job.counters = run.counters();
      this.setStatus(job, 'InProgress');
      const failure = this.requestedFailures.get(job);
      this.requestedFailures.delete(job);
      await run.start(failure);
    });
  }

  private listener(job: LabelingJob): RunListener {
    const outputTopic = job.request.OutputConfig.SnsTopicArn;
    const { WorkteamArn, TaskTitle } = job.request.HumanTaskConfig;
    const teamTopic = this.parts.workteams.findByArn(WorkteamArn)?.NotificationConfiguration?.NotificationTopicArn;
    return {
      counted: (counters) => {
        job.counters = counters;
        job.lastModifiedTime = new Date(this.parts.core.clock.now());
        this.observers.counted(job);
      },
      wroteOutput: (uri) => { job.outputUri = uri; },
      objectFailed: (index, reason) => this.observers.log(job, `Data object ${index} failed: ${reason}`),
      objectLabeled: async (line) => {
        if (outputTopic) {
          await this.observers.publish(job, outputTopic, { Message: line });
        }
      },
      tasksPosted: async (objects) => {
        if (teamTopic) {
          await this.observers.publish(job, teamTopic, { Subject: 'Labeling tasks available', Message: `${objects} data objects of "${TaskTitle}" wait to be labeled.` });
        }
      },
      ended: (how) => this.end(job, how === 'completed' ? 'Completed' : 'Stopped'),
      idle: () => {
        this.observers.log(job, 'The labeling job has received no data objects for 10 days and stops');
        this.stop(job);
      },
      broke: (reason) => this.fail(job, reason),
    };
  }

  private async expire(job: LabelingJob): Promise<void> {
    this.observers.log(job, 'The labeling job was not finished within 30 days and expires');
    if (job.status === 'InProgress') {
      this.stop(job);
    }
  }

  private async attempt(job: LabelingJob, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.fail(job, `ClientError: ${(error as Error).message}`);
    }
  }

  private fail(job: LabelingJob, reason: string): void {
    if (isTerminal(job.status)) {
      return;
    }
    const run = this.runs.get(job);
    if (run !== undefined) {
      run.retire();
      job.counters = run.counters();
    }
    job.failureReason = reason.slice(0, LONGEST_REASON);
    this.end(job, 'Failed');
  }

  private end(job: LabelingJob, status: LabelingJobStatus): void {
    if (isTerminal(job.status)) {
      return;
    }
    this.expiries.get(job)?.cancel();
    this.expiries.delete(job);
    this.runs.delete(job);
    this.setStatus(job, status);
    this.observers.ended(job);
  }

  private setStatus(job: LabelingJob, status: LabelingJobStatus): void {
    this.parts.jobs.setStatus(job, status);
    job.lastModifiedTime = new Date(this.parts.core.clock.now());
  }
}
